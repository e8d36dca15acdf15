import threading
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import responses

from x_api import (
    Backoff,
    Call,
    RateLimit,
    Settlement,
    XClient,
    XGone,
    XLinkExpired,
    XNotAllowed,
    XOutOfCredits,
    XTooMany,
    XUnavailable,
    XUnreachable,
)

API = "https://api.x.com"
ME = {"data": {"id": "1", "username": "me"}}
POSTS = {"data": [{"id": "5", "text": "hi"}], "meta": {"result_count": 1}}
UNAUTHORIZED = {"title": "Unauthorized", "type": "about:blank", "status": 401}


@pytest.fixture
def x():
    with responses.RequestsMock() as mock:
        yield mock


def query(call):
    parts = urlsplit(call.request.url)
    return {key: value for key, (value,) in parse_qs(parts.query).items()}


class RecordingGate:
    """Notes what it is told, and can refuse."""

    def __init__(self, refuse=""):
        self.notes = []
        self.refuse = refuse

    def note(self, what, *details):
        self.notes.append((what, *details))
        if what == self.refuse:
            raise XOutOfCredits("the gate is shut")

    def reserve(self, call):
        self.note("reserve", call)

    @contextmanager
    def lease(self, call):
        self.note("lease", call)
        try:
            yield
        finally:
            self.note("release")

    def settle(self, call, settlement):
        self.note("settle", call, settlement)

    @property
    def words(self):
        return [note[0] for note in self.notes]


def test_me(make_client, x):
    x.get(f"{API}/2/users/me", json=ME)
    assert make_client().me().handle == "me"
    assert x.calls[0].request.headers["Authorization"] == "Bearer token-1"


def test_me_of_a_suspended_account(make_client, x):
    error = {"detail": "User has been suspended: [me].", "title": "Forbidden"}
    x.get(f"{API}/2/users/me", json={"errors": [error]})
    with pytest.raises(XNotAllowed) as caught:
        make_client().me()
    assert caught.value.reason == error["detail"]


def test_lookups_join_what_is_wanted_once(make_client, x):
    x.get(f"{API}/2/users/by", json={"meta": {}})
    x.get(f"{API}/2/users", json={"meta": {}})
    x.get(f"{API}/2/tweets", json={"meta": {}})
    client = make_client()
    client.profiles_by_handle(["a", "B", "A"])
    client.profiles_by_id(["2", "1", "2"])
    client.posts_by_id(["9"])
    assert query(x.calls[0])["usernames"] == "A,B"
    assert query(x.calls[1])["ids"] == "2,1"
    assert query(x.calls[2])["expansions"] == "author_id,attachments.media_keys"


def test_search_pages_by_next_token(make_client, x):
    x.get(f"{API}/2/users/search", json={"meta": {"next_token": "t2"}})
    page = make_client().search_profiles("Jo O'Neil", max_results=3, next_token="t1")
    asked = query(x.calls[0])
    assert page.next_token == "t2"
    assert (asked["query"], asked["max_results"]) == ("Jo O'Neil", "3")
    assert asked["next_token"] == "t1"


def test_posts_page_by_pagination_token_and_leave_reposts_out(make_client, x):
    x.get(f"{API}/2/users/7/tweets", json=POSTS)
    make_client().posts_of("7", next_token="t1")
    asked = query(x.calls[0])
    assert (asked["pagination_token"], asked["max_results"]) == ("t1", "10")
    assert asked["exclude"] == "retweets"
    assert "referenced" not in asked["expansions"]


def test_reposts_come_whole(make_client, x):
    x.get(f"{API}/2/users/7/tweets", json=POSTS)
    make_client().posts_of("7", reposts=True)
    asked = query(x.calls[0])
    assert "exclude" not in asked
    assert "referenced_tweets.id.author_id" in asked["expansions"].split(",")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda c: c.profiles_by_handle([]),
        lambda c: c.profiles_by_handle(["a"] * 1 + [f"b{n}" for n in range(100)]),
        lambda c: c.profiles_by_handle(["a,b"]),
        lambda c: c.profiles_by_handle(["a" * 16]),
        lambda c: c.profiles_by_id(["me"]),
        lambda c: c.profiles_by_id(["1\n"]),
        lambda c: c.posts_by_id([""]),
        lambda c: c.posts_of("7/../8"),
        lambda c: c.posts_of("7", max_results=4),
        lambda c: c.posts_of("7", max_results=101),
        lambda c: c.search_profiles("Jos\u00e9"),
        lambda c: c.search_profiles(""),
        lambda c: c.search_profiles("a" * 51),
        lambda c: c.search_profiles("a", max_results=0),
        lambda c: c.search_profiles("a", max_results=1001),
        lambda c: XClient("to ken").me(),
        lambda c: XClient("token\n").me(),
        lambda c: XClient("").me(),
        lambda c: XClient("t", api_url="http://api.x.com"),
    ],
)
def test_our_own_mistakes_never_reach_x(wrong, make_client, x):
    with pytest.raises(ValueError) as caught:
        wrong(make_client())
    assert "to ken" not in str(caught.value)
    assert len(x.calls) == 0


