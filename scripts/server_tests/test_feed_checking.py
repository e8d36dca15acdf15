"""What is shown of posts is checked by real processes, in transactions of their own."""

import pytest
from test_feed import feed, said

__all__ = ["feed"]

POSTS = "GET /2/tweets"
ROWS = """
    SELECT post_id, content IS NOT NULL, absence,
           verified_at > now() AT TIME ZONE 'UTC' - interval '5 minutes'
      FROM twitter_interaction ORDER BY post_id
"""
OLD = """
    UPDATE twitter_interaction
       SET verified_at = now() AT TIME ZONE 'UTC' - interval '21 hours';
    UPDATE twitter_author
       SET seen_at = now() AT TIME ZONE 'UTC' - interval '21 hours'
"""


@pytest.fixture
def posts(stage, feed):
    """Two posts X has told of long ago, and deleted the first of since."""
    stage.crowd.one("read_feed", feed=feed, page=100)
    stage.sql(OLD)
    first, second = said(stage)
    stage.x.posts.delete(first)
    return first, second


def _call(stage, model, method, arguments=(), ids=(), login=None):
    given = {"model": model, "ids": list(ids), "arguments": list(arguments)}
    return stage.crowd.one("call", login=login, method=method, **given)


def _check(stage, posts):
    gone, there = posts
    assert stage.sql(ROWS) == [(gone, False, "gone", False), (there, True, None, True)]


def test_open_cards_are_read_again(stage, posts):
    _call(stage, "twitter.interaction", "_cron_check")
    assert stage.calls(POSTS) == 1
    _check(stage, posts)


def test_loading_again_tells_what_was_just_kept(stage, posts, anna):
    """The request itself does not see it: another transaction has written it."""
    for post_id, problem in zip(posts, ("gone", None), strict=True):
        [[row]] = stage.sql(
            "SELECT id FROM twitter_interaction WHERE post_id = %s", post_id
        )
        answer = anna.call("twitter.interaction", "twitter_load_again", [row])
        assert (answer["problem"] or {}).get("code") == problem
        assert bool(answer["card"]["post"]) == (not problem)
    _check(stage, posts)


def test_a_compliance_job_from_its_beginning_to_its_end(stage, posts):
    _call(stage, "twitter.account", "_set_bearer_token", [stage.x.app.bearer_token])
    try:
        _call(stage, "twitter.compliance.job", "_cron_go_on")
        states = stage.sql("SELECT state FROM twitter_compliance_job")
        assert states == [("done",)]
        _, confirmed = stage.sql(ROWS)
        assert confirmed == (posts[1], True, None, True)
        assert stage.sql(ROWS)[0][:3] == (posts[0], False, "gone")
        _call(stage, "twitter.interaction", "_cron_check")
        assert stage.calls(POSTS) == 0, "nothing is left to be read"
    finally:
        _call(stage, "twitter.account", "_set_bearer_token", [""])
        stage.sql("DELETE FROM twitter_compliance_job")
