"""Logging in with X, all the way: start, consent at X, callback."""

import time
from urllib.parse import parse_qs, urlsplit

import requests
from browser import at_once

TOKEN = "POST /2/oauth2/token"
REVOKE = "POST /2/oauth2/revoke"
MODEL = "twitter.account"
ACCOUNTS = "SELECT username, state, access_token IS NOT NULL FROM twitter_account"


def test_the_round_trip(stage, anna):
    [lead] = stage.leads()
    login, callback = anna.start("marcdemo", popup=False, record=("crm.lead", lead))
    page = anna.get(callback)
    assert page.status_code == 303
    assert urlsplit(page.headers["Location"]).path == f"/odoo/crm.lead/{lead}"
    assert anna.call("twitter.login", "poll", login) == {
        "state": "connected",
        "message": "You are connected to X.",
        "handle": "marcdemo",
    }
    assert stage.sql(ACCOUNTS) == [("marcdemo", "connected", True)]


def test_a_callback_that_comes_several_times_at_once(stage, anna):
    login, callback = anna.start("marcdemo")
    pages = at_once(*(lambda: anna.get(callback) for _one in range(4)))
    assert [page.status_code for page in pages] == [200] * 4
    assert any("Connected as @marcdemo" in page.text for page in pages)
    # Nor does one of the others say that the login failed.
    assert not any("Not connected" in page.text for page in pages)
    assert stage.calls(TOKEN) == 1
    assert anna.call("twitter.login", "poll", login)["state"] == "connected"
    again = anna.get(callback)
    assert "Connected as @marcdemo" in again.text
    assert stage.calls(TOKEN) == 1
    assert stage.sql(ACCOUNTS) == [("marcdemo", "connected", True)]


def test_a_request_replayed_after_the_exchange(stage, anna):
    """Odoo replays it as a whole: it lost a race for a row."""
    started = stage.crowd.one("start_login", login="anna")
    consent = requests.post(
        started["url"],
        data={"username": "marcdemo", "decision": "allow"},
        allow_redirects=False,
        timeout=10,
    )
    given = parse_qs(urlsplit(consent.headers["Location"]).query)
    completed = stage.crowd.one(
        "complete_login",
        login="anna",
        state=given["state"][0],
        code=given["code"][0],
        user=anna.user,
    )
    assert completed == {"tries": 2, "outcome": "connected"}
    assert stage.calls(TOKEN) == 1
    assert stage.sql(ACCOUNTS) == [("marcdemo", "connected", True)]


def test_two_users_log_in_as_the_same_account_at_once(stage, anna, bruno):
    for _round in range(3):
        stage.sql("DELETE FROM twitter_account")
        _login_at_once(stage, (anna, "ourcompany"), (bruno, "ourcompany"))
        assert stage.sql(ACCOUNTS) == [("ourcompany", "connected", True)]
        members = "SELECT res_users_id FROM res_users_twitter_account_rel"
        assert {user for (user,) in stage.sql(members)} == {anna.user, bruno.user}
        for login in ("anna", "bruno"):
            used = stage.crowd.one("use_token", login=login)
            assert used["handle"] == "ourcompany"
    stage.expire()
    assert stage.crowd.one("use_token", login="anna")["handle"] == "ourcompany"


def test_two_users_swap_their_accounts_at_once(stage, anna, bruno):
    """Each joins the connection the other one leaves: they must not wait crosswise."""
    for round_ in range(8):
        each = [
            {"user": person.user, "twitter_id": str((number + round_) % 2)}
            for number, person in enumerate((anna, bruno))
        ]
        stage.crowd.all("join", each)
    members = "SELECT res_users_id FROM res_users_twitter_account_rel"
    assert sorted(stage.sql(members)) == sorted([(anna.user,), (bruno.user,)])


def test_the_keys_of_a_connection_nobody_is_left_in_are_erased(stage, anna):
    anna.connect("marcdemo")
    anna.connect("mitchelladmin")
    assert sorted(stage.sql(ACCOUNTS)) == [
        ("marcdemo", "reconnect", False),
        ("mitchelladmin", "connected", True),
    ]
    assert stage.calls(REVOKE) == 1


