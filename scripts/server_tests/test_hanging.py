"""X that hangs, and servers that end at the wrong moment."""

import time

import pytest
from browser import at_once
from requests import ConnectionError as ConnectionLost

TOKEN = "POST /2/oauth2/token"
STATE = "SELECT state FROM twitter_account"


def _timed(deed):
    begun = time.monotonic()
    return deed(), time.monotonic() - begun


def test_the_crm_stays_usable_while_a_renewal_hangs(stage, anna, bruno):
    """One worker waits for X, the other one for its place: not for as long."""
    anna.connect("ourcompany")
    bruno.connect("ourcompany")
    [lead] = stage.leads(twitter_handle="jacquesdunagan")
    stage.expire()
    stage.x.calls.clear()
    stage.x.faults.add(TOKEN, kind="hang", delay=5)

    def read(person):
        return _timed(lambda: person.call("crm.lead", "twitter_read", [lead]))

    def wait_too():
        stage.wait_for_call(TOKEN)
        return read(bruno)

    def open_lead():
        stage.wait_for_call(TOKEN)
        time.sleep(0.5)  # both workers are waiting now
        specification = {"name": {}, "twitter_handle": {}}
        return _timed(lambda: anna.call("crm.lead", "web_read", [lead], specification))

    (first, _long), (second, waited), (opened, took) = at_once(
        lambda: read(anna), wait_too, open_lead
    )
    assert first["problem"]["code"] == "unreachable"
    assert second["problem"]["code"] == "crowded"
    assert waited < 4.5
    assert opened[0]["twitter_handle"] == "jacquesdunagan"
    assert took < 4.5
    # X had not renewed: what is stored still works.
    assert stage.crowd.one("use_token", login="bruno")["handle"] == "ourcompany"


def test_a_renewal_whose_answer_is_lost_ends_in_a_new_login(stage, anna):
    """The stored refresh token is used up: the user is told once, X not asked on."""
    anna.connect("marcdemo")
    [lead] = stage.leads(twitter_handle="jacquesdunagan")
    stage.expire()
    stage.x.faults.add(TOKEN, kind="reset", after=True)
    assert _code(anna, lead) == "unreachable"
    assert stage.sql(STATE) == [("connected",)]
    _ends_in_a_new_login(stage, anna, lead)


def test_a_worker_killed_between_xs_answer_and_the_commit(stage, anna):
    """As above, and the server goes on."""
    anna.connect("marcdemo")
    [lead] = stage.leads(twitter_handle="jacquesdunagan")
    stage.expire()
    stage.x.calls.clear()
    stage.x.faults.add(TOKEN, kind="hang", delay=5, after=True)

    def kill():
        stage.wait_for_call(TOKEN)
        [call] = [call for call in stage.x.calls if call.endpoint == TOKEN]
        stage.server.worker_talking_from(call.client_port).kill()

    def read():
        with pytest.raises(ConnectionLost):
            anna.call("crm.lead", "twitter_read", [lead])

    at_once(read, kill)
    stage.x.faults.clear()
    assert stage.sql(STATE) == [("connected",)]
    _ends_in_a_new_login(stage, anna, lead)


def _ends_in_a_new_login(stage, anna, lead):
    stage.x.calls.clear()
    assert [_code(anna, lead) for _time in range(3)] == ["reconnect"] * 3
    assert stage.calls(TOKEN) == 1
    assert stage.sql(STATE) == [("reconnect",)]
    panel = anna.call("crm.lead", "twitter_panel", [lead])
    assert panel["connection"]["state"] == "reconnect"
    told = "SELECT user_id, summary FROM mail_activity WHERE res_model = %s"
    assert stage.sql(told, "twitter.account") == [(anna.user, "Log in with X again")]
    anna.connect("marcdemo")
    assert _code(anna, lead) is None
    assert stage.sql(told, "twitter.account") == []


def _code(person, lead):
    problem = person.call("crm.lead", "twitter_read", [lead], refresh=True)["problem"]
    return problem["code"] if problem else None
