"""What one does on X: what is sent, what comes back, what it is billed as."""

import json

import pytest
import requests

from x_api import (
    PRICES,
    Created,
    PassingGate,
    XAlready,
    XClient,
    XDuplicate,
    XGone,
    XLinkExpired,
    XNotAllowed,
    XRefused,
    XUnavailable,
    XUnreachable,
    check_image,
)

API = "https://api.x.com"
CREATED = {"data": {"id": "77", "text": "hello"}}


class Ledger(PassingGate):
    """Keeps what passed the gate."""

    def __init__(self):
        self.calls = []
        self.settled = []

    def reserve(self, call):
        self.calls.append(call)
        return call

    def settle(self, call, settlement):
        self.settled.append((call.kind, settlement.resources, settlement.status))


def sent(call):
    return json.loads(call.request.body)


def test_a_post(make_client, x):
    x.post(f"{API}/2/tweets", json=CREATED, status=201)
    assert make_client().create_post("hello") == Created("77", "hello")
    assert sent(x.calls[0]) == {"text": "hello"}
    assert x.calls[0].request.headers["Authorization"] == "Bearer token-1"


def test_a_reply_with_pictures(make_client, x):
    x.post(f"{API}/2/tweets", json=CREATED, status=201)
    make_client().create_post("hi", reply_to="5", media_ids=["8", "9"])
    assert sent(x.calls[0]) == {
        "text": "hi",
        "reply": {"in_reply_to_tweet_id": "5"},
        "media": {"media_ids": ["8", "9"]},
    }


def test_a_quote(make_client, x):
    x.post(f"{API}/2/tweets", json=CREATED, status=201)
    make_client().create_post("look", quote_of="5")
    assert sent(x.calls[0]) == {"text": "look", "quote_tweet_id": "5"}


# call, method, path, answer, result
DEEDS = [
    (lambda c: c.delete_post("5"), "DELETE", "tweets/5", {"deleted": True}, True),
    (lambda c: c.delete_post("5"), "DELETE", "tweets/5", {"deleted": False}, False),
    (lambda c: c.repost("1", "5"), "POST", "users/1/retweets",
     {"retweeted": True, "rest_id": "6"}, "6"),
    (lambda c: c.repost("1", "5"), "POST", "users/1/retweets",
     {"retweeted": True, "id": "6"}, "6"),
    (lambda c: c.repost("1", "5"), "POST", "users/1/retweets",
     {"retweeted": True}, ""),
    (lambda c: c.unrepost("1", "5"), "DELETE", "users/1/retweets/5",
     {"retweeted": False}, None),
    (lambda c: c.like("1", "5"), "POST", "users/1/likes", {"liked": True}, None),
    (lambda c: c.unlike("1", "5"), "DELETE", "users/1/likes/5",
     {"liked": False}, None),
    (lambda c: c.follow("1", "5"), "POST", "users/1/following",
     {"following": True, "pending_follow": False}, "following"),
    (lambda c: c.follow("1", "5"), "POST", "users/1/following",
     {"following": False, "pending_follow": True}, "pending"),
    (lambda c: c.unfollow("1", "5"), "DELETE", "users/1/following/5",
     {"following": False}, None),
    (lambda c: c.upload_image(b"x", "image/png"), "POST", "media/upload",
     {"id": "9", "media_key": "3_9"}, "9"),
    (lambda c: c.describe_image("9", "a cat"), "POST", "media/metadata",
     {"id": "9"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("call", "method", "path", "data", "result"), DEEDS)
def test_deeds(call, method, path, data, result, make_client, x):
    x.add(method, f"{API}/2/{path}", json={"data": data})
    assert call(make_client()) == result
    assert len(x.calls) == 1


# What X says though it answers 200: no deed of which it does not say that it is done.
NOT_DONE = [
    (DEEDS[2][0], "POST", "users/1/retweets", {"retweeted": False}, XRefused),
    (DEEDS[2][0], "POST", "users/1/retweets", {"rest_id": "6"}, XUnavailable),
    (DEEDS[5][0], "DELETE", "users/1/retweets/5", {"retweeted": True}, XRefused),
    (DEEDS[6][0], "POST", "users/1/likes", {"liked": "yes"}, XUnavailable),
    (DEEDS[8][0], "POST", "users/1/following", {"following": False}, XRefused),
    (lambda c: c.create_post("hi"), "POST", "tweets", {"text": "hi"}, XUnavailable),
    (DEEDS[11][0], "POST", "media/upload", {"media_key": "3_9"}, XUnavailable),
]


@pytest.mark.parametrize(("call", "method", "path", "data", "error"), NOT_DONE)
def test_only_what_x_calls_done_is_done(
    call, method, path, data, error, make_client, x
):
    x.add(method, f"{API}/2/{path}", json={"data": data})
    with pytest.raises(error) as caught:
        call(make_client())
    assert type(caught.value) is error
    assert len(x.calls) == 1


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"errors": [{"detail": "User has been suspended: [5]."}]}, XGone),
        ({"errors": [{"type": "x/resource-not-found", "detail": "No."}]}, XGone),
        ({"errors": [{"detail": "Something else."}]}, XNotAllowed),
        ({"meta": {}}, XUnavailable),
        ({}, XUnavailable),
    ],
)
def test_a_problem_in_place_of_data(body, error, make_client, x):
    x.post(f"{API}/2/users/1/following", json=body)
    with pytest.raises(error) as caught:
        make_client().follow("1", "5")
    assert type(caught.value) is error
    if "errors" in body:
        assert caught.value.reason == body["errors"][0]["detail"]


