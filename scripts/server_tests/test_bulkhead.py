"""X hangs: workers are left for the CRM, and soon X is not asked at all."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from browser import at_once
from requests import ConnectionError as ConnectionLost
from strangers import code_of, leads_of, read, reads

POSTS = "GET /2/users/:id/tweets"
PROFILES = "GET /2/users/by"
FORM = {"name": {}, "twitter_handle": {}, "partner_id": {"fields": {"name": {}}}}
#: Seconds. A form that does not wait for X, on a busy machine; X is given 8.
AT_ONCE, SAID = 2, 3
BREAKER = "SELECT openings, until > now() at time zone 'UTC' FROM twitter_limit"
BREAKER += " WHERE key = 'breaker'"
#: As if it had opened a minute ago: what fails now was not on its way already.
PROBE_NOW = """
    UPDATE twitter_limit SET until = (now() at time zone 'UTC') - interval '1 second',
                             since = since - interval '1 minute'
     WHERE key = 'breaker'
"""


@pytest.fixture
def leads(stage, anna, bruno):
    anna.connect("marcdemo")
    bruno.connect("mitchelladmin")
    return leads_of(stage, 12, posts=1)


def _black_hole(stage):
    """X accepts, and never answers."""
    stage.x.faults.add("*", kind="hang", count=10_000)


def _timed(deed):
    begun = time.monotonic()
    return deed(), time.monotonic() - begun


def _open(person, lead):
    return _timed(lambda: person.call("crm.lead", "web_read", [lead], FORM))[1]


def test_a_worker_is_left_for_forms(stage, anna, bruno, leads):
    """Two click, of which one waits for X: the other is told, and forms open."""
    _black_hole(stage)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(read, anna, leads[0])
        stage.wait_for_call(PROFILES)
        assert max(_open(bruno, lead) for lead in leads) < AT_ONCE
        told, took = _timed(lambda: read(bruno, leads[1], is_patient=False)[0])
        assert told == "crowded"
        assert took < AT_ONCE
        assert not waiting.done()
        assert stage.calls(PROFILES) == 1
        stage.x.faults.clear()
        assert waiting.result()[0] in (None, "unreachable")
    # Its place is free.
    assert read(bruno, leads[1])[0] is None


def test_the_place_of_a_killed_worker_is_free(stage, anna, bruno, leads):
    _black_hole(stage)

    def click():
        with pytest.raises(ConnectionLost):
            read(anna, leads[0])

    def kill():
        stage.wait_for_call(PROFILES)
        [call] = [call for call in stage.x.calls if call.endpoint == PROFILES]
        stage.server.worker_talking_from(call.client_port).kill()

    at_once(click, kill)
    stage.x.faults.clear()
    assert read(bruno, leads[1])[0] is None


def _fail(stage, person, leads):
    """Let calls fail at once until X is not asked any more."""
    stage.x.faults.add("*", status=503, count=10_000)
    for lead in leads:
        if read(person, lead)[0] == "down":
            break
    assert stage.sql(BREAKER)[0][1] is True


def test_what_does_not_answer_is_not_asked(stage, anna, bruno, leads):
    """The panel says so at once, with what is stored; one looks when its time comes."""
    assert read(anna, leads[0])[0] is None  # there is something stored
    _fail(stage, anna, leads[1:])
    asked = len(stage.x.calls)
    for person in (anna, bruno):
        for lead in leads[:4]:
            (told, answer), took = _timed(
                lambda person=person, lead=lead: read(person, lead, refresh=True)
            )
            assert told == "down"
            assert took < SAID
            if lead == leads[0]:
                assert answer["profile"]["name"] == "Stranger 0"
    assert len(stage.x.calls) == asked
    [(openings, _is_open)] = stage.sql(BREAKER)
    stage.sql(PROBE_NOW)
    assert read(anna, leads[5])[0] in ("unavailable", "down")
    # The one look fails, and is not tried again: X is left alone for longer.
    assert len(stage.x.calls) == asked + 1
    assert stage.sql(BREAKER) == [(openings + 1, True)]
    stage.x.faults.clear()
    assert read(bruno, leads[5])[0] == "down"
    stage.sql(PROBE_NOW)
    assert read(bruno, leads[5])[0] is None
    assert stage.sql(BREAKER) == []
    assert read(anna, leads[6])[0] is None


def test_two_workers_let_one_look(stage, anna, leads):
    """Eight come when it is time: X is asked once, by all of them together."""
    assert read(anna, leads[0])[0] is None
    _fail(stage, anna, leads[1:])
    stage.x.faults.clear()
    stage.x.faults.add("*", kind="hang", delay=1.5, count=10_000)
    stage.sql(PROBE_NOW)
    asked = len(stage.x.calls)
    answers = stage.crowd.all("call", reads(leads[:8], refresh=True), login="anna")
    assert len(stage.x.calls) == asked + 1
    assert [code_of(answer) for answer in answers].count("down") >= 7


def test_while_one_looks_the_others_are_told_at_once(stage, anna, bruno, leads):
    """Not that many wait: nobody is to ask again and again."""
    assert read(anna, leads[0])[0] is None
    _fail(stage, anna, leads[1:])
    stage.x.faults.clear()
    _black_hole(stage)
    stage.sql(PROBE_NOW)
    asked = len(stage.x.calls)
    with ThreadPoolExecutor(1) as thread:
        looking = thread.submit(read, anna, leads[0], refresh=True)
        while len(stage.x.calls) == asked:
            time.sleep(0.02)
        told, took = _timed(lambda: read(bruno, leads[1], is_patient=False)[0])
        assert (told, took < AT_ONCE) == ("down", True)
        stage.x.faults.clear()
        looking.result()
