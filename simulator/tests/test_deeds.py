"""What was done is counted, whichever way it was done, and undone on the pages."""

import time

import pytest
import requests

# endpoint, path, body; {me}, {other}, {post} and {own} stand for ids
WRITES = [
    ("POST /2/tweets", "/2/tweets", {"text": "Hello"}),
    ("DELETE /2/tweets/:id", "/2/tweets/{own}", None),
    ("POST /2/users/:id/retweets", "/2/users/{me}/retweets", {"tweet_id": "{post}"}),
    (
        "DELETE /2/users/:id/retweets/:source_tweet_id",
        "/2/users/{me}/retweets/{reposted}",
        None,
    ),
    ("POST /2/users/:id/likes", "/2/users/{me}/likes", {"tweet_id": "{post}"}),
    ("DELETE /2/users/:id/likes/:tweet_id", "/2/users/{me}/likes/{liked}", None),
    (
        "POST /2/users/:id/following",
        "/2/users/{me}/following",
        {"target_user_id": "{other}"},
    ),
    (
        "DELETE /2/users/:source_user_id/following/:target_user_id",
        "/2/users/{me}/following/{followed}",
        None,
    ),
    (
        "POST /2/media/upload",
        "/2/media/upload",
        {"media": "iVBORw0KGgo=", "media_category": "tweet_image"},
    ),
    (
        "POST /2/media/metadata",
        "/2/media/metadata",
        {"id": "{media}", "metadata": {"alt_text": {"text": "A desk"}}},
    ),
]
LOST = (requests.ConnectionError, requests.Timeout)
LOST += (requests.exceptions.ChunkedEncodingError,)


@pytest.fixture
def ids(x, me, id_of):
    x.plan = "enterprise"
    post, liked = x.posts_by("tinapinero")[0], x.posts_by("nhomar")[0]
    liked.liked_by.append(id_of("mitchelladmin"))
    upload = me.post("/2/media/upload", WRITES[8][2]).json()["data"]
    x.calls.clear()
    return {
        "me": id_of("mitchelladmin"),
        "other": id_of("tinapinero"),
        "followed": id_of("marcdemo"),
        "post": post.id,
        "liked": liked.id,
        "own": x.posts_by("mitchelladmin")[0].id,
        "reposted": x.reposts_by("mitchelladmin")[0],
        "media": upload["id"],
    }


def filled(value, ids):
    if isinstance(value, dict):
        return {key: filled(part, ids) for key, part in value.items()}
    return value.format(**ids) if isinstance(value, str) else value


def standing(x):
    """How things stand with all that a write can change."""
    name = "mitchelladmin"
    return (
        [post.id for post in x.posts_by(name)],
        x.reposts_by(name),
        x.likes_by(name),
        x.follows_by(name),
        [(key, media.alt) for key, media in x.uploads.items()],
    )


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", ["status", "hang", "reset", "truncate", "html"])
@pytest.mark.parametrize(
    ("endpoint", "path", "body"), WRITES, ids=[write[0] for write in WRITES]
)
def test_every_deed_can_fail_before_and_after(
    endpoint, path, body, kind, after, me, x, ids
):
    values = {"status": 500} if kind == "status" else {}
    values |= {"delay": 0.05} if kind == "hang" else {}
    x.faults.add(endpoint, kind, after=after, **values)
    before, method = standing(x), endpoint.partition(" ")[0]
    send = {"json": filled(body, ids)} if body else {}
    if kind in ("hang", "reset", "truncate"):
        with pytest.raises(LOST):
            me.send(method, filled(path, ids), **send)
    else:
        answer = me.send(method, filled(path, ids), **send)
        assert (answer.status_code == 500) is (kind == "status")
    # Half an answer is one of something that was done.
    is_done = after or kind == "truncate"
    assert (standing(x) != before) is is_done
    assert [call.endpoint for call in x.calls] == [endpoint]
    assert not list(x.faults)


@pytest.mark.parametrize(("endpoint", "path", "body"), WRITES[:3])
def test_every_deed_can_be_slow(endpoint, path, body, me, x, ids):
    x.faults.add(endpoint, delay=0.2)
    send = {"json": filled(body, ids)} if body else {}
    began = time.monotonic()
    answer = me.send(endpoint.partition(" ")[0], filled(path, ids), **send)
    assert answer.status_code in (200, 201)
    assert time.monotonic() - began >= 0.2


def test_what_arrived_is_counted(me, browse, x, ids):
    me.post("/2/tweets", {"text": "One"})
    path = f"/2/users/{ids['me']}"
    for _time in range(2):
        me.post(f"{path}/likes", {"tweet_id": ids["post"]})
        me.post(f"{path}/following", {"target_user_id": ids["other"]})
    me.post(f"{path}/retweets", {"tweet_id": ids["post"]})
    deeds = x.deeds.of("MitchellAdmin")
    assert [(deed.kind, deed.again) for deed in deeds] == [
        ("post", False),
        ("like", False),
        ("follow", False),
        ("like", True),
        ("follow", True),
        ("repost", False),
    ]
    assert {deed.way for deed in deeds} == {"api"}
    assert deeds[0].text == "One"
    assert deeds[0].result_id == x.posts_by("mitchelladmin")[0].id
    assert x.likes_by("mitchelladmin").count(ids["post"]) == 1
    assert "tinapinero" in x.follows_by("mitchelladmin")
    assert x.reposts_by("mitchelladmin")[0] == ids["post"]
    steer = browse()
    told = steer.get("/_control/deeds", username="mitchelladmin", kind="like").json()
    assert [deed["target"] for deed in told["deeds"]] == [ids["post"]] * 2
    assert len(steer.get("/_control/deeds").json()["deeds"]) == 6
    done = steer.get("/_control/done", username="mitchelladmin").json()
    assert done["posts"][0]["text"] == "One"
    assert done["posts"][0]["media"] == []
    assert done["reposts"] == x.reposts_by("mitchelladmin")
    assert done["likes"] == x.likes_by("mitchelladmin")
    assert "tinapinero" in done["follows"]
    assert done["requests"] == []
    assert steer.get("/_control/done").status_code == 400
    x.reset()
    assert not list(x.deeds)


