import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from x_api import parse_handle, profile_url
from x_api.handle import RESERVED

HANDLES = {
    "@odoo": "odoo",
    "odoo": "odoo",
    " @Odoo\t": "Odoo",
    "\uff20odoo": "odoo",
    "\ufe6bodoo": "odoo",
    "\uff20\uff4f\uff44\uff4f\uff4f": "odoo",
    "\u3000odoo\u00a0": "odoo",
    "\u200b@odoo\u200b\ufeff": "odoo",
    "\u2068@od\u200doo\u2069\u200f": "odoo",
    "_": "_",
    "123": "123",
    "a23456789012345": "a23456789012345",
    "https://x.com/odoo": "odoo",
    "http://x.com/odoo/": "odoo",
    "HTTPS://X.COM/Odoo": "Odoo",
    "x.com/odoo": "odoo",
    "//x.com/odoo": "odoo",
    "www.x.com/odoo": "odoo",
    "https://mobile.twitter.com/odoo": "odoo",
    "m.twitter.com/odoo?lang=fr": "odoo",
    "twitter.com/odoo#top": "odoo",
    "https://twitter.com/#!/odoo": "odoo",
    "https://x.com/@odoo": "odoo",
    "https://x.com/%40odoo": "odoo",
    "https://x.com:443/odoo": "odoo",
    "https://x.com./odoo": "odoo",
    "https://x.com/odoo/status/1800000000000000001?s=20&t=abc": "odoo",
    "https://x.com/odoo/with_replies": "odoo",
    "https://x.com/intent/user?screen_name=odoo": "odoo",
    "https://x.com/intent/follow?screen_name=odoo&user_id=1": "odoo",
    "https://twitter.com/intent/follow/?original=x&screen_name=@odoo": "odoo",
    "x.com//odoo": "odoo",
}
NO_HANDLES = [
    None,
    "",
    " ",
    "@",
    "@@odoo",
    "@ odoo",
    "o doo",
    "a234567890123456",
    "od-oo",
    "od.oo",
    "odöo",
    "\u043edoo",  # a Cyrillic o
    "odoo\x00",
    "odoo.com",
    "info@odoo.com",
    "https://odoo.com/odoo",
    "https://x.com",
    "x.com/",
    "https://x.com/i/user/123",
    "https://x.com/i/web/status/123",
    "https://x.com/intent/user?user_id=123",
    "https://x.com/intent/tweet?screen_name=odoo",
    "https://x.com/intent/user?screen_name=home",
    "https://x.com/search?q=odoo",
    "https://x.com/hashtag/odoo",
    "https://x.com/HOME",
    "@Home",
    "https://x.com.evil.com/odoo",
    "https://notx.com/odoo",
    "https://evil.com/x.com/odoo",
    "https://evil.com?x.com/odoo",
    "https://evil.com#x.com/odoo",
    "https://x.com@evil.com/odoo",
    "https://evil.com@x.com/odoo",
    "https://evil.com\\@x.com/odoo",
    "https://evil.com\uff20x.com/odoo",
    "https://x.com:8443/odoo",
    "https://x.com:odoo/odoo",
    "https://[x.com/odoo",
    "https://\u0445.com/odoo",  # a Cyrillic x
    "javascript:alert(1)//x.com/odoo",
    "mailto:odoo@x.com",
    12,
]


@pytest.mark.parametrize(("written", "handle"), HANDLES.items())
def test_handle_is_read(written, handle):
    assert parse_handle(written) == handle


@pytest.mark.parametrize("written", NO_HANDLES)
def test_anything_else_is_no_handle(written):
    assert parse_handle(written) is None


@pytest.mark.parametrize(
    "page",
    ["home", "search", "i", "intent", "hashtag", "settings", "explore", "notifications"]
    + ["messages", "login", "signup", "share", "about", "tos", "privacy", "jobs"]
    + ["compose"],
)
def test_pages_of_x_are_no_handles(page):
    assert page in RESERVED
    for written in (page, f"@{page.upper()}", f"x.com/{page}", f"x.com/{page}/odoo"):
        assert parse_handle(written) is None


def test_longer_names_that_contain_a_page_are_handles():
    assert parse_handle("homer") == "homer"
    assert parse_handle("x.com/i_am") == "i_am"


_pieces = st.sampled_from(
    ["@", "\uff20", "https://", "x.com", "twitter.com", "/", "status", "intent/user"]
    + ["?screen_name=", "#!/", "odoo", "HOME", ".", ":", "%40", "\u200b", "[", "]", " "]
)


@given(st.text() | st.lists(_pieces, max_size=8).map("".join))
@example("//[")
@example("http://x.com/\uff20a")
def test_normalising_is_safe_and_settles_at_once(written):
    handle = parse_handle(written)
    if handle is not None:
        assert re.fullmatch("[A-Za-z0-9_]{1,15}", handle)
        assert handle.lower() not in RESERVED
        assert parse_handle(handle) == handle
        assert parse_handle(profile_url("https://x.com", handle)) == handle


@given(st.from_regex("[A-Za-z0-9_]{1,15}", fullmatch=True))
def test_every_well_formed_name_is_read(name):
    expected = None if name.lower() in RESERVED else name
    assert parse_handle(name) == expected
    assert parse_handle(f"@{name}") == expected
    assert parse_handle(f"https://x.com/{name}/status/1") == expected


def test_profile_url():
    assert profile_url("http://127.0.0.1:8070/", "odoo") == "http://127.0.0.1:8070/odoo"


@pytest.mark.parametrize(
    ("handle", "path"),
    [
        ("an_account_of_2006__", "an_account_of_2006__"),
        ("../evil", "..%2Fevil"),
        ("..", ""),
        ("a?b#c", "a%3Fb%23c"),
        ("é", "%C3%A9"),
        ("", ""),
    ],
)
def test_the_address_of_whatever_x_calls_a_handle_stays_on_xs_site(handle, path):
    assert profile_url("https://x.com", handle) == f"https://x.com/{path}"
