from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from x_api import (
    Backoff,
    PassingGate,
    XClient,
    XNotAllowed,
    XTooMany,
    XUnavailable,
    XUnreachable,
)
from x_api.transport import TIMEOUT

API = "https://api.x.com"
ME = {"data": {"id": "1", "username": "me"}}
POSTS = {"data": [{"id": "5", "text": "hi"}], "meta": {"result_count": 1}}


def query(call):
    parts = urlsplit(call.request.url)
    return {key: value for key, (value,) in parse_qs(parts.query).items()}


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


def test_who_stands_how_to_us(make_client, x):
    statuses = ["following", "followed_by"]
    person = {"id": "7", "username": "ann", "connection_status": statuses}
    x.get(f"{API}/2/users", json={"data": [person]})
    x.get(f"{API}/2/users", json={"data": [person]})
    client = make_client()
    (profile,) = client.profiles_by_id(["7"], connection=True).items
    assert profile.connection == {"following", "followed_by"}
    assert "connection_status" in query(x.calls[0])["user.fields"].split(",")
    client.profiles_by_id(["7"])
    assert "connection_status" not in query(x.calls[1])["user.fields"]


@pytest.mark.parametrize(
    ("told", "subscription"),
    [
        ({"subscription_type": "None"}, ""),
        ({"subscription_type": "Basic"}, "basic"),
        ({"subscription_type": "Premium"}, "premium"),
        ({"subscription_type": "PremiumPlus"}, "premium_plus"),
        ({"subscription_type": 3}, ""),
        ({}, ""),
    ],
)
def test_what_we_are_subscribed_to(told, subscription, make_client, x):
    x.get(f"{API}/2/users/me", json={"data": {**ME["data"], **told}})
    assert make_client().me().subscription == subscription
    assert "subscription_type" in query(x.calls[0])["user.fields"].split(",")


@pytest.mark.parametrize("word", ["followers", "following"])
def test_followers_and_following_page_by_pagination_token(word, make_client, x):
    people = {"data": [ME["data"]], "meta": {"next_token": "t2"}}
    x.get(f"{API}/2/users/7/{word}", json=people)
    page = getattr(make_client(), word)("7", next_token="t1")
    asked = query(x.calls[0])
    assert (asked["pagination_token"], asked["max_results"]) == ("t1", "20")
    assert (page.next_token, page.items[0].handle) == ("t2", "me")
    assert "expansions" not in asked


def test_the_newest_come_bare(make_client, x):
    x.get(f"{API}/2/users/7/tweets", json=POSTS)
    since = datetime(2026, 9, 1, 14, 30, 15, 900, tzinfo=timezone(timedelta(hours=2)))
    page = make_client().newest_of("7", start_time=since)
    asked = query(x.calls[0])
    assert asked["start_time"] == "2026-09-01T12:30:15Z"
    assert asked["max_results"] == "100"
    assert not {"expansions", "exclude", "user.fields", "media.fields"} & set(asked)
    assert {"text", "referenced_tweets"} <= set(asked["tweet.fields"].split(","))
    assert page.items[0].id == "5"


def test_mentions_come_with_authors_and_between_ids(make_client, x):
    body = {
        "data": [{"id": "5", "text": "hi", "author_id": "1"}],
        "includes": {"users": [ME["data"]]},
        "meta": {"next_token": "t2"},
    }
    x.get(f"{API}/2/users/7/mentions", json=body)
    x.get(f"{API}/2/users/7/mentions", json={"meta": {"result_count": 0}})
    client = make_client()
    page = client.mentions("7", 50, since_id="3", until_id="9", next_token="t1")
    asked = query(x.calls[0])
    assert (asked["since_id"], asked["until_id"]) == ("3", "9")
    assert (asked["pagination_token"], asked["max_results"]) == ("t1", "50")
    assert asked["expansions"] == "author_id,attachments.media_keys"
    fields = set(asked["tweet.fields"].split(","))
    assert {"author_id", "in_reply_to_user_id", "edit_history_tweet_ids"} <= fields
    assert (page.next_token, page.authors[0].handle) == ("t2", "me")
    assert client.mentions("7").items == ()
    asked = query(x.calls[1])
    assert asked["max_results"] == "100"
    assert not {"since_id", "until_id", "pagination_token"} & set(asked)


def test_posts_without_their_authors_cost_nothing_else(make_client, x):
    calls = []

    class Gate(PassingGate):
        def reserve(self, call):
            calls.append((call.kind, call.most, call.extra))

    x.get(f"{API}/2/tweets", json=POSTS)
    make_client(gate=Gate()).posts_by_id(["5", "6"], authors=False)
    asked = query(x.calls[0])
    assert asked["expansions"] == "attachments.media_keys"
    assert "user.fields" not in asked
    assert calls == [("post", 2, ())]


def test_likes_come_bare(make_client, x):
    x.get(f"{API}/2/users/7/liked_tweets", json=POSTS)
    assert make_client().liked_by("7", next_token="t1").items[0].id == "5"
    asked = query(x.calls[0])
    assert (asked["pagination_token"], asked["max_results"]) == ("t1", "100")
    assert "expansions" not in asked


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
        lambda c: c.mentions("a"),
        lambda c: c.mentions("7", max_results=4),
        lambda c: c.mentions("7", max_results=101),
        lambda c: c.mentions("7", since_id="1,2"),
        lambda c: c.mentions("7", until_id="x"),
        lambda c: c.posts_of("7/../8"),
        lambda c: c.posts_of("7", max_results=4),
        lambda c: c.posts_of("7", max_results=101),
        lambda c: c.followers("7", max_results=0),
        lambda c: c.following("7", max_results=1001),
        lambda c: c.followers("a"),
        lambda c: c.newest_of("7", max_results=4),
        lambda c: c.newest_of("7", start_time=datetime(2026, 9, 1)),
        lambda c: c.liked_by("7", max_results=101),
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


@pytest.mark.parametrize(("seconds", "attempts"), [(8, 1), (2.5, 2), (0.1, 3)])
def test_no_attempt_begins_when_patience_is_over(seconds, attempts, make_client, x):
    """``seconds`` is what each takes: 8 is the client's own timeout for reading."""
    now = [0.0]

    def hang(_request):
        now[0] += seconds
        raise requests.ReadTimeout

    def sleep(pause):
        now[0] += pause

    x.add_callback("GET", f"{API}/2/users/me", hang)
    backoff = Backoff(sleep=sleep, clock=lambda: now[0])
    with pytest.raises(XUnreachable):
        make_client(backoff=backoff).me()
    assert len(x.calls) == attempts
    assert now[0] - seconds <= 4
    assert TIMEOUT[1] == 8


def test_too_many_carries_the_time(make_client, x):
    x.get(f"{API}/2/users/me", status=429, json={})
    with pytest.raises(XTooMany) as caught:
        make_client().me()
    assert caught.value.resets_at.tzinfo is not None
