"""Who may do what: tokens, scopes, plans, limits, protected and gone people."""

import base64

import pytest

REPLY_REFUSED = "Reply to this conversation is not allowed"


PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def desk(x):
    return next(p for p in x.posts if "Customizable Desk" in p.text)


def detail(response, status):
    assert response.status_code == status, response.text
    return response.json()["detail"]


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer made-up", "Basic eDp5"])
def test_no_token_no_answer(browse, header):
    headers = {"Authorization": header} if header else {}
    response = browse().send("GET", "/2/users/me", headers=headers)
    assert detail(response, 401) == "Unauthorized"


def test_app_alone(browse, x):
    app = browse()
    app.session.headers["Authorization"] = f"Bearer {x.app.bearer_token}"
    assert app.get("/2/users/by", usernames="tinapinero").status_code == 200
    for path in ("/2/users/me", "/2/users/search?query=Ann"):
        response = app.get(path)
        assert "Application-Only is forbidden" in detail(response, 403)
        assert response.json()["type"].endswith("/unsupported-authentication")


@pytest.mark.parametrize(
    ("scopes", "path"),
    [
        ("users.read", "/2/users/me"),
        ("tweet.read", "/2/users/me"),
        ("tweet.read users.read", "/2/users/1/followers"),
        ("tweet.read users.read", "/2/users/1/liked_tweets"),
    ],
)
def test_missing_scope(browse, scopes, path):
    assert detail(browse("marcdemo", scopes).get(path), 403) == "Forbidden"


def test_missing_scope_to_write(browse, x):
    reader = browse("marcdemo", "tweet.read users.read")
    assert reader.post("/2/tweets", {"text": "Hello"}).status_code == 403
    assert reader.post("/2/media/upload", {}).status_code == 403
    writer = browse("marcdemo", "tweet.read users.read tweet.write")
    assert writer.post("/2/tweets", {"text": "Hello"}).status_code == 201


def test_self_serve_plan_cannot_follow_or_like(me, x, id_of, desk):
    mine, other = id_of("mitchelladmin"), id_of("tinapinero")
    for response in (
        me.post(f"/2/users/{mine}/following", {"target_user_id": other}),
        me.delete(f"/2/users/{mine}/following/{other}"),
        me.post(f"/2/users/{mine}/likes", {"tweet_id": desk.id}),
        me.delete(f"/2/users/{mine}/likes/{desk.id}"),
    ):
        assert response.status_code == 403
        assert response.json()["type"].endswith("/client-forbidden")
        assert response.json()["reason"] == "client-not-enrolled"
    assert x.spent() == 0


def test_enterprise_follows_and_likes(me, x, id_of, desk):
    x.plan = "enterprise"
    mine, other = id_of("mitchelladmin"), id_of("tinapinero")
    path = f"/2/users/{mine}/following"
    followed = me.post(path, {"target_user_id": other}).json()["data"]
    assert followed == {"following": True, "pending_follow": False}
    asked = me.post(path, {"target_user_id": id_of("henrycampbell")}).json()["data"]
    assert asked == {"following": False, "pending_follow": True}
    shown = me.get(
        "/2/users/by",
        usernames="tinapinero,henrycampbell,ourcompany",
        user__fields="connection_status",
    ).json()["data"]
    assert [person["connection_status"] for person in shown] == [
        ["following"],
        ["follow_request_sent"],
        ["following", "followed_by"],
    ]
    assert me.delete(f"{path}/{other}").json() == {"data": {"following": False}}
    me.post(f"/2/users/{mine}/likes", {"tweet_id": desk.id})
    liked = me.get(f"/2/users/{mine}/liked_tweets", tweet__fields="public_metrics")
    assert liked.json()["data"][0]["public_metrics"]["like_count"] == 65
    me.delete(f"/2/users/{mine}/likes/{desk.id}")
    assert "data" not in me.get(f"/2/users/{mine}/liked_tweets").json()


def test_nobody_acts_for_others(me, x, id_of, desk):
    x.plan = "enterprise"
    path = f"/2/users/{id_of('marcdemo')}"
    assert me.post(f"{path}/retweets", {"tweet_id": desk.id}).status_code == 403
    assert me.post(f"{path}/likes", {"tweet_id": desk.id}).status_code == 403
    assert me.delete(f"/2/tweets/{desk.id}").status_code == 403


