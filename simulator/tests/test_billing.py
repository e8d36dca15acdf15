"""What calls cost: once per UTC day, and nothing when they fail."""

from datetime import timedelta
from decimal import Decimal


def test_search_costs_per_person(me, x):
    me.get("/2/users/search", query="Jacques Dunagan", max_results=10)
    assert [(c.kind, c.usd) for c in x.ledger] == [("user", Decimal("0.010"))] * 3
    assert x.spent() == Decimal("0.030")
    assert {c.user_id for c in x.ledger} == {x.people.named("mitchelladmin").id}


def test_once_per_utc_day(me, browse, x):
    me.get("/2/users/by", usernames="jacquesdunagan")
    me.get("/2/users/by", usernames="JacquesDunagan,tinapinero")
    browse("marcdemo").get("/2/users/by", usernames="jacquesdunagan")
    assert x.spent() == Decimal("0.020")
    now = x.clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(1)
    x.clock.advance((midnight - now).total_seconds() - 1)
    later = browse("mitchelladmin")
    later.get("/2/users/by", usernames="jacquesdunagan")
    assert x.spent() == Decimal("0.020")
    x.clock.advance(2)
    later.get("/2/users/by", usernames="jacquesdunagan")
    assert x.spent() == Decimal("0.030")
    assert len({c.day for c in x.ledger}) == 2


def test_posts_and_their_includes(me, x, id_of):
    path = f"/2/users/{id_of('jacquesdunagan')}/tweets"
    me.get(path, max_results=5, tweet__fields="author_id,referenced_tweets")
    assert x.spent() == Decimal("0.025")
    me.get(path, max_results=5, expansions="author_id,referenced_tweets.id")
    kinds = [c.kind for c in x.ledger]
    # The author and the two posts referred to, and no post a second time.
    assert kinds.count("user") == 1
    assert kinds.count("post") == len({c.resource_id for c in x.ledger}) - 1 > 5


def test_followers_have_their_own_price(me, x, id_of):
    me.get(f"/2/users/{id_of('jacquesdunagan')}/followers", max_results=2)
    assert [(c.kind, c.usd) for c in x.ledger] == [("following", Decimal("0.010"))] * 2


def test_owner_of_the_app_pays_a_fifth(browse, me, x, id_of):
    path = f"/2/users/{id_of('ourcompany')}/mentions"
    browse("ourcompany").get(path, max_results=5)
    assert x.spent() == Decimal("0.005")
    x.billing.reset()
    me.get(path, max_results=5)
    assert x.spent() == Decimal("0.025")


def test_missing_and_refused_cost_nothing(me, x):
    me.get("/2/users/by", usernames="nobodyatall,johnmbrown")
    me.get("/2/users/search", query="Jürgen")
    me.get("/2/tweets/1")
    me.post("/2/tweets", {"text": ""})
    assert x.ledger == []


def test_price_of_writing(me, x, id_of):
    mine, post = id_of("mitchelladmin"), next(iter(x.posts))
    plain = me.post("/2/tweets", {"text": "Plain"}).json()["data"]["id"]
    me.post("/2/tweets", {"text": "See odoo.com for more"})
    me.post("/2/tweets", {"text": "Next", "reply": {"in_reply_to_tweet_id": plain}})
    me.post(f"/2/users/{mine}/retweets", {"tweet_id": post.id})
    me.delete(f"/2/users/{mine}/retweets/{post.id}")
    me.delete(f"/2/tweets/{plain}")
    prices = ["0.015", "0.200", "0.015", "0.015", "0.010", "0.005"]
    assert [c.usd for c in x.ledger] == [Decimal(price) for price in prices]


def test_summoned_reply_is_cheaper(browse, x):
    post = next(p for p in x.posts if "pricing for 25 desks" in p.text)
    body = {"text": "Today!", "reply": {"in_reply_to_tweet_id": post.id}}
    response = browse("ourcompany").post("/2/tweets", body)
    assert response.json()["data"]["text"] == "@johnmiller_ny Today!"
    assert x.spent() == Decimal("0.010")


def test_credits_end(me, x):
    before = x.credits
    me.get("/2/users/me")
    assert x.credits == before - Decimal("0.010")
    x.credits = Decimal(0)
    response = me.get("/2/users/me")
    assert response.status_code == 402
    assert response.json()["title"] == "CreditsDepleted"
    assert response.json()["type"].endswith("/problems/credits")
    assert x.app.account_id in response.json()["detail"]
    x.plan = "enterprise"
    assert me.get("/2/users/me").status_code == 200


def test_what_fails_after_it_was_read_is_not_charged(me, x):
    before = x.credits
    x.faults.add("GET /2/users/me", status=503, after=True)
    assert me.get("/2/users/me").status_code == 503
    assert (x.spent(), x.credits) == (0, before)
    assert me.get("/2/users/me").status_code == 200
    assert x.spent() == Decimal("0.010")
