"""Refresh tokens work once: whoever needs a token, one process renews it."""

import pytest
from browser import at_once

TOKEN = "POST /2/oauth2/token"
ME = "GET /2/users/me"
EIGHT = range(8)


def test_eight_processes_renew_once(stage, anna):
    anna.connect("marcdemo")
    for _expiry in range(2):
        stage.expire()
        stage.x.calls.clear()
        used = stage.crowd.all("use_token", [{} for _one in EIGHT], login="anna")
        assert {one["handle"] for one in used} == {"marcdemo"}
        assert len({one["token"] for one in used}) == 1
        assert stage.calls(TOKEN) == 1
    assert stage.sql("SELECT state FROM twitter_account") == [("connected",)]


@pytest.mark.parametrize("expiries", [4, pytest.param(200, marks=pytest.mark.long)])
def test_no_expiry_loses_a_token(stage, anna, expiries, record_property):
    """Eight processes at each: X is asked once, and takes what all are given."""
    anna.connect("marcdemo")
    stage.x.limits.set(ME, 100_000)
    stage.x.calls.clear()
    tokens = set()
    for _expiry in range(expiries):
        stage.expire()
        used = stage.crowd.all("use_token", [{} for _one in EIGHT], login="anna")
        assert {one["handle"] for one in used} == {"marcdemo"}
        [token] = {one["token"] for one in used}
        tokens.add(token)
    record_property("faults injected", expiries)
    answers = [call.status for call in stage.x.calls if call.endpoint == TOKEN]
    assert answers == [200] * expiries
    assert len(tokens) == expiries
    assert stage.sql("SELECT state FROM twitter_account") == [("connected",)]


def test_eight_processes_with_a_rejected_token_renew_once(stage, anna):
    anna.connect("marcdemo")
    token = stage.crowd.one("use_token", login="anna")["token"]
    stage.x.calls.clear()
    each = [{"rejected": token} for _one in EIGHT]
    used = stage.crowd.all("use_token", each, login="anna")
    assert len({one["token"] for one in used}) == 1
    assert used[0]["token"] != token
    assert stage.calls(TOKEN) == 1


def test_eight_browsers_on_two_workers_renew_once(stage, anna):
    anna.connect("marcdemo")
    [lead] = stage.leads(twitter_handle="jacquesdunagan")
    for _expiry in range(2):
        stage.expire()
        stage.x.calls.clear()
        answers = at_once(
            *(
                lambda: anna.ask("crm.lead", "twitter_read", [lead], refresh=True)
                for _one in EIGHT
            )
        )
        assert [answer["problem"] for answer in answers] == [False] * 8
        assert stage.calls(TOKEN) == 1


def test_a_revoked_connection_ends_once(stage, anna):
    """Eight at once learn it: one is told at X, one activity tells the user."""
    anna.connect("marcdemo")
    stage.x.revoke("marcdemo")
    stage.x.calls.clear()
    ends = stage.crowd.all("lose_token", [{} for _one in EIGHT], login="anna")
    assert ends == ["reconnect"] * 8
    assert stage.calls(TOKEN) == 1
    assert stage.sql(
        "SELECT state, access_token, refresh_token FROM twitter_account"
    ) == [("reconnect", None, None)]
    assert len(_activities(stage)) == 1
    assert stage.crowd.one("lose_token", login="anna") == "reconnect"
    assert stage.calls(TOKEN) == 1


def test_a_connection_that_no_new_token_saves_ends_once(stage, anna):
    """X renews, and refuses the new token as well: eight at once find out."""
    anna.connect("marcdemo")
    stage.x.faults.add("GET /2/users/me", status=401, count=100)
    ends = stage.crowd.all("lose_token", [{} for _one in EIGHT], login="anna")
    assert ends == ["reconnect"] * 8
    assert stage.sql("SELECT state FROM twitter_account") == [("reconnect",)]
    assert len(_activities(stage)) == 1


def _activities(stage):
    return stage.sql(
        "SELECT user_id FROM mail_activity WHERE res_model = 'twitter.account'"
    )
