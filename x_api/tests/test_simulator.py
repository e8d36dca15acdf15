"""The client against the stand-in for X: they share no code, only HTTP."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from simulator.server import SimulatorServer
from x_api import (
    Backoff,
    OAuth2Client,
    PassingGate,
    XClient,
    XKeysRefused,
    XLinkExpired,
    XOutOfCredits,
    XRefused,
    XTooMany,
    XUnavailable,
    XUnreachable,
    fetch_image,
)
from x_api.pool import pool

CALLBACK = "http://127.0.0.1:8069/crm_twitter/oauth/callback"
SCOPES = ["tweet.read", "users.read", "offline.access"]
KEYS = ("demo-client-id", "demo-client-secret")
ME = "GET /2/users/me"
ADA_BIO = "R&D <3 @brunotest #crm https://ada.example/lab"


@pytest.fixture(scope="module")
def server():
    server = SimulatorServer(control=True, callbacks=[CALLBACK])
    server.start()
    yield server
    server.stop()


@pytest.fixture
def x(server):
    """The stand-in's state, with Ada, and Bruno who is logged in."""
    server.x.reset()
    server.x.people.add(
        "AdaTest", "Ada Testperson", description=ADA_BIO, url="https://ada.example"
    )
    server.x.people.add("brunotest", "Bruno Testperson", login=True)
    return server.x


@pytest.fixture
def token(x):
    return x.login("brunotest", scopes=SCOPES)["access_token"]


@pytest.fixture
def client(server, token, make_client):
    return make_client(token, api_url=server.url)


@pytest.fixture
def oauth(server, x):
    return OAuth2Client(*KEYS, api_url=server.url, site_url=server.url)


def consent(url, username="brunotest", decision="allow"):
    """What the callback would be told, after the person decided."""
    form = {"username": username, "decision": decision}
    answer = requests.post(url, data=form, allow_redirects=False, timeout=10)
    assert answer.headers["Location"].startswith(f"{CALLBACK}?")
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {key: value for key, (value,) in query.items()}


def granted(oauth, **decision):
    url, verifier = oauth.authorize(CALLBACK, SCOPES, "the-state")
    return consent(url, **decision), verifier


def test_a_person_connects_and_disconnects(oauth, server, make_client):
    told, verifier = granted(oauth)
    assert told["state"] == "the-state"
    tokens = oauth.exchange(told["code"], verifier, CALLBACK)
    assert (tokens.expires_in, set(tokens.scope)) == (7200, set(SCOPES))
    client = make_client(tokens.access_token, api_url=server.url)
    assert client.me().handle == "brunotest"
    oauth.revoke(tokens.refresh_token)
    with pytest.raises(XLinkExpired):
        client.me()
    with pytest.raises(XLinkExpired):
        oauth.refresh(tokens.refresh_token)


def test_a_person_refuses(oauth):
    told, _verifier = granted(oauth, decision="refuse")
    assert told == {"state": "the-state", "error": "access_denied"}


def test_a_code_is_good_once_for_who_asked(oauth):
    told, verifier = granted(oauth)
    for wrong in [(told["code"], "x" * 50, CALLBACK), ("no-code", verifier, CALLBACK)]:
        with pytest.raises(XLinkExpired):
            oauth.exchange(*wrong)
    oauth.exchange(told["code"], verifier, CALLBACK)
    with pytest.raises(XLinkExpired) as caught:
        oauth.exchange(told["code"], verifier, CALLBACK)
    # X's words there may quote what was sent.
    assert caught.value.reason is None


def test_a_code_lives_half_a_minute(oauth, x):
    told, verifier = granted(oauth)
    x.clock.advance(31)
    with pytest.raises(XLinkExpired):
        oauth.exchange(told["code"], verifier, CALLBACK)


def test_refresh_tokens_rotate(oauth, x):
    first = x.login("brunotest", scopes=SCOPES)["refresh_token"]
    second = oauth.refresh(first)
    assert second.refresh_token != first
    with pytest.raises(XLinkExpired):
        oauth.refresh(first)
    assert oauth.refresh(second.refresh_token).access_token


@pytest.mark.parametrize("keys", [("demo-client-id", "wrong"), ("wrong", KEYS[1])])
def test_wrong_keys_are_told_from_an_expired_link(keys, server, x):
    oauth = OAuth2Client(*keys, api_url=server.url)
    refresh_token = x.login("brunotest", scopes=SCOPES)["refresh_token"]
    for call in (
        oauth.check_keys,
        lambda: oauth.refresh(refresh_token),
        lambda: oauth.revoke(refresh_token),
    ):
        with pytest.raises(XKeysRefused):
            call()


def test_right_keys(oauth, x):
    assert oauth.check_keys() is None
    assert not x.ledger


