"""Mentions are read by real workers, which end whenever they like."""

import time
from contextlib import contextmanager

import pytest
from browser import at_once

MENTIONS = "GET /2/users/:id/mentions"
PATIENCE = 40
HELD = "SELECT FROM twitter_feed FOR UPDATE"
#: Only ours is to run, and now.
ONLY_OURS = """
    UPDATE ir_cron SET active = (id = (SELECT res_id FROM ir_model_data
                                        WHERE module = 'crm_twitter'
                                          AND name = 'ir_cron_read_mentions')),
                       nextcall = now() AT TIME ZONE 'UTC' - interval '1 hour'
"""


@pytest.fixture
def feed(stage):
    """The company's account is being read, and many have spoken to it."""
    brand = stage.x.people.named("ourcompany")
    for post_id in said(stage):
        stage.x.posts.delete(post_id)
    stage.x.people.add("jane_doe", "Jane Doe")
    say(stage, 2)
    answer = stage.x.login("ourcompany")
    person = [brand.id, brand.username]
    return stage.crowd.one("adopt", answer=answer, person=person)


def say(stage, number=1):
    for count in range(number):
        stage.x.posts.add("jane_doe", f"Hello @ourcompany {count}")


def said(stage):
    """X's ids of what was said, as X has it."""
    posts = stage.x.posts.mentioning(stage.x.people.named("ourcompany"))
    return sorted((post.id for post in posts), key=int)


def kept(stage):
    """X's ids of what is here, each as often as it is."""
    rows = stage.sql("SELECT post_id FROM twitter_interaction")
    return sorted((row[0] for row in rows), key=int)


def place(stage):
    return stage.sql("SELECT known_id, walk_bottom_id FROM twitter_feed")[0]


def check(stage):
    assert kept(stage) == said(stage)
    assert place(stage) == (said(stage)[-1], None)
    assert stage.count("twitter_author") == len(
        {stage.x.posts.get(post_id).author_id for post_id in said(stage)}
    )


@contextmanager
def cron_server(stage):
    """A server that runs our scheduled action, and no other."""
    active = [row[0] for row in stage.sql("SELECT id FROM ir_cron WHERE active")]
    stage.sql(ONLY_OURS)
    server = stage.another_server("cron", "--max-cron-threads=1")
    try:
        yield server
    finally:
        server.stop()
        stage.sql("UPDATE ir_cron SET active = (id = ANY(%s))", active)


def test_a_cron_worker_killed_in_the_middle_of_a_walk(stage, feed):
    """The next one goes on where it was, with what has come since."""
    stage.crowd.one("read_feed", feed=feed, page=100)
    say(stage, 230)
    stage.sql("UPDATE twitter_feed SET next_read_at = NULL")
    stage.x.calls.clear()
    stage.x.faults.add(MENTIONS, delay=0.01)  # the first page
    stage.x.faults.add(MENTIONS, "hang", delay=30)
    with cron_server(stage) as server:
        _wait_for(stage, lambda: stage.calls(MENTIONS) >= 2)
        assert len(kept(stage)) >= 100
        bottom = place(stage)[1]
        assert bottom, "a walk is under way"
        port = [call for call in stage.x.calls if call.endpoint == MENTIONS][-1]
        server.worker_talking_from(port.client_port).kill()
        say(stage, 3)
        stage.x.faults.clear()
        # Odoo starts another worker, which finds the job undone.
        _wait_for(stage, lambda: place(stage)[0] == said(stage)[-1])
    again = [call for call in stage.x.calls if call.endpoint == MENTIONS][2]
    assert again.query["until_id"] == bottom
    check(stage)


def test_started_by_a_click(stage, feed):
    """The request does not see the row it has made, and reads all the same."""
    stage.sql("DELETE FROM twitter_feed WHERE id = %s", feed)
    assert stage.crowd.one("start_feed") == [2, False]
    check(stage)


def test_two_who_read_at_once(stage, feed):
    """One keeps each page; none waits for ever, and nothing is there twice."""
    say(stage, 40)
    stage.crowd.one("read_feed", feed=feed, page=5)
    say(stage, 40)
    ends = stage.crowd.all("read_feed", [{"feed": feed, "page": 5}] * 3)
    assert [problem for _new, problem in ends] == [None] * 3
    stage.crowd.one("read_feed", feed=feed, page=5)
    assert place(stage)[1] is None
    known = said(stage)[-40:]
    assert [post_id for post_id in kept(stage) if post_id in known] == known
    assert len(set(kept(stage))) == len(kept(stage))
    assert sum(new for new, _problem in ends) == 40


def test_whoever_holds_the_row_is_waited_for(stage, feed):
    """X has answered, and is not asked again for it."""
    stage.crowd.one("read_feed", feed=feed, page=100)
    say(stage, 7)
    stage.x.calls.clear()

    def hold():
        with stage.databases.cursor(stage.database) as cursor:
            cursor.connection.autocommit = False
            cursor.execute(HELD)
            stage.wait_for_call(MENTIONS)
            time.sleep(2.5)  # longer than one try lasts
            cursor.connection.rollback()

    def read():
        time.sleep(0.2)
        return stage.crowd.one("read_feed", feed=feed, page=100)

    _held, end = at_once(hold, read)
    assert end == [7, None]
    assert stage.calls(MENTIONS) == 1
    check(stage)


def _wait_for(stage, condition):
    """Wake the workers for scheduled actions until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        stage.wake_crons()
        time.sleep(0.2)
