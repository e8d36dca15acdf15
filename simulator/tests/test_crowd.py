"""Any number of people at once, and an answer about many in good time."""

import time

import pytest

FIELDS = (
    "created_at,description,entities,location,name,profile_image_url,protected,"
    "public_metrics,url,username,verified_type,withheld"
)


def test_they_are_found_by_id_and_by_username(me, x):
    crowd = x.people.crowd(100_000)
    wanted = ["crowd0", "CROWD99999", "crowd07", "crowd100000", "crowd"]
    found = me.get("/2/users/by", usernames=",".join(wanted), user__fields=FIELDS)
    assert [user["username"] for user in found.json()["data"]] == [
        "crowd0",
        "crowd99999",
    ]
    missing = [error["value"] for error in found.json()["errors"]]
    assert missing == ["crowd07", "crowd100000", "crowd"]
    last = found.json()["data"][1]
    assert last["id"] == crowd.id(99_999)
    assert last["public_metrics"]["followers_count"] == 99_999 * 7919 % 100_000
    by_id = me.get("/2/users", ids=last["id"], user__fields=FIELDS).json()["data"]
    assert by_id == [last]


def test_several_crowds(x):
    first, second = x.people.crowd(3), x.people.crowd(2, prefix="other")
    assert x.people.get(first.id(2)).username == "crowd2"
    assert x.people.get(second.id(1)).username == "other1"
    assert x.people.get(first.id(3)) is None
    assert x.people.find("other2") is None


@pytest.mark.parametrize("wrong", [(0, "crowd"), (10, "a b"), (10**9, "sevenle")])
def test_what_is_no_crowd(wrong, x):
    with pytest.raises(ValueError, match="usernames"):
        x.people.crowd(*wrong)


def test_one_of_them_may_do_as_others_do(x, browse, id_of):
    crowd = x.people.crowd(10)
    assert crowd.id(5) not in {person.id for person in x.people}
    x.people.rename("crowd5", "crowdless")
    assert x.people.find("crowd5") is None
    assert x.people.get(crowd.id(5)).username == "crowdless"
    x.plan = "enterprise"
    member = browse("crowd6")
    path = f"/2/users/{crowd.id(6)}/following"
    member.post(path, {"target_user_id": id_of("tinapinero")})
    followers = x.people.followers_of(x.people.named("tinapinero"))
    assert "crowd6" in {person.username for person in followers}
    x.people.delete("crowd7")
    assert x.people.find("crowd7") is None


def test_a_new_world_has_none(x):
    x.people.crowd(10)
    x.reset()
    assert x.people.find("crowd1") is None


def test_by_control(browse):
    steer = browse()
    told = steer.post("/_control/people", {"do": "crowd", "count": 50}).json()
    assert (told["prefix"], told["count"]) == ("crowd", 50)
    person = steer.post("/_control/people", {"do": "protect", "username": "crowd3"})
    assert person.status_code == 200
    assert (
        steer.post("/_control/people", {"do": "crowd", "count": 0}).status_code == 400
    )


def test_a_hundred_profiles_take_little_time(server, me, x):
    """Not more for the last of 3,000 than for the first: each is billed once."""
    x.people.crowd(3000)
    seconds = []
    for start in range(0, 3000, 100):
        names = ",".join(f"crowd{number}" for number in range(start, start + 100))
        begun = time.perf_counter()
        users = me.get("/2/users/by", usernames=names, user__fields=FIELDS)
        seconds.append(time.perf_counter() - begun)
        assert len(users.json()["data"]) == 100
    assert len(x.ledger) == 3000
    assert sorted(seconds)[15] < 0.03
