"""The command line of scripts/bench."""

import argparse
import importlib
import json
import traceback
from pathlib import Path

from environment.progress import Failure, say, warn

from . import report

#: The modules of this package that measure, and what they do. Each has a function
#: ``run(options)`` that prints what it likes and returns its figures: dictionaries
#: with ``name``, ``value``, ``unit``, ``aim`` (such as "<= 1.10", or ""), ``met``
#: (None without an aim) and ``spread``.
BENCHMARKS = {
    "board": "the Social board, on 1,000,000 interactions, beside Odoo's lead kanban",
    "importing": "Odoo's own import of 10,000 leads, with the addon and without",
    "refreshing": "100,000 profiles kept up to date in the background",
    "opening": "a lead's form, a kanban and a list of 80, with the addon and without",
    "live": "users on a running server: X slow or silent, calls at once, their price",
    "client": "the client of X beside tweepy, xdk and plain requests-oauthlib",
}
#: What is written of a figure, for programs.
KEYS = ("name", "value", "unit", "aim", "met")


def run(arguments):
    """Run the benchmarks asked for, print the table; 1 if one could not measure."""
    options = _parse(arguments)
    figures, failed = [], []
    for name in dict.fromkeys(options.names or BENCHMARKS):
        say(f"\n== {name}: {BENCHMARKS[name]}")
        try:
            benchmark = importlib.import_module(f"{__package__}.{name}")
            figures += benchmark.run(options)
        except Failure as failure:
            failed.append((name, str(failure)))
        except Exception:  # noqa: BLE001 - it is told below, the others are measured
            failed.append((name, traceback.format_exc()))
        if options.json:
            _write(options.json, figures)
    if figures:
        say(f"\n{report.figures(figures)}")
    for name, told in failed:
        warn(f"\nNot measured: {name}\n{told}")
    return 1 if failed else 0


def _write(path, figures):
    results = [{key: figure[key] for key in KEYS} for figure in figures]
    text = json.dumps({"results": results}, indent=1) + "\n"
    path.write_text(text, encoding="utf-8")


def _parse(arguments):
    listed = "; ".join(f"{name}: {about}" for name, about in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measure the addon, in databases of its own that are kept.",
        epilog=listed,
    )
    told = "what to measure (default: all of it)"
    parser.add_argument("names", nargs="*", metavar="NAME", type=_name, help=told)
    told = "write the figures there as well"
    parser.add_argument("--json", type=Path, metavar="FILE", help=told)
    told = "a part of the size, such as 0.01 for a quick try (default: %(default)s)"
    parser.add_argument("--scale", type=_scale, default=1.0, help=told)
    told = "how often each figure is measured (default: %(default)s)"
    parser.add_argument("--runs", type=_runs, default=5, help=told)
    told = "fill new databases"
    parser.add_argument("--fresh", action="store_true", help=told)
    return parser.parse_args(arguments)


def _name(text):
    if text not in BENCHMARKS:
        listed = ", ".join(BENCHMARKS)
        raise argparse.ArgumentTypeError(f"{text} is none of {listed}")
    return text


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
