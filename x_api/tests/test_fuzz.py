"""Texts, entities and answers that nobody thought of: some for each day, and more in
``scripts/test --long``.

The examples of a day are the same each time, so that what fails can be looked at.
"""

import json
import os
import re
from urllib.parse import urlsplit

import pytest
from hostile import TEXTS, assert_links_safely, assert_storable
from hypothesis import given, settings
from hypothesis import strategies as st
from test_values import LEGACY, POST, USER

from x_api import Page, Post, Profile, XUnavailable, parse_handle, profile_url
from x_api.compliance import read_job
from x_api.handle import RESERVED
from x_api.parsing import post_page, profile_page, read_problem
from x_api.refusals import read_refusal
from x_api.segments import segments_of

IS_LONG = bool(os.environ.get("CRM_TWITTER_LONG"))
fuzz = settings(
    max_examples=3_000 if IS_LONG else 100,
    derandomize=not IS_LONG,
    deadline=None,
    database=None,
)


@pytest.fixture
def executed(record_property):
    """Counts what was really tried."""
    tried = []
    yield lambda: tried.append(1)
    record_property("fuzz executions", len(tried))


# ------------------------------------------------------------
# HANDLES
# ------------------------------------------------------------

_hosts = st.sampled_from(
    "x.com twitter.com mobile.x.com x.com.evil.example evilx.com X.COM x.com:443 "
    "x.com:8443 x.com. [x.com] x%2ecom".split()
)
_paths = st.sampled_from(["@odoo", "odoo", "#!/odoo", "intent/user?screen_name=odoo"])
_links = st.tuples(
    st.sampled_from(["", "http://", "https://", "//", "javascript:", "HTTPS://a@"]),
    _hosts,
    st.sampled_from(["/", "\\", "//", "/%2e%2e/", "?"]),
    _paths | st.text(max_size=20),
).map("".join)
_typed = st.text(max_size=40) | _links | st.sampled_from([t[:9_000] for t in TEXTS])


@fuzz
@given(typed=_typed)
def _fuzz_handles(executed, typed):
    executed()
    handle = parse_handle(typed)
    if handle is None:
        return
    assert re.fullmatch("[A-Za-z0-9_]{1,15}", handle)
    assert handle.lower() not in RESERVED
    assert parse_handle(handle) == handle
    assert parse_handle(f"@{handle}") == handle
    assert parse_handle(f"https://x.com/{handle}") == handle


def test_handles(executed):
    _fuzz_handles(executed)


@fuzz
@given(handle=st.text(max_size=40))
def _fuzz_addresses(executed, handle):
    executed()
    parts = urlsplit(profile_url("https://x.com", handle))
    assert (parts.scheme, parts.netloc) == ("https", "x.com")
    assert "/" not in parts.path[1:]
    assert not (parts.query or parts.fragment)


def test_addresses_of_profiles(executed):
    _fuzz_addresses(executed)


# ------------------------------------------------------------
# ENTITIES
# ------------------------------------------------------------

_bits = st.sampled_from(
    ["@odoo", "#tag", "$ACME", "https://t.co/abc", "http://t.co/x", "&amp;", "&lt;"]
    + [" ", "\U0001f600", "e\u0301", "\u202e", "\n", "@", "#", "&", "javascript:x"]
    + ["\uff20odoo", "\uff03tag", "<script>", "\"'", "\0", "\ud800", "https://"]
)
_texts = st.lists(_bits | st.text(max_size=4), max_size=16).map("".join)
_odd = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from([text[:2_000] for text in TEXTS])
)
_token = st.sampled_from(
    ["odoo", "tag", "ACME", "https://t.co/abc", "", "@", " ", "../x", "https://"]
)
_entity = st.fixed_dictionaries(
    {},
    optional={
        "start": st.integers(-3, 60) | _odd,
        "end": st.integers(-3, 60) | _odd,
        **{k: _token | _odd for k in ("username", "tag", "url", "display_url")},
    },
)
_entities = st.dictionaries(
    st.sampled_from(["urls", "mentions", "hashtags", "cashtags", "annotations"]),
    st.lists(_entity | _odd, max_size=5) | _odd,
)


@fuzz
@given(text=_texts, entities=_entities)
def _fuzz_entities(executed, text, entities):
    executed()
    told = {**POST, "note_tweet": {"text": text, "entities": entities}}
    post = post_page({"data": [told]}, None).items[0]
    assert_storable(post)
    shown = [s.href if s.kind == "link" else s.text for s in post.segments]
    assert "".join(shown) == post.text
    for segment in segments_of(text, entities):
        assert_links_safely(segment)


def test_entities(executed):
    _fuzz_entities(executed)


# ------------------------------------------------------------
# ANSWERS
# ------------------------------------------------------------

_keys = st.sampled_from(
    sorted({*USER, *POST, *LEGACY, "errors", "url", "urls", "type"})
)
_json = st.recursive(
    _odd,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner),
    max_leaves=15,
)


def _spoiled(known):
    """One of X's objects, some of whose values are something else."""
    return st.dictionaries(_keys, _json, max_size=4).map(lambda odd: {**known, **odd})


_bodies = st.fixed_dictionaries(
    {"data": st.lists(_spoiled(USER) | _spoiled(POST) | _json, max_size=3) | _json},
    optional={
        "includes": st.fixed_dictionaries(
            {},
            optional={
                "users": st.lists(_spoiled(USER) | _json, max_size=2) | _json,
                "tweets": st.lists(_spoiled(POST) | _json, max_size=2) | _json,
                "media": st.lists(_json, max_size=2) | _json,
            },
        ),
        "errors": st.lists(_json, max_size=2) | _json,
        "meta": _json,
    },
)


@fuzz
@given(body=_bodies)
def _fuzz_answers(executed, body):
    executed()
    for read in (profile_page, post_page):
        try:
            page = read(body, None)
        except XUnavailable:
            continue
        assert isinstance(page, Page)
        for part in (page.items, page.authors, page.problems, page.next_token):
            assert_storable(part)
        for item in page.items:
            kept = json.loads(json.dumps(item.to_dict()))
            again = type(item).from_dict(kept)
            assert again.to_dict() == item.to_dict()


def test_answers(executed):
    _fuzz_answers(executed)


@fuzz
@given(body=_json)
def _fuzz_refusals(executed, body):
    executed()
    refusal = read_refusal(body)
    assert_storable(refusal.reason)
    assert_storable(refusal.kind)
    assert_storable(read_problem(body if isinstance(body, dict) else {}))
    try:
        read_job(body)
    except XUnavailable:
        return


def test_refusals_and_jobs(executed):
    _fuzz_refusals(executed)


@fuzz
@given(data=_json | st.dictionaries(st.sampled_from(["id", "handle", "text"]), _odd))
def _fuzz_what_was_kept(executed, data):
    executed()
    for kind in (Profile, Post):
        try:
            assert isinstance(kind.from_dict(data), kind)
        except ValueError:
            continue


def test_what_was_kept(executed):
    _fuzz_what_was_kept(executed)
