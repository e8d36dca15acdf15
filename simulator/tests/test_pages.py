"""The pages a person can click, the pictures, and what keeps them harmless."""

import re
import struct
import zlib

import pytest

HOSTILE = "<script>alert('x')</script>\"&amp;"


def log_in(browser, username):
    form = {"username": username, "next": "/home"}
    response = browser.send("POST", "/login", data=form)
    assert response.headers["Location"].endswith("/home")


@pytest.fixture
def desk(x):
    return next(p for p in x.posts if "Customizable Desk" in p.text)


def test_every_person_and_post_has_a_page(browse, x):
    browser = browse()
    log_in(browser, "mitchelladmin")
    for person in x.people:
        response = browser.get(f"/{person.username}")
        gone = person.state == "deleted"
        assert response.status_code == (404 if gone else 200), person.username
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        if person.active and not person.protected:
            assert f"@{person.username}" in response.text
    for post in x.posts:
        author = x.people.get(post.author_id)
        response = browser.get(f"/{author.username}/status/{post.id}")
        hidden = author.username in {"henrycampbell", "johnmbrown"}
        assert response.status_code == (404 if hidden else 200), post.text


def test_no_browser_asks_for_an_icon_that_is_not_there(browse):
    assert '<link rel="icon" href="data:,">' in browse().get("/login").text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/home",
        "/login",
        "/search?q=zydeco",
        "/i/oauth2/authorize",
        "/no/such/page",
    ],
)
def test_pages_cut_off_their_opener(browse, path):
    response = browse().get(path)
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "viewport" in response.text


def test_links_by_id(browse, id_of, desk):
    browser = browse()
    assert "Customizable Desk" in browser.get(f"/i/web/status/{desk.id}").text
    response = browser.get(f"/i/user/{id_of('tinapinero')}")
    assert response.headers["Location"] == "/tinapinero"
    assert browser.get("/i/user/1").status_code == 404
    assert browser.get("/i/web/status/1").status_code == 404


def test_states_in_words(browse, x):
    browser = browse()
    assert "Account suspended" in browser.get("/johnmbrown").text
    assert "These posts are protected" in browser.get("/henrycampbell").text
    assert "exist" in browser.get("/oxford_albert").text
    assert "For followers only" not in browser.get("/henrycampbell").text


def test_hostile_words_stay_words(browse, x):
    person = x.people.add(
        username="hostile",
        name=HOSTILE,
        description=HOSTILE + " javascript:alert(1) #<b> @hostile",
        location=HOSTILE,
        url='javascript:alert(1)//"><script>',
        login=True,
    )
    post = x.posts.add(author="hostile", text=HOSTILE + ' https://a.example/"x <img>')
    browser = browse()
    log_in(browser, "hostile")
    paths = (
        "/",
        "/hostile",
        "/login",
        f"/i/web/status/{post.id}",
        "/search?q=%3Cscript%3Ealert",
        "/intent/user?screen_name=hostile",
        f"/intent/like?tweet_id={post.id}",
        "/intent/tweet?text=%3C/textarea%3E%3Cscript%3Ealert",
        f"/intent/tweet?in_reply_to={post.id}",
    )
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        text = answer.text
        assert "<script" not in text, path
        assert "<img>" not in text, path
        assert 'href="javascript:' not in text, path
    assert person.name in HOSTILE


def test_anybody_can_say_something_to_the_brand_by_hand(browse, x, id_of):
    browser = browse()
    assert 'href="/intent/tweet"' in browser.get("/").text
    asked = browser.get("/intent/tweet", text="@ourcompany Hello")
    login = browser.get(asked.headers["Location"])
    assert 'value="kioskamsel"' in login.text
    log_in(browser, "kioskamsel")
    profile = browser.get("/ourcompany").text
    assert 'href="/intent/tweet?text=%40ourcompany%20"' in profile
    welcome = x.posts_by("ourcompany")[-1]
    address = f"{browser.url}/i/web/status/{welcome.id}"
    for path, text in [
        ("/intent/tweet?text=@ourcompany%20", "@ourcompany Hello"),
        (f"/intent/tweet?in_reply_to={welcome.id}", "I answer"),
        (f"/intent/tweet?url={address}", f"I quote {address}"),
        ("/intent/tweet", f"I quote elsewhere.example/i/web/status/{welcome.id}"),
    ]:
        assert "<textarea" in browser.get(path).text
        sent = browser.send("POST", path, data={"text": text})
        assert "Your post was sent" in sent.text
    _unrelated, quote, reply, mention = x.posts_by("kioskamsel")[:4]
    said = x.posts.mentioning(x.people.named("ourcompany"))[:3]
    assert said == [quote, reply, mention]
    assert (quote.text, quote.quote_of) == ("I quote", welcome.id)
    assert (reply.text, reply.reply_to) == ("I answer", welcome.id)
    kinds = [deed.kind for deed in x.deeds.of("kioskamsel")]
    assert kinds == ["post", "reply", "quote", "post"]


