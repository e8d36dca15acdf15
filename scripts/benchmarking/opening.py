"""scripts/bench opening: forms and lists of leads, with the addon and without."""

from environment.databases import Databases
from environment.installation import Installation
from environment.progress import say

from . import inside, report
from .twins import SALESPERSON, twins

NAMES = {"form": "a lead's form", "list": "a list of 80", "kanban": "a kanban of 80"}


def run(options):
    """Open them as a salesperson does, in turn; return the figures."""
    with Installation.ready() as installation:
        databases = Databases(installation)
        with twins(databases, "opening") as (ours, theirs):
            say("Filling them, and opening forms and lists in turn")
            found = inside.run(
                databases,
                ours,
                "opening",
                other=theirs,
                runs=options.runs,
                login=SALESPERSON,
            )
    return [each for name in NAMES for each in figures(name, found[name])]


def figures(name, found):
    """What was measured of one of them, as `choice` takes it."""
    times, (ours, theirs) = found["times"], found["queries"]
    name = f"opening: {NAMES[name]}"
    ratios = [with_it / without for with_it, without in times]
    median = report.of_runs(f"{name}, without", [1000 * t for _, t in times], "ms")
    return [
        report.of_runs(f"{name}, time with / without", ratios, "times", "<= 1.05"),
        median,
        report.figure(
            f"{name}, queries with less without",
            ours[0] - theirs[0],
            "queries",
            spread=f"{ours[0]} and {theirs[0]}",
        ),
        report.figure(
            f"{name}, queries of ours for 80 less for 8",
            (ours[0] - theirs[0]) - (ours[1] - theirs[1]),
            "queries",
            "== 0",
        ),
    ]
