"""From installation with tests enabled to removal, as a customer goes through it."""

import re

import pytest
from conftest import terms_of
from environment import cache
from traces import TRACES


def test_its_own_tests_pass_at_installation(history):
    install = history["install"]
    result = re.search(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests", install.log)
    assert result, install.log[-5000:]
    failed, errors, number = map(int, result.groups())
    assert (failed, errors, install.status) == (0, 0, 0), _failures(install.log)
    assert number > 0
    started = re.findall(r": Starting (\w+)\.(\w+)", install.log)
    assert set(history["tests"]) - set(started) == set()


@pytest.mark.parametrize("step", ["install", "use", "upgrade", "uninstall"])
def test_the_log_has_no_warning(history, step):
    # But that X hangs while the addon is removed, see test_uninstall.
    told = [line for line in history[step].complaints() if "X could not" not in line]
    assert told == []
    assert history[step].status == 0, history[step].log[-5000:]


@pytest.mark.parametrize("kind", ["columns", "groups", "external identifiers"])
def test_installing_adds_something(history, kind):
    """Or the comparison below would prove nothing."""
    assert history["installed"][kind] > history["before"][kind]


def test_every_table_was_used_before_the_upgrade(history):
    # Odoo's shell ends well whatever its script does.
    assert "used to the end" in history["use"].log, history["use"].log[-5000:]
    assert [table for table, rows in history["tables"].items() if not rows] == []


@pytest.mark.parametrize(
    "kind",
    ["messages", "activities", "followers", "filters", "defaults", "attachments"],
)
def test_using_adds_something(history, kind):
    assert history["used"][kind] > history["installed"][kind]


@pytest.mark.parametrize("kind", list(TRACES))
def test_uninstalling_leaves_nothing(history, kind):
    assert history["after"][kind] - history["before"][kind] == set()


def _failures(log):
    lines = log.splitlines()
    bad = re.compile(r" (ERROR|FAIL)\b")
    starts = [at for at, line in enumerate(lines) if bad.search(line)]
    return "\n".join("\n".join(lines[at : at + 25]) for at in starts[:10])


def test_the_translations_template_has_every_term(history):
    template = cache.CLONE / "i18n" / "crm_twitter.pot"
    assert len(history["terms"]) > 100
    missing = history["terms"] ^ terms_of(template)
    assert not missing, "scripts/odoo i18n export -d NAME crm_twitter renews it"
