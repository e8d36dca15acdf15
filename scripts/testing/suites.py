"""The suites, in the order they run: the quickest first."""

import os
import sys
from dataclasses import dataclass
from fnmatch import fnmatch

from environment import cache, chromium
from environment.databases import Databases
from environment.installation import ADDON, Installation
from environment.processes import run
from environment.progress import say

from . import existing_tests, results

PLUGINS = cache.CLONE / "scripts" / "pytest_plugins"


@dataclass(frozen=True)
class Choice:
    """How to run: extra arguments for pytest, whether long tests run too.

    A run is whole when the arguments select no part of a suite.
    """

    arguments: tuple = ()
    with_long: bool = False
    is_whole: bool = True

    def pytest(self, suite, *arguments):
        """Return the command for a suite and the report it writes."""
        report = cache.work_folder("reports") / f"{suite}-{os.getpid()}.xml"
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
        command += ["-p", "long_tests", "-p", "counted", f"--junit-xml={report}"]
        command += ["-o", "junit_family=xunit1", *arguments, *self.arguments]
        return command, report

    def variables(self, *python_path):
        """Environment variables for pytest."""
        path = os.pathsep.join(map(str, [*python_path, PLUGINS]))
        variables = {**os.environ, "PYTHONPATH": path}
        if self.with_long:
            variables["CRM_TWITTER_LONG"] = "1"
        return variables


@dataclass(frozen=True)
class Suite:
    """Tests in one folder of the clone that pytest runs without Odoo.

    ``only`` and ``without`` are patterns of file names, where two suites share a
    folder. In a run of all, the lanes run side by side, each with its suites in turn,
    and what watches the clock runs alone.
    """

    name: str
    folder: str
    about: str
    lane: int = 0
    watches_the_clock: bool = False
    arguments: tuple = ()
    only: tuple = ()
    without: tuple = ()

    def run(self, choice):
        """Run the suite; return its results."""
        # Installed packages add themselves to pytest; this one cannot without Odoo.
        arguments = ["-p", "no:odoo", *self.arguments, *self.paths(cache.CLONE)]
        command, report = choice.pytest(self.name, *arguments)
        status = run(command, environment=choice.variables(), folder=cache.CLONE)
        return self._judge(choice, report, status)

    def has(self, name):
        """Whether a file of the folder is of this suite."""
        chosen = not self.only or _is_one_of(name, self.only)
        return chosen and not _is_one_of(name, self.without)

    def paths(self, root):
        """What pytest is to run, below the root of a clone."""
        folder = root / self.folder
        if not (self.only or self.without):
            return [str(folder)]
        found = sorted(folder.rglob("test_*.py"))
        return [str(path) for path in found if self.has(path.name)]

    def _judge(self, choice, report, status):
        folder = cache.CLONE / self.folder
        found = results.results_of(self.name, report, status)
        if report.exists():
            if choice.is_whole:
                existing = existing_tests.existing_tests(folder, choice.with_long)
                existing = {
                    (path, test): number
                    for (path, test), number in existing.items()
                    if self.has(path.rsplit("/", 1)[-1])
                }
                missing = results.missing_tests(self.name, report, existing)
                found.complaints += missing
            report.unlink()
        return found


@dataclass(frozen=True)
class OdooSuite(Suite):
    """The addon's own tests, on a new database, with a browser."""

    def run(self, choice):
        """Install the addon into a clone of the template; run pytest on it."""
        browser_path = chromium.path_with_chromium(os.environ)
        with Installation.ready() as installation:
            databases = Databases(installation)
            with databases.temporary(f"test_{self.name}") as database:
                databases.clone_template(database)
                say("Installing the addon into a new database")
                arguments = ("-i", ADDON, "--stop-after-init", "--no-http")
                databases.odoo(database, *arguments)
                return self._run(choice, installation, database, browser_path)

    def _run(self, choice, installation, database, browser_path):
        options = {"max_cron_threads": 0, "http_port": 0}
        settings = installation.configuration(database, f"for-{database}", **options)
        # By the path through the link: Odoo must see an addon called crm_twitter.
        addon = installation.addon
        arguments = ["-c", str(addon / "pytest.ini"), f"--rootdir={addon}"]
        arguments += ["-p", "odoo_errors", "--odoo-http", "--odoo-log-level=warn"]
        arguments += [f"--odoo-config={settings}", *self.paths(addon)]
        command, report = choice.pytest(self.name, *arguments)
        environment = installation.environment(settings)
        environment.update(
            choice.variables(installation.odoo.python_path), PATH=browser_path
        )
        environment.update(installation.server.variables())
        status = run(command, environment=environment, folder=cache.work_folder())
        settings.unlink()
        found = self._judge(choice, report, status)
        found.complaints += [
            f"{self.folder}/__init__.py does not import {name}"
            for name in existing_tests.not_imported(cache.CLONE / self.folder)
        ]
        return found


def _is_one_of(name, patterns):
    return any(fnmatch(name, pattern) for pattern in patterns)


BROWSER = ("test_tours*.py", "test_hoot.py")
UPGRADE = ("test_upgrade.py", "test_host_queries.py")
# Of the server suite: what holds locks and places, and waits for them.
CLOCK = (
    "test_budget_at_once.py",
    "test_bulkhead.py",
    "test_hanging.py",
    "test_limits_at_once.py",
    "test_own_transaction.py",
    "test_several_hosts.py",
)

SUITES = (
    Suite("x_api", "x_api/tests", "the client of X's API, without Odoo"),
    Suite("simulator", "simulator/tests", "the stand-in for X"),
    Suite("scripts", "scripts/tests", "the environment's own code"),
    OdooSuite("odoo", "tests", "the addon in Odoo", without=BROWSER),
    OdooSuite("browser", "tests", "the same in a browser", lane=1, only=BROWSER),
    Suite(
        "upgrade",
        "scripts/installation_tests",
        "databases of earlier versions, and the bounds Odoo sets to its own queries",
        lane=1,
        arguments=("--capture=no",),
        only=UPGRADE,
    ),
    Suite(
        "installation",
        "scripts/installation_tests",
        "a customer's installation: test-enabled install, use, uninstall",
        lane=2,
        without=UPGRADE,
        # Its steps are long, and say what they do.
        arguments=("--capture=no",),
    ),
    Suite(
        "server",
        "scripts/server_tests",
        "what only real commits and several processes show, on a running Odoo",
        # It mostly waits, for servers it stops and for what it has hang.
        lane=2,
        without=CLOCK,
    ),
    Suite(
        "clock",
        "scripts/server_tests",
        "the same where seconds count",
        watches_the_clock=True,
        only=CLOCK,
    ),
)
