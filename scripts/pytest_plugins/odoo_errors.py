"""pytest plugin: an ERROR in Odoo's log fails the test during which it was logged.

Odoo's own runner does so; pytest-odoo does not. What a test expects it mutes with
``mute_logger`` or catches with ``assertLogs``; such records never get here.
"""

import logging

import pytest


class _Errors(logging.Handler):
    def __init__(self):
        super().__init__(logging.ERROR)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.name}: {record.getMessage()}")

    def taken(self):
        lines, self.lines = self.lines, []
        return lines


_errors = _Errors()
#: Those logged outside a test's own body: setting up, tearing down, loading.
_outside = []


def pytest_configure(config):
    logging.getLogger().addHandler(_errors)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    _outside.extend(_errors.taken())
    result = yield
    if lines := _errors.taken():
        pytest.fail("Odoo logged an ERROR:\n" + "\n".join(lines), pytrace=False)
    return result


def pytest_sessionfinish(session):
    _outside.extend(_errors.taken())
    if _outside and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if _outside:
        terminalreporter.section("ERROR lines in Odoo's log outside of tests", red=True)
        for line in _outside:
            terminalreporter.write_line(line)
