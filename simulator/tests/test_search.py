"""Search of posts, and what nobody is shown any longer."""

import pytest

from simulator.posts import Media


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("from:brandonfreeman", 6),
        ("from:brandonfreeman -has:images", 5),
        ("from:brandonfreeman has:media", 1),
        ("to:ourcompany", 8),
        ("is:quote from:azureinterior", 1),
        ("from:scranton_city is:reply", 1),
        ("from:carriehelle has:hashtags", 2),
        ("from:carriehelle has:mentions", 4),
        ("from:nobodyatall", 0),
        ("lang:ar", 5),
        ('"Customizable Desk"', 1),
        ("#infosec", 1),
        ("for followers only", 0),
    ],
)
def test_operators(me, query, count):
    answer = me.get("/2/tweets/search/recent", query=query, max_results=100).json()
    assert answer["meta"]["result_count"] == count
    assert len(answer.get("data", ())) == count


def test_conversations(browse, x):
    question = next(p for p in x.posts if "pricing for 25 desks" in p.text)
    body = {"text": "Soon", "reply": {"in_reply_to_tweet_id": question.id}}
    company = browse("ourcompany")
    company.post("/2/tweets", body)
    root = x.posts.root_of(question)
    assert root == question.reply_to
    query = f"conversation_id:{root} from:ourcompany"
    answer = company.get("/2/tweets/search/recent", query=query).json()
    assert answer["data"][0]["text"] == "@johnmiller_ny Soon"


def test_only_a_week(me, x):
    x.clock.advance(7 * 86_400)
    answer = me.get("/2/tweets/search/recent", query="chair").json()
    assert "data" not in answer


@pytest.mark.parametrize("deed", ["protect", "suspend", "delete"])
def test_reposts_go_with_what_they_repost(me, x, id_of, deed):
    path = f"/2/users/{id_of('stonage_it')}/tweets"
    assert me.get(path).json()["meta"]["result_count"] == 1
    getattr(x.people, deed)("carriehelle")
    assert me.get(path).json() == {"meta": {"result_count": 0}}


def test_quotes_stay_but_include_nothing_hidden(me, x, id_of):
    path = f"/2/users/{id_of('jacquesdunagan')}/tweets"
    query = {"expansions": "referenced_tweets.id", "max_results": 50}
    before = me.get(path, **query).json()["includes"]["tweets"]
    x.people.suspend("ourcompany")
    after = me.get(path, **query).json()
    assert len(after["includes"]["tweets"]) == len(before) - 1
    assert any("Très juste" in post["text"] for post in after["data"])


def test_posts_of_deleted_people_are_unknown(me, x):
    post = x.posts.add(author="tinapinero", text="Ciao", media=[Media("3_1")])
    x.people.delete("tinapinero")
    (error,) = me.get(f"/2/tweets/{post.id}").json()["errors"]
    assert error["detail"] == f"Could not find tweet with id: [{post.id}]."
    x.posts.delete(post.id)
    assert "errors" in me.get("/2/tweets", ids=post.id).json()
