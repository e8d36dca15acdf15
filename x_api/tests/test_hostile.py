"""Names, bios, posts, entities, numbers and addresses of those who mean harm.

Whatever X passes on, what is read can be stored, shown and has an end: there is one
place for it, and nothing behind it has to be careful.
"""

import json
import time

import pytest
from conftest import reply
from hostile import (
    ADDRESSES,
    NUMBERS,
    ODD,
    TURNS,
    ZERO_WIDTH,
    assert_storable,
    nested,
)
from test_values import LEGACY, POST, USER, first_post, first_profile

from x_api import XClient, XUnavailable, parse_handle
from x_api.parsing import post_page, profile_page, read_problem
from x_api.refusals import read_refusal
from x_api.segments import segments_of

USER_KEYS = sorted({*USER, "subscription_type", "connection_status", "withheld"})
POST_KEYS = sorted({*POST, "entities", "withheld"})
ENTITY = {
    "start": 0,
    "end": 5,
    "username": "odoo",
    "tag": "odoo",
    "url": "https://t.co/a",
    "display_url": "odoo.com",
}
KINDS = ("mentions", "hashtags", "cashtags", "urls")


def read(page_of, body, record_property):
    """Whether what came is storable; nonsense may be refused as such."""
    record_property("attacks tried", 1)
    try:
        page = page_of(body, None)
    except XUnavailable:
        return
    assert_storable(page.items)
    assert_storable(page.authors)
    assert_storable(page.problems)
    assert_storable(page.next_token)


@pytest.mark.parametrize("key", USER_KEYS)
def test_of_a_person(key, record_property):
    for odd in ODD:
        read(profile_page, {"data": [{**USER, key: odd}]}, record_property)


@pytest.mark.parametrize("key", sorted(USER["public_metrics"]))
def test_counts_of_a_person(key, record_property):
    for odd in ODD:
        metrics = {**USER["public_metrics"], key: odd}
        user = {**USER, "public_metrics": metrics}
        read(profile_page, {"data": [user]}, record_property)


@pytest.mark.parametrize("key", POST_KEYS)
def test_of_a_post(key, record_property):
    for odd in ODD:
        read(post_page, {**LEGACY, "data": [{**POST, key: odd}]}, record_property)


@pytest.mark.parametrize("key", ["users", "tweets", "posts", "media"])
def test_what_comes_along(key, record_property):
    for odd in ODD:
        for includes in ({key: odd}, {key: [odd]}):
            body = {"data": [POST], "includes": includes}
            read(post_page, body, record_property)


@pytest.mark.parametrize("key", ["data", "errors", "meta", "includes"])
def test_of_an_answer(key, record_property):
    for odd in ODD:
        read(post_page, {**LEGACY, key: odd}, record_property)
        read(profile_page, {"data": [USER], key: odd}, record_property)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", sorted(ENTITY))
def test_of_an_entity(kind, key, record_property):
    # Who makes texts long is another matter, see below.
    for odd in (each for each in ODD if not isinstance(each, str) or len(each) < 9_999):
        record_property("attacks tried", 1)
        told = odd if isinstance(odd, str) else "javascript:alert(1)"
        text = f"@odoo #odoo $odoo https://t.co/a {told}"
        entity = {**ENTITY, key: odd}
        post = first_post({"note_tweet": {"text": text, "entities": {kind: [entity]}}})
        assert_storable(post)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("key", ["url", "profile_image_url"])
def test_an_address_is_one_or_none(key, address, record_property):
    record_property("attacks tried", 1)
    link = {"url": "https://t.co/u", "expanded_url": address, "display_url": "bank.com"}
    told = {"entities": {"url": {"urls": [link]}}, "profile_image_url": address}
    profile = first_profile(told)
    assert {"url": profile.url, "profile_image_url": profile.image_url}[key] == ""


@pytest.mark.parametrize("number", NUMBERS)
def test_a_count_fits_the_database(number, record_property):
    record_property("attacks tried", 1)
    likes = first_post({"public_metrics": {"like_count": number}}).likes
    is_whole = number.__class__ is int
    assert likes == (min(max(number, 0), 2**31 - 1) if is_whole else 0)


def test_a_name_turns_nothing_round_and_is_one_line():
    name = first_profile({"name": f"  Evil{TURNS}\u2028 \n\tCorp\r\n "}).name
    assert name == "Evil Corp"


@pytest.mark.parametrize("name", [ZERO_WIDTH, "\u200b", "\u3164" * 9, "\u0335", " \n"])
def test_a_name_without_anything_to_see_is_none(name):
    assert first_profile({"name": name}).name == ""


