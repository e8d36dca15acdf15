from contextlib import contextmanager

import pytest
import requests

from x_api import (
    Call,
    RateLimit,
    Settlement,
    XOutOfCredits,
)

API = "https://api.x.com"
POSTS = {"data": [{"id": "5", "text": "hi"}], "meta": {"result_count": 1}}


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