def test_an_expired_token_is_renewed(oauth, server, x, make_client):
    first = x.login("brunotest", scopes=SCOPES)
    x.clock.advance(7201)
    client = make_client(
        first["access_token"],
        api_url=server.url,
        renew=lambda _rejected: oauth.refresh(first["refresh_token"]).access_token,
    )
    ada = x.people.find("adatest").id
    me, page = client.together(client.me, lambda: client.posts_of(ada))
    assert (me.handle, page.items) == ("brunotest", ())


def test_profiles_by_handle_and_id(client, x):
    page = client.profiles_by_handle(["ADATEST", "nobody_here_1"])
    (ada,) = page.items
    assert (ada.handle, ada.name, ada.id) == (
        "AdaTest",
        "Ada Testperson",
        x.people.find("adatest").id,
    )
    assert ada.url.rstrip("/") == "https://ada.example"
    assert ada.description.startswith("R&D <3 @brunotest #crm https://t.co/")
    found = {s.kind: (s.text, s.href) for s in ada.description_segments}
    assert found["mention"] == ("@brunotest", "/brunotest")
    assert found["hashtag"] == ("#crm", "/search?q=%23crm")
    assert found["link"][0] == "ada.example/lab"
    assert found["link"][1].startswith("https://t.co/")
    assert [(p.state, p.value) for p in page.problems] == [("gone", "nobody_here_1")]
    assert client.profiles_by_id([ada.id]).items == (ada,)
    assert page.rate_limit.remaining < page.rate_limit.limit


def test_states_of_people(client, x):
    ada = x.people.find("adatest").id
    x.people.protect("AdaTest")
    assert client.profiles_by_handle(["adatest"]).items[0].protected
    page = client.posts_of(ada)
    assert (page.items, page.problems[0].state) == ((), "protected")
    x.people.suspend("AdaTest")
    page = client.profiles_by_id([ada])
    assert (page.items, page.problems[0].state) == ((), "suspended")
    x.people.restore("AdaTest")
    x.people.delete("AdaTest")
    assert client.profiles_by_id([ada]).problems[0].state == "gone"


def test_a_renamed_person_keeps_the_id(client, x):
    before = client.profiles_by_handle(["adatest"]).items[0]
    x.people.rename("AdaTest", "AdaNow")
    assert client.profiles_by_id([before.id]).items[0].handle == "AdaNow"
    assert client.profiles_by_handle(["adatest"]).problems[0].state == "gone"


def test_search_by_name_in_pages(client):
    first = client.search_profiles("Testperson", max_results=1)
    second = client.search_profiles("Testperson", 1, first.next_token)
    handles = {first.items[0].handle, second.items[0].handle}
    assert handles == {"AdaTest", "brunotest"}
    assert client.search_profiles("nobody of this name").items == ()


def test_posts_in_pages(client, x):
    ada = x.people.find("adatest").id
    for number in range(12):
        x.posts.add(author="adatest", text=f"Post {number} &c. <b>")
        x.clock.advance(1)
    seen, token = [], None
    while True:
        page = client.posts_of(ada, max_results=5, next_token=token)
        seen += [post.text for post in page.items]
        token = page.next_token
        if not token:
            break
    assert seen == [f"Post {number} &c. <b>" for number in reversed(range(12))]
    assert {post.author_id for post in page.items} == {ada}


def test_posts_whole_with_their_links_and_answers(client, x):
    x.people.change("AdaTest", verified_type="blue")
    long_text = "long " * 80 + "#theend"
    first = x.posts.add(author="adatest", text=long_text)
    x.clock.advance(1)
    second = x.posts.add(author="adatest", text="@brunotest see", reply_to=first.id)
    page = client.posts_by_id([second.id, first.id, "999"])
    posts = {post.id: post for post in page.items}
    assert posts[first.id].text == long_text
    assert posts[first.id].segments[-1].href == "/search?q=%23theend"
    assert posts[second.id].reply_to_id == first.id
    assert posts[second.id].conversation_id == first.id
    assert posts[first.id].replies == 1
    assert [author.handle for author in page.authors] == ["AdaTest"]
    assert [problem.state for problem in page.problems] == ["gone"]