FAILURES = [
    ({"status": 500}, XUnavailable),
    ({"status": 503, "json": {}}, XUnavailable),
    ({"status": 200, "body": "<html>"}, XUnavailable),
    ({"status": 201, "body": '{"data": {"id": '}, XUnavailable),
    ({"body": requests.ConnectionError()}, XUnreachable),
    ({"status": 403, "json": {"errors": [{"code": 187}]}}, XDuplicate),
    ({"status": 403, "json": {"errors": [{"code": 327}]}}, XAlready),
    ({"status": 429, "json": {}}, XRefused),
]


@pytest.mark.parametrize(("failure", "error"), FAILURES)
def test_a_deed_is_never_tried_again(failure, error, make_client, pauses, x):
    x.post(f"{API}/2/tweets", **failure)
    with pytest.raises(error):
        make_client().create_post("hello")
    assert (len(x.calls), pauses) == (1, [])


def test_a_rejected_token_is_renewed_and_the_deed_done_once(make_client, x):
    x.post(f"{API}/2/tweets", status=401, json={})
    x.post(f"{API}/2/tweets", status=201, json=CREATED)
    client = make_client(renew=lambda rejected: f"{rejected}-renewed")
    assert client.create_post("hello").id == "77"
    tokens = [call.request.headers["Authorization"] for call in x.calls]
    assert tokens == ["Bearer token-1", "Bearer token-1-renewed"]


def test_a_second_rejection_is_an_error(make_client, x):
    x.post(f"{API}/2/tweets", status=401, json={})
    with pytest.raises(XLinkExpired):
        make_client(renew=lambda _rejected: "token-2").create_post("hello")
    assert len(x.calls) == 2


