"""The command line of scripts/test."""

import argparse
import contextlib
import signal
import time

from environment.progress import say

from . import host
from .beside import beside
from .results import Results
from .suites import SUITES, Choice

#: What is shown of them; a module that does not import leaves all its tests out.
MOST_COMPLAINTS = 20
OPTIONS = ("--durations", "--in-turn", "--long", "--host", "-h", "--help")


def run(arguments):
    """Run the suites asked for (all without any); return the exit status."""
    options, choice = _parse(arguments)
    # Tests interrupt what they start. In the background of a shell script interruptions
    # are ignored, and what is started there would be deaf to them.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if options.host:
        return host.run()
    chosen, with_durations = options.suites, options.durations
    suites = [suite for suite in SUITES if not chosen or suite.name in chosen]
    total, durations = Results(), []
    if len(suites) > 1 and choice.is_whole and not options.in_turn:
        _run_side_by_side(suites, choice, with_durations, total, durations)
    else:
        _run_in_turn(suites, choice, total, durations)
    _conclude(total, durations if with_durations else ())
    return 0 if total.is_green else 1


def _run_side_by_side(suites, choice, with_durations, total, durations):
    """Run the lanes, the first one here, and then alone what watches the clock."""
    alone = [suite for suite in suites if suite.watches_the_clock]
    here, *others = lanes_of([suite for suite in suites if suite not in alone])
    options = ["--durations"] * with_durations + ["--long"] * choice.with_long
    with contextlib.ExitStack() as stack:
        finishing = [stack.enter_context(beside(lane, options)) for lane in others]
        _run_in_turn(here, choice, total, durations)
        for finish in finishing:
            total.add(finish())
    _run_in_turn(alone, choice, total, durations)


def lanes_of(suites):
    """The suites by their lanes, in order; an empty one at least."""
    numbers = sorted({suite.lane for suite in suites})
    lanes = [[suite for suite in suites if suite.lane == number] for number in numbers]
    return lanes or [[]]


def _run_in_turn(suites, choice, total, durations):
    for suite in suites:
        say(f"\n=== {suite.name}: {suite.about} ===")
        begun = time.monotonic()
        total.add(suite.run(choice))
        durations.append((suite.name, time.monotonic() - begun))


def _conclude(total, durations):
    say("")
    for name, seconds in durations:
        say(f"{name}: {seconds:.0f} s")
    for complaint in total.complaints[:MOST_COMPLAINTS]:
        say(f"RED: {complaint}")
    if more := total.complaints[MOST_COMPLAINTS:]:
        say(f"RED: and {len(more)} more of these")
    if total.skipped and total.is_green:
        say(
            "Skipped: comparisons with X's OpenAPI description, or with earlier "
            "versions, which are not here"
        )
    if not total.passed and not total.failed:
        say("RED: no test ran")
    if counted := total.counted_line():
        say(counted)
    say(total.line())


def _parse(arguments):
    names = [suite.name for suite in SUITES]
    parser = argparse.ArgumentParser(
        prog="scripts/test",
        description="Run the tests; without a suite, all of them.",
        epilog="Whatever follows a suite goes to pytest: scripts/test odoo -k handle",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="scripts/test [--durations] [--in-turn] [--long]"
        " [SUITE… [PYTEST ARGUMENT…]]\n"
        "       scripts/test --host",
    )
    listed = "; ".join(f"{suite.name}: {suite.about}" for suite in SUITES)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=listed)
    told = "show how long each suite and the slowest tests took"
    parser.add_argument("--durations", action="store_true", help=told)
    told = "one suite after the other; else side by side, where several run whole"
    parser.add_argument("--in-turn", action="store_true", help=told)
    told = "also the tests marked long"
    parser.add_argument("--long", action="store_true", help=told)
    told = "run Odoo's own tests of crm without the addon and with it, and compare"
    parser.add_argument("--host", action="store_true", help=told)
    options, rest = _split(parser, names, arguments)
    if options.host and len(arguments) > 1:
        parser.error("--host goes alone")
    rest_of_pytest = (*rest, "--durations=10") if options.durations else tuple(rest)
    return options, Choice(rest_of_pytest, options.long, is_whole=not rest)


def _split(parser, names, arguments):
    """Our options, and what follows them and the suites: for pytest."""
    ours, suites = [], []
    rest = list(arguments)
    while rest and rest[0] in (*names, *OPTIONS):
        word = rest.pop(0)
        (suites if word in names else ours).append(word)
    if rest and not suites:
        parser.error(f"no suite is called {rest[0]}; there are: {', '.join(names)}")
    return parser.parse_args([*ours, *suites]), rest
