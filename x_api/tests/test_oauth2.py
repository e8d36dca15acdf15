import base64
import hashlib
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from x_api import (
    OAuth2Client,
    Tokens,
    XError,
    XKeysRefused,
    XLinkExpired,
    XNotAllowed,
    XTooMany,
    XUnavailable,
    XUnreachable,
)

TOKEN_URL = "https://api.x.com/2/oauth2/token"
REVOKE_URL = "https://api.x.com/2/oauth2/revoke"
CALLBACK = "https://crm.example/crm_twitter/oauth/callback"
GRANT = {
    "token_type": "bearer",
    "expires_in": 7200,
    "access_token": "new-access",
    "refresh_token": "new-refresh",
    "scope": "users.read tweet.read offline.access",
}
INVALID_TOKEN = {
    "error": "invalid_request",
    "error_description": "Value passed for the token was invalid.",
}
NO_HEADER = {
    "error": "unauthorized_client",
    "error_description": "Missing valid authorization header",
}


@pytest.fixture
def oauth():
    return OAuth2Client("the-id", "the-s\u00e9cret")


def sent(call):
    """The form that was sent, having checked that the app identified itself."""
    expected = base64.b64encode("the-id:the-s\u00e9cret".encode()).decode()
    assert call.request.headers["Authorization"] == f"Basic {expected}"
    assert "?" not in call.request.url
    return {key: value[0] for key, value in parse_qs(call.request.body).items()}


CALLS = {
    "exchange": lambda oauth: oauth.exchange("the-code", "the-verifier", CALLBACK),
    "refresh": lambda oauth: oauth.refresh("old-refresh"),
}
each_grant = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


def test_authorize_asks_as_x_documents(oauth):
    url, verifier = oauth.authorize(CALLBACK, ["tweet.read", "users.read"], "st+a te")
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    assert url.startswith("https://x.com/i/oauth2/authorize?")
    assert "scope=tweet.read%20users.read&" in parts.query
    assert {key: value for key, (value,) in query.items()} == {
        "response_type": "code",
        "client_id": "the-id",
        "redirect_uri": CALLBACK,
        "scope": "tweet.read users.read",
        "state": "st+a te",
        "code_challenge": challenge.decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    assert 43 <= len(verifier) <= 128
    assert oauth.authorize(CALLBACK, ["tweet.read"], "s")[1] != verifier


def test_authorize_at_a_stand_in_keeps_its_http():
    oauth = OAuth2Client("i", "s", site_url="http://127.0.0.1:8070/")
    url, _verifier = oauth.authorize("http://127.0.0.1:8069/c", ["tweet.read"], "s")
    assert url.startswith("http://127.0.0.1:8070/i/oauth2/authorize?")
    assert "redirect_uri=http%3A%2F%2F127.0.0.1%3A8069%2Fc" in url


def test_exchange(oauth, x):
    x.post(TOKEN_URL, json=GRANT)
    tokens = oauth.exchange("the-code", "the-verifier", CALLBACK)
    assert tokens == Tokens(
        "new-access",
        "new-refresh",
        7200,
        ("users.read", "tweet.read", "offline.access"),
    )
    assert sent(x.calls[0]) == {
        "grant_type": "authorization_code",
        "code": "the-code",
        "code_verifier": "the-verifier",
        "redirect_uri": CALLBACK,
    }


def test_refresh(oauth, x):
    x.post(TOKEN_URL, json=GRANT)
    assert oauth.refresh("old-refresh").refresh_token == "new-refresh"
    assert sent(x.calls[0]) == {
        "grant_type": "refresh_token",
        "refresh_token": "old-refresh",
    }


@each_grant
def test_a_narrower_scope_is_no_error(call, oauth, x):
    x.post(TOKEN_URL, json={**GRANT, "scope": "tweet.read"})
    assert call(oauth).scope == ("tweet.read",)


@each_grant
def test_scope_may_be_missing(call, oauth, x):
    x.post(TOKEN_URL, json={**GRANT, "scope": None})
    assert call(oauth).scope == ()


def test_without_offline_access_there_is_no_refresh_token(oauth, x):
    x.post(TOKEN_URL, json={k: v for k, v in GRANT.items() if k != "refresh_token"})
    assert CALLS["exchange"](oauth).refresh_token is None


REFUSALS = [
    (400, INVALID_TOKEN, XLinkExpired),
    (400, {"error": "invalid_grant"}, XLinkExpired),
    (400, "", XUnavailable),
    (400, {"title": "Invalid Request", "detail": "no"}, XUnavailable),
    (401, NO_HEADER, XKeysRefused),
    (401, "", XKeysRefused),
    (400, {"error": "invalid_client"}, XKeysRefused),
    (400, NO_HEADER, XKeysRefused),
    (403, {"detail": "suspended app"}, XNotAllowed),
    (404, {}, XUnavailable),
    (429, {}, XTooMany),
    (500, "", XUnavailable),
    (503, INVALID_TOKEN, XUnavailable),
    (302, "", XUnavailable),
]


def answer(x, url, status, body):
    words = {"json": body} if isinstance(body, dict) else {"body": body}
    x.post(url, status=status, **words)


@each_grant
@pytest.mark.parametrize(("status", "body", "error"), REFUSALS)
def test_refused_grants(call, status, body, error, oauth, x):
    answer(x, TOKEN_URL, status, body)
    with pytest.raises(error) as caught:
        call(oauth)
    assert type(caught.value) is error
    assert caught.value.status == status
    assert len(x.calls) == 1


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 429, 500, 503])
@pytest.mark.parametrize("key", ["error_description", "detail", "title", "message"])
def test_what_was_sent_is_not_told_where_it_is_quoted(key, status, oauth, x):
    calls = {**CALLS, "revoke": lambda oauth: oauth.revoke("the-token")}
    quoted = "code=the-code&code_verifier=the-verifier&old-refresh&the-token"
    body = {key: quoted, "error": "access_denied", "errors": [{key: quoted}]}
    for url in (TOKEN_URL, REVOKE_URL):
        answer(x, url, status, body)
    for call in calls.values():
        with pytest.raises(XError) as caught:
            call(oauth)
        error = caught.value
        assert error.reason is None
        assert not re.search("the-|old-refresh", f"{error} {error!r} {vars(error)}")