def test_quotes_and_replies_by_plan(me, browse, x, desk):
    quote = {"text": "Look", "quote_tweet_id": desk.id}
    reply = {"text": "Indeed", "reply": {"in_reply_to_tweet_id": desk.id}}
    assert "reply to or quote" in detail(me.post("/2/tweets", quote), 403)
    assert REPLY_REFUSED in detail(me.post("/2/tweets", reply), 403)
    # Summoned: this one mentions @ourcompany, that one quotes its post.
    for words in ("pricing for 25 desks", "Très juste"):
        post = next(p for p in x.posts if words in p.text)
        body = {"text": "Thanks!", "reply": {"in_reply_to_tweet_id": post.id}}
        assert browse("ourcompany").post("/2/tweets", body).status_code == 201
        assert REPLY_REFUSED in detail(me.post("/2/tweets", body), 403)
    x.plan = "enterprise"
    assert me.post("/2/tweets", quote).status_code == 201
    assert me.post("/2/tweets", reply).status_code == 201


def test_same_text_again(me):
    assert me.post("/2/tweets", {"text": "Once"}).status_code == 201
    said = detail(me.post("/2/tweets", {"text": " Once "}), 403)
    assert said == "You are not allowed to create a Tweet with duplicate content."


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"text": 5},
        {"text": "a", "colour": "red"},
        {"text": "a", "reply": {}},
        {"text": "a", "media": {"media_ids": []}},
        {"text": "a", "media": {"media_ids": ["1"]}},
        {"text": "a", "media": {"media_ids": ["1", "2", "3", "4", "5"]}},
        {"text": "a", "quote_tweet_id": "x"},
        {"text": "a", "quote_tweet_id": "1", "media": {"media_ids": ["1"]}},
        {"text": "a", "poll": {"options": ["one"], "duration_minutes": 10}},
        {"text": "a", "poll": {"options": ["a", "b"], "duration_minutes": True}},
        {"text": "a", "reply_settings": "nobody"},
    ],
    ids=str,
)
def test_bodies_out_of_order(me, body):
    response = me.post("/2/tweets", body)
    assert response.status_code == 400, response.text
    assert response.json()["type"].endswith("/invalid-request")


def test_length_of_posts(me, browse, x):
    long = "word " * 60
    assert detail(browse("joelwillis_co").post("/2/tweets", {"text": long}), 403)
    # Verified accounts may; the whole text is then in the note.
    assert me.post("/2/tweets", {"text": long}).status_code == 201


def test_reposts(me, x, id_of, desk):
    path = f"/2/users/{id_of('mitchelladmin')}/retweets"
    # The world has it reposted already.
    assert me.post(path, {"tweet_id": desk.id}).status_code == 403
    assert me.delete(f"{path}/{desk.id}").json() == {"data": {"retweeted": False}}
    again = me.post(path, {"tweet_id": desk.id}).json()["data"]
    shown = me.get(f"/2/tweets/{again['rest_id']}", tweet__fields="referenced_tweets")
    assert shown.json()["data"]["text"].startswith("RT @ourcompany: New: the Customi")
    kinds = shown.json()["data"]["referenced_tweets"]
    assert kinds == [{"type": "retweeted", "id": desk.id}]


def test_upload(me, browse, x):
    body = {"media": base64.b64encode(PNG).decode(), "media_category": "tweet_image"}
    by_json = me.post("/2/media/upload", body).json()["data"]
    form = {"media_category": "tweet_image"}
    files = {"media": ("a.png", PNG, "image/png")}
    by_form = me.send("POST", "/2/media/upload", data=form, files=files)
    assert by_json["size"] == by_form.json()["data"]["size"] == len(PNG)
    assert me.post("/2/media/upload", {**body, "media": "%"}).status_code == 400
    assert me.post("/2/media/upload", {**body, "media": ""}).status_code == 400
    stolen = {"text": "Mine", "media": {"media_ids": [by_json["id"]]}}
    assert browse("marcdemo").post("/2/tweets", stolen).status_code == 400
    assert me.post("/2/tweets", stolen).status_code == 201


def upload(browser, data, category="tweet_image"):
    body = {"media": base64.b64encode(data).decode(), "media_category": category}
    return browser.post("/2/media/upload", body)


