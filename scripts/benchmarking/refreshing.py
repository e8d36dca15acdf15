"""scripts/bench refresh: profiles kept up to date in the background."""

from environment.databases import Databases
from environment.installation import ADDON, Installation
from environment.progress import Failure, say

from . import inside, report
from .twins import stand_in

PROFILES = 100_000
BATCH = 100
ENDPOINT = "GET /2/users"
#: Somebody looked at each of them today, and X was asked a day before.
FILL = """
INSERT INTO twitter_profile (handle, twitter_id, state, fetched_at, looked_at)
     SELECT 'crowd' || number, (%(first)s + number)::text, 'active',
            now() AT TIME ZONE 'UTC' - interval '1 day' - number * interval '1 second',
            now() AT TIME ZONE 'UTC'
       FROM generate_series(0, %(count)s - 1) number;
INSERT INTO res_partner (name, complete_name, active, type, twitter_handle,
                         twitter_profile_id)
     SELECT handle, handle, true, 'contact', handle, id FROM twitter_profile;
"""


def run(options):
    """Refresh all, the process being killed once in the middle; return the figures."""
    count = max(4 * BATCH, round(PROFILES * options.scale))
    with Installation.ready() as installation, stand_in() as x:
        databases = Databases(installation)
        with databases.temporary("refresh") as name:
            databases.clone_template(name)
            databases.odoo(name, "-i", ADDON, "--stop-after-init", "--no-http")
            first = int(x.tell("people", do="crowd", count=count)["first_id"])
            say(f"Filling a database with {count:,} profiles")
            with databases.cursor(name) as cursor:
                cursor.execute(FILL, {"first": first, "count": count})
                cursor.execute("VACUUM (ANALYZE)")
            given = {"url": x.url, "login": x.tell("login", username="ourcompany")}
            given["cron"] = "_cron_refresh"
            say("Refreshing them; the process is killed half way")
            _kill(databases, name, die_after=count // BATCH // 2, **given)
            found = inside.run(databases, name, "reading", **given)
            calls = x.count(ENDPOINT)
            # Not who logs in, whom X bills as well.
            crowd = {str(first + number) for number in range(count)}
            charges = x.look("ledger")["ledger"]
            spent = sum(float(c["usd"]) for c in charges if c["resource_id"] in crowd)
            with databases.cursor(name) as cursor:
                cursor.execute(
                    "SELECT count(*) FROM twitter_profile"
                    " WHERE fetched_at::date = (now() AT TIME ZONE 'UTC')::date"
                )
                [read] = cursor.fetchone()
    if read != count:
        raise Failure(f"{read:,} of {count:,} were read")
    return figures(found, count, calls, spent)


def _kill(databases, name, **given):
    try:
        inside.run(databases, name, "reading", **given)
    except Failure:
        return
    raise Failure("The process was to be killed, and was not")


def figures(found, count, calls, spent):
    """What was measured, as `choice` takes it.

    X's time, and the wire's, is what passed within the client's door to X.
    """
    own = found["seconds"] - found["waited"]
    read = found["calls"] * BATCH
    name = f"refresh: {count:,} profiles"
    aim = f"== {-(-count // BATCH)}"
    return [
        report.figure(
            f"{name}, calls of X, the process killed once half way", calls, "calls", aim
        ),
        report.figure(f"{name}, billed by X", spent, "USD", f"== {count / BATCH:.2f}"),
        report.figure(
            f"{name}, a second and worker, net of waiting for X",
            read / own,
            "profiles/s",
            ">= 1000",
            f"{1000 * own / found['calls']:.1f} ms a call, and"
            f" {1000 * found['waited'] / found['calls']:.1f} ms waited",
        ),
        report.figure(
            f"{name}, memory after the last {read:,} less before",
            found["after"] - found["before"],
            "MB",
            "<= 20",
        ),
    ]
