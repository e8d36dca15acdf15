import json
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_api import Page, Post, Problem, Profile, Segment, XUnavailable
from x_api.parsing import post_page, profile_page

USER = {
    "id": "2244994945",
    "username": "jdunagan",
    "name": "Jacques &amp; Co \U0001f680",
    "description": "Chef @leclub &lt;3 https://t.co/s",
    "location": "Paris",
    "url": "https://t.co/u",
    "created_at": "2013-12-14T04:35:55.000Z",
    "protected": True,
    "verified_type": "business",
    "profile_image_url": "https://pbs.twimg.com/profile_images/1/a_normal_normal.jpg",
    "entities": {
        "url": {
            "urls": [
                {
                    "start": 0,
                    "end": 14,
                    "url": "https://t.co/u",
                    "expanded_url": "https://leclub.example",
                    "display_url": "leclub.example",
                }
            ]
        },
        "description": {
            "mentions": [{"start": 5, "end": 12, "username": "leclub"}],
            "urls": [{"start": 19, "end": 33, "url": "https://t.co/s"}],
        },
    },
    "public_metrics": {"followers_count": 7, "following_count": 5, "tweet_count": 9},
    "most_recent_tweet_id": "1",
    "brand_new_key": {"a": 1},
}
MEDIA = {
    "media_key": "3_1",
    "type": "video",
    "preview_image_url": "https://pbs.twimg.com/media/a.jpg",
    "alt_text": "R&amp;D",
    "width": 4,
    "height": 3,
}
POST = {
    "id": "1800000000000000002",
    "text": "RT @jdunagan: cut off\u2026",
    "author_id": "12",
    "created_at": "2026-07-24T21:23:23.000Z",
    "conversation_id": "1800000000000000000",
    "edit_history_tweet_ids": ["1800000000000000001", "1800000000000000002"],
    "in_reply_to_user_id": "44",
    "note_tweet": {
        "text": "long &amp; whole #x",
        "entities": {"hashtags": [{"start": 17, "end": 19, "tag": "x"}]},
    },
    "referenced_tweets": [
        {"type": "replied_to", "id": "11"},
        {"type": "quoted", "id": "22"},
        {"type": "retweeted", "id": "33"},
    ],
    "public_metrics": {
        "retweet_count": 1,
        "reply_count": 2,
        "like_count": 3,
        "quote_count": 4,
    },
    "lang": "en",
    "possibly_sensitive": True,
    "attachments": {"media_keys": ["3_1", "3_unknown"]},
}
REPOSTED = {"id": "33", "text": "whole", "author_id": "2244994945"}
LEGACY = {
    "data": [POST],
    "includes": {"users": [USER], "tweets": [REPOSTED], "media": [MEDIA]},
    "meta": {"result_count": 1, "next_token": "7140w"},
}
RENAMED = {
    "tweets": "posts",
    "tweet_count": "post_count",
    "retweet_count": "repost_count",
    "note_tweet": "note_post",
    "referenced_tweets": "referenced_posts",
    "edit_history_tweet_ids": "edit_history_post_ids",
    "most_recent_tweet_id": "most_recent_post_id",
}


def renamed(value):
    if isinstance(value, dict):
        return {RENAMED.get(k, k): renamed(v) for k, v in value.items()}
    return [renamed(v) for v in value] if isinstance(value, list) else value


def profile_of(**changes):
    return profile_page({"data": [{**USER, **changes}]}, None).items[0]


def post_of(**changes):
    return post_page({"data": [{"id": "1", **changes}]}, None).items[0]


def test_profile():
    assert profile_of() == Profile(
        id="2244994945",
        handle="jdunagan",
        name="Jacques & Co \U0001f680",
        description="Chef @leclub <3 https://t.co/s",
        location="Paris",
        url="https://leclub.example",
        display_url="leclub.example",
        created_at=datetime(2013, 12, 14, 4, 35, 55, tzinfo=timezone.utc),
        protected=True,
        verified_type="business",
        followers=7,
        following=5,
        posts=9,
        image_url="https://pbs.twimg.com/profile_images/1/a_normal_normal.jpg",
        description_segments=(
            Segment("text", "Chef "),
            Segment("mention", "@leclub", "/leclub"),
            Segment("text", " <3 "),
            Segment("link", "t.co/s", "https://t.co/s"),
        ),
    )