@pytest.mark.parametrize(
    "name",
    [
        "\uf8ff",
        "\u0645\u062d\u0645\u062f",
        "\U0001f468\u200d\U0001f469",
        "a\u200cb",
        "***",
    ],
)
def test_a_name_with_something_to_see_is_as_it_was(name):
    assert first_profile({"name": name}).name == name


def test_a_handle_is_as_x_gives_them(record_property):
    for handle in ("../evil", "a b", "<b>", "a" * 51, "\uff41", "a\n", "@a", ""):
        record_property("attacks tried", 1)
        with pytest.raises(XUnavailable):
            profile_page({"data": [{"id": "1", "username": handle}]}, None)


def test_a_thousand_are_the_most_there_are_in_an_answer():
    assert len(profile_page({"data": [USER] * 1_000}, None).items) == 1_000
    with pytest.raises(XUnavailable):
        profile_page({"data": [USER] * 1_001}, None)


def test_problems_and_refusals_have_an_end(record_property):
    for odd in ODD:
        record_property("attacks tried", 1)
        problem = dict.fromkeys(("type", "title", "detail", "value"), odd)
        assert_storable(read_problem(problem))
        refusal = read_refusal({**problem, "errors": [{**problem, "code": odd}]})
        assert_storable(refusal.reason)
        assert_storable(refusal.kind)


def test_a_bio_has_an_end_before_that_of_a_post():
    profile = first_profile({"description": "a" * 200_000})
    assert len(profile.description) == 50_000


def test_the_longest_text_is_whole():
    """X escapes after it has counted: each of 25,000 may come as five."""
    note = {"text": "&amp;" * 25_000}
    (segment,) = first_post({"note_tweet": note}).segments
    assert segment.text == "&" * 25_000


TEXT = 30_000
LABOURS = {
    "signs without names": (
        "@#$" * 2 * TEXT,
        lambda i: {"username": f"a{i}", "tag": "b"},
    ),
    "one tag often": ("#a " * 2 * TEXT, lambda i: {"tag": "a", "start": TEXT}),
    "one link often": ("https://t.co/a " * TEXT, lambda i: {"url": "https://t.co/a"}),
    "beginnings of links": (
        "https://t.co/" * TEXT,
        lambda i: {"url": "https://t.co/h"},
    ),
    "one letter": ("a" * 5 * TEXT, lambda i: {"username": "a" * 20, "tag": "a" * 999}),
}


@pytest.mark.parametrize("labour", LABOURS)
def test_a_text_made_to_be_slow_is_not(labour, record_property):
    record_property("attacks tried", 1)
    text, make = LABOURS[labour]
    entities = {kind: [make(i) for i in range(5_000)] for kind in KINDS}
    started = time.process_time()
    post = first_post({"note_tweet": {"text": text, "entities": entities}})
    assert_storable(post)
    # Several times as long as it takes; without bounds it is minutes.
    assert time.process_time() - started < 20


def test_text_that_is_cut_off_loses_nothing_before():
    segments = segments_of("a" * 10 + " #b", {"hashtags": [{"tag": "b"}] * 400})
    assert [segment.text for segment in segments] == ["a" * 10 + " ", "#b"]


DEEP = b'{"data":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
ANSWERS = {
    "deeply nested": DEEP,
    "deeply nested objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "a number without end": b'{"data": [{"id": ' + b"9" * 100_000 + b"}]}",
    "no UTF-8": b'{"data": [{"id": "1", "username": "\xff\xfe"}]}',
    "UTF-16": json.dumps({"data": 1}).encode("utf-16"),
    "more than is taken": b'{"data": "' + b"a" * 6_000_000 + b'"}',
    "nothing but nulls": b"\0" * 1_000,
    "not a number": b'{"data": NaN}',
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_is_none(name, server, record_property, pauses):
    record_property("attacks tried", 1)
    server.answer = lambda handler: reply(handler, ANSWERS[name])
    client = XClient("token", api_url=server.url)
    client._backoff = client._backoff.__class__(retries=0)
    with pytest.raises(XUnavailable):
        client.profiles_by_id(["1"])


def test_nested_as_deep_as_can_be_read(record_property):
    for depth in (10, 200, 900):
        read(post_page, {**LEGACY, "meta": nested(depth)}, record_property)
        read(post_page, {"data": [nested(depth)], "meta": {}}, record_property)


@pytest.mark.parametrize(
    "sign", ["a", "@", " ", "/", "\u200b", "%", "x.com/", "\uff20"]
)
def test_what_is_typed_has_an_end_too(sign, record_property):
    record_property("attacks tried", 1)
    started = time.process_time()
    assert parse_handle(sign * 10_000_000) is None
    assert time.process_time() - started < 1
