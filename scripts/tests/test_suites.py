"""Suites that share a folder share its tests out among them."""

from fnmatch import filter as matching

from environment import cache
from testing.selection import lanes_of
from testing.suites import SUITES


def test_each_test_file_is_of_exactly_one_suite():
    for folder in {suite.folder for suite in SUITES}:
        sharing = [suite for suite in SUITES if suite.folder == folder]
        files = sorted((cache.CLONE / folder).rglob("test_*.py"))
        assert files
        for path in files:
            owners = [suite.name for suite in sharing if suite.has(path.name)]
            assert len(owners) == 1, f"{path.name}: {owners}"


def test_what_a_suite_names_exists():
    for suite in SUITES:
        names = [path.name for path in (cache.CLONE / suite.folder).rglob("test_*.py")]
        for pattern in (*suite.only, *suite.without):
            assert matching(names, pattern), f"{suite.name}: {pattern}"


def test_each_suite_is_in_one_lane():
    lanes = lanes_of(SUITES)
    assert len(lanes) > 1
    assert sorted(suite.name for lane in lanes for suite in lane) == sorted(
        suite.name for suite in SUITES
    )
    for lane in lanes:
        assert len({suite.lane for suite in lane}) == 1
    assert lanes_of([]) == [[]]