FAILURES = [
    ({"body": requests.ConnectionError()}, XUnreachable),
    ({"body": requests.ReadTimeout()}, XUnreachable),
    ({"body": requests.exceptions.SSLError()}, XUnreachable),
    ({"status": 503}, XUnavailable),
    ({"status": 200, "body": "<html>"}, XUnavailable),
    ({"status": 200, "body": "[" * 100_000}, XUnavailable),
    ({"status": 200, "body": '{"data": {"id": '}, XUnavailable),
]


@pytest.mark.parametrize(("failure", "error"), FAILURES)
def test_reads_are_tried_three_times(failure, error, make_client, pauses, x):
    x.get(f"{API}/2/users/me", **failure)
    with pytest.raises(error) as caught:
        make_client().me()
    assert type(caught.value) is error
    assert len(x.calls) == 3
    assert pauses == [0.4, 0.8]


@pytest.mark.parametrize(("failure", "error"), FAILURES)
def test_a_later_attempt_may_succeed(failure, error, make_client, pauses, x):
    x.get(f"{API}/2/users/me", **failure)
    x.get(f"{API}/2/users/me", json=ME)
    assert make_client().me().handle == "me"
    assert len(pauses) == 1


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 429])
def test_refusals_are_not_tried_again(status, make_client, pauses, x):
    x.get(f"{API}/2/users/me", status=status, json={})
    with pytest.raises(Exception, match=str(status)):
        make_client().me()
    assert (len(x.calls), pauses) == (1, [])


def test_jitter_lies_between_half_and_whole():
    pauses = []
    backoff = Backoff(sleep=pauses.append, random=lambda: 0)

    def fail():
        raise XUnreachable("no")

    with pytest.raises(XUnreachable):
        backoff.run(fail)
    assert pauses == [0.2, 0.4]


def test_no_attempt_begins_when_patience_is_over():
    times = iter([0, 8, 16.5])
    attempts = []

    def hang():
        attempts.append(1)
        raise XUnreachable("no")

    with pytest.raises(XUnreachable):
        Backoff(sleep=lambda _pause: None, clock=lambda: next(times)).run(hang)
    assert len(attempts) == 2


class Renewal:
    def __init__(self, new="token-2"):
        self.new = new
        self.calls = []

    def __call__(self, rejected):
        self.calls.append((rejected, threading.get_ident()))
        if isinstance(self.new, Exception):
            raise self.new
        return self.new


def by_token(good, body):
    """Answers ``good`` tokens with ``body`` and others with 401."""

    def answer(request):
        if request.headers["Authorization"] in [f"Bearer {token}" for token in good]:
            return 200, {}, body
        return 401, {}, "{}"

    return answer


ME_BODY = '{"data": {"id": "1", "username": "me"}}'
POSTS_BODY = '{"data": [{"id": "5", "text": "hi"}]}'


def test_a_rejected_token_is_renewed_once(make_client, x):
    x.add_callback("GET", f"{API}/2/users/me", by_token(["token-2"], ME_BODY))
    renew = Renewal()
    client = make_client(renew=renew)
    assert client.me().handle == "me"
    assert client.me().handle == "me"
    assert renew.calls == [("token-1", threading.get_ident())]
    assert len(x.calls) == 3


def test_a_rejected_new_token_is_not_renewed_again(make_client, x):
    x.get(f"{API}/2/users/me", status=401, json=UNAUTHORIZED)
    renew = Renewal()
    client = make_client(renew=renew)
    for _time in range(2):
        with pytest.raises(XLinkExpired):
            client.me()
    assert len(renew.calls) == 1


def test_without_renewal_a_rejected_token_is_an_error(make_client, x):
    x.get(f"{API}/2/users/me", status=401, json=UNAUTHORIZED)
    with pytest.raises(XLinkExpired):
        make_client().me()


def test_a_renewal_that_fails_is_the_error(make_client, x):
    x.get(f"{API}/2/users/me", status=401, json=UNAUTHORIZED)
    with pytest.raises(XUnreachable, match="no refresh"):
        make_client(renew=Renewal(XUnreachable("no refresh"))).me()


def test_together_returns_in_order_and_errors_as_values(make_client, x):
    x.get(f"{API}/2/users/1/tweets", status=404, json={})
    x.get(f"{API}/2/users/2/tweets", json=POSTS)
    x.get(f"{API}/2/users/me", json=ME)
    client = make_client()
    gone, page, me = client.together(
        lambda: client.posts_of("1"), lambda: client.posts_of("2"), client.me
    )
    assert isinstance(gone, XGone)
    assert (page.items[0].id, me.handle) == ("5", "me")
    assert client.together() == []


