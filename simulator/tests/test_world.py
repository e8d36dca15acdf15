"""The world is believable, and has everything that is hard to show."""

import ast
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.text import contains_link, render, weighted_length

PACKAGE = Path(__file__).resolve().parents[1]


def search(me, query):
    answer = me.get("/2/users/search", query=query, max_results=10).json()
    return [person["username"] for person in answer.get("data", ())]


def test_jacques_and_his_namesakes(me):
    names = ["jacquesdunagan", "jdunagan_music", "jacques_dunagan"]
    assert search(me, "Jacques Dunagan") == names
    assert search(me, "dunagan paris") == ["jacquesdunagan"]
    assert search(me, "Le Club SARL") == ["jacquesdunagan"]


@pytest.mark.parametrize(
    ("query", "username"),
    [
        ("Bojing Hu", "bojinghu"),
        ("Jennine Jobbins", "jenninejobbins"),
        ("Napoleon Grabert", "napoleongrabert"),
        ("Layla Haddad", "layla_haddad"),
        ("Jurgen Gross", "juergen_gross"),
        ("Siobhan O'Neil", "oneil_desks"),
        ("Nhomar Hernandez", "nhomar"),
        ("henry campbell", "henrycampbell"),
    ],
)
def test_found_by_what_search_allows(me, query, username):
    assert search(me, query)[0] == username


def test_not_found(me):
    assert search(me, "John M Brown") == []  # suspended
    assert search(me, "Benjamin Flores") == []  # deleted
    assert search(me, "Ranganathan Xyzzy") == []


def test_an_old_long_username_is_found_by_search_alone(me):
    username = "theodora_wainwright"
    assert search(me, "Theodora Wainwright") == [username]
    answer = me.get("/2/users/by", usernames=username)
    assert answer.status_code == 400


def test_everything_hard_is_there(x):
    people, posts = list(x.people), list(x.posts)
    assert 30 <= len(people) <= 60
    assert {p.verified_type for p in people} == {
        "none",
        "blue",
        "business",
        "government",
    }
    assert {p.state for p in people} == {"active", "suspended", "deleted"}
    assert any(len(p.username) > 15 for p in people)
    assert any(p.protected for p in people) and any(p.former for p in people)
    assert {p.avatar for p in people} == {"identicon", "default"}
    assert {"ar", "ja", "zh", "ru", "de", "fr"} <= {p.lang for p in posts}
    counts = {p.username: len(x.posts.of(p)) for p in people}
    assert counts["brandonfreeman"] >= 30 and counts["nicoleford"] == 0
    kinds = {kind for p in posts for kind in x.posts.written(p).entities}
    assert kinds == {"urls", "mentions", "hashtags", "cashtags"}
    assert any(len(p.versions) > 1 for p in posts) and any(map(x.posts.is_long, posts))
    for needed in ("reply_to", "quote_of", "repost_of", "media"):
        assert any(getattr(p, needed) for p in posts), needed


