"""What X might be made to say by people who mean harm, and what must come of it."""

import json
import re
from dataclasses import fields, is_dataclass
from datetime import datetime

from x_api import Segment

SCRIPT = "<script>alert(1)</script>"
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSTORED = "\0\x01\x08\x0b\x1b\x7f\x9f\ud800\udfff\ufdd0\ufffe\uffff"
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u115f\u3164\u2800"
TEXTS = [
    SCRIPT,
    "\"'><img src=x onerror=alert(1)>",
    "&lt;script&gt;&#x22;&amp;lt;",
    "{{7*7}} ${7*7} %s %(id)s {0} \\u003cb\\u003e",
    "'; DROP TABLE twitter_profile; --",
    '=HYPERLINK("https://evil.example")',
    f"a{UNSTORED}b",
    f"bank{TURNS}moc.live",
    ZERO_WIDTH,
    f"O{ZERO_WIDTH}doo",
    "Z" + "\u0335\u0353" * 2_000,
    "\n" * 5_000,
    "\r\n\t\u2028\u2029",
    "a" * 4_000_000,
    "\U0001f600" * 200_000,
    "@" * 100_000,
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
]
NUMBERS = [-1, -(2**63), 2**31, 2**63, 10**400, 1.5, float("inf"), float("nan"), True]
ADDRESSES = [
    "javascript:alert(1)//https://x.com",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    "\\\\evil.example",
    "https:",
    "https://",
    "https://a b",
    "https://evil.example\n",
    "https://evil.example\nhttps://x.com",
    "https://x.com/\u202e\u2066",
    "https://x.com/" + "a" * 5_000,
]


def nested(depth, leaf=None):
    for _level in range(depth):
        leaf = {"entities": [leaf]}
    return leaf


ODD = [*TEXTS, *NUMBERS, *ADDRESSES, None, [], {}, [[[]]], [{}], nested(500)]


def assert_storable(value):
    """Whether PostgreSQL and a browser can have it, and it has an end."""
    if is_dataclass(value):
        for each in fields(value):
            assert_storable(getattr(value, each.name))
        if isinstance(value, Segment):
            assert_links_safely(value)
        else:
            json.dumps(value.to_dict() if hasattr(value, "to_dict") else 0)
    elif isinstance(value, (tuple, frozenset)):
        assert len(value) <= 1_201
        for each in value:
            assert_storable(each)
    elif isinstance(value, str):
        assert len(value) <= 125_000
        assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", value)
        value.encode()
    elif isinstance(value, datetime):
        assert 2006 <= value.year < 2100
    elif not isinstance(value, bool):
        assert value is None or 0 <= value < 2**31


def assert_links_safely(segment):
    shapes = {
        "text": "",
        "link": r"https://\S+",
        "mention": r"/[A-Za-z0-9_]{1,20}",
        "hashtag": r"/search\?q=%23[^\s<>\"'&]+",
        "cashtag": r"/search\?q=%24[^\s<>\"'&]+",
    }
    assert re.fullmatch(shapes[segment.kind], segment.href, re.IGNORECASE)