@pytest.mark.parametrize(
    ("call", "method", "path", "kind"),
    [
        (lambda c: c.create_post("hi"), "POST", "tweets", "post_create"),
        (lambda c: c.create_post("x.com"), "POST", "tweets", "post_create_with_url"),
        (lambda c: c.create_post("hi", reply_to="5"), "POST", "tweets", "post_create"),
        (lambda c: c.create_post("hi", reply_to="5", is_summoned_reply=True),
         "POST", "tweets", "reply_summoned"),
        (lambda c: c.delete_post("5"), "DELETE", "tweets/5", "post_delete"),
        (lambda c: c.repost("1", "5"), "POST", "users/1/retweets",
         "interaction_create"),
        (lambda c: c.unrepost("1", "5"), "DELETE", "users/1/retweets/5",
         "interaction_delete"),
        (lambda c: c.like("1", "5"), "POST", "users/1/likes", "interaction_create"),
        (lambda c: c.unlike("1", "5"), "DELETE", "users/1/likes/5",
         "interaction_delete"),
        (lambda c: c.follow("1", "5"), "POST", "users/1/following",
         "interaction_create"),
        (lambda c: c.unfollow("1", "5"), "DELETE", "users/1/following/5",
         "interaction_delete"),
        (lambda c: c.upload_image(b"x", "image/png"), "POST", "media/upload",
         "media_upload"),
        (lambda c: c.describe_image("9", "a"), "POST", "media/metadata",
         "media_metadata"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 500])
def test_what_a_deed_is_billed_as(status, call, method, path, kind, make_client, x):
    is_done = method == "POST"
    words = dict.fromkeys(("retweeted", "liked", "following"), is_done)
    data = {"id": "9", "deleted": True, **words}
    x.add(method, f"{API}/2/{path}", json={"data": data}, status=status)
    gate = Ledger()
    if status == 200:
        call(make_client(gate=gate))
    else:
        with pytest.raises(XUnavailable):
            call(make_client(gate=gate))
    assert [(c.kind, c.most, c.extra) for c in gate.calls] == [(kind, 1, ())]
    billed = ((kind, ""),) if status == 200 else ()
    assert gate.settled == [(kind, billed, status)]
    assert gate.calls[0].endpoint.startswith(f"{method} /2/{path.split('/')[0]}")
    assert kind in PRICES


@pytest.mark.parametrize(
    "wrong",
    [
        lambda c: c.create_post(""),
        lambda c: c.create_post("hi", reply_to="x"),
        lambda c: c.create_post("hi", media_ids=["1", "2", "3", "4", "5"]),
        lambda c: c.create_post("hi", media_ids=["a"]),
        lambda c: c.create_post("hi", quote_of="1", media_ids=["2"]),
        lambda c: c.delete_post("../1"),
        lambda c: c.delete_post(""),
        lambda c: c.repost("", "1"),
        lambda c: c.like("1", "1,2"),
        lambda c: c.unfollow("1", "me"),
        lambda c: c.describe_image("1", ""),
        lambda c: c.describe_image("1", "a" * 1001),
    ],
)
def test_our_own_mistakes_never_reach_x(wrong, make_client, x):
    with pytest.raises(ValueError, match=r"\w"):
        wrong(make_client())
    assert len(x.calls) == 0


PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("data", "mimetype"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (PNG, "image/png"),
        (b"GIF89a", "image/gif"),
        (b"GIF87a", "image/gif"),
        (b"RIFF\n\0\0\0WEBPVP8 ", "image/webp"),
        (PNG.ljust(5_000_000), "image/png"),
        (b"GIF89a".ljust(15_000_000), "image/gif"),
    ],
)
def test_pictures_that_x_takes(data, mimetype):
    assert check_image(data) == mimetype


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "not-an-image"),
        (b"<svg>", "not-an-image"),
        (b"RIFF\0\0\0\0WAVE", "not-an-image"),
        (b"GIF8", "not-an-image"),
        (b"BM6", "not-an-image"),
        (PNG.ljust(5_000_001), "too-large"),
        (b"GIF89a".ljust(15_000_001), "too-large"),
    ],
)
def test_pictures_that_x_does_not_take(data, kind):
    with pytest.raises(XRefused) as caught:
        check_image(data)
    assert caught.value.kind == kind
    assert caught.value.reason


def test_the_token_is_not_shown():
    assert "token-1" not in repr(XClient("token-1"))
