"""pytest plugin: leaves out tests marked long unless scripts/test --long asks for them.

Marked is a test by ``pytest.mark.long``, an Odoo test class by ``tagged("long")``.
"""

import os


def pytest_configure(config):
    config.addinivalue_line("markers", "long: only run by scripts/test --long")


def pytest_collection_modifyitems(config, items):
    if os.environ.get("CRM_TWITTER_LONG"):
        return
    long = [item for item in items if _is_long(item)]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def _is_long(item):
    tags = getattr(getattr(item, "cls", None), "test_tags", ())
    return item.get_closest_marker("long") is not None or "long" in tags
