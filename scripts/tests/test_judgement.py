"""How scripts/test comes to its verdict."""

import textwrap

import pytest
from testing import existing_tests, results

SOURCE = """
    import unittest
    import pytest
    from odoo.tests import tagged

    def test_one():
        pass

    @pytest.mark.long
    def test_long():
        pass

    class Mixin:
        def test_two(self):
            pass

        def helper(self):
            pass

    @tagged("-standard", "long")
    class TestLong(unittest.TestCase):
        def test_three(self):
            pass
"""
REPORT = """
    <testsuites><testsuite>
      <testcase classname="tests.test_it" name="test_one[a-b]"/>
      <testcase classname="tests.test_it" name="test_one[b]"><failure/></testcase>
      <testcase classname="tests.test_it.TestX" name="test_s"><skipped message="why"/>
      </testcase>
      <testcase classname="tests.test_it.TestX" name="test_e"><error/></testcase>
    </testsuite></testsuites>
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "test_it.py").write_text(textwrap.dedent(SOURCE))
    (tmp_path / "common.py").write_text("def test_not_here(): pass\n")
    return tmp_path


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.xml"
    path.write_text(REPORT.strip())
    return path


def test_tests_are_counted_without_the_long_ones(folder):
    assert existing_tests.existing_tests(folder) == {
        ("deeper/test_it.py", "test_one"): 1,
        ("deeper/test_it.py", "test_two"): 1,
    }


def test_the_long_ones_count_when_they_run(folder):
    counted = existing_tests.existing_tests(folder, with_long=True)
    assert {name for _path, name in counted} == {
        "test_one",
        "test_long",
        "test_two",
        "test_three",
    }


def test_a_module_left_out_of_the_package_is_found(tmp_path):
    (tmp_path / "__init__.py").write_text("from . import test_a\nfrom . import (x,)\n")
    for name in ("test_a", "test_b"):
        (tmp_path / f"{name}.py").write_text("")
    assert existing_tests.not_imported(tmp_path) == ["test_b"]


def test_numbers_are_read_from_the_report(report):
    found = results.results_of("suite", report, 1)
    assert (found.passed, found.failed, found.skipped) == (1, 2, 1)
    assert found.line() == "1 passed, 2 failed, 1 skipped"


SKIPPED = """
    <testsuites><testcase classname="a" name="b"><skipped message="{}"/></testcase>
    </testsuites>
"""


@pytest.mark.parametrize(
    ("reason", "in_ci", "number"),
    [
        ("no Chromium", "", 1),
        ("no Chromium", "true", 1),
        ("X's OpenAPI is not here", "", 0),
        ("X's OpenAPI is not here", "true", 1),
        ("The history of this clone does not go back to it", "", 0),
        ("The history of this clone does not go back to it", "true", 1),
    ],
)
def test_which_skipped_tests_make_a_run_red(
    tmp_path, monkeypatch, reason, in_ci, number
):
    monkeypatch.setenv("CI", in_ci)
    (tmp_path / "report.xml").write_text(SKIPPED.format(reason).strip())
    found = results.results_of("suite", tmp_path / "report.xml", 0)
    assert found.skipped == 1
    assert len(found.complaints) == number


def test_a_test_that_exists_and_did_not_run_is_named(report):
    existing = {("test_it.py", "test_one"): 1, ("a/test_it.py", "test_gone"): 1}
    assert results.missing_tests("suite", report, existing) == [
        "suite: exists but did not run: a/test_it.py::test_gone"
    ]


def test_a_test_of_two_classes_has_to_run_twice(report):
    assert results.missing_tests("suite", report, {("test_it.py", "test_s"): 2})


@pytest.mark.parametrize(
    ("found", "is_green"),
    [
        (results.Results(passed=1), True),
        (results.Results(), False),
        (results.Results(passed=1, failed=1), False),
        (results.Results(passed=1, skipped=1), True),
        (results.Results(passed=1, complaints=["x"]), False),
    ],
)
def test_what_is_green(found, is_green):
    assert found.is_green == is_green


def test_no_report_is_red(tmp_path):
    found = results.results_of("suite", tmp_path / "none.xml", 3)
    assert found.complaints == ["suite: pytest ended with 3 and no report"]


def test_pytest_may_be_red_without_a_failed_test(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testcase classname="a" name="b"/></testsuites>')
    assert results.results_of("suite", report, 1).complaints


COUNTING = """
    <testsuites><testcase classname="a" name="b"><properties>
      <property name="attacks tried" value="1200"/><property name="other" value="x"/>
      <property name="faults injected" value="3"/></properties></testcase>
    <testcase classname="a" name="c"><properties>
      <property name="attacks tried" value="34"/></properties></testcase></testsuites>
"""


def test_what_tests_counted_is_added_up_and_told(tmp_path):
    (tmp_path / "report.xml").write_text(COUNTING.strip())
    found = results.results_of("suite", tmp_path / "report.xml", 0)
    line = "Counted: 1,234 attacks tried, 3 faults injected, 0 fuzz executions"
    assert found.counted_line() == f"{line}, 0 records compared"
    assert results.counted_in(["x", found.counted_line()]) == found.counted


def test_where_nothing_was_counted_nothing_is_told():
    assert results.Results(passed=1).counted_line() == ""