def test_login_goes_nowhere_else(browse):
    for onward in ("https://evil.example/", "//evil.example/", "/\\evil.example/"):
        form = {"username": "marcdemo", "next": onward}
        response = browse().send("POST", "/login", data=form)
        assert response.headers["Location"] == "/"


@pytest.mark.parametrize(
    "path",
    [
        "follow?screen_name=tinapinero",
        "like?tweet_id=1",
        "tweet?text=Hi",
        "retweet?x=1",
    ],
)
def test_intents_ask_to_log_in(browse, path):
    response = browse().get(f"/intent/{path}")
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/login?next=%2Fintent") or (
        response.headers["Location"].startswith("/login?next=/intent")
    )


def test_follow_intent(browse, x, id_of):
    browser, mitchell = browse(), x.people.named("mitchelladmin")
    log_in(browser, "mitchelladmin")
    for query in ("screen_name=tinapinero", f"user_id={id_of('henrycampbell')}"):
        path = f"/intent/follow?{query}"
        assert 'id="confirm"' in browser.get(path).text
        assert browser.send("POST", path).status_code == 200
    assert id_of("tinapinero") in mitchell.follows
    assert id_of("henrycampbell") in mitchell.requested
    assert "already" in browser.get("/intent/follow?screen_name=@TinaPinero").text
    assert browser.get("/intent/follow?screen_name=nobodyatall").status_code == 404
    assert x.spent() == 0


def test_like_and_repost_intents(browse, x, id_of, desk):
    browser = browse()
    log_in(browser, "marcdemo")
    for _ in range(2):
        browser.send("POST", f"/intent/like?tweet_id={desk.id}")
        browser.send("POST", f"/intent/retweet?tweet_id={desk.id}")
    assert desk.liked_by == [id_of("marcdemo")]
    marc = x.people.named("marcdemo")
    assert len([p for p in x.posts.of(marc) if p.repost_of == desk.id]) == 1
    assert browser.send("POST", "/intent/like?tweet_id=1").status_code == 404


def test_tweet_intent(browse, x, desk):
    browser = browse()
    log_in(browser, "joelwillis_co")
    query = "text=Hello&url=https://odoo.com&hashtags=a,b&via=ourcompany"
    shown = browser.get(f"/intent/tweet?{query}").text
    assert "Hello https://odoo.com #a #b via @ourcompany</textarea>" in shown
    path = f"/intent/tweet?in_reply_to={desk.id}"
    assert "Customizable Desk" in browser.get(path).text
    browser.send("POST", path, data={"text": "Lovely"})
    newest = x.posts.of(x.people.named("joelwillis_co"))[0]
    assert (newest.text, newest.reply_to) == ("Lovely", desk.id)
    refused = browser.send("POST", "/intent/tweet", data={"text": "x" * 281})
    assert "too long" in refused.text
    assert browser.get("/intent/explode").status_code == 404


def dimensions(png):
    """Width and height of a PNG file, which must be whole."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, rest = {}, png[8:]
    while rest:
        (size,) = struct.unpack(">I", rest[:4])
        name, data = rest[4:8], rest[8 : 8 + size]
        assert struct.unpack(">I", rest[8 + size : 12 + size])[0] == zlib.crc32(
            name + data
        )
        chunks[name], rest = data, rest[12 + size :]
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colour) == (8, 2)
    assert len(zlib.decompress(chunks[b"IDAT"])) == height * (1 + 3 * width)
    return width, height


def test_avatars(me, browse, server):
    names = "jacquesdunagan,jacques_dunagan"
    answer = me.get("/2/users/by", usernames=names, user__fields="profile_image_url")
    own, default = (p["profile_image_url"] for p in answer.json()["data"])
    assert own.startswith(server.url + "/pbs/profile_images/")
    assert "/default_profile_images/default_profile_normal.png" in default
    sizes = {"_normal": 48, "_bigger": 73, "_mini": 24, "_400x400": 400, "": 512}
    for url in (own, default):
        for suffix, size in sizes.items():
            path = url.removeprefix(server.url).replace("_normal", suffix)
            response = browse().get(path)
            assert response.headers["Content-Type"] == "image/png"
            assert dimensions(response.content) == (size, size)
    huge = own.removeprefix(server.url).replace("_normal", "_9000x9000")
    assert browse().get(huge).status_code == 404
    assert browse().get("/pbs/../state.py").status_code == 404


def test_pictures_of_posts(me, browse, server, x, desk):
    query = {"expansions": "attachments.media_keys", "media.fields": "url,alt_text"}
    answer = me.get(f"/2/tweets/{desk.id}", **query).json()
    (media,) = answer["includes"]["media"]
    assert media["alt_text"].startswith("A white desk")
    png = browse().get(media["url"].removeprefix(server.url)).content
    assert dimensions(png) == (1200, 675)


def test_links_of_texts_lead_somewhere(browse):
    text = browse().get("/jacquesdunagan").text
    assert re.search(r'<a href="/marcdufour_bdx">@marcdufour_bdx</a>', text)
    assert '<a href="/search?q=%23Paris">#Paris</a>' in text
    assert (
        'href="https://www.leclub.example.com/appel-offres?ref=x&amp;an=2026"' in text
    )
