"""Acting on the stand-in for X, which counts what arrives."""

import pytest

from simulator.server import SimulatorServer
from x_api import (
    PRICES,
    Backoff,
    PassingGate,
    XAlready,
    XClient,
    XDuplicate,
    XGone,
    XLinkExpired,
    XNotAllowed,
    XNotSent,
    XOutOfCredits,
    XPlanForbids,
    XRefused,
    XReplyForbidden,
    XTooMany,
    XUnavailable,
    XUnreachable,
    check_image,
    fetch_image,
    is_text_of,
)

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def server():
    with SimulatorServer(control=True) as server:
        yield server


@pytest.fixture
def x(server):
    """The stand-in's state, on a plan that does everything."""
    server.x.reset()
    server.x.plan = "enterprise"
    yield server.x
    server.x.faults.clear()


@pytest.fixture
def client(server, x, make_client):
    token = x.login("marcdemo")["access_token"]
    return make_client(token, api_url=server.url)


@pytest.fixture
def me(x):
    return x.people.named("marcdemo").id


@pytest.fixture
def carrie(x):
    return x.people.named("carriehelle")


@pytest.fixture
def post(x):
    """One of Carrie's that mentions nobody."""
    return next(p for p in x.posts_by("carriehelle") if "@" not in p.text)


@pytest.fixture
def summons(x):
    return next(p for p in x.posts_by("carriehelle") if "@marcdemo" in p.text)


def test_a_post_a_reply_and_a_quote(client, x, summons, post):
    made = client.create_post("Good morning")
    reply = client.create_post("It does", reply_to=summons.id)
    quote = client.create_post("Look", quote_of=post.id)
    kinds = [(d.kind, d.result_id) for d in x.deeds.of("marcdemo")]
    assert kinds == [("post", made.id), ("reply", reply.id), ("quote", quote.id)]
    assert made.text == "Good morning"
    assert client.delete_post(made.id)
    assert not client.delete_post(made.id)
    assert x.posts.get(made.id) is None


def test_reposts_likes_and_follows(client, me, x, carrie, post):
    copy = client.repost(me, post.id)
    assert x.posts.get(copy).repost_of == post.id
    with pytest.raises(XAlready):
        client.repost(me, post.id)
    client.unrepost(me, post.id)
    assert not x.reposts_by("marcdemo")
    client.like(me, post.id)
    assert [p.id for p in client.liked_by(me).items] == x.likes_by("marcdemo")
    client.unlike(me, post.id)
    assert not client.liked_by(me).items
    tina = x.people.named("nhomar").id
    assert client.follow(me, tina) == "following"
    assert "nhomar" in x.follows_by("marcdemo")
    client.unfollow(me, tina)
    assert "nhomar" not in x.follows_by("marcdemo")
    protected = x.people.named("henrycampbell").id
    assert client.follow(me, protected) == "pending"
    (shown,) = client.profiles_by_id([protected], connection=True).items
    assert shown.connection == {"follow_request_sent"}
    client.unfollow(me, protected)


def test_how_people_stand_to_us(client, x, carrie):
    x.people.block("marcdemo", "nhomar")
    names = ["carriehelle", "nhomar", "tinapinero"]
    ids = [x.people.named(name).id for name in names]
    page = client.profiles_by_id(ids, connection=True)
    told = {profile.handle: profile.connection for profile in page.items}
    assert told["carriehelle"] == {"following", "followed_by"}
    assert told["nhomar"] == {"blocking"}
    assert client.me().subscription == "premium_plus"
    assert not any(profile.connection for profile in client.profiles_by_id(ids).items)


def test_followers_and_following_in_pages(client, x):
    azure = x.people.named("azureinterior").id
    first = client.followers(azure)
    second = client.followers(azure, next_token=first.next_token)
    assert len(first.items) == 20 and second.next_token is None
    found = {profile.handle for page in (first, second) for profile in page.items}
    azures = {p.username for p in x.people if azure in p.follows and p.active}
    assert found == azures
    following = client.following(azure, max_results=3)
    assert len(following.items) == 3 and following.next_token


