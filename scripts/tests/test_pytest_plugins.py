"""The plugins, in a pytest of their own."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[1] / "pytest_plugins"


@pytest.fixture
def run_pytest(tmp_path):
    def run(source, *plugins, **variables):
        (tmp_path / "test_it.py").write_text(textwrap.dedent(source))
        (tmp_path / "pytest.ini").write_text("[pytest]\n")
        command = [sys.executable, "-m", "pytest", "-p", "no:odoo", "-q", str(tmp_path)]
        command += [argument for plugin in plugins for argument in ("-p", plugin)]
        environment = {**os.environ, "PYTHONPATH": str(PLUGINS), **variables}
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    return run


def test_an_error_in_the_log_fails_its_test(run_pytest):
    answer = run_pytest(
        """
        import logging
        def test_bad():
            logging.getLogger("odoo.sql_db").error("bad %s", "query")
        def test_good():
            logging.getLogger("odoo.sql_db").warning("slow")
        """,
        "odoo_errors",
    )
    assert "1 failed, 1 passed" in answer.stdout
    assert "odoo.sql_db: bad query" in answer.stdout
    assert answer.returncode == 1


def test_an_expected_error_does_not(run_pytest):
    answer = run_pytest(
        """
        import logging, unittest
        class TestIt(unittest.TestCase):
            def test_it(self):
                with self.assertLogs("odoo", "ERROR"):
                    logging.getLogger("odoo").error("expected")
        """,
        "odoo_errors",
    )
    assert answer.returncode == 0, answer.stdout


def test_an_error_outside_of_tests_makes_the_run_red(run_pytest):
    answer = run_pytest(
        """
        import logging, unittest
        class TestIt(unittest.TestCase):
            @classmethod
            def tearDownClass(cls):
                logging.getLogger("odoo").error("too late")
            def test_it(self):
                pass
        """,
        "odoo_errors",
    )
    assert "odoo: too late" in answer.stdout
    assert "1 passed" in answer.stdout
    assert answer.returncode == 1


@pytest.mark.parametrize(
    ("wanted", "summary"), [("", "1 passed, 2 deselected"), ("1", "3 passed")]
)
def test_long_tests_run_on_demand(run_pytest, wanted, summary):
    answer = run_pytest(
        """
        import pytest, unittest
        def test_short():
            pass
        @pytest.mark.long
        def test_long():
            pass
        class TestLong(unittest.TestCase):
            test_tags = {"long"}
            def test_it(self):
                pass
        """,
        "long_tests",
        CRM_TWITTER_LONG=wanted,
    )
    assert summary in answer.stdout


def test_what_tests_count_is_in_the_report(run_pytest, tmp_path):
    report = tmp_path / "report.xml"
    run_pytest(
        """
        import unittest
        from collections import Counter
        class TestIt(unittest.TestCase):
            def setUp(self):
                self.counted = Counter()
            def test_it(self):
                self.counted["attacks tried"] += 2
        def test_other(record_property):
            record_property("attacks tried", 3)
        """,
        "counted",
        PYTEST_ADDOPTS=f"--junit-xml={report} -o junit_family=xunit1",
    )
    found = [line for line in report.read_text().split("<") if "attacks" in line]
    assert found == [
        'property name="attacks tried" value="2" />',
        'property name="attacks tried" value="3" />',
    ]
