"""The OAuth round trip, with everything X refuses on the way."""

import re

import pytest
from conftest import CALLBACK
from oauth_client import KEYS, VERIFIER, answer_of, asked, exchange, refresh


def test_consent_page(browse):
    response = browse().get("/i/oauth2/authorize", **asked())
    assert response.status_code == 200
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    names = re.findall(r'type="radio" name="username" value="(\w+)"', response.text)
    assert names[0] == "ourcompany"
    assert {"mitchelladmin", "marcdemo"} <= set(names)
    assert response.text.count(" checked") == 1
    assert 'id="allow"' in response.text and 'id="refuse"' in response.text
    assert "Stay connected to your account" in response.text
    assert "Post and repost for you" not in response.text


def test_round_trip(browse):
    browser = browse()
    given = answer_of(browser)
    assert given["state"] == "s-1"
    response = exchange(browser, given["code"])
    assert response.status_code == 200
    tokens = response.json()
    assert tokens["token_type"] == "bearer"
    assert tokens["expires_in"] == 7200
    assert tokens["scope"] == "tweet.read users.read offline.access"
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    me = browser.send("GET", "/2/users/me", headers=headers).json()["data"]
    assert me["username"] == "ourcompany"


def test_no_refresh_token_without_its_scope(browse):
    browser = browse()
    code = answer_of(browser, scope="tweet.read users.read")["code"]
    assert "refresh_token" not in exchange(browser, code).json()


def test_refusal_goes_back(browse):
    given = answer_of(browse(), decision="refuse")
    assert given == {"error": "access_denied", "state": "s-1"}


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": CALLBACK + "/"},
        {"redirect_uri": "https://evil.example/"},
        {"client_id": "another"},
        {"scope": "tweet.read everything"},
        {"scope": ""},
        {"state": ""},
        {"state": "s" * 501},
        {"code_challenge": ""},
        {"code_challenge_method": "S512"},
        {"response_type": "token"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_something_went_wrong(browse, changes, method):
    """X shows its own page then, and never goes back."""
    form = {"decision": "allow", "username": "ourcompany"}
    params = asked(**changes)
    response = browse().send(method, "/i/oauth2/authorize", params=params, data=form)
    assert response.status_code == 400
    assert "Something went wrong" in response.text
    assert "Location" not in response.headers


def test_it_remembers_every_secret_there_was(browse, x):
    browser = browse()
    code = answer_of(browser)["code"]
    tokens = exchange(browser, code).json()
    renewed = refresh(browser, tokens["refresh_token"]).json()
    given = x.authorizations.given
    for pair in (tokens, renewed):
        assert {code, pair["access_token"], pair["refresh_token"]} <= given
    assert x.authorizations.verifiers == {VERIFIER}
    assert x.authorizations.states == {"s-1"}
    x.reset()
    assert not x.authorizations.given


def test_code_works_once(browse):
    browser = browse()
    code = answer_of(browser)["code"]
    assert exchange(browser, code).status_code == 200
    again = exchange(browser, code)
    assert again.status_code == 400
    assert again.json()["error_description"] == (
        "Value passed for the authorization code was invalid."
    )


def test_code_lives_thirty_seconds(browse, x):
    browser = browse()
    code = answer_of(browser)["code"]
    x.clock.advance(31)
    assert exchange(browser, code).status_code == 400
    code = answer_of(browser)["code"]
    x.clock.advance(25)
    assert exchange(browser, code).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "w" * 64},
        {"redirect_uri": "http://127.0.0.1:8069/other"},
        {"code": "made-up"},
        {"code_verifier": ""},
        {"grant_type": "password"},
    ],
    ids=str,
)
def test_exchange_is_refused(browse, changes):
    browser = browse()
    code = answer_of(browser)["code"]
    response = exchange(browser, **{"code": code, **changes})
    assert response.status_code == 400
    assert set(response.json()) == {"error", "error_description"}
    assert exchange(browser, code).status_code == 200


def test_plain_challenge(browse):
    browser = browse()
    changes = {"code_challenge": VERIFIER, "code_challenge_method": "plain"}
    assert exchange(browser, answer_of(browser, **changes)["code"]).ok


@pytest.mark.parametrize("auth", [None, ("demo-client-id", "wrong"), ("other", "x")])
def test_client_must_prove_itself(browse, auth):
    browser = browse()
    code = answer_of(browser)["code"]
    revoke = browser.send("POST", "/2/oauth2/revoke", data={"token": "x"}, auth=auth)
    answers = [exchange(browser, code, auth), refresh(browser, "x", auth), revoke]
    for response in answers:
        assert response.status_code == 401
        error = response.json()
        if auth is None:
            assert error == {
                "error": "unauthorized_client",
                "error_description": "Missing valid authorization header",
            }
        else:
            assert error["error"] == "invalid_client"


def test_client_id_in_the_form_is_not_enough(browse):
    form = {"grant_type": "refresh_token", "refresh_token": "x", "client_id": KEYS[0]}
    response = browse().send("POST", "/2/oauth2/token", data=form)
    assert response.status_code == 401
