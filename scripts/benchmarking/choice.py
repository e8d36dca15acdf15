"""The command line of scripts/bench."""

import argparse

from . import board

BENCHMARKS = {"board": board}


def run(arguments):
    """Run the benchmark asked for; return the exit status."""
    options = _parse(arguments)
    return BENCHMARKS[options.benchmark].run(options)


def _parse(arguments):
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measure the addon at size, in a database of its own that is kept.",
    )
    listed = "; ".join(f"{name}: {each.ABOUT}" for name, each in BENCHMARKS.items())
    parser.add_argument("benchmark", choices=BENCHMARKS, help=listed)
    told = "a part of the size, such as 0.01 for a quick try (default: %(default)s)"
    parser.add_argument("--scale", type=_scale, default=1.0, help=told)
    told = "how often each operation is measured (default: %(default)s)"
    parser.add_argument("--runs", type=_runs, default=7, help=told)
    told = "fill a new database"
    parser.add_argument("--fresh", action="store_true", help=told)
    return parser.parse_args(arguments)


def _scale(text):
    scale = float(text)
    if not 0.001 <= scale <= 10:
        raise argparse.ArgumentTypeError(f"{text} is not between 0.001 and 10")
    return scale


def _runs(text):
    runs = int(text)
    if runs < 1:
        raise argparse.ArgumentTypeError("at least one run is needed")
    return runs
