import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_api import Segment
from x_api.segments import segments_of, unescape


def link(url, start=0, end=0, **more):
    return {"start": start, "end": end, "url": url, **more}


def test_each_kind_is_cut_out():
    text = "Hi @odoo, #CRM for $ACME: https://t.co/a1 https://t.co/p1"
    entities = {
        "mentions": [{"start": 3, "end": 8, "username": "odoo", "id": "1"}],
        "hashtags": [{"start": 10, "end": 14, "tag": "CRM"}],
        "cashtags": [{"start": 19, "end": 24, "tag": "ACME"}],
        "urls": [
            link("https://t.co/a1", 26, 41, display_url="odoo.com/crm"),
            link("https://t.co/p1", 42, 57, display_url="pic.x.com/p1"),
        ],
    }
    assert segments_of(text, entities) == (
        Segment("text", "Hi "),
        Segment("mention", "@odoo", "/odoo"),
        Segment("text", ", "),
        Segment("hashtag", "#CRM", "/search?q=%23CRM"),
        Segment("text", " for "),
        Segment("cashtag", "$ACME", "/search?q=%24ACME"),
        Segment("text", ": "),
        Segment("link", "odoo.com/crm", "https://t.co/a1"),
        Segment("text", " "),
        Segment("link", "pic.x.com/p1", "https://t.co/p1"),
    )


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (None, None), (-5, -1), (900, 905), (5, 2), ("4", [])]
)
def test_token_is_found_whatever_the_offsets_say(start, end):
    mention = {"start": start, "end": end, "username": "odoo"}
    assert segments_of("ask @Odoo now", {"mentions": [mention]}) == (
        Segment("text", "ask "),
        Segment("mention", "@Odoo", "/odoo"),
        Segment("text", " now"),
    )


def test_offsets_in_utf16_units_do_no_harm():
    text = "\U0001f600\U0001f600 #a"
    assert segments_of(text, {"hashtags": [{"start": 5, "end": 7, "tag": "a"}]})[
        1:
    ] == (Segment("hashtag", "#a", "/search?q=%23a"),)


def test_a_token_is_not_found_inside_a_longer_one():
    text = "@odoo_fr @odoo me@odoo"
    found = segments_of(text, {"mentions": [{"username": "odoo"}]})
    assert found == (
        Segment("text", "@odoo_fr "),
        Segment("mention", "@odoo", "/odoo"),
        Segment("text", " me@odoo"),
    )


def test_the_same_token_twice_is_linked_twice():
    tags = [{"start": 0, "end": 2, "tag": "a"}, {"start": 3, "end": 5, "tag": "a"}]
    kinds = [s.kind for s in segments_of("#a #a", {"hashtags": tags})]
    assert kinds == ["hashtag", "text", "hashtag"]


def test_offsets_serve_where_the_token_is_missing():
    assert segments_of("hi @odoo", {"mentions": [{"start": 3, "end": 8}]})[1] == (
        Segment("mention", "@odoo", "/odoo")
    )


def test_offsets_alone_link_nothing_of_another_shape():
    entities = {
        "mentions": [{"start": 0, "end": 2, "username": "odoo"}],
        "urls": [link("https://t.co/gone", 0, 8)],
        "hashtags": [{"start": 0, "end": 5}],
    }
    assert segments_of("hi there", entities) == (Segment("text", "hi there"),)


def test_overlapping_entities_lose_nothing():
    entities = {
        "urls": [link("https://t.co/a#b", 0, 16, display_url="a")],
        "hashtags": [{"start": 14, "end": 16, "tag": "b"}],
    }
    assert segments_of("https://t.co/a#b", entities) == (
        Segment("link", "a", "https://t.co/a#b"),
    )


def test_escapes_are_undone_once_and_only_those_of_x():
    assert unescape("&amp;lt; &lt;b&gt; &copy; &amp;amp;") == "&lt; <b> &copy; &amp;"


def test_escapes_are_undone_in_addresses_too():
    address = link("https://t.co/a?b&amp;c", display_url="x.com/?a&amp;b")
    assert segments_of("https://t.co/a?b&amp;c", {"urls": [address]}) == (
        Segment("link", "x.com/?a&b", "https://t.co/a?b&c"),
    )


def test_offsets_count_in_the_escaped_text():
    text = "R&amp;D &lt;3 #a&amp;b"
    assert segments_of(text, {"hashtags": [{"start": 14, "end": 16}]}) == (
        Segment("text", "R&D <3 "),
        Segment("hashtag", "#a", "/search?q=%23a"),
        Segment("text", "&b"),
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://t.co/a", "data:text/html,x", "//evil.com"]
)
def test_only_https_becomes_a_link(url):
    entities = {"urls": [link(url, 0, len(url), display_url="bank.com")]}
    assert segments_of(url, entities) == (Segment("text", url),)


def test_a_mention_with_an_odd_name_stays_text():
    entities = {"mentions": [{"start": 0, "end": 3, "username": "/evil.com"}]}
    assert segments_of("@/evil.com", entities) == (Segment("text", "@/evil.com"),)


def test_hashtags_of_any_script_and_full_width():
    text = "\uff03\u65e5\u672c \u0645"
    assert segments_of(text, {"hashtags": [{"tag": "\u65e5\u672c"}]})[0] == Segment(
        "hashtag", "\uff03\u65e5\u672c", "/search?q=%23%E6%97%A5%E6%9C%AC"
    )


_tokens = st.sampled_from(
    ["@odoo", "#tag", "$ACME", "https://t.co/abc", "http://t.co/x", "&amp;", "&lt;"]
    + [" ", "\U0001f600", "e\u0301", "\u202e", "\n", "@", "#", "&", "javascript:x"]
)
_texts = st.lists(_tokens | st.text(max_size=3), max_size=12).map("".join)
_scalars = st.none() | st.integers(-50, 80) | st.text(max_size=4) | st.booleans()
_entity = st.fixed_dictionaries(
    {},
    optional={
        "start": _scalars,
        "end": _scalars,
        "username": st.sampled_from(["odoo", "", "a/b"]) | _scalars,
        "tag": st.sampled_from(["tag", "ACME", ""]) | _scalars,
        "url": st.sampled_from(["https://t.co/abc", "http://t.co/x", "@", " "])
        | _scalars,
        "display_url": st.sampled_from(["odoo.com", ""]) | _scalars,
    },
)
_lists = st.lists(_entity | _scalars, max_size=4) | _scalars
_entities = st.dictionaries(
    st.sampled_from(["urls", "mentions", "hashtags", "cashtags", "annotations"]), _lists
)


@given(_texts, _entities)
def test_any_entities_lose_nothing_and_link_safely(text, entities):
    segments = segments_of(text, entities)
    shown = [s.href if s.kind == "link" else s.text for s in segments]
    assert "".join(shown) == unescape(text)
    for segment in segments:
        assert segment.text
        if segment.kind == "text":
            assert segment.href == ""
        elif segment.kind == "link":
            assert segment.href.startswith("https://")
        else:
            assert re.match(r"/[A-Za-z0-9_]+(\?q=%2[34]|$)", segment.href)