def test_pictures_are_uploaded_and_described(client, x, server):
    media_id = client.upload_image(PNG, check_image(PNG))
    client.describe_image(media_id, "A desk")
    made = client.create_post("Look", media_ids=[media_id])
    page = client.posts_by_id([made.id])
    (media,) = page.items[0].media
    assert media.alt == "A desk"
    host = server.url.removeprefix("http://")
    assert fetch_image(media.url, allowed_hosts={host}) == (PNG, "image/png")
    gif = client.upload_image(b"GIF89a", "image/gif")
    moving = client.create_post("It moves", media_ids=[gif])
    assert client.posts_by_id([moving.id]).items[0].media[0].type == "animated_gif"


TEXTS = [
    "Good morning",
    "See odoo.com and https://example.com/a?b=1&c=2 & more",
    "odoo.com",
    "a < b > c & d &amp; e",
    "Two\nlines,\n\nand three",
    "cafe\u0301 👩‍👧 $ACME #x @carriehelle",
    "@carriehelle hello",
    "long " * 60,
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("way", ["post", "reply", "picture"])
def test_what_arrived_is_known_by_its_text(text, way, client, me, x, summons):
    more = {"reply_to": summons.id} if way == "reply" else {}
    if way == "picture":
        more = {"media_ids": [client.upload_image(PNG, "image/png")]}
    start = x.clock.now()
    made = client.create_post(text, **more)
    (found,) = client.newest_of(me, start_time=start).items
    assert found.id == made.id
    assert is_text_of(found, text)
    others = [other for other in TEXTS if other != text]
    assert not any(is_text_of(found, other) for other in others)
    assert (found.reply_to_id == summons.id) is (way == "reply")


def test_the_same_words_to_two_people_are_two_posts(client, me, x):
    start = x.clock.now()
    client.create_post("@carriehelle thanks!")
    (found,) = client.newest_of(me, start_time=start).items
    assert is_text_of(found, "@carriehelle thanks!")
    assert not is_text_of(found, "@tinapinero thanks!")
    assert not is_text_of(found, "thanks!")


def test_the_newest_have_reposts_and_nothing_older(client, me, x, post):
    start = x.clock.now()
    client.repost(me, post.id)
    (found,) = client.newest_of(me, start_time=start).items
    assert found.repost_of_id == post.id
    assert found.reposted is None
    assert len(client.newest_of(me).items) > 1


REFUSALS = [
    ("payg", lambda c, me, p: c.follow(me, p.author_id), XPlanForbids),
    ("payg", lambda c, me, p: c.like(me, p.id), XPlanForbids),
    ("payg", lambda c, me, p: c.create_post("Hm", reply_to=p.id), XReplyForbidden),
    ("payg", lambda c, me, p: c.create_post("Hm", quote_of=p.id), XReplyForbidden),
    ("enterprise", lambda c, me, p: c.create_post("$AA $BB"), XNotAllowed),
    ("enterprise", lambda c, me, p: c.create_post("Hm", reply_to="1"), XGone),
    ("enterprise", lambda c, me, p: c.like("1", p.id), XNotAllowed),
    ("enterprise", lambda c, me, p: c.delete_post(p.id), XNotAllowed),
    ("enterprise", lambda c, me, p: c.upload_image(b"<svg>", "image/png"), XRefused),
]


@pytest.mark.parametrize(("plan", "call", "error"), REFUSALS)
def test_refusals(plan, call, error, client, me, x, post):
    x.plan = plan
    with pytest.raises(error) as caught:
        call(client, me, post)
    assert type(caught.value) is error
    assert caught.value.reason
    assert not x.deeds.of("marcdemo")
    assert x.spent() == 0


def test_other_refusals(client, me, x, carrie, post):
    client.create_post("Once")
    with pytest.raises(XDuplicate):
        client.create_post("Once")
    x.people.block("carriehelle", "marcdemo")
    with pytest.raises(XNotAllowed, match="403") as caught:
        client.follow(me, carrie.id)
    assert "blocked" in caught.value.reason
    x.limits.set("POST /2/tweets", 0)
    with pytest.raises(XTooMany):
        client.create_post("Twice")
    x.plan, x.credits = "payg", 0
    with pytest.raises(XOutOfCredits):
        client.repost(me, post.id)
    x.revoke("marcdemo")
    with pytest.raises(XLinkExpired):
        client.create_post("Thrice")


def test_a_missing_permission(server, x, make_client):
    token = x.login("marcdemo", ["tweet.read", "users.read"])["access_token"]
    client = make_client(token, api_url=server.url)
    for call in (lambda: client.create_post("Hi"), lambda: client.followers("1")):
        with pytest.raises(XNotAllowed) as caught:
            call()
        assert type(caught.value) is XNotAllowed


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 500}, XUnavailable),
        ({"status": 503}, XUnavailable),
        ({"kind": "reset"}, XUnreachable),
        ({"kind": "hang", "delay": 0.1}, XUnreachable),
        ({"kind": "html"}, XUnavailable),
    ],
)
def test_an_unknown_end_is_told_as_one_and_nothing_is_sent_again(
    fault, error, after, client, pauses, x
):
    x.faults.add("POST /2/tweets", after=after, **fault)
    with pytest.raises(error) as caught:
        client.create_post("Hello")
    assert type(caught.value) is error
    assert len(x.deeds.of("marcdemo", "post")) == int(after)
    assert [call.endpoint for call in x.calls] == ["POST /2/tweets"]
    assert pauses == []


