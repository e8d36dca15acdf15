"""scripts/bench opening: forms and lists of leads, with the addon and without."""

from environment.databases import Databases
from environment.installation import Installation
from environment.progress import say

from . import inside, report
from .twins import SALESPERSON, twins

BESIDE = "times", "<= 1.05"
NAMES = {
    "form": "a lead's form",
    "list": "a list of 80",
    "leads": "the leads' list of 80",
    "kanban": "a kanban of 80",
}


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
    ours, theirs = found["queries"]
    name = f"opening: {NAMES[name]}"
    times = [1000 * without for _with, without in found["times"]]
    return [
        report.of_runs(f"{name}, with / without", _ratios(found["times"]), *BESIDE),
        report.of_runs(f"{name}, views as well", _ratios(found["first"]), *BESIDE),
        report.of_runs(f"{name}, without", times, "ms"),
        report.figure(
            f"{name}, queries with less without",
            ours[0] - theirs[0],
            "queries",
            spread=f"{ours[0]} and {theirs[0]}",
        ),
        report.figure(
            f"{name}, of these for 80 less for 8",
            (ours[0] - theirs[0]) - (ours[1] - theirs[1]),
            "queries",
            "== 0",
        ),
    ]


def _ratios(times):
    return [with_it / without for with_it, without in times]