def test_what_was_refused_did_not_arrive(me, x, id_of):
    path = f"/2/users/{id_of('mitchelladmin')}/likes"
    assert me.post(path, {"tweet_id": x.posts_by("nhomar")[0].id}).status_code == 403
    assert me.post("/2/tweets", {"text": ""}).status_code == 400
    assert not list(x.deeds)


def press(browser, path, deed):
    return browser.send("POST", path, data={"do": deed})


@pytest.fixture
def mitchell(browse):
    browser = browse()
    browser.send("POST", "/login", data={"username": "mitchelladmin"})
    return browser


def test_follow_and_unfollow_on_the_profile(mitchell, x):
    assert 'value="follow"' in mitchell.get("/tinapinero").text
    assert press(mitchell, "/tinapinero", "follow").headers["Location"] == "/tinapinero"
    assert "tinapinero" in x.follows_by("mitchelladmin")
    assert 'value="unfollow"' in mitchell.get("/tinapinero").text
    press(mitchell, "/tinapinero", "unfollow")
    assert "tinapinero" not in x.follows_by("mitchelladmin")
    press(mitchell, "/henrycampbell", "follow")
    assert "Cancel follow request" in mitchell.get("/henrycampbell").text
    press(mitchell, "/henrycampbell", "unfollow")
    assert not x.people.named("mitchelladmin").requested
    assert 'name="do"' not in mitchell.get("/mitchelladmin").text
    press(mitchell, "/mitchelladmin", "follow")
    kinds = [(deed.kind, deed.way) for deed in x.deeds.of("mitchelladmin")]
    assert kinds == [("follow", "page"), ("unfollow", "page")] * 2


def test_who_blocked_me_says_so(mitchell, x, browse):
    x.people.block("tinapinero", "mitchelladmin")
    shown = mitchell.get("/tinapinero").text
    assert "@tinapinero blocked you" in shown and 'name="do"' not in shown
    press(mitchell, "/tinapinero", "follow")
    intent = "/intent/follow?screen_name=tinapinero"
    assert mitchell.send("POST", intent).status_code == 404
    assert not x.deeds.of("mitchelladmin", "follow")


def test_everything_on_the_page_of_a_post(mitchell, x):
    post = x.posts_by("tinapinero")[0]
    path, page = f"/tinapinero/status/{post.id}", f"/i/web/status/{post.id}"
    for deed, undo in (("like", "unlike"), ("repost", "unrepost")):
        assert f'value="{deed}"' in mitchell.get(path).text
        assert press(mitchell, page, deed).headers["Location"] == page
        assert f'value="{undo}"' in mitchell.get(path).text
        press(mitchell, page, undo)
        press(mitchell, page, undo)
    deeds = [(deed.kind, deed.again) for deed in x.deeds.of("mitchelladmin")]
    assert deeds == [
        ("like", False),
        ("unlike", False),
        ("unlike", True),
        ("repost", False),
        ("unrepost", False),
        ("unrepost", True),
    ]
    assert 'value="delete"' not in mitchell.get(path).text
    press(mitchell, page, "delete")
    assert x.posts.get(post.id) is post


def test_ones_own_post_can_be_deleted_there(mitchell, x):
    post = x.posts_by("mitchelladmin")[0]
    page = f"/i/web/status/{post.id}"
    assert 'value="delete"' in mitchell.get(page).text
    press(mitchell, page, "delete")
    assert x.posts.get(post.id) is None
    assert mitchell.get(page).status_code == 404


@pytest.mark.parametrize("path", ["/tinapinero", "/i/web/status/{post}"])
def test_buttons_ask_to_log_in(path, browse, x):
    path = path.format(post=x.posts_by("tinapinero")[0].id)
    stranger = browse()
    assert 'name="do"' not in stranger.get(path).text
    answer = press(stranger, path, "follow")
    assert answer.headers["Location"].startswith("/login?next=/")
    assert not list(x.deeds)


def test_a_long_list_has_pages(me, x, id_of):
    path = f"/2/users/{id_of('azureinterior')}/followers"
    first = me.get(path, max_results=20).json()
    assert first["meta"]["result_count"] == 20
    token = first["meta"]["next_token"]
    second = me.get(path, max_results=20, pagination_token=token).json()
    assert "next_token" not in second["meta"]
    people = [person["id"] for page in (first, second) for person in page["data"]]
    assert len(people) == len(set(people)) > 25


def test_the_demonstration_has_somebody_to_answer(me, browse, x):
    x.plan = "payg"
    marc = browse("marcdemo")
    summons = [p for p in x.posts_by("carriehelle") if "@marcdemo" in p.text]
    others = [p for p in x.posts_by("carriehelle") if "@" not in p.text]
    body = {"text": "Ours!", "reply": {"in_reply_to_tweet_id": summons[0].id}}
    assert marc.post("/2/tweets", body).status_code == 201
    body["reply"]["in_reply_to_tweet_id"] = others[0].id
    assert marc.post("/2/tweets", body).status_code == 403
    assert any(len(person.name) > 45 for person in x.people)
    assert any("\u0600" < person.name[0] < "\u06ff" for person in x.people)
    assert any(person.blocks for person in x.people)
