"""scripts/bench board: the Social board beside Odoo's own lead kanban."""

from environment import cache
from environment.databases import Databases
from environment.installation import Installation
from environment.progress import say

from . import database, inside, report

ABOUT = "the Social board, on 1,000,000 interactions, beside Odoo's lead kanban"


def run(options):
    """Measure, print the table, and leave it with the plans in a file."""
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
    return 0
