"""That we count as X's own library does, case by case in one table for both."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from x_api import PRICES, price_of_post, weigh

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "static" / "tests" / "text_cases.js"


def cases():
    """The JSON between the outer brackets of the browser's table."""
    script = TABLE.read_text(encoding="utf-8")
    start = re.search(r"export const TEXT_CASES = ", script).end()
    return json.JSONDecoder().raw_decode(script[start:].rstrip().rstrip(";"))[0]


CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_we_count_as_the_browser_does(case):
    weight = weigh(case["text"])
    keys = ("length", "valid", "has_link", "cashtags")
    assert {key: getattr(weight, key) for key in keys} == {k: case[k] for k in keys}


def test_the_table_is_not_small():
    assert len(CASES) > 50
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert any(case["has_link"] for case in CASES)
    assert any(case["cashtags"] > 1 for case in CASES)


@pytest.mark.parametrize(
    ("text", "is_summoned_reply", "kind"),
    [
        ("hello", False, "post_create"),
        ("hello", True, "reply_summoned"),
        ("see odoo.com", False, "post_create_with_url"),
        ("see https://odoo.com/x", True, "post_create_with_url"),
        ("mail me: ann@odoo.com", False, "post_create"),
        ("", False, "post_create"),
    ],
)
def test_what_a_post_is_billed_as(text, is_summoned_reply, kind):
    assert price_of_post(text, is_summoned_reply=is_summoned_reply) == kind
    assert kind in PRICES


def test_a_long_text_is_counted_at_once():
    text = "😀 1. @ann odoo.com 日本 👨‍👩‍👧 #1️⃣\n" * 1000
    assert weigh(text).length == weigh(text[: len(text) // 1000]).length * 1000


def test_nothing_of_setuptools_is_needed():
    """Python 3.12 comes without it, and its newest has no pkg_resources."""
    script = (
        "import sys; sys.modules['pkg_resources'] = None;"
        "from x_api import weigh; assert weigh('👨‍👩‍👧').length == 2;"
        "assert 'twitter_text' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
