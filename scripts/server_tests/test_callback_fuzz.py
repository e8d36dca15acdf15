"""What a callback may be called with: anything, over real HTTP, by anybody.

It never fails, never sends the browser elsewhere, and never connects anybody whom X has
not sent.
"""

import http.client
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

CALLBACK = "/crm_twitter/oauth/callback"
EVERY_DAY, LONG = 250, 2000
CONNECTED = """
    SELECT (SELECT count(*) FROM twitter_account),
           (SELECT count(*) FROM twitter_login WHERE state = 'connected')
"""
NAMES = st.sampled_from(
    "state code error error_description redirect next url db debug login uid lang"
    " return_path return_url company_id user_id context args kwargs session_id"
    " cls request".split()
)
# Without `self`, which is an error on every route of Odoo's: it calls a route's method
# with what the address names, and fails before ours runs.
NASTY = st.sampled_from(
    [
        "%00",
        "%FF%FE",
        "%ED%A0%80",
        "%",
        "%zz",
        "%0d%0aLocation:%20//evil.example",
        "//evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "'%20OR%201=1--",
        "{{7*7}}",
        "..%2F..%2Fetc%2Fpasswd",
        "a" * 4000,
        "",
    ]
)
TEXTS = st.text(max_size=60).map(
    lambda text: quote(text.encode("utf-8", "surrogatepass"), safe="")
)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz_.-[]0123456789", min_size=1, max_size=12)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "Host",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "Forwarded",
            "Referer",
            "Origin",
            "Accept-Language",
        ]
    ),
    st.sampled_from(["evil.example", "https://evil.example/", "", "x" * 300]),
    max_size=2,
)


class Caller:
    """Opens the callback byte by byte as told, with a session or without."""

    def __init__(self, stage, person):
        self.stage = stage
        self.person = person
        self.cookie = f"session_id={person._session.cookies['session_id']}"
        self.calls = 0

    def state(self):
        """The state of a login under way, which a stranger cannot know."""
        started = self.person.call("twitter.login", "start", ["read"], True)
        return parse_qs(urlsplit(started["url"]).query)["state"][0]

    def get(self, query, headers, with_session):
        """(status, Location or '', body) of the answer."""
        self.calls += 1
        netloc = urlsplit(self.stage.server.url).netloc
        connection = http.client.HTTPConnection(netloc, timeout=60)
        if with_session:
            headers = {**headers, "Cookie": self.cookie}
        address = f"{CALLBACK}?{query}" if query else CALLBACK
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
        connection.close()
        return response.status, response.getheader("Location") or "", body


def _play(stage, anna, examples):
    caller = Caller(stage, anna)
    own = urlsplit(stage.server.url).netloc

    @seed(6)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        parameters=st.lists(st.tuples(NAMES | WORDS, NASTY | TEXTS), max_size=6),
        headers=HEADERS,
        with_session=st.booleans(),
        code=st.none() | NASTY | TEXTS,
    )
    def play(parameters, headers, with_session, code):
        if code is not None:
            known = [("state", caller.state()), ("code", code)]
            parameters = [*known, *parameters]
        query = "&".join(f"{name}={value}" for name, value in parameters)
        status, location, body = caller.get(query, headers, with_session)
        assert status in (200, 303, 400, 403, 404), (status, query, headers)
        target = urlsplit(location)
        assert target.scheme in ("", "http"), location
        assert target.netloc in ("", own), location
        assert target.path in ("", "/web/login"), location
        assert "<script>alert" not in body
        assert "Traceback" not in body

    play()
    assert stage.sql(CONNECTED) == [(0, 0)]
    # Some had a state that was good, and a code that was not.
    assert stage.calls("POST /2/oauth2/token") > 5
    return caller.calls


def test_a_callback_with_anything(stage, anna, record_property):
    calls = _play(stage, anna, EVERY_DAY)
    record_property("fuzz executions", calls)
    assert calls >= EVERY_DAY


@pytest.mark.long
def test_a_callback_with_anything_for_long(stage, anna, record_property):
    calls = _play(stage, anna, LONG)
    record_property("fuzz executions", calls)
    assert calls >= LONG
