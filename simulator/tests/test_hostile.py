"""Those who mean harm are as harmful as they are meant to be."""

import json

from simulator.hostile import NAMES, flood, invade
from simulator.people import USERNAME


def test_everybody_can_be_looked_up_and_found(me, x):
    said = invade(x)
    assert len(said) == len(NAMES) == len(set(map(str.lower, NAMES)))
    assert all(map(USERNAME.match, NAMES))
    fields = "name,description,public_metrics,profile_image_url,entities,created_at"
    query = {"usernames": ",".join(NAMES), "user__fields": fields}
    people = json.loads(me.get("/2/users/by", **query).content)["data"]
    assert [person["username"] for person in people] == list(NAMES)
    told = {person["username"]: person for person in people}
    assert "\0" in told["mallory_null"]["name"]
    assert "\ud800" in told["mallory_null"]["description"]
    assert told["mallory_counts"]["public_metrics"]["followers_count"] == -1
    assert "evil.example" in told["mallory_picture"]["profile_image_url"]
    answer = me.get("/2/users/search", query="Mallory", max_results=50)
    found = {person["username"] for person in answer.json()["data"]}
    assert found == set(NAMES)


def test_what_they_say_is_said_to_the_company(me, x):
    said = {post.id for post in invade(x)}
    company = x.people.named("ourcompany")
    query = {"expansions": "attachments.media_keys", "media__fields": "url"}
    answer = me.get(f"/2/users/{company.id}/mentions", max_results=100, **query).json()
    assert said <= {post["id"] for post in answer["data"]}
    addresses = {media.get("url", "") for media in answer["includes"]["media"]}
    assert any("evil.example" in address for address in addresses)


def test_they_are_gone_with_everything_else(me, x):
    invade(x)
    x.reset()
    assert x.told_instead == {}
    assert x.people.find("mallory_null") is None


def test_a_flood(me, x):
    flood(x)
    query = {"usernames": "mallory_flood", "user__fields": "description"}
    assert len(me.get("/2/users/by", **query).content) > 10_000_000
