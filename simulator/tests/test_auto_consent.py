"""Logins that need no click, for browsers that cannot reach the consent page."""

from urllib.parse import parse_qs, urlencode, urlsplit

from conftest import CALLBACK

QUERY = urlencode(
    {
        "response_type": "code",
        "client_id": "demo-client-id",
        "redirect_uri": CALLBACK,
        "scope": "tweet.read users.read",
        "state": "s",
        "code_challenge": "c" * 43,
        "code_challenge_method": "S256",
    }
)


def authorize(browse):
    return browse().get(f"/i/oauth2/authorize?{QUERY}")


def answer_of(response):
    return parse_qs(urlsplit(response.headers["Location"]).query)


def test_who_consents_at_once_is_sent_back_with_a_code(x, browse):
    x.auto_consent = "ourcompany"
    assert "code" in answer_of(authorize(browse))


def test_who_refuses_at_once_is_sent_back_without_one(x, browse):
    x.auto_refuse = "ourcompany"
    assert answer_of(authorize(browse))["error"] == ["access_denied"]


def test_a_reset_brings_the_consent_page_back(x, browse):
    x.auto_consent = "ourcompany"
    x.reset()
    assert authorize(browse).status_code == 200
