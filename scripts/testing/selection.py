"""The command line of scripts/test."""

import argparse
import time

from environment.progress import say

from .results import Results
from .suites import SUITES, Choice

#: What is shown of them; a module that does not import leaves all its tests out.
MOST_COMPLAINTS = 20


def run(arguments):
    """Run the suites asked for (all without any); return the exit status."""
    chosen, choice, with_durations = _parse(arguments)
    total, durations = Results(), []
    for suite in SUITES:
        if chosen and suite.name not in chosen:
            continue
        say(f"\n=== {suite.name}: {suite.about} ===")
        begun = time.monotonic()
        total.add(suite.run(choice))
        durations.append((suite.name, time.monotonic() - begun))
    _conclude(total, durations if with_durations else ())
    return 0 if total.is_green else 1


def _conclude(total, durations):
    say("")
    for name, seconds in durations:
        say(f"{name}: {seconds:.0f} s")
    for complaint in total.complaints[:MOST_COMPLAINTS]:
        say(f"RED: {complaint}")
    if more := total.complaints[MOST_COMPLAINTS:]:
        say(f"RED: and {len(more)} more of these")
    if total.skipped and total.is_green:
        say("Skipped: comparisons with X's OpenAPI description, which is not here")
    if not total.passed and not total.failed:
        say("RED: no test ran")
    say(total.line())


def _parse(arguments):
    names = [suite.name for suite in SUITES]
    parser = argparse.ArgumentParser(
        prog="scripts/test",
        description="Run the tests; without a suite, all of them.",
        epilog="Whatever follows a suite goes to pytest: scripts/test odoo -k handle",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="scripts/test [--durations] [--long] [SUITE… [PYTEST ARGUMENT…]]",
    )
    listed = "; ".join(f"{suite.name}: {suite.about}" for suite in SUITES)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=listed)
    told = "show how long each suite and the slowest tests took"
    parser.add_argument("--durations", action="store_true", help=told)
    told = "also the tests marked long"
    parser.add_argument("--long", action="store_true", help=told)
    ours, suites = [], []
    rest = list(arguments)
    while rest and rest[0] in (*names, "--durations", "--long", "-h", "--help"):
        word = rest.pop(0)
        (suites if word in names else ours).append(word)
    if rest and not suites:
        parser.error(f"no suite is called {rest[0]}; there are: {', '.join(names)}")
    options = parser.parse_args([*ours, *suites])
    if options.durations:
        rest_of_pytest = (*rest, "--durations=10")
    else:
        rest_of_pytest = tuple(rest)
    choice = Choice(rest_of_pytest, options.long, is_whole=not rest)
    return options.suites, choice, options.durations