def test_post_of_the_legacy_vocabulary():
    page = post_page(LEGACY, None)
    (post,) = page.items
    assert (page.next_token, page.authors) == ("7140w", (profile_of(),))
    assert (post.text, post.segments[-1].kind) == ("long & whole #x", "hashtag")
    assert (post.reply_to_id, post.quoted_id, post.repost_of_id) == ("11", "22", "33")
    assert (post.reposts, post.replies, post.likes, post.quotes) == (1, 2, 3, 4)
    assert (post.author_id, post.conversation_id) == ("12", "1800000000000000000")
    assert (post.lang, post.possibly_sensitive, post.edited) == ("en", True, True)
    assert post.versions == ("1800000000000000001", "1800000000000000002")
    assert post.reply_to_user_id == "44"
    assert post.reposted.text == "whole"
    assert post.reposted_author.handle == "jdunagan"
    assert [(m.type, m.url[-5:], m.alt, m.width, m.height) for m in post.media] == [
        ("video", "a.jpg", "R&D", 4, 3)
    ]


@pytest.mark.parametrize(
    ("told", "versions"),
    [
        (["9", "10", POST["id"]], ("9", "10", POST["id"])),
        ([POST["id"], "10", "9"], ("9", "10", POST["id"])),
        ([POST["id"]], (POST["id"],)),
        (["9"], ("9", POST["id"])),
        ([9, "x", None, {}], ("9", POST["id"])),
        (["x"], ()),
        ([], ()),
        ("9", ()),
        (None, ()),
    ],
)
def test_versions_are_ids_with_the_oldest_first(told, versions):
    post = post_of(id=POST["id"], edit_history_tweet_ids=told)
    assert post.versions == versions


def test_both_vocabularies_read_the_same():
    assert "post_count" in json.dumps(renamed(LEGACY))
    assert post_page(renamed(LEGACY), None) == post_page(LEGACY, None)
    users = {"data": [USER]}
    assert profile_page(renamed(users), None) == profile_page(users, None)


def test_author_that_was_not_asked_for_is_unknown_not_an_error():
    assert post_of(text="hi").author_id == ""


@pytest.mark.parametrize("value", [None, 1, 1.5, True, "x", [], ["x"], {}, {"a": 1}])
@pytest.mark.parametrize("key", sorted({*USER, *POST} - {"id", "username"}))
def test_a_value_of_the_wrong_type_counts_as_absent(key, value):
    assert isinstance(profile_of(**{key: value}), Profile)
    assert isinstance(post_of(**{key: value}), Post)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": "x"},
        {"data": {"id": "1"}},
        {"data": ["x"]},
        {"data": [{"id": "1"}]},
        {"data": [{"username": "a"}]},
        {"data": [{"id": "1 OR 1", "username": "a"}]},
        {"data": [{"id": True, "username": "a"}]},
    ],
)
def test_nonsense_is_named_as_such(body):
    with pytest.raises(XUnavailable):
        profile_page(body, None)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted({*USER, *POST, *LEGACY})), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted({*LEGACY, "errors"})), _json))
def test_no_answer_raises_anything_but_an_error_of_ours(body):
    for read in (profile_page, post_page):
        try:
            assert isinstance(read(body, None), Page)
        except XUnavailable:
            continue


def test_empty_list_has_no_data_key():
    page = post_page({"meta": {"result_count": 0}}, None)
    assert (page.items, page.next_token, page.problems) == ((), None, ())


def test_ids_are_strings():
    assert post_of(id=1800000000000000002).id == "1800000000000000002"


def test_text_can_be_stored_in_a_database():
    post = post_of(text="a\0b\ud800c")
    assert post.text == "abc"
    assert "".join(s.text for s in post.segments) == "abc"


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "2026-13-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "2026"],
)
def test_a_time_that_is_none(written):
    assert post_of(created_at=written).created_at is None


@pytest.mark.parametrize(
    "written",
    ["2026-07-24T21:23:23.000Z", "2026-07-24T21:23:23Z", "2026-07-24T23:23:23.1+02:00"],
)
def test_times_are_in_utc(written):
    expected = datetime(2026, 7, 24, 21, 23, 23, tzinfo=timezone.utc)
    assert post_of(created_at=written).created_at == expected


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.com", "x y", ""])
def test_addresses_are_web_addresses(address):
    link = {"expanded_url": address, "display_url": "d"}
    profile = profile_of(entities={"url": {"urls": [link]}}, profile_image_url=address)
    assert (profile.url, profile.image_url) == ("", "")


