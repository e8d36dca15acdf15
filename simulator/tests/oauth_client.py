"""Goes the OAuth round trip as a client does, for the tests of it."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

from conftest import CALLBACK

KEYS = ("demo-client-id", "demo-client-secret")
VERIFIER = "v" * 64
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest())
    .decode()
    .rstrip("=")
)
INVALID_TOKEN = {
    "error": "invalid_request",
    "error_description": "Value passed for the token was invalid.",
}


def asked(**changes):
    return {
        "response_type": "code",
        "client_id": KEYS[0],
        "redirect_uri": CALLBACK,
        "scope": "tweet.read users.read offline.access",
        "state": "s-1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    } | changes


def answer_of(browser, decision="allow", username="ourcompany", **changes):
    """What the callback address is given."""
    response = browser.send(
        "POST",
        "/i/oauth2/authorize",
        params=asked(**changes),
        data={"decision": decision, "username": username},
    )
    assert response.status_code == 302, response.text
    assert response.headers["Location"].startswith(CALLBACK + "?")
    query = parse_qs(urlsplit(response.headers["Location"]).query)
    return {name: value[0] for name, value in query.items()}


def exchange(browser, code, auth=KEYS, **changes):
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    } | changes
    return browser.send("POST", "/2/oauth2/token", data=form, auth=auth)


def refresh(browser, token, auth=KEYS):
    form = {"grant_type": "refresh_token", "refresh_token": token}
    return browser.send("POST", "/2/oauth2/token", data=form, auth=auth)


def works(browser, token):
    headers = {"Authorization": f"Bearer {token}"}
    response = browser.send("GET", "/2/users/me", headers=headers)
    if response.status_code != 200:
        assert response.json() == {
            "title": "Unauthorized",
            "type": "about:blank",
            "status": 401,
            "detail": "Unauthorized",
        }
    return response.status_code == 200
