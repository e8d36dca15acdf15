"""scripts/bench board: the Social board beside Odoo's own lead kanban."""

import re

from environment import cache
from environment.databases import Databases
from environment.installation import Installation
from environment.progress import say

from . import database, inside, report

#: The operations an aim is named for: what their names begin with, which is the aim of
#: their time divided by that of what Odoo, or X, does beside them.
AIMS = (
    ("Open the board", "<= 1.00"),
    ("Search a word", "<= 1.00"),
    ("Keep ", "<= 0.10"),
)
FEW, MANY = (
    "Associate an author with 3 cards",
    r"Associate an author with [\d,]+ cards,",
)
#: A row more or less is one commit's noise, 1,757 rewritten cards are not.
CONSTANT = "<= 2.00"


def run(options):
    """Measure, print the table, leave it with the plans in a file; return figures."""
    with Installation.ready() as installation:
        databases = Databases(installation)
        name = database.prepare(databases, options.scale, options.fresh)
        say(f"Measuring, {options.runs} runs of each")
        found = inside.run(databases, name, "board", runs=options.runs)
    table = report.table(found["rows"])
    say(f"\n{table}")
    path = cache.work_folder("reports") / "bench-board.md"
    path.write_text(f"{table}\n{report.plans(found['plans'])}", encoding="utf-8")
    say(f"With the queries and their plans: {path}")
    return figures(found["rows"])


def figures(rows):
    """What `inside.board` measured, as `choice` takes it."""
    return [*(_beside(row) for row in rows), _moving(rows)]


def _beside(row):
    ours, host = row["ours"], row["host"]
    aim = next((aim for start, aim in AIMS if row["name"].startswith(start)), "")
    return report.figure(
        f"board: {row['name']}",
        ours["median"] / host["median"],
        f"times: {row['host_name']}",
        aim,
        report.milliseconds(ours, host),
    )


def _moving(rows):
    """Moving an author takes as long whatever he has said."""
    [few] = [row["ours"] for row in rows if row["name"] == FEW]
    [many] = [row["ours"] for row in rows if re.match(MANY, row["name"])]
    return report.figure(
        "board: Associate an author with many cards",
        many["median"] / few["median"],
        "times: with 3 cards",
        CONSTANT,
        report.milliseconds(many, few),
    )
