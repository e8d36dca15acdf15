"""What the gate is told of each attempt, and what it can say."""

from datetime import datetime, timedelta, timezone

import pytest
import requests

from x_api import (
    Call,
    RateLimit,
    Settlement,
    XClient,
    XError,
    XGone,
    XLinkExpired,
    XNotAllowed,
    XNotSent,
    XOutOfCredits,
    XRefused,
    XStopped,
    XTooMany,
    XUnavailable,
    XUnreachable,
)

API = "https://api.x.com"
POSTS = {"data": [{"id": "5", "text": "hi"}], "meta": {"result_count": 1}}
LATER = datetime(2126, 9, 1, tzinfo=timezone.utc)


class RecordingGate:
    """Notes what it is told, and can refuse."""

    def __init__(self, refusal=None):
        self.notes = []
        self.refusal = refusal

    def reserve(self, call):
        self.notes.append(("reserve", call))
        if self.refusal:
            raise self.refusal
        return f"reserved {len(self.notes)}"

    def settle(self, reserved, settlement):
        self.notes.append(("settle", reserved, settlement))

    @property
    def words(self):
        return [note[0] for note in self.notes]

    @property
    def settlement(self):
        """The last one."""
        return self.notes[-1][2]


LIMITS = {
    "x-rate-limit-limit": "900",
    "x-rate-limit-remaining": "899",
    "x-rate-limit-reset": "1",
}


def test_gate_is_told_before_and_after(make_client, x):
    x.get(f"{API}/2/users/7/tweets", json=POSTS, headers=LIMITS)
    gate = RecordingGate()
    page = make_client(gate=gate).posts_of("7")
    call = Call("GET /2/users/:id/tweets", "post", 10)
    assert isinstance(page.rate_limit, RateLimit)
    assert (page.rate_limit.limit, page.rate_limit.remaining) == (900, 899)
    settlement = Settlement((("post", "5"),), 200, (page.rate_limit,))
    assert gate.notes == [("reserve", call), ("settle", "reserved 1", settlement)]


USERS = [{"id": "1", "username": "a"}, {"id": "2", "username": "b"}]


@pytest.mark.parametrize("posts", ["tweets", "posts"])
def test_gate_hears_of_what_comes_along(posts, make_client, x):
    includes = {"users": USERS, posts: [{"id": "9", "text": "t"}]}
    # Which are not billed.
    includes["media"] = [{"media_key": "3_1", "type": "photo"}]
    x.get(f"{API}/2/users/7/tweets", json={**POSTS, "includes": includes})
    gate = RecordingGate()
    make_client(gate=gate).posts_of("7", reposts=True)
    call = gate.notes[0][1]
    assert call.extra == (("post", 20), ("user", 20))
    assert call.billable == (("post", 10), ("post", 20), ("user", 20))
    assert not call.is_write
    assert gate.settlement.resources == (
        ("post", "5"),
        ("post", "9"),
        ("user", "1"),
        ("user", "2"),
    )


# What is asked, the answer, what is billed.
BILLED = [
    (lambda c: c.me(), "users/me", {"data": USERS[0]}, (("user", "1"),)),
    (lambda c: c.profiles_by_id(["1", "2"]), "users", {"data": USERS},
     (("user", "1"), ("user", "2"))),
    (lambda c: c.profiles_by_id(["1"]), "users",
     {"errors": [{"value": "1", "detail": "Could not find"}]}, ()),
    (lambda c: c.followers("1"), "users/1/followers", {"data": USERS},
     (("follower", "1"), ("follower", "2"))),
    (lambda c: c.following("1"), "users/1/following", {"data": USERS},
     (("following", "1"), ("following", "2"))),
    (lambda c: c.liked_by("1"), "users/1/liked_tweets", POSTS, (("like", "5"),)),
    (lambda c: c.liked_by("1"), "users/1/liked_tweets", {"meta": {}}, ()),
    (lambda c: c.search_profiles("a"), "users/search", {"data": USERS[:1]},
     (("user", "1"),)),
    (lambda c: c.mentions("1"), "users/1/mentions",
     {**POSTS, "includes": {"users": USERS[:1]}}, (("post", "5"), ("user", "1"))),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "path", "body", "billed"), BILLED)
def test_what_is_billed(ask, path, body, billed, make_client, x):
    x.get(f"{API}/2/{path}", json=body)
    gate = RecordingGate()
    ask(make_client(gate=gate))
    assert gate.settlement.resources == billed
    assert gate.settlement.error is None


def test_odd_values_are_billed_as_far_as_they_are_there(make_client, x):
    body = {"data": [*USERS, "nonsense", {}], "includes": {"users": "none"}}
    x.get(f"{API}/2/users", json=body)
    gate = RecordingGate()
    with pytest.raises(XUnavailable):
        make_client(gate=gate).profiles_by_id(["1"])
    assert gate.settlement.resources[:2] == (("user", "1"), ("user", "2"))


RESET = {"x-rate-limit-reset": str(int(LATER.timestamp()))}