@pytest.mark.parametrize(
    ("data", "category", "status"),
    [
        (PNG, "tweet_image", 200),
        (b"\xff\xd8\xff\xe0", "tweet_image", 200),
        (b"RIFF1234WEBPVP8 ", "tweet_image", 200),
        (b"GIF89a", "tweet_image", 200),
        (b"GIF89a", "tweet_gif", 200),
        (b"GIF89a".ljust(15_000_000), "tweet_gif", 200),
        (b"GIF89a".ljust(15_000_001), "tweet_gif", 400),
        (PNG.ljust(5_000_000), "tweet_image", 200),
        (PNG.ljust(5_000_001), "tweet_image", 400),
        (PNG, "tweet_gif", 400),
        (b"<svg/>", "tweet_image", 400),
        (b"%PDF", "tweet_image", 400),
    ],
)
def test_what_is_a_picture_is_seen_by_its_content(me, data, category, status):
    assert upload(me, data, category).status_code == status


def test_uploaded_pictures_are_shown_with_their_words(me, browse, server, x, id_of):
    gif = b"GIF89a" + (3).to_bytes(2, "little") + (2).to_bytes(2, "little")
    made = [upload(me, data).json()["data"]["id"] for data in (PNG, gif)]
    alt = {"id": made[0], "metadata": {"alt_text": {"text": "A desk"}}}
    assert me.post("/2/media/metadata", alt).status_code == 200
    body = {"text": "Look", "media": {"media_ids": made}}
    assert me.post("/2/tweets", body).status_code == 201
    shown = me.get(
        f"/2/users/{id_of('mitchelladmin')}/tweets",
        **{"expansions": "attachments.media_keys"},
        **{"media.fields": "url,alt_text,width,height"},
    ).json()
    first, second = shown["includes"]["media"]
    assert first["alt_text"] == "A desk" and "alt_text" not in second
    assert (second["width"], second["height"]) == (3, 2)
    for media, data, mimetype in ((first, PNG, "png"), (second, gif, "gif")):
        picture = browse().get(media["url"].removeprefix(server.url))
        assert picture.content == data
        assert picture.headers["Content-Type"] == f"image/{mimetype}"
    newest = x.posts_by("mitchelladmin")[0]
    page = browse().get(f"/i/web/status/{newest.id}").text
    assert 'alt="A desk"' in page and first["url"] in page


def test_one_gif_or_four_photos(me):
    gif = upload(me, b"GIF89a", "tweet_gif").json()["data"]["id"]
    png = upload(me, PNG).json()["data"]["id"]
    both = {"text": "Both", "media": {"media_ids": [gif, png]}}
    assert me.post("/2/tweets", both).status_code == 400
    alone = {"text": "Alone", "media": {"media_ids": [gif]}}
    made = me.post("/2/tweets", alone).json()["data"]["id"]
    shown = me.get(
        f"/2/tweets/{made}",
        **{"expansions": "attachments.media_keys"},
        **{"media.fields": "url,preview_image_url"},
    ).json()
    (media,) = shown["includes"]["media"]
    assert media["type"] == "animated_gif"
    assert set(media) == {"media_key", "type", "preview_image_url"}


@pytest.mark.parametrize(
    ("text", "status"),
    [("$ACME up", 201), ("$ACME and $TWTR", 403), ("$ACME, again $ACME", 403)]
    + [("It is $5 and $6", 201)],
)
def test_one_cashtag(me, x, text, status):
    response = me.post("/2/tweets", {"text": text})
    assert response.status_code == status
    if status == 403:
        assert "cashtag" in response.json()["detail"]
        assert not x.deeds.of("mitchelladmin")


