"""What reading on X takes and costs where nothing else goes on."""

import statistics
import time

from . import report

LATENCY = 0.4  # seconds X takes for each call
CALLS = 100
PROFILES = 1000
REFRESH = """
profiles = env["twitter.profile"].search([("handle", "=like", {handles!r})])
assert len(profiles) == {number}, len(profiles)
profiles._look_up(env["twitter.account"].search([], limit=1))
env.cr.commit()
"""
FORGET_IDS = """
    UPDATE twitter_profile SET twitter_id = NULL, state = 'unresolved';
    DELETE FROM twitter_billed_resource
"""


def parallel(stage, runs):
    """How long a cold panel takes, in calls of X that take 400 ms each."""
    figures = []
    for name, aim, is_known in (
        ("whose id is known", "<= 1.25", True),
        ("never read", "<= 2.25", False),
    ):
        times = [_panel(stage, number, is_known) for number in range(runs)]
        told = f"live: a cold panel of a profile {name}, less an empty call"
        figures.append(report.of_runs(told, times, "calls of X", aim))
    return figures


def _panel(stage, number, is_known):
    person, lead = stage.people[number % len(stage.people)], stage.leads[number]
    stage.cool()
    if is_known:
        stage.know_ids()
    else:
        stage.sql(FORGET_IDS)
    person.call("crm.lead", "twitter_panel", [lead])
    # Odoo answers with nothing to do: what any click takes.
    nothing = "res.users", "has_group", [person.user], "base.group_user"
    empty = statistics.median(_timed(person, nothing) for _time in range(5))
    stage.x.latency = LATENCY
    seconds = _timed(person, ("crm.lead", "twitter_read", [lead]))
    stage.x.latency = 0
    return (seconds - empty) / LATENCY


def _timed(person, call):
    begun = time.monotonic()
    answer = person.call(*call)
    seconds = time.monotonic() - begun
    if isinstance(answer, dict) and answer["problem"]:
        raise RuntimeError(f"The panel told of a problem: {answer['problem']}")
    if isinstance(answer, dict) and not answer.get("profile"):
        raise RuntimeError("A lead is associated with nobody.")
    return seconds


def keep_alive(stage):
    """How many connections one worker opens for 100 calls in a row."""
    stage.cool()
    crowd = stage.x.people.crowd(CALLS, "kept")
    with stage.another_server("one-worker", "--workers=1") as server:
        person = stage.browser(server, stage.people[0].login)
        stage.x.sockets.reset()
        for number in range(CALLS):
            _look_up(person, stage.leads[0], crowd.username(number))
    made = len(stage.x.calls)
    told = f"live: connections opened by {made} calls in a row"
    return [report.figure(told, stage.x.connections, "", "== 1")]


def _look_up(person, lead, handle):
    answer = person.call("crm.lead", "twitter_look_up", [lead], handle=handle)
    if answer["problem"]:
        raise RuntimeError(f"A look-up told of a problem: {answer['problem']}")


def prices(stage):
    """What X bills, by its ledger."""
    stage.cool()
    stage.sql(FORGET_IDS)
    lead, first = stage.leads[-1], stage.people[0]
    opening = _billed(stage, lambda: _timed(first, _read(lead)))
    again = _billed(
        stage, lambda: [_timed(person, _read(lead)) for person in stage.people]
    )
    search = _billed(
        stage,
        lambda: first.call("crm.lead", "twitter_search", [lead], query="Jacques"),
    )
    return [
        report.figure(
            "live: first opening of a panel by a team", opening, "USD", "<= 0.06"
        ),
        report.figure("live: again, by 20 users", again, "USD", "== 0.00"),
        report.figure("live: a search by name", search, "USD", "<= 0.10"),
    ]


def _read(lead):
    return "crm.lead", "twitter_read", [lead]


def _billed(stage, deed):
    before = stage.x.spent()
    deed()
    return float(stage.x.spent() - before)


def refresh(stage):
    """How many calls the refresh of 1,000 known profiles takes."""
    stage.cool()
    crowd = stage.x.people.crowd(PROFILES, "known")
    rows = [(crowd.username(n), crowd.id(n)) for n in range(PROFILES)]
    stage.associate(rows)
    before = len(stage.x.calls)
    stage.shell(REFRESH.format(handles="known%", number=PROFILES))
    made = len(stage.x.calls) - before
    told = f"live: refresh of {PROFILES:,} profiles"
    return [report.figure(told, made, "calls", "== 10")]
