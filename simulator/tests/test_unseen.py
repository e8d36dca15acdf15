"""What X keeps from some: of who blocked one, and what a country withholds."""

import pytest

ERROR = "not-authorized-for-resource"


@pytest.mark.parametrize("what", ["tweets", "followers", "following", "mentions"])
def test_who_is_blocked_sees_the_profile_alone(what, me, browse, x, id_of):
    author = id_of("jacquesdunagan")
    x.people.block("jacquesdunagan", "mitchelladmin")
    answer = me.get(f"/2/users/{author}/{what}")
    assert answer.status_code == 200
    assert "data" not in answer.json()
    (error,) = answer.json()["errors"]
    assert error["type"].endswith(ERROR)
    assert error["detail"] == (
        f"Sorry, you are not authorized to see the user with id: [{author}]."
    )
    shown = me.get(f"/2/users/{author}", user__fields="description,public_metrics")
    assert shown.json()["data"]["username"].lower() == "jacquesdunagan"
    assert "errors" not in shown.json()
    # A colleague sees it all, and so does the blocked one afterwards.
    assert "errors" not in browse("marcdemo").get(f"/2/users/{author}/{what}").json()
    x.people.unblock("jacquesdunagan", "mitchelladmin")
    assert "errors" not in me.get(f"/2/users/{author}/{what}").json()


def test_single_posts_of_who_has_blocked(me, x):
    post = x.posts_by("jacquesdunagan")[0]
    x.people.block("jacquesdunagan", "mitchelladmin")
    (error,) = me.get("/2/tweets", ids=post.id).json()["errors"]
    assert error["type"].endswith(ERROR)


def test_nothing_is_withheld_at_first(me, x, id_of):
    asked = {"user__fields": "withheld"}
    person = me.get(f"/2/users/{id_of('tinapinero')}", **asked).json()["data"]
    assert "withheld" not in person


@pytest.mark.parametrize(
    ("fields", "word"), [("tweet__fields", "tweet"), ("post__fields", "post")]
)
def test_a_post_is_withheld(fields, word, me, x):
    post = x.posts.add("tinapinero", "Not for everybody")
    x.posts.withhold(post.id, "DE", "FR", claimed=True)
    shown = me.get("/2/tweets", ids=post.id, **{fields: "withheld"}).json()["data"][0]
    assert shown["withheld"] == {
        "copyright": True,
        "country_codes": ["DE", "FR"],
        "scope": word,
    }
    assert "withheld" not in me.get("/2/tweets", ids=post.id).json()["data"][0]


def test_a_person_is_withheld_with_what_they_post(me, browse, x, id_of):
    steer = browse()
    person = {"do": "withhold", "username": "tinapinero", "countries": ["DE"]}
    assert steer.post("/_control/people", person).status_code == 200
    shown = me.get(f"/2/users/{id_of('tinapinero')}", user__fields="withheld").json()
    assert shown["data"]["withheld"] == {"country_codes": ["DE"], "scope": "user"}
    post = x.posts.add("tinapinero", "Nor this")
    shown = me.get("/2/tweets", ids=post.id, tweet__fields="withheld").json()["data"]
    assert shown[0]["withheld"]["scope"] == "user"
    steer.post(
        "/_control/posts", {"do": "withhold", "id": post.id, "countries": ["AT"]}
    )
    shown = me.get("/2/tweets", ids=post.id, tweet__fields="withheld").json()["data"]
    assert shown[0]["withheld"]["country_codes"] == ["AT", "DE"]


@pytest.mark.parametrize(
    ("says", "status", "words"),
    [
        (None, 402, "does not have any credits"),
        ("credits", 402, "does not have any credits"),
        ("credits-depleted", 402, "credits depleted"),
        ("spending-limit", 403, "spending limit"),
    ],
)
def test_credits_are_gone_in_each_of_x_s_ways(says, status, words, me, browse, x):
    values = {"credits": 0, **({"says": says} if says else {})}
    assert browse().post("/_control/credits", values).status_code == 200
    answer = me.get("/2/users/me")
    assert (answer.status_code, words in answer.json()["detail"]) == (status, True)
    x.reset()
    assert browse("mitchelladmin").get("/2/users/me").status_code == 200


def test_x_has_no_other_way_to_say_so(browse):
    wrong = {"credits": 0, "says": "please"}
    assert browse().post("/_control/credits", wrong).status_code == 400