def test_what_is_said_to_somebody(client, x):
    bruno = x.people.find("brunotest").id
    own = x.posts.add(author="brunotest", text="Here I am")
    said = []
    for text, values in [
        ("@BrunoTest plainly", {}),
        ("answers", {"reply_to": own.id}),
        ("quotes", {"quote_of": own.id}),
    ]:
        x.clock.advance(1)
        said.append(x.posts.add(author="adatest", text=text, **values).id)
    x.posts.add(author="adatest", text="brunotest, but to nobody")
    x.posts.add(author="brunotest", text="@brunotest to myself")
    x.posts.add(author="adatest", text="", repost_of=own.id)
    page = client.mentions(bruno)
    assert [post.id for post in page.items] == said[::-1]
    assert [author.handle for author in page.authors] == ["AdaTest"]
    quote, reply, plain = page.items
    assert (quote.quoted_id, reply.reply_to_id) == (own.id, own.id)
    assert (reply.reply_to_user_id, plain.reply_to_user_id) == (bruno, "")
    charged = [(charge.kind, str(charge.usd)) for charge in x.ledger]
    assert charged == [("post", "0.005")] * 3 + [("user", "0.010")]
    assert [p.id for p in client.mentions(bruno, since_id=said[1]).items] == [said[2]]
    assert [p.id for p in client.mentions(bruno, until_id=said[1]).items] == [said[0]]
    x.posts.delete(own.id)
    assert [post.id for post in client.mentions(bruno).items] == [said[1], said[0]]


def test_an_edited_post_is_there_once_under_its_newest_id(client, x):
    bruno = x.people.find("brunotest").id
    first = x.posts.add(author="adatest", text="@brunotest frist")
    x.clock.advance(60)
    second = x.posts.edit(first.id, "@brunotest first")
    (post,) = client.mentions(bruno, since_id=first.id).items
    assert (post.id, post.text) == (second.id, "@brunotest first")
    assert post.versions == (first.id, second.id) and post.edited
    assert post.created_at > first.created_at
    third = x.posts.edit(first.id, "@brunotest first!")
    old, new = sorted(
        client.posts_by_id([first.id, third.id], authors=False).items,
        key=lambda found: int(found.id),
    )
    assert (old.text, new.text) == ("@brunotest frist", "@brunotest first!")
    assert old.versions == new.versions == (first.id, second.id, third.id)
    x.posts.delete(second.id)
    assert client.mentions(bruno).items == ()
    problems = client.posts_by_id([first.id, third.id]).problems
    assert [problem.state for problem in problems] == ["gone", "gone"]


def test_x_keeps_the_newest_800_mentions(client, x):
    bruno = x.people.find("brunotest").id
    ids = [x.posts.add(author="adatest", text=f"@brunotest {n}").id for n in range(803)]
    seen, token = [], None
    while True:
        page = client.mentions(bruno, next_token=token)
        seen += [post.id for post in page.items]
        token = page.next_token
        if not token:
            break
    assert seen == ids[:2:-1]
    assert client.mentions(bruno, until_id=ids[3]).items == ()


def test_reposts_come_when_wanted_and_whole(client, x):
    text = "worth it " * 20 + "indeed"
    original = x.posts.add(author="adatest", text=text)
    x.clock.advance(1)
    x.posts.add(author="brunotest", text="", repost_of=original.id)
    bruno = x.people.find("brunotest").id
    assert client.posts_of(bruno).items == ()
    (repost,) = client.posts_of(bruno, reposts=True).items
    assert repost.repost_of_id == original.id
    assert repost.reposted.text == text
    assert repost.reposted_author.handle == "AdaTest"


def test_what_it_reserves_is_at_least_what_it_costs(server, token, x, make_client):
    x.posts.add(author="adatest", text="one")
    settled = []

    class Gate:
        def reserve(self, call):
            settled.append([call])
            return len(settled) - 1

        def settle(self, reserved, settlement):
            settled[reserved].append(settlement)

    client = make_client(token, api_url=server.url, gate=Gate())
    client.profiles_by_handle(["adatest", "nobody_here_1"])
    client.posts_of(x.people.find("adatest").id)
    charged = tuple((charge.kind, charge.resource_id) for charge in x.ledger)
    (users, found), (posts, read) = settled
    assert (users.kind, users.most, len(found.resources)) == ("user", 2, 1)
    assert (posts.kind, posts.most, len(read.resources)) == ("post", 10, 1)
    assert found.resources + read.resources == charged


@pytest.mark.parametrize("says", ["credits", "credits-depleted", "spending-limit"])
def test_credits_run_out(says, client, x):
    x.credits, x.refusal_of_credits = 0, says
    with pytest.raises(XOutOfCredits):
        client.profiles_by_handle(["adatest"])


def test_what_countries_do_not_get_to_see(client, x):
    post = x.posts.add(author="adatest", text="Not everywhere")
    x.posts.withhold(post.id, "DE")
    x.people.withhold("adatest", "AT")
    found = client.posts_by_id([post.id])
    assert found.items[0].withheld == ("DE", "AT")
    assert found.authors[0].withheld == ("AT",)
    (ada,) = client.profiles_by_handle(["adatest"]).items
    assert ada.withheld == ("AT",)