@each_grant
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"<html>",
        b"access_token=a&token_type=bearer&expires_in=5",
        b'{"token_type": "bearer"}',
        *(
            {**GRANT, key: value}
            for key, values in {
                "access_token": (None, "", 1, "a\nb", "\u00e9"),
                "refresh_token": ("a b",),
                "expires_in": (None, "soon", 0, [], True),
            }.items()
            for value in values
        ),
    ],
)
def test_nonsense_instead_of_tokens(call, body, oauth, x):
    answer(x, TOKEN_URL, 200, body)
    with pytest.raises(XUnavailable):
        call(oauth)


@each_grant
@pytest.mark.parametrize(
    "failure", [requests.ConnectionError, requests.ReadTimeout, requests.ConnectTimeout]
)
def test_no_answer_is_never_asked_for_again(call, failure, oauth, x):
    x.post(TOKEN_URL, body=failure("/2/oauth2/token?secret=the-code"))
    with pytest.raises(XUnreachable) as caught:
        call(oauth)
    assert "secret" not in str(caught.value)
    assert len(x.calls) == 1


def test_check_keys(oauth, x):
    x.post(TOKEN_URL, json=INVALID_TOKEN, status=400)
    assert oauth.check_keys() is None
    assert sent(x.calls[0])["grant_type"] == "refresh_token"


@pytest.mark.parametrize(
    ("status", "body", "error"), [r for r in REFUSALS if r[2] is not XLinkExpired]
)
def test_check_keys_tells_what_is_wrong(status, body, error, oauth, x):
    answer(x, TOKEN_URL, status, body)
    with pytest.raises(error):
        oauth.check_keys()


def test_check_keys_does_not_take_a_grant_for_an_answer(oauth, x):
    x.post(TOKEN_URL, json=GRANT)
    with pytest.raises(XUnavailable):
        oauth.check_keys()


def test_revoke(oauth, x):
    x.post(REVOKE_URL, json={"revoked": True})
    assert oauth.revoke("the-token") is None
    assert sent(x.calls[0]) == {"token": "the-token"}


def test_revoking_what_is_revoked_is_no_error(oauth, x):
    x.post(REVOKE_URL, json=INVALID_TOKEN, status=400)
    assert oauth.revoke("the-token") is None


@pytest.mark.parametrize(
    ("status", "error"), [(401, XKeysRefused), (503, XUnavailable), (429, XTooMany)]
)
def test_revoking_can_fail(status, error, oauth, x):
    x.post(REVOKE_URL, json={}, status=status)
    with pytest.raises(error):
        oauth.revoke("the-token")


def test_revoking_without_answer(oauth, x):
    x.post(REVOKE_URL, body=requests.ConnectionError())
    with pytest.raises(XUnreachable):
        oauth.revoke("the-token")


def test_tokens_show_no_secret():
    tokens = Tokens("the-access", "the-refresh", 7200, ("tweet.read",))
    assert repr(tokens) == "Tokens(expires_in=7200, scope=('tweet.read',))"


@pytest.mark.parametrize(
    "url",
    [
        "http://api.x.com",
        "http://10.0.0.1",
        "http://127.0.0.1.evil.com",
        "http://localhost.evil.com",
        "https://user@api.x.com",
        "https://api.x.com?a=b",
        "https://api.x.com#a",
        "https://api.x.com:port",
        "ftp://127.0.0.1",
        "api.x.com",
        "https://",
        "",
    ],
)
@pytest.mark.parametrize("which", ["api_url", "site_url"])
def test_secrets_go_over_https_or_stay_on_this_machine(url, which):
    with pytest.raises(ValueError):
        OAuth2Client("i", "s", **{which: url})


@pytest.mark.parametrize(
    "url",
    ["https://api.x.com/", "https://127.0.0.1:1", "http://localhost:1"]
    + ["http://127.9.9.9", "http://[::1]:1"],
)
def test_addresses_that_may_be_used(url):
    assert OAuth2Client("i", "s", api_url=url, site_url=url)
