"""A customer's database: Odoo with CRM, and only the addon's runtime requirements."""

import re
import time
from dataclasses import dataclass, field

from environment import cache
from environment.processes import run
from environment.progress import say
from traces import TRACES

#: What a machine without the development packages says, and rightly.
EXPECTED = (
    "websocket-client module is not installed",
    "Running as user 'root' is a security risk",
)
#: Characters of a command that are shown.
MOST_TOLD = 80
#: What an administrator gives the server, so that another one reads its secrets.
MASTER_KEY = "a master key of thirty-two characters"


@dataclass(frozen=True)
class Step:
    """How a run of Odoo ended, and what it logged."""

    status: int
    log: str = field(repr=False)

    def complaints(self):
        """The lines of the log that warn or worse, but for the expected ones."""
        severe = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ")
        return [
            line
            for line in self.log.splitlines()
            if severe.match(line) and not any(told in line for told in EXPECTED)
        ]


class Customer:
    """A database into which the addon is installed by Odoo's own command line."""

    def __init__(self, installation, databases, name, purpose):
        self._installation = installation
        self._databases = databases
        self.name = name
        self._purpose = purpose
        self._steps = 0

    def cursor(self):
        """A context with a cursor on the database."""
        return self._databases.cursor(self.name)

    def traces(self):
        """What is in the database now: a set of rows for each of ``TRACES``."""
        found = {}
        with self.cursor() as cursor:
            for kind, query in TRACES.items():
                cursor.execute(query)
                found[kind] = set(cursor.fetchall())
        return found

    def tables(self):
        """How many rows each table of the addon has, by its name."""
        query = "SELECT tablename FROM pg_tables WHERE tablename LIKE '%twitter%'"
        with self.cursor() as cursor:
            cursor.execute(query)
            counted = {}
            for (table,) in cursor.fetchall():
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                [counted[table]] = cursor.fetchone()
            return counted

    def odoo(self, *arguments, script=None, earlier=None):
        """Run Odoo with the runtime requirements alone; return the ``Step``.

        ``script`` is its input, for a shell; ``earlier`` a folder with another version
        of the addon.
        """
        begun = time.monotonic()
        self._steps += 1
        options = {"max_cron_threads": 0, "http_port": 0}
        if earlier:
            folders = [*self._installation.odoo.addons, earlier]
            options["addons_path"] = ",".join(map(str, folders))
        settings = self._installation.configuration(
            self.name, f"for-{self.name}", **options
        )
        command = self._installation.odoo_command(*arguments, purpose="runtime")
        log = cache.work_folder("logs") / f"{self._purpose}-{self._steps}.log"
        variables = self._installation.environment(settings)
        variables["CRM_TWITTER_MASTER_KEY"] = MASTER_KEY
        status = run(command, environment=variables, log=log, script=script)
        settings.unlink()
        told = " ".join(arguments)
        say(f"odoo {told[:MOST_TOLD]}: {time.monotonic() - begun:.0f} s")
        return Step(status, log.read_text(encoding="utf-8", errors="replace"))

    def shell(self, script, earlier=None):
        """Run Python code in Odoo's shell; return the ``Step``."""
        return self.odoo("shell", "--no-http", script=script, earlier=earlier)
