"""docs/security.md promises nothing that no test shows."""

import re
from functools import cache

import pytest
from environment.cache import CLONE
from testing.existing_tests import existing_tests
from testing.results import COUNTED

DOCUMENT = (CLONE / "docs" / "security.md").read_text(encoding="utf-8")
#: path/test_file.py::test_name, in backticks
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)`", DOCUMENT)
#: A row of a table: cells between bars.
ROW = re.compile(r"^\|(?P<cells>.+)\|$", re.M)


@cache
def _tests_in(folder):
    return existing_tests(CLONE / folder, with_long=True)


def _rows():
    """The cells of each row that makes a promise, without headings and rules."""
    for table in re.findall(r"(?:^\|.+\|\n)+", DOCUMENT, re.M):
        heading, _rule, *rows = ROW.findall(table)
        if heading.split("|")[-1].strip() == "Test":
            yield from (row.strip().split(" | ") for row in rows)


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED)))
def test_each_test_it_names_exists(path, name):
    folder, _slash, file = path.rpartition("/")
    assert (file, name) in _tests_in(folder)


def test_each_promise_names_its_test():
    rows = list(_rows())
    assert len(rows) > 50
    assert [row[0] for row in rows if "::" not in row[-1]] == []


def test_it_quotes_what_was_counted():
    text = " ".join(DOCUMENT.split())
    for kind in COUNTED:
        assert re.search(rf"[\d,]+ {kind}", text), kind