@pytest.mark.parametrize(
    ("answer", "status", "attempts", "error"),
    [
        ({"status": 404, "json": {}}, 404, 1, XGone),
        ({"status": 400, "json": {}}, 400, 1, XRefused),
        ({"status": 401, "json": {}}, 401, 1, XLinkExpired),
        ({"status": 402, "json": {}}, 402, 1, XOutOfCredits),
        ({"status": 403, "json": {}}, 403, 1, XNotAllowed),
        ({"status": 429, "json": {}, "headers": LIMITS}, 429, 1, XTooMany),
        ({"status": 500}, 500, 3, XUnavailable),
        ({"status": 200, "body": "{"}, 200, 3, XUnavailable),
        ({"status": 200, "body": "[]"}, 200, 3, XUnavailable),
        ({"body": requests.ReadTimeout()}, None, 3, XUnreachable),
        ({"body": requests.ConnectTimeout()}, None, 3, XNotSent),
    ],
)
def test_gate_settles_every_attempt(answer, status, attempts, error, make_client, x):
    x.get(f"{API}/2/users/me", **answer)
    gate = RecordingGate()
    with pytest.raises(XError, match="GET /2/users/me") as caught:
        make_client(gate=gate).me()
    assert gate.words == ["reserve", "settle"] * attempts
    assert gate.settlement.resources == ()
    assert gate.settlement.status == status
    assert bool(gate.settlement.rate_limits) == ("headers" in answer)
    assert gate.settlement.error is caught.value
    assert type(caught.value) is error


def test_gate_settles_what_it_reserved(make_client, x):
    x.get(f"{API}/2/users/me", status=503)
    x.get(f"{API}/2/users/me", json={"data": USERS[0]})
    gate = RecordingGate()
    make_client(gate=gate).me()
    settled = [note[1] for note in gate.notes if note[0] == "settle"]
    assert settled == ["reserved 1", "reserved 3"]


def test_the_windows_of_a_day_have_headers_of_their_own(make_client, x):
    day = int(datetime.now(timezone.utc).timestamp()) + 80_000
    families = {"x-user-limit-24hour": 0, "x-app-limit-24hour": 9_000}
    headers = dict(LIMITS)
    for family, left in families.items():
        headers[f"{family}-limit"] = "10000"
        headers[f"{family}-remaining"] = str(left)
        headers[f"{family}-reset"] = str(day)
    x.post(f"{API}/2/tweets", status=429, json={}, headers=headers)
    gate = RecordingGate()
    with pytest.raises(XTooMany) as caught:
        make_client(gate=gate).create_post("hello")
    told = [(w.span, w.limit, w.remaining) for w in gate.settlement.rate_limits]
    assert told == [
        ("quarter", 900, 899),
        ("user-day", 10_000, 0),
        ("app-day", 10_000, 9_000),
    ]
    # The one that is used up says when.
    assert caught.value.resets_at.timestamp() == day


@pytest.mark.parametrize("missing", ["limit", "remaining", "reset"])
def test_half_a_window_is_none(missing, make_client, x):
    headers = {
        f"x-app-limit-24hour-{part}": "5"
        for part in ("limit", "remaining", "reset")
        if part != missing
    }
    x.get(f"{API}/2/users/me", json={"data": USERS[0]}, headers=headers)
    gate = RecordingGate()
    make_client(gate=gate).me()
    assert gate.settlement.rate_limits == ()


def test_no_window_is_believed_to_be_longer_than_x_says(make_client, x):
    x.get(f"{API}/2/users/me", status=429, json={}, headers={**LIMITS, **RESET})
    gate = RecordingGate()
    with pytest.raises(XTooMany):
        make_client(gate=gate).me()
    (window,) = gate.settlement.rate_limits
    ahead = window.resets_at - datetime.now(timezone.utc)
    assert timedelta(minutes=15) < ahead <= timedelta(minutes=16)


@pytest.mark.parametrize(
    "call",
    [lambda c: c.me(), lambda c: c.create_post("hi"), lambda c: c.like("1", "2")],
)
def test_gate_can_stop_a_call(call, make_client, pauses, x):
    stopped = XStopped("over_company_day", until=LATER)
    gate = RecordingGate(stopped)
    with pytest.raises(XStopped) as caught:
        call(make_client(gate=gate))
    assert caught.value is stopped
    assert (caught.value.code, caught.value.until) == ("over_company_day", LATER)
    # Once, without a pause, and with nothing to settle.
    assert (gate.words, pauses, len(x.calls)) == (["reserve"], [], 0)


def test_what_stops_a_second_attempt_is_what_is_told(make_client, x):
    x.get(f"{API}/2/users/me", status=503)
    gate = RecordingGate()
    settle = gate.settle

    def settle_and_shut(*told):
        settle(*told)
        gate.refusal = XStopped("down")

    gate.settle = settle_and_shut
    with pytest.raises(XStopped):
        make_client(gate=gate).me()
    assert gate.words == ["reserve", "settle", "reserve"]
    assert len(x.calls) == 1


def test_our_own_mistakes_are_nothing_to_the_gate(x):
    gate = RecordingGate()
    with pytest.raises(ValueError, match="not a token"):
        XClient("to ken", gate=gate).me()
    assert gate.notes == []


@pytest.mark.parametrize(
    ("call", "billable"),
    [
        (Call("GET /2/users", "user", 3), (("user", 3),)),
        (Call("POST /2/tweets", "post_create", 1), (("post_create", 1),)),
        (Call("GET /2/compliance/jobs", "compliance", 0), ()),
    ],
)
def test_what_a_call_can_be_billed_for(call, billable):
    assert call.billable == billable
    assert call.is_write == call.endpoint.startswith("POST")
