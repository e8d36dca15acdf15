"""Who may do what: tokens, scopes, plans, limits, protected and gone people."""

import base64

import pytest

REPLY_REFUSED = "Reply to this conversation is not allowed"


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
    body = {"media": base64.b64encode(b"png").decode(), "media_category": "tweet_image"}
    by_json = me.post("/2/media/upload", body).json()["data"]
    form = {"media_category": "tweet_image"}
    files = {"media": ("a.png", b"png", "image/png")}
    by_form = me.send("POST", "/2/media/upload", data=form, files=files)
    assert by_json["size"] == by_form.json()["data"]["size"] == 3
    assert me.post("/2/media/upload", {**body, "media": "%"}).status_code == 400
    assert me.post("/2/media/upload", {**body, "media": ""}).status_code == 400
    stolen = {"text": "Mine", "media": {"media_ids": [by_json["id"]]}}
    assert browse("marcdemo").post("/2/tweets", stolen).status_code == 400
    assert me.post("/2/tweets", stolen).status_code == 201


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
