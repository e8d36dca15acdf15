"""The windows of 15 minutes and of a day."""

import pytest

POST = "POST /2/tweets"
DAY = 24 * 3600


def told(answer, family):
    parts = ("limit", "remaining")
    return tuple(answer.headers.get(f"{family}-{part}") for part in parts)


def test_posting_has_a_day_for_the_whole_app(me, browse, x):
    answer = me.post("/2/tweets", {"text": "one"})
    assert told(answer, "x-rate-limit") == ("100", "99")
    assert told(answer, "x-app-limit-24hour") == ("10000", "9999")
    assert told(answer, "x-user-limit-24hour") == (None, None)
    ahead = int(answer.headers["x-app-limit-24hour-reset"]) - x.clock.now().timestamp()
    assert DAY - 5 < ahead <= DAY + 1
    answer = browse("marcdemo").post("/2/tweets", {"text": "two"})
    assert told(answer, "x-rate-limit") == ("100", "99")
    assert told(answer, "x-app-limit-24hour") == ("10000", "9998")


def test_liking_has_a_day_for_each(me, browse, x, id_of):
    x.plan = "enterprise"
    post = x.posts.add("tinapinero", "Good").id
    for number, name in enumerate(("mitchelladmin", "marcdemo")):
        path = f"/2/users/{id_of(name)}/likes"
        answer = browse(name).post(path, {"tweet_id": post})
        assert told(answer, "x-user-limit-24hour") == ("1000", "999"), number


def test_reads_have_none(me):
    headers = me.get("/2/users/me").headers
    assert [name for name in headers if "24hour" in name] == []


@pytest.mark.parametrize("span", ["user-day", "app-day"])
def test_a_day_that_is_used_up(me, browse, x, span):
    x.limits.set(POST, 2, span=span)
    for text in ("one", "two"):
        assert me.post("/2/tweets", {"text": text}).status_code == 201
    refused = me.post("/2/tweets", {"text": "three"})
    assert refused.status_code == 429
    family = "x-user-limit-24hour" if span == "user-day" else "x-app-limit-24hour"
    assert told(refused, family) == ("2", "0")
    # What is refused is not counted elsewhere.
    assert told(refused, "x-rate-limit") == ("100", "98")
    other = browse("marcdemo").post("/2/tweets", {"text": "four"})
    assert (other.status_code == 429) == (span == "app-day")
    x.clock.advance(16 * 60)
    assert browse("mitchelladmin").post("/2/tweets", {"text": "5"}).status_code == 429
    x.clock.advance(DAY)
    assert browse("mitchelladmin").post("/2/tweets", {"text": "6"}).status_code == 201


def test_it_can_be_set_where_x_has_none_and_by_control(me, browse, x):
    limit = {"endpoint": "GET /2/users/me", "limit": 1, "span": "user-day"}
    assert browse().post("/_control/limits", limit).status_code == 200
    assert told(me.get("/2/users/me"), "x-user-limit-24hour") == ("1", "0")
    assert me.get("/2/users/me").status_code == 429
    wrong = browse().post("/_control/limits", {**limit, "span": "week"})
    assert wrong.status_code == 400
    x.reset()
    x.limits.set(POST, 5, span="app-day")
    x.faults.add(POST, kind="no_headers")
    answer = browse("mitchelladmin").post("/2/tweets", {"text": "bare"})
    assert answer.status_code == 201
    assert [n for n in answer.headers if "limit" in n.lower()] == []