def test_blocked(me, x, id_of):
    x.plan = "enterprise"
    mine, other = id_of("mitchelladmin"), id_of("tinapinero")
    x.people.follow(x.people.named("mitchelladmin"), x.people.named("tinapinero"))
    x.people.block("tinapinero", "mitchelladmin")
    assert "tinapinero" not in x.follows_by("mitchelladmin")
    said = me.post(f"/2/users/{mine}/following", {"target_user_id": other})
    assert "You have been blocked from following" in detail(said, 403)
    post = x.posts_by("tinapinero")[0]
    reply = {"text": "Hm", "reply": {"in_reply_to_tweet_id": post.id}}
    assert "not visible to you" in detail(me.post("/2/tweets", reply), 403)
    path = f"/2/users/{mine}"
    for word in ("likes", "retweets"):
        assert me.post(f"{path}/{word}", {"tweet_id": post.id}).status_code == 403
    told = me.get(f"/2/users/{other}/tweets").json()
    assert told["errors"][0]["title"] == "Authorization Error"
    x.people.unblock("tinapinero", "mitchelladmin")
    assert me.post("/2/tweets", reply).status_code == 201


def test_whom_one_blocks_is_told(me, x):
    x.people.block("mitchelladmin", "tinapinero")
    query = {"usernames": "tinapinero", "user.fields": "connection_status"}
    (shown,) = me.get("/2/users/by", **query).json()["data"]
    assert "blocking" in shown["connection_status"]


def test_subscriptions_are_ones_own(browse, x):
    for username, told in (
        ("mitchelladmin", "PremiumPlus"),
        ("jacquesdunagan", "Premium"),
        ("joelwillis_co", "None"),
    ):
        person = browse(username)
        query = {"user.fields": "subscription_type"}
        shown = person.get("/2/users/me", **query).json()["data"]
        assert shown["subscription_type"] == told
        query["usernames"] = "layla_haddad"
        (shown,) = person.get("/2/users/by", **query).json()["data"]
        assert "subscription_type" not in shown


def test_limits(me, browse, x):
    first = me.get("/2/users/me")
    assert first.headers["x-rate-limit-limit"] == "75"
    assert first.headers["x-rate-limit-remaining"] == "74"
    reset = int(first.headers["x-rate-limit-reset"])
    assert 890 <= reset - x.clock.now().timestamp() <= 901
    for _ in range(74):
        me.get("/2/users/me")
    stopped = me.get("/2/users/me")
    assert detail(stopped, 429) == "Too Many Requests"
    assert stopped.headers["x-rate-limit-remaining"] == "0"
    assert browse("marcdemo").get("/2/users/me").status_code == 200
    assert me.get("/2/users/by", usernames="acme_corp").status_code == 200
    x.clock.advance(901)
    assert me.get("/2/users/me").status_code == 200


def test_protected(browse, x, id_of):
    stranger, friend = browse("marcdemo"), browse("mitchelladmin")
    person = id_of("secretsanta_co")
    shown = stranger.get(f"/2/users/{person}", user__fields="protected").json()
    assert shown["data"]["protected"] is True
    for what in ("tweets", "followers", "mentions"):
        answer = stranger.get(f"/2/users/{person}/{what}").json()
        assert "data" not in answer and "meta" not in answer
        assert answer["errors"][0]["title"] == "Authorization Error"
        assert answer["errors"][0]["detail"] == (
            f"Sorry, you are not authorized to see the user with id: [{person}]."
        )
    assert friend.get(f"/2/users/{person}/tweets").json()["meta"]["result_count"] == 1


def test_gone_people(me, x, id_of):
    suspended = me.get(f"/2/users/{id_of('johnmbrown')}/tweets").json()
    assert suspended["errors"][0]["title"] == "Forbidden"
    for username in ("benjaminflores", "oxford_albert"):
        answer = me.get(f"/2/users/by/username/{username}").json()
        assert set(answer) == {"errors"}
        said = f"Could not find user with username: [{username}]."
        assert answer["errors"][0]["detail"] == said
    person = id_of("tinapinero")
    x.people.rename("tinapinero", "tina_p")
    assert "data" not in me.get("/2/users/by", usernames="tinapinero").json()
    (found,) = me.get("/2/users", ids=person).json()["data"]
    assert found["username"] == "tina_p"
    other = x.people.add(username="tinapinero", name="Somebody else")
    (found,) = me.get("/2/users/by", usernames="TinaPinero").json()["data"]
    assert found["id"] == other.id != person
    x.people.delete("tina_p")
    assert "data" not in me.get("/2/users", ids=person).json()


def test_unknown_addresses(me):
    assert me.get("/2/nothing").status_code == 404
    assert me.send("PUT", "/2/users/me").status_code == 404
    assert me.get("/2/users/abc").status_code == 400