def test_who_has_blocked_us_shows_the_profile_alone(server, x, make_client):
    client = make_client(x.login("brunotest")["access_token"], api_url=server.url)
    ada = x.people.find("adatest").id
    x.posts.add(author="adatest", text="Hello")
    x.people.block("adatest", "brunotest")
    assert client.profiles_by_id([ada]).items[0].handle == "AdaTest"
    for read in (client.posts_of, client.followers, client.following):
        page = read(ada)
        assert page.items == ()
        assert [problem.state for problem in page.problems] == ["protected"]


def test_the_windows_of_a_day(server, x, make_client):
    told = []

    class Gate(PassingGate):
        def settle(self, _reserved, settlement):
            told.append(
                {w.span: (w.limit, w.remaining) for w in settlement.rate_limits}
            )

    x.limits.set("POST /2/tweets", 1, span="user-day")
    token = x.login("brunotest")["access_token"]
    client = make_client(token, api_url=server.url, gate=Gate())
    client.create_post("one")
    day = {"app-day": (10_000, 9_999), "user-day": (1, 0)}
    assert told == [{"quarter": (100, 99), **day}]
    with pytest.raises(XTooMany) as caught:
        client.create_post("two")
    assert caught.value.resets_at.timestamp() - time.time() > 23 * 3600


def test_access_is_taken_away_on_x(client, x):
    assert client.me()
    x.revoke("brunotest")
    with pytest.raises(XLinkExpired):
        client.me()


FAULTS = [
    ({"kind": "reset"}, XUnreachable, 3),
    ({"kind": "truncate"}, XUnavailable, 3),
    ({"kind": "malformed"}, XUnavailable, 3),
    ({"kind": "html"}, XUnavailable, 3),
    ({"status": 503}, XUnavailable, 3),
    ({"status": 500}, XUnavailable, 3),
    ({"status": 429}, XTooMany, 1),
    ({"status": 401}, XLinkExpired, 1),
    ({"status": 400}, XRefused, 1),
]


@pytest.mark.parametrize(("fault", "error", "attempts"), FAULTS)
def test_faults(fault, error, attempts, client, x):
    x.faults.add(endpoint=ME, count=9, **fault)
    with pytest.raises(error) as caught:
        client.me()
    assert type(caught.value) is error
    assert len([c for c in x.calls if c.endpoint == ME]) == attempts
    x.faults.clear()
    assert client.me().handle == "brunotest"


@pytest.mark.parametrize("fault", [f for f, _error, n in FAULTS if n == 3])
def test_a_fault_that_passes_is_not_noticed(fault, client, x, pauses):
    x.faults.add(endpoint=ME, count=2, **fault)
    assert client.me().handle == "brunotest"
    assert len(pauses) == 2


def test_hanging(server, token, x):
    x.faults.add(endpoint=ME, kind="hang", count=9)
    client = XClient(
        token, api_url=server.url, timeout=(1, 0.2), backoff=Backoff(retries=0)
    )
    started = time.monotonic()
    with pytest.raises(XUnreachable):
        client.me()
    assert time.monotonic() - started < 2
    x.faults.clear()


def test_answers_without_rate_limit_headers(client, x):
    x.faults.add(endpoint="GET /2/users/by", kind="no_headers")
    assert client.profiles_by_handle(["adatest"]).rate_limit is None


def test_the_limit_is_reached_and_resets(client, x):
    resets_at = None
    for _call in range(200):
        try:
            client.me()
        except XTooMany as error:
            resets_at = error.resets_at
            break
    assert resets_at is not None
    assert 0 < resets_at.timestamp() - time.time() <= 15 * 60 + 1
    x.clock.advance(15 * 60 + 1)
    assert client.me()


def connections_to(url):
    """urllib3's pool for this address: it counts what it opened and sent."""
    port = urlsplit(url).port
    pools = pool().poolmanager.pools
    keys = pools.keys()
    return next(pools[key] for key in keys if key.key_port == port)


def test_a_hundred_calls_use_one_connection(server, client):
    client.me()
    connections = connections_to(server.url)
    opened, sent = connections.num_connections, connections.num_requests
    for _call in range(100):
        client.profiles_by_handle(["adatest"])
    assert connections.num_requests == sent + 100
    assert connections.num_connections == opened


def test_pictures(server, client):
    (ada,) = client.profiles_by_handle(["adatest"]).items
    url = ada.image_url_of("400x400")
    allowed = {server.url.removeprefix("http://")}
    content, mimetype = fetch_image(url, allowed_hosts=allowed)
    assert content
    assert mimetype == "image/png"


def test_a_hundred_calls_in_a_row_use_one_connection(server, token, make_client, x):
    pool().close()  # what other tests have opened
    opened = x.connections
    for _time in range(50):
        # A client per request of a browser's, as in Odoo.
        client = make_client(token, api_url=server.url)
        assert client.me().handle == "brunotest"
        assert client.profiles_by_handle(["adatest"]).items
        x.limits.reset()
    assert len(x.calls) == 100
    assert x.connections == opened + 1