def test_what_is_said_to_the_brand_is_of_every_kind(me, x, id_of):
    brand = id_of("ourcompany")
    fields = "author_id,created_at,note_tweet,referenced_tweets,attachments,entities"
    said = me.get(
        f"/2/users/{brand}/mentions",
        max_results=100,
        start_time=(x.clock.now() - timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        tweet__fields=f"{fields},lang,edit_history_tweet_ids",
    ).json()["data"]
    assert 30 <= len(said) <= 60
    kinds = Counter(
        "+".join(sorted(r["type"] for r in post.get("referenced_tweets", ())))
        for post in said
    )
    assert set(kinds) == {"", "quoted", "replied_to"} and min(kinds.values()) >= 3
    hidden = [p for p in said if "@ourcompany" not in p["text"]]
    assert {r["type"] for p in hidden for r in p["referenced_tweets"]} == {
        "quoted",
        "replied_to",
    }
    authors = Counter(post["author_id"] for post in said)
    assert authors[id_of("willmcencroe")] == 3
    names = ["carriehelle", "tinapinero", "azureinterior", "priya_s_ops", "kioskamsel"]
    assert {id_of(name) for name in (*names, "maximiliane_vb")} <= set(authors)
    assert {"ar", "zh", "de", "fr", "es"} <= {post["lang"] for post in said}
    assert any("note_tweet" in post for post in said)
    assert any("attachments" in post for post in said)
    assert any(len(post["edit_history_tweet_ids"]) > 1 for post in said)
    ages = sorted(x.clock.now() - x.posts.get(post["id"]).created_at for post in said)
    assert ages[0] < timedelta(minutes=6) and ages[-1] > timedelta(days=6)


def test_ids_are_the_same_after_every_start(x):
    before = {p.id: p.text for p in x.posts}, {p.id: p.username for p in x.people}
    x.posts.add(author="marcdemo", text="New")
    x.people.add(username="new_one", name="New")
    x.reset()
    after = {p.id: p.text for p in x.posts}, {p.id: p.username for p in x.people}
    assert before == after
    assert int(x.posts.add("marcdemo", "New").id) > max(map(int, before[0]))


def test_timeline_pages_survive_new_posts(me, x, id_of):
    path = f"/2/users/{id_of('brandonfreeman')}/tweets"
    first = me.get(path, max_results=10).json()
    x.posts.add(author="brandonfreeman", text="Breaking: another chair")
    token = first["meta"]["next_token"]
    second = me.get(path, max_results=10, pagination_token=token).json()
    seen = [post["id"] for page in (first, second) for post in page["data"]]
    assert len(set(seen)) == 20
    token = second["meta"]["previous_token"]
    back = me.get(path, max_results=10, pagination_token=token).json()
    assert back["data"] == first["data"]
    token = back["meta"]["previous_token"]
    newest = me.get(path, max_results=10, pagination_token=token).json()
    assert newest["data"][0]["text"] == "Breaking: another chair"


def test_empty_lists_have_no_data(me, id_of):
    answer = me.get(f"/2/users/{id_of('nicoleford')}/tweets").json()
    assert answer == {"meta": {"result_count": 0}}


def test_exclusions_and_bounds(me, x, id_of):
    path = f"/2/users/{id_of('jacquesdunagan')}/tweets"
    fields = {"max_results": 100, "tweet.fields": "referenced_tweets,created_at"}
    every = me.get(path, **fields).json()["data"]
    own = me.get(path, exclude="replies,retweets", **fields).json()["data"]
    kinds = {r["type"] for post in own for r in post.get("referenced_tweets", ())}
    assert len(own) == len(every) - 2 and kinds == {"quoted"}
    middle = every[3]
    newer = me.get(path, since_id=middle["id"], **fields).json()["data"]
    assert newer == every[:3]
    older = me.get(path, until_id=middle["id"], **fields).json()["data"]
    assert older == every[4:]
    start = middle["created_at"]
    assert me.get(path, start_time=start, **fields).json()["data"] == every[:4]


def test_long_posts_are_cut_and_kept_whole(me, x, id_of):
    post = next(filter(x.posts.is_long, x.posts.of(x.people.named("jacquesdunagan"))))
    shown = me.get(f"/2/tweets/{post.id}", tweet__fields="note_tweet,entities").json()
    text, note = shown["data"]["text"], shown["data"]["note_tweet"]
    assert len(text) < 300 and text.split("…")[1].startswith(" https://t.co/")
    assert "Détails : https://t.co/" in note["text"]
    assert [tag["tag"] for tag in note["entities"]["hashtags"]] == ["bureaux", "Paris"]


def test_texts_are_escaped_and_bios_are_not(me, x, id_of):
    ask = next(p for p in x.posts if "<vite>" in p.text)
    text = me.get(f"/2/tweets/{ask.id}").json()["data"]["text"]
    assert "20 chaises &amp; 5 tables &lt;vite&gt;" in text
    path = "/2/users/by/username/jdunagan_music2"
    shown = me.get(path, user__fields="description").json()["data"]
    assert shown["name"] == "Dunagan & Fils <Tournée>"
    assert shown["description"].endswith('"Zydeco" & plus <3')


def test_edited_posts(me, x):
    post = next(p for p in x.posts if len(p.versions) > 1 and p.newest_version)
    first, second = post.versions
    answer = me.get("/2/tweets", ids=f"{first},{second}").json()["data"]
    assert [p["edit_history_tweet_ids"] for p in answer] == [[first, second]] * 2
    assert answer[0]["text"] != answer[1]["text"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.sampled_from("ab @#$.:/<>&é漢🙂\n_7'\"com")))
def test_offsets_are_right_for_any_text(text):
    written = render(text, lambda name: "1" if len(name) < 3 else None)
    for kind, entities in written.entities.items():
        for entity in entities:
            token = written.text[entity["start"] : entity["end"]]
            if kind == "urls":
                assert token == entity["url"]
            else:
                value = entity.get("tag") or entity["username"]
                assert token[0] in "@#$" and token[1:] == value
    rest = written.text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert not set("<>&") & set(rest)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see odoo.com", True),
        ("https://x.com/a.", True),
        ("no link here. None", False),
        ("write to me@odoo.com", False),
        ("version 19.0.1", False),
    ],
)
def test_links_are_recognised(text, link):
    assert contains_link(text) is link


def test_weighted_length():
    assert weighted_length("abc é") == 5
    assert weighted_length("漢字") == 4
    assert weighted_length("a https://example.com/" + "x" * 100) == 2 + 23


def test_package_stands_alone():
    """Werkzeug, the standard library, and relative imports; nothing else."""
    allowed = sys.stdlib_module_names | {"werkzeug"}
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level <= 1, path
                names = [node.module] if node.level == 0 else []
            assert {name.split(".")[0] for name in names} <= allowed, path


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("👨‍👩‍👧", 2),
        ("👍🏽", 2),
        ("🇩🇪", 2),
        ("1️⃣", 2),
        ("☕️", 2),
        ("©", 1),
        ("e\u0301", 1),
    ]
    + [("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2)],
)
def test_an_emoji_weighs_two_and_letters_are_put_together(text, length):
    assert weighted_length(text) == length