def test_a_login_during_a_renewal_that_hangs_is_not_lost(stage, anna, bruno):
    anna.connect("ourcompany")
    [lead] = stage.leads(twitter_handle="jacquesdunagan")
    login, callback = bruno.start("ourcompany")
    stage.expire()
    stage.x.calls.clear()
    stage.x.faults.add(TOKEN, kind="hang", delay=3)

    def join_meanwhile():
        stage.wait_for_call(TOKEN)
        return bruno.get(callback)

    read, page = at_once(
        lambda: anna.call("crm.lead", "twitter_read", [lead]), join_meanwhile
    )
    assert read["problem"]["code"] == "unreachable"
    assert "Connected as @ourcompany" in page.text
    assert stage.crowd.one("use_token", login="anna")["handle"] == "ourcompany"


def test_disconnecting(stage, anna, bruno):
    anna.connect("ourcompany")
    bruno.connect("ourcompany")
    messages = at_once(
        *(
            lambda person=person: person.call("twitter.account", "disconnect")
            for person in (anna, bruno)
        )
    )
    told = sorted(message["message"] for message in messages)
    assert told == [
        "You are disconnected from X.",
        "You are disconnected, and X has revoked this app's access.",
    ]
    assert stage.sql(ACCOUNTS) == [("ourcompany", "reconnect", False)]
    assert stage.calls(REVOKE) == 1


def test_an_administrator_disconnects(stage, anna, bruno):
    anna.connect("ourcompany")
    bruno.connect("marcdemo")
    rows = [row for (row,) in stage.sql("SELECT id FROM twitter_account")]
    stage.crowd.one(
        "call", login="admin", model=MODEL, ids=rows, method="action_disconnect"
    )
    ended = [("marcdemo", "reconnect", False), ("ourcompany", "reconnect", False)]
    assert sorted(stage.sql(ACCOUNTS)) == ended
    assert stage.sql("SELECT count(*) FROM res_users_twitter_account_rel") == [(0,)]
    assert stage.calls(REVOKE) == 2


def test_keys_nobody_may_use_are_cleaned_up_once(stage, anna):
    anna.connect("marcdemo")
    archive = "UPDATE res_users SET active = %s WHERE id = %s"
    stage.sql(archive, False, anna.user)
    try:
        task = {"model": MODEL, "ids": [], "method": "_gc_forsaken"}
        stage.crowd.all("call", [task] * 4)
    finally:
        stage.sql(archive, True, anna.user)
    assert stage.sql(ACCOUNTS) == [("marcdemo", "reconnect", False)]
    assert stage.calls(REVOKE) == 1


def test_a_login_is_refused_or_given_up(stage, anna):
    login, callback = anna.start("marcdemo")
    state = parse_qs(urlsplit(callback).query)["state"][0]
    refused = f"{stage.callback}?state={state}&error=access_denied"
    assert "You did not allow the access" in anna.get(refused).text
    assert anna.call("twitter.login", "poll", login)["state"] == "refused"
    login, callback = anna.start("marcdemo")
    anna.call("twitter.login", "cancel", login)
    assert "was cancelled" in anna.get(callback).text
    assert stage.calls(TOKEN) == 0


def test_a_login_the_server_did_not_survive_has_failed(stage, anna):
    login, callback = anna.start("marcdemo")
    stage.sql(
        "UPDATE twitter_login SET state = 'exchanging', "
        "write_date = now() AT TIME ZONE 'UTC' - interval '3 minutes'"
    )
    assert anna.call("twitter.login", "poll", login)["state"] == "failed"
    assert stage.calls(TOKEN) == 0


def _login_at_once(stage, *people):
    """Log in (browser, username) pairs, their callbacks at the same moment."""
    begun = [(person, *person.start(username)) for person, username in people]
    started = time.monotonic()
    at_once(
        *(lambda person=person, url=url: person.get(url) for person, _l, url in begun)
    )
    assert time.monotonic() - started < 10
    for person, login, _url in begun:
        status = person.call("twitter.login", "poll", login)
        assert status["state"] == "connected", status
