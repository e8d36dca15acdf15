"""Two servers of two workers each, on hosts of their own, with one database.

They share the master key, as the environment gives it to both.
"""

import time
from decimal import Decimal

import conftest
import pytest
from browser import Browser, at_once
from strangers import leads_of, read
from test_feed import ONLY_OURS, check, feed, say

__all__ = ["feed"]

TOKEN = "POST /2/oauth2/token"
MENTIONS = "GET /2/users/:id/mentions"
PROFILES = "GET /2/users/by"
POSTS = "GET /2/users/:id/tweets"
PATIENCE = 40
LIMIT = 5


@pytest.fixture(scope="module")
def host(everything, people):
    """The second host; the first one is the stage's own server."""
    server = everything.another_server("host", host="the-other-host")
    try:
        server.wait_until_it_answers()
        yield server
    finally:
        server.stop()


@pytest.fixture
def far(stage, host):
    """Anna's browser as the second host serves it; its log must not complain."""
    host.log.taken()
    yield Browser(host.url, stage.database, "anna")
    assert conftest.complaints(host.log.taken()) == []


def _both(anna, far, leads, **keywords):
    """Open each lead's panel at once, on one host and the other by turns."""
    people = [anna, far] * len(leads)
    pairs = zip(people, leads, strict=False)
    return at_once(
        *(
            lambda person=person, lead=lead: read(person, lead, **keywords)[0]
            for person, lead in pairs
        )
    )


def test_tokens_are_renewed_once(stage, anna, far):
    anna.connect("marcdemo")
    leads = leads_of(stage, 8, posts=1)
    for _expiry in range(2):
        stage.expire()
        stage.x.calls.clear()
        told = _both(anna, far, leads, refresh=True)
        assert set(told) <= {None, "crowded"}
        assert told.count(None) >= 2
        assert stage.calls(TOKEN) == 1


def test_a_budget_is_that_of_all(stage, anna, far):
    anna.connect("marcdemo")
    leads = leads_of(stage, 16)
    stage.money.limit("0.30", {anna.user: "0.25"})
    told = _both(anna, far, leads)
    told += _both(anna, far, leads)
    assert set(told) <= {None, "crowded", "busy", "over_user_day"}
    assert "over_user_day" in told
    money = stage.money
    assert Decimal("0.15") < money.billed() <= Decimal("0.25")
    assert money.metered() + money.held() >= money.billed()
    # What one of them has read, the other one has.
    asked = len(stage.x.calls)
    read_ones = [lead for lead, code in zip(leads, told, strict=False) if code is None]
    assert [read(far, lead)[0] for lead in read_ones] == [None] * len(read_ones)
    assert len(stage.x.calls) == asked


def test_a_rate_limit_is_known_to_all(stage, anna, far):
    anna.connect("marcdemo")
    leads = leads_of(stage, 21, posts=1)
    stage.x.limits.set(POSTS, LIMIT)
    assert read(anna, leads[0])[0] is None
    told = []
    for part in range(1, 21, 4):
        told += _both(anna, far, leads[part : part + 4])
    assert 429 not in [call.status for call in stage.x.calls]
    assert stage.calls(POSTS) == LIMIT
    assert "too_many" in told
    assert set(told) <= {None, "crowded", "too_many"}


def test_each_host_has_places_of_its_own(stage, anna, bruno, far):
    """X hangs: one worker of each waits, and the other one is there for the CRM."""
    anna.connect("marcdemo")
    bruno.connect("mitchelladmin")
    leads = leads_of(stage, 4, posts=1)
    stage.x.faults.add("*", kind="hang", delay=6, count=100)

    def third():
        stage.wait_for_call(PROFILES, 2)
        begun = time.monotonic()
        for person in (bruno, far):
            person.call("crm.lead", "web_read", [leads[2]], {"name": {}})
        took = time.monotonic() - begun
        told = read(bruno, leads[2], is_patient=False)[0]
        stage.x.faults.clear()
        return told, took

    _first, _second, (told, took) = at_once(
        lambda: read(anna, leads[0]), lambda: read(far, leads[1]), third
    )
    assert told == "crowded"
    assert took < 2


def test_what_does_not_answer_is_asked_by_nobody(stage, anna, far):
    """The breaker is one for all."""
    anna.connect("marcdemo")
    leads = leads_of(stage, 10, posts=1)
    stage.x.faults.add("*", status=503, count=10_000)
    for lead in leads:
        if read(anna, lead)[0] == "down":
            break
    asked = len(stage.x.calls)
    begun = time.monotonic()
    assert read(far, leads[0])[0] == "down"
    assert time.monotonic() - begun < 3
    assert len(stage.x.calls) == asked


def test_mentions_are_read_once(stage, feed):
    """By scheduled actions of two hosts that wake at the same moment."""
    stage.crowd.one("read_feed", feed=feed, page=100)
    say(stage, 30)
    stage.sql("UPDATE twitter_feed SET next_read_at = NULL")
    active = [row[0] for row in stage.sql("SELECT id FROM ir_cron WHERE active")]
    stage.sql("UPDATE ir_cron SET active = false")
    one, two = (
        stage.another_server(f"crons-{name}", "--max-cron-threads=1", host=name)
        for name in ("first", "second")
    )
    try:
        for server in (one, two):
            server.wait_until_it_answers()
        stage.x.calls.clear()
        stage.x.faults.add(MENTIONS, delay=1)
        stage.sql(ONLY_OURS)
        _wake(stage, lambda: stage.calls(MENTIONS))
        _wake(stage, lambda: stage.count("twitter_interaction") == 32)
        for _time in range(5):
            stage.wake_crons()
            time.sleep(0.2)
    finally:
        one.stop()
        two.stop()
        stage.sql("UPDATE ir_cron SET active = (id = ANY(%s))", active)
    assert stage.calls(MENTIONS) == 1
    check(stage)
    for server in (one, two):
        assert conftest.complaints(server.log.taken()) == []


def _wake(stage, condition):
    """Wake the scheduled actions of both until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        stage.wake_crons()
        time.sleep(0.1)