def test_verified_none_is_empty():
    assert profile_of(verified_type="none").verified_type == ""


@pytest.mark.parametrize(
    ("size", "end"),
    [
        ("normal", "a_normal_normal.jpg"),
        ("bigger", "a_normal_bigger.jpg"),
        ("400x400", "a_normal_400x400.jpg"),
        ("original", "a_normal.jpg"),
    ],
)
def test_picture_sizes_replace_the_last_suffix(size, end):
    assert profile_of().image_url_of(size).endswith(f"/{end}")


def test_the_default_picture_has_one_size():
    url = (
        "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"
    )
    profile = profile_of(profile_image_url=url)
    assert profile.image_url_of("original") == url


def test_values_survive_json():
    post = post_page(LEGACY, None).items[0]
    assert Post.from_dict(json.loads(json.dumps(post.to_dict()))) == post
    profile = profile_of()
    assert Profile.from_dict(json.loads(json.dumps(profile.to_dict()))) == profile


def test_an_older_cache_is_read():
    data = {"id": "1", "handle": "a", "dropped_field": 1}
    assert Profile.from_dict(data) == Profile(id="1", handle="a")
    assert Post.from_dict({"id": "1", "text": "t"}) == Post(id="1", text="t")


@pytest.mark.parametrize("data", [None, [], "x", {}, {"handle": "a"}])
def test_data_of_something_else_is_refused(data):
    with pytest.raises(ValueError, match="Profile"):
        Profile.from_dict(data)


GONE = ".../resource-not-found"
PROBLEMS = [
    ("User has been suspended: [x].", "Forbidden", GONE, "suspended"),
    ("Could not find user with usernames: [x].", "Not Found Error", GONE, "gone"),
    ("Could not find tweet with ids: [1].", "Not Found Error", GONE, "gone"),
    (
        "Sorry, you are not authorized to see the user with id: [1].",
        "Authorization Error",
        "https://api.twitter.com/2/problems/not-authorized-for-resource",
        "protected",
    ),
    (
        "field",
        "Field",
        "https://api.x.com/2/problems/not-authorized-for-field",
        "unknown",
    ),
    ("", "", "about:blank", "unknown"),
]


@pytest.mark.parametrize(("detail", "title", "kind", "state"), PROBLEMS)
def test_problems_tell_what_became_of_it(detail, title, kind, state):
    error = {"detail": detail, "title": title, "type": kind, "value": "x"}
    body = {"errors": [error, "nonsense"]}
    (problem,) = profile_page(body, None).problems
    assert (problem.state, problem.value, problem.detail) == (state, "x", detail)
    assert problem.kind == kind.rsplit("/", 1)[-1]
    assert isinstance(problem, Problem)


def test_what_is_for_one_account_is_not_kept():
    profile = Profile(
        id="1", handle="a", subscription="premium", connection=frozenset({"following"})
    )
    kept = profile.to_dict()
    assert not {"connection", "subscription"} & set(kept)
    assert json.loads(json.dumps(kept)) == kept
    told = {**kept, "connection": ["blocking"], "subscription": "basic"}
    assert Profile.from_dict(told) == Profile(id="1", handle="a")


def first_profile(more):
    return profile_page({"data": [{**USER, **more}]}, None).items[0]


def first_post(more):
    return post_page({"data": [{**POST, **more}]}, None).items[0]


@pytest.mark.parametrize("read", [first_profile, first_post])
@pytest.mark.parametrize(
    ("told", "withheld"),
    [
        ({"country_codes": ["DE", "FR", "DE"], "scope": "user"}, ("DE", "FR")),
        ({"country_codes": ["XX"], "copyright": True}, ("XX",)),
        ({"country_codes": ["de", "DEU", 3, None, ""]}, ()),
        ({"country_codes": None}, ()),
        ({"country_codes": "DE"}, ()),
        ("DE", ()),
        ({}, ()),
        (None, ()),
    ],
)
def test_what_is_withheld(told, withheld, read):
    found = read({"withheld": told})
    assert found.withheld == withheld
    kept = json.loads(json.dumps(found.to_dict()))
    assert kept["withheld"] == list(withheld)
    assert type(found).from_dict(kept) == found
    del kept["withheld"]
    assert type(found).from_dict(kept).withheld == ()
