"""scripts/bench import: Odoo's own import of leads, with the addon and without."""

from environment.databases import Databases
from environment.installation import Installation
from environment.progress import say

from . import inside, report
from .twins import stand_in, twins

LEADS = 10_000
BATCH = 100


def run(options):
    """Import leads with handles, and read them afterwards; return the figures."""
    count = max(BATCH, round(LEADS * options.scale))
    with Installation.ready() as installation, stand_in() as x:
        databases = Databases(installation)
        with twins(databases, "import") as (ours, theirs):
            x.tell("people", do="crowd", count=count)
            given = {"url": x.url, "login": x.tell("login", username="ourcompany")}
            say(f"Importing {count:,} leads, {options.runs} times each, in turn")
            found = inside.run(
                databases,
                ours,
                "importing",
                other=theirs,
                count=count,
                runs=options.runs,
                **given,
            )
            within = x.count("GET /2/users/by")
            inside.run(
                databases, ours, "reading", cron="_cron_read_new_handles", **given
            )
            after = x.count("GET /2/users/by") - within
    return figures(found, count, within, after)


def figures(found, count, within, after):
    """What was measured, as `choice` takes it."""
    times, memory = found["times"], found["memory"]
    name = f"import: {count:,} leads with handles"
    return [
        report.of_runs(
            f"{name}, time with the addon / without",
            [ours / theirs for ours, theirs in times],
            "times",
            "<= 1.10",
        ),
        report.of_runs(f"{name}, with the addon", [ours for ours, _ in times], "s"),
        report.of_runs(f"{name}, without", [theirs for _, theirs in times], "s"),
        report.figure(f"{name}, calls of X meanwhile", within, "calls", "== 0"),
        report.figure(
            f"{name}, calls that read them afterwards",
            after,
            "calls",
            f"== {-(-count // BATCH)}",
        ),
        report.figure(
            f"{name}, memory after the last less after the first",
            memory[-1] - memory[0],
            "MB",
            "<= 10",
        ),
    ]
