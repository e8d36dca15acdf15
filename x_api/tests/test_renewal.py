import threading
from urllib.parse import urlsplit

import pytest

from x_api import (
    XGone,
    XLinkExpired,
    XUnreachable,
)

API = "https://api.x.com"
ME = {"data": {"id": "1", "username": "me"}}
POSTS = {"data": [{"id": "5", "text": "hi"}], "meta": {"result_count": 1}}
UNAUTHORIZED = {"title": "Unauthorized", "type": "about:blank", "status": 401}


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
