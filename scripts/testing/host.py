"""The host's own tests: those of Odoo's CRM, without the addon and with it."""

import os
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from environment import cache, chromium
from environment.databases import Databases
from environment.installation import ADDON, Installation
from environment.processes import run as run_process
from environment.progress import Failure, say

from .existing_tests import existing_tests
from .results import missing_tests

MODULE = "crm"
RUNNER = Path(__file__).with_name("host_runner.py")
PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


def run():
    """Run them twice on new databases; return the exit status.

    Of the host's tours some fail now and then on a busy machine: what fails with the
    addon only gets a second try.
    """
    browser_path = chromium.path_with_chromium(os.environ)
    with Installation.ready() as installation:
        existing = existing_tests(_tests_of(installation))

        def outcomes(with_addon, tags=f"/{MODULE}"):
            told = "with the addon" if with_addon else "without the addon"
            say(f"\n=== the tests of {MODULE}, {told} ===")
            report = _report(installation, browser_path, with_addon, tags)
            if tags == f"/{MODULE}":
                complaints.extend(missing_tests(told, report, existing))
            found = outcomes_in(report)
            report.unlink()
            return found

        complaints = []
        without, with_addon = outcomes(False), outcomes(True)
        if again := doubtful(without, with_addon):
            second = outcomes(True, tags_of(again))
            with_addon = {**with_addon, **passing_at_last(again, second)}
    return conclude(without, with_addon, complaints)


def outcomes_of(tags, with_addon):
    """The outcome of each test of the host's that these tags choose, by its name.

    Of those that need no browser.
    """
    with Installation.ready() as installation:
        report = _report(installation, os.environ["PATH"], with_addon, tags)
        found = outcomes_in(report)
        report.unlink()
        return found


def doubtful(without, with_addon):
    """The tests that fail with the addon only; not the setting up of a class."""
    names = failing(with_addon) - failing(without)
    return {name for name in names if "(" not in name}


def tags_of(names):
    """What Odoo's ``--test-tags`` takes for these tests."""
    last_two = sorted(name.split(".")[-2:] for name in names)
    return ",".join(f"/{MODULE}:{group}.{test}" for group, test in last_two)


def passing_at_last(names, second):
    """The outcomes of those of ``names`` that passed at the second try."""
    found = {name: PASSED for name in names if second.get(name) == PASSED}
    for name in sorted(found):
        say(f"passed at the second try: {name}")
    return found


def conclude(without, with_addon, complaints):
    """Say both counts and what only the addon breaks; return the exit status.

    :param dict without: outcome ("passed", "failed", "skipped") by name of the test
    :param dict with_addon: the same with the addon installed
    :param list complaints: sentences about what makes the run red besides
    """
    say("")
    say(f"without the addon: {counts(without)}")
    say(f"with the addon: {counts(with_addon)}")
    for name in sorted(failing(without) & failing(with_addon)):
        say(f"fails either way: {name}")
    for name in sorted(failing(without) - failing(with_addon)):
        say(f"fails only without the addon: {name}")
    complaints = [*complaints, *regressions(without, with_addon)]
    for complaint in complaints:
        say(f"RED: {complaint}")
    if not any(outcome == PASSED for outcome in with_addon.values()):
        say("RED: no test passed")
        return 1
    if not complaints:
        say("No test fails with the addon that passes without it.")
    return 1 if complaints else 0


def regressions(without, with_addon):
    """Sentences about what passes without the addon only, and what ran in neither."""
    found = []
    for name in sorted({*without, *with_addon}):
        before, after = without.get(name), with_addon.get(name)
        if before == PASSED and after != PASSED:
            found.append(f"{after or 'did not run'} with the addon only: {name}")
        elif before is None and after == FAILED:
            found.append(f"did not run without the addon, fails with it: {name}")
        elif before == after == SKIPPED:
            found.append(f"skipped: {name}")
    return found


def failing(outcomes):
    """The names of the tests that failed."""
    return {name for name, outcome in outcomes.items() if outcome == FAILED}


def counts(outcomes):
    """A line with the numbers of tests."""
    numbers = {kind: 0 for kind in (PASSED, FAILED, SKIPPED)}
    for outcome in outcomes.values():
        numbers[outcome] += 1
    told = ", ".join(f"{number} {kind}" for kind, number in numbers.items() if number)
    return f"{len(outcomes)} tests, {told}"


def outcomes_in(report):
    """The outcome of each test in a JUnit report, by its name."""
    outcomes = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name = ".".join(filter(None, (case.get("classname"), case.get("name"))))
        if case.find("failure") is not None or case.find("error") is not None:
            outcomes[name] = FAILED
        else:
            is_skipped = case.find("skipped") is not None
            outcomes[name] = SKIPPED if is_skipped else PASSED
    return outcomes


def _tests_of(installation):
    for addons in installation.odoo.addons:
        if (folder := Path(addons) / MODULE / "tests").is_dir():
            return folder
    raise Failure(f"This Odoo comes without the tests of {MODULE}.")


def _report(installation, browser_path, with_addon, tags):
    """Run the tests on a new database; return the report that was written."""
    databases = Databases(installation)
    with databases.temporary("host") as database:
        databases.clone_template(database)
        if with_addon:
            say("Installing the addon into a new database")
            databases.odoo(database, "-i", ADDON, "--stop-after-init", "--no-http")
        settings = installation.configuration(
            database, f"for-{database}", max_cron_threads=0
        )
        try:
            return _run(installation, settings, browser_path, tags)
        finally:
            settings.unlink()


def _run(installation, settings, browser_path, tags):
    report = cache.work_folder("reports") / f"host-{os.getpid()}.xml"
    log = cache.work_folder("logs") / f"{settings.stem}.log"
    command = [sys.executable, str(RUNNER), "--test-tags", tags]
    command += ["--stop-after-init", "--http-port=0", "--log-level=warn"]
    environment = installation.environment(settings)
    environment.update(PATH=browser_path, CRM_TWITTER_HOST_REPORT=str(report))
    status = run_process(command, environment=environment, log=log)
    say(log.read_text(encoding="utf-8", errors="replace").rstrip())
    # Odoo ends with 1 as well when tests fail, which is for the comparison to judge.
    if not report.exists():
        raise Failure(f"Odoo ended with {status} before its tests; its log is {log}.")
    return report