def test_together_runs_at_once(make_client):
    client = make_client()
    barrier = threading.Barrier(4, timeout=10)
    assert client.together(*[lambda: barrier.wait() >= 0] * 4) == [True] * 4


def test_together_renews_once_in_the_calling_thread(make_client, x):
    x.add_callback("GET", f"{API}/2/users/me", by_token(["token-2"], ME_BODY))
    posts = by_token(["token-1", "token-2"], POSTS_BODY)
    x.add_callback("GET", f"{API}/2/users/2/tweets", posts)
    renew = Renewal()
    client = make_client(renew=renew)
    results = client.together(client.me, lambda: client.posts_of("2"), client.me)
    assert [type(r).__name__ for r in results] == ["Profile", "Page", "Profile"]
    assert renew.calls == [("token-1", threading.get_ident())]
    paths = [urlsplit(call.request.url).path for call in x.calls]
    assert paths.count("/2/users/2/tweets") == 1
    assert paths.count("/2/users/me") == 4


@pytest.mark.parametrize("renew", [None, Renewal(XLinkExpired("reconnect"))])
def test_together_without_a_new_token(renew, make_client, x):
    x.add_callback("GET", f"{API}/2/users/me", by_token([], ME_BODY))
    x.get(f"{API}/2/users/2/tweets", json=POSTS)
    client = make_client(renew=renew)
    expired, page = client.together(client.me, lambda: client.posts_of("2"))
    assert type(expired) is XLinkExpired
    assert page.items


def test_together_raises_what_is_no_error_of_x(make_client):
    with pytest.raises(ZeroDivisionError):
        make_client().together(lambda: 1 / 0, lambda: 1)


LIMITS = {
    "x-rate-limit-limit": "900",
    "x-rate-limit-remaining": "899",
    "x-rate-limit-reset": "1",
}


def test_gate_is_told_before_around_and_after(make_client, x):
    x.get(f"{API}/2/users/7/tweets", json=POSTS, headers=LIMITS)
    gate = RecordingGate()
    page = make_client(gate=gate).posts_of("7")
    call = Call("GET /2/users/:id/tweets", "post", 10)
    assert isinstance(page.rate_limit, RateLimit)
    assert (page.rate_limit.limit, page.rate_limit.remaining) == (900, 899)
    assert gate.notes == [
        ("reserve", call),
        ("lease", call),
        ("release",),
        ("settle", call, Settlement(1, 200, page.rate_limit)),
    ]


def test_gate_hears_of_what_comes_along(make_client, x):
    users = [{"id": "1", "username": "a"}, {"id": "2", "username": "b"}]
    tweets = [{"id": "9", "text": "t"}]
    body = {**POSTS, "includes": {"users": users, "tweets": tweets}}
    x.get(f"{API}/2/users/7/tweets", json=body)
    gate = RecordingGate()
    make_client(gate=gate).posts_of("7", reposts=True)
    assert gate.notes[0][1].extra == (("post", 20), ("user", 20))
    assert gate.notes[-1][2].extra == (("post", 1), ("user", 2))


ORDER = ["reserve", "lease", "release", "settle"]


@pytest.mark.parametrize(
    ("answer", "status", "attempts"),
    [
        ({"status": 404, "json": {}}, 404, 1),
        ({"status": 429, "json": {}, "headers": LIMITS}, 429, 1),
        ({"status": 500}, 500, 3),
        ({"status": 200, "body": "{"}, 200, 3),
        ({"body": requests.ReadTimeout()}, None, 3),
    ],
)
def test_gate_settles_every_attempt(answer, status, attempts, make_client, x):
    x.get(f"{API}/2/users/me", **answer)
    gate = RecordingGate()
    with pytest.raises(Exception, match="GET /2/users/me"):
        make_client(gate=gate).me()
    assert gate.words == ORDER * attempts
    settlement = gate.notes[-1][2]
    assert (settlement.resources, settlement.status) == (0, status)
    assert (settlement.rate_limit is not None) == ("headers" in answer)


@pytest.mark.parametrize(
    ("refuse", "words"),
    [("reserve", ["reserve"]), ("lease", ["reserve", "lease", "settle"])],
)
def test_gate_can_refuse(refuse, words, make_client, x):
    gate = RecordingGate(refuse)
    with pytest.raises(XOutOfCredits):
        make_client(gate=gate).me()
    assert gate.words == words
    assert len(x.calls) == 0


def test_too_many_carries_the_time(make_client, x):
    x.get(f"{API}/2/users/me", status=429, json={})
    with pytest.raises(XTooMany) as caught:
        make_client().me()
    assert caught.value.resets_at.tzinfo is not None
