"""All X data is erased by real workers, which end whenever they like."""

import time
from contextlib import contextmanager

import pytest
from browser import at_once
from erasing import LEFT, fill, rows_left

REVOKE = "POST /2/oauth2/revoke"
PEOPLE = 200
# Seconds, on a busy machine.
PATIENCE, AT_ONCE = 120, 5
PROGRESS = """
    SELECT coalesce(total, 0), coalesce(done, 0), ended_at IS NOT NULL
      FROM twitter_erasure
"""
ONLY_OURS = """
    UPDATE ir_cron SET active = (id = (SELECT res_id FROM ir_model_data
                                        WHERE module = 'crm_twitter'
                                          AND name = 'ir_cron_erase_all'))
"""
KEYS = ("crm_twitter.client_id", "crm_twitter.client_secret")


@pytest.fixture
def full(stage):
    """The company's account is connected, and many people are known."""
    keys = {
        key: stage.sql("SELECT value FROM ir_config_parameter WHERE key = %s", key)
        for key in KEYS
    }
    brand = stage.x.people.named("ourcompany")
    answer = stage.x.login("ourcompany")
    stage.crowd.one("adopt", answer=answer, person=[brand.id, brand.username])
    fill(stage, PEOPLE)
    yield
    for key, [[value]] in keys.items():
        stage.crowd.one("set_parameter", name=key, value=value)
    stage.sql("DELETE FROM twitter_erasure; DELETE FROM crm_lead")
    stage.sql("DELETE FROM mail_message WHERE model = 'crm.lead'")


@contextmanager
def cron_server(stage, name):
    """A server that runs our scheduled action, and no other."""
    server = stage.another_server(name, "--max-cron-threads=1")
    try:
        yield server
    finally:
        server.stop()


def test_killed_in_the_middle_it_goes_on_and_nobody_waits(
    stage, anna, full, record_property
):
    """Killed twice; a colleague reads and writes leads meanwhile."""
    active = [row[0] for row in stage.sql("SELECT id FROM ir_cron WHERE active")]
    stage.sql(ONLY_OURS)
    [lead] = stage.leads(twitter_handle="zperson_of_anna")
    # She writes the lead at the moment its handle is erased, or does not.
    stage.may_replay = True
    took = []
    try:
        stage.crowd.one("begin_erasing")
        for number, share in enumerate((0.05, 0.3, None)):
            with cron_server(stage, f"erasing{number}"):
                _wait_for(stage, share, anna, lead, took)
            record_property("faults injected", int(share is not None))
    finally:
        stage.sql("UPDATE ir_cron SET active = (id = ANY(%s))", active)
    assert rows_left(stage) == {}
    assert stage.sql(LEFT) == [(0,)]
    assert stage.calls(REVOKE) == 1
    [[total, done, is_ended]] = stage.sql(PROGRESS)
    assert is_ended and done >= total >= 10 * PEOPLE
    names = "SELECT count(*) FROM crm_lead WHERE name = 'Mention by @[erased] on X'"
    assert stage.sql(names) == [(PEOPLE,)], "the leads themselves stay"
    assert stage.sql("SELECT name FROM crm_lead WHERE id = %s", lead) == [("Mine",)]
    assert len(took) > 10 and max(took) < AT_ONCE
    record_property("records compared", total)


@pytest.mark.parametrize("is_known", [False, True])
def test_erased_while_x_is_being_asked(stage, anna, is_known, record_property):
    """X's answer comes too late to be kept, and the colleague is shown no error."""
    anna.connect("marcdemo")
    [lead] = stage.leads(twitter_handle="jacquesdunagan")
    if is_known:
        anna.call("crm.lead", "twitter_read", [lead])
    stage.x.calls.clear()
    stage.x.faults.add("GET /2/users/by", delay=2)
    stage.x.faults.add("GET /2/users", delay=2)

    def read():
        return anna.call("crm.lead", "twitter_read", [lead], refresh=True)

    def erase():
        _wait_until(lambda: len(stage.x.calls))
        return stage.crowd.one("erase_person", lead=lead)

    told, number = at_once(read, erase)
    assert "panel" in told or "problem" in told
    assert number
    for table in ("twitter_profile", "twitter_cache", "twitter_association"):
        assert stage.count(table) == 0, table
    assert stage.sql("SELECT twitter_handle FROM crm_lead") == [(None,)]
    record_property("faults injected", 2)


def _wait_until(is_so):
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _is_at(stage, share):
    rows = stage.sql(PROGRESS)
    total, done, is_ended = rows[0] if rows else (0, 0, False)
    return is_ended if share is None else total and done >= share * total


def _wait_for(stage, share, anna, lead, took):
    """Wait, and work beside: how long each request takes is kept."""
    deadline = time.monotonic() + PATIENCE
    while not _is_at(stage, share):
        assert time.monotonic() < deadline, stage.sql(PROGRESS)
        stage.wake_crons()
        begun = time.monotonic()
        found = anna.call("crm.lead", "search_read", [], ["name"], limit=5)
        anna.call("crm.lead", "write", [lead], {"name": "Mine"})
        took.append(time.monotonic() - begun)
        assert found
        time.sleep(0.05)
