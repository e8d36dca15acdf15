"""Odoo's command line that runs all tests of a database once everything is loaded.

Odoo runs a module's at_install tests as soon as that module is loaded, so those of
``crm`` would never meet an addon that extends it. Here they run with the others at the
end. What became of each is written as a JUnit report to ``CRM_TWITTER_HOST_REPORT``.
"""

import os
import xml.etree.ElementTree as ElementTree

import odoo.cli
from odoo.tests import loader
from odoo.tests.result import OdooTestResult
from odoo.tests.suite import OdooSuite


class Report(OdooTestResult):
    """What Odoo's own result counts and logs, and a line of each test besides."""

    def __init__(self, *given, **options):
        super().__init__(*given, **options)
        self._cases = {}

    def startTest(self, test):  # noqa: N802 - unittest's name
        """See unittest.TestResult."""
        super().startTest(test)
        self._case(test)

    def addError(self, test, err):  # noqa: N802
        """See unittest.TestResult; also for the setting up of a class."""
        super().addError(test, err)
        self._mark(test, "error", err)

    def addFailure(self, test, err):  # noqa: N802
        """See unittest.TestResult; a subtest's is its test's."""
        super().addFailure(test, err)
        self._mark(test, "failure", err)

    def addSkip(self, test, reason):  # noqa: N802
        """See unittest.TestResult."""
        super().addSkip(test, reason)
        ElementTree.SubElement(self._case(test), "skipped", message=reason)

    def _mark(self, test, kind, err):
        # Odoo may be about to try it again.
        if not self._soft_fail:
            ElementTree.SubElement(self._case(test), kind, message=repr(err[1]))

    def _case(self, test):
        test = getattr(test, "test_case", test)
        known = self._cases.get(test.id())
        if known is None:
            group, _dot, name = test.id().rpartition(".")
            known = ElementTree.Element("testcase", classname=group, name=name)
            self._cases[test.id()] = known
        return known

    def write(self):
        """Write the report."""
        suites = ElementTree.Element("testsuites")
        suites.extend(self._cases.values())
        tree = ElementTree.ElementTree(suites)
        tree.write(os.environ["CRM_TWITTER_HOST_REPORT"], encoding="utf-8")


def main():
    """Let Odoo load its tests and run them as told above."""
    make_suite, run_suite = loader.make_suite, loader.run_suite

    def make_suite_at_the_end(names, position="at_install"):
        positions = ("at_install", "post_install") if position != "at_install" else ()
        tests = [test for place in positions for test in make_suite(names, place)]
        return OdooSuite(tests)

    def run_suite_and_write(suite, global_report=None):
        results = run_suite(suite, global_report)
        results.write()
        return results

    loader.make_suite = make_suite_at_the_end
    loader.run_suite = run_suite_and_write
    loader.OdooTestResult = Report
    odoo.cli.main()


if __name__ == "__main__":
    main()
