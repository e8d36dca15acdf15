"""pytest plugin: what a test has counted goes into the report.

Tests of pytest use its ``record_property``; an Odoo test has a Counter ``counted``.
"""

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    try:
        return (yield)
    finally:
        counted = getattr(getattr(item, "instance", None), "counted", {})
        item.user_properties.extend(counted.items())