def test_half_an_answer_is_an_unknown_end(client, x):
    x.faults.add("POST /2/tweets", kind="truncate")
    with pytest.raises(XUnavailable):
        client.create_post("Hello")
    assert len(x.calls) == 1


def test_an_expired_token_is_renewed_for_one_deed(server, x, make_client):
    old, new = (x.login("marcdemo")["access_token"] for _time in range(2))
    x.faults.add("POST /2/tweets", status=401)
    client = make_client(old, api_url=server.url, renew=lambda _rejected: new)
    client.create_post("Hello")
    assert [call.status for call in x.calls] == [401, 201]
    assert len(x.deeds.of("marcdemo")) == 1


def test_nothing_is_sent_to_a_stopped_server():
    stopped = SimulatorServer().start()
    token = stopped.x.login("marcdemo")["access_token"]
    client = XClient(token, api_url=stopped.url, backoff=Backoff(retries=0))
    client.create_post("Hello")
    stopped.stop()
    with pytest.raises(XNotSent):
        client.create_post("Anybody there?")
    assert len(stopped.x.deeds.of("marcdemo")) == 1


class Ledger(PassingGate):
    def __init__(self):
        self.sum = 0

    def settle(self, _reserved, settlement):
        self.sum += sum(PRICES[kind] for kind, _id in settlement.resources)


def test_what_it_thinks_it_costs_is_what_it_costs(
    server, x, make_client, summons, post, carrie
):
    gate = Ledger()
    token = x.login("marcdemo")["access_token"]
    client = make_client(token, api_url=server.url, gate=gate)
    me = x.people.named("marcdemo").id
    media_id = client.upload_image(PNG, "image/png")
    client.describe_image(media_id, "A desk")
    made = client.create_post("Plain", media_ids=[media_id])
    client.create_post("With a link: odoo.com")
    client.create_post("Summoned", reply_to=summons.id, is_summoned_reply=True)
    client.repost(me, post.id)
    client.unrepost(me, post.id)
    client.like(me, post.id)
    client.liked_by(me)
    client.unlike(me, post.id)
    client.unfollow(me, carrie.id)
    client.follow(me, carrie.id)
    client.delete_post(made.id)
    assert gate.sum == x.spent() > 0
