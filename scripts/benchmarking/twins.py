"""Two databases that are the same but for the addon, and a stand-in for X."""

import contextlib
import json
import os
import subprocess
import sys
import urllib.request

from environment import cache
from environment.installation import ADDON
from environment.processes import end
from environment.progress import Failure, say

SALESPERSON = "twin_salesperson"
#: Who opens leads there; and what a database that Odoo makes itself has.
PREPARE = f"""
env["res.users"].with_context(no_reset_password=True).create(
    {{
        "name": "A Salesperson",
        "login": "{SALESPERSON}",
        "tz": "UTC",
        "group_ids": [(6, 0, env.ref("sales_team.group_sale_salesman").ids)],
    }}
)
env.registry.check_indexes(env.cr, list(env.registry.models))
env.cr.commit()
"""


@contextlib.contextmanager
def twins(databases, purpose):
    """Yield the names of two new databases: with the addon, and without."""
    with (
        databases.temporary(f"{purpose}_with") as ours,
        databases.temporary(f"{purpose}_without") as theirs,
    ):
        say("Making two databases, one with the addon")
        for name in (ours, theirs):
            databases.clone_template(name)
        databases.odoo(ours, "-i", ADDON, "--stop-after-init", "--no-http")
        for name in (ours, theirs):
            databases.odoo_shell(name, PREPARE)
            with databases.cursor(name) as cursor:
                cursor.execute("VACUUM (ANALYZE)")
        yield ours, theirs


class StandIn:
    """The simulator, in a process of its own: its memory and time are not ours."""

    def __init__(self, url):
        self.url = url

    def tell(self, what, **values):
        """Steer it; returns its answer."""
        request = urllib.request.Request(
            f"{self.url}/_control/{what}",
            data=json.dumps(values).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def look(self, what):
        """What it tells of itself."""
        with urllib.request.urlopen(f"{self.url}/_control/{what}") as answer:
            return json.load(answer)

    def count(self, endpoint):
        """How often it was asked this."""
        calls = self.look("calls")["calls"]
        return sum(call["endpoint"] == endpoint for call in calls)


@contextlib.contextmanager
def stand_in():
    """Yield a `StandIn` whose limits nobody reaches."""
    command = [sys.executable, "-m", "simulator", "--control", "--port", "0"]
    process = subprocess.Popen(
        command,
        cwd=cache.CLONE,
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        told = process.stdout.readline()
        if "http" not in told:
            raise Failure("The stand-in for X did not start.")
        x = StandIn(told.split()[-1])
        x.tell("credits", credits=1_000_000)
        for endpoint in ("GET /2/users", "GET /2/users/by"):
            x.tell("limits", endpoint=endpoint, limit=1_000_000)
        yield x
    finally:
        end(process)
        process.stdout.close()
