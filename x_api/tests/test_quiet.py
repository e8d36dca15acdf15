import logging

import pytest
from conftest import ONCE, client_of, reply

from x_api import (
    OAuth2Client,
    XClient,
    XUnavailable,
    XUnreachable,
)
from x_api.pool import pool

BODY = b'{"data": {"id": "1", "username": "a"}}'

SECRETS = (
    "the-token",
    "the-code",
    "the-verifier",
    "the-refresh",
    "the-secret",
    "Dunagan",
)


def test_nothing_secret_is_logged_at_debug(server, caplog):
    grant = b'{"access_token": "the-token", "expires_in": 7200, "token_type": "bearer"}'

    def answer(handler):
        is_oauth = handler.path.startswith("/2/oauth2")
        body = grant if is_oauth else BODY.replace(b"{", b"[", 2)
        reply(handler, body, headers={"X-Secret": "the-token"})

    server.answer = answer
    client = client_of(server)
    oauth = OAuth2Client("the-id", "the-secret", api_url=server.url)
    with caplog.at_level(logging.DEBUG):
        oauth.exchange("the-code", "the-verifier", "http://127.0.0.1/")
        oauth.refresh("the-refresh")
        oauth.revoke("the-token")
        with pytest.raises(XUnavailable) as caught:
            client.search_profiles("Jacques Dunagan")
        client.together(lambda: client.search_profiles("Jacques Dunagan"))
    logged = caplog.text + str(caught.value) + repr(caught.value)
    assert "POST /2/oauth2/token: 200 in" in caplog.text
    assert "GET /2/users/search: 200 in" in caplog.text
    assert not [secret for secret in SECRETS if secret in logged]


def test_failures_quote_no_query(caplog):
    client = XClient("the-token", api_url="http://127.0.0.1:9", backoff=ONCE)
    with caplog.at_level(logging.DEBUG), pytest.raises(XUnreachable) as caught:
        client.search_profiles("Jacques Dunagan")
    assert caught.value.__suppress_context__
    logged = caplog.text + str(caught.value)
    assert not [secret for secret in SECRETS if secret in logged]


def test_other_traffic_logs_as_ever(server, caplog):
    client_of(server).me()
    with caplog.at_level(logging.DEBUG):
        pool().poolmanager.request("GET", f"{server.url}/theirs?q=1")
    assert "/theirs?q=1" in caplog.text
