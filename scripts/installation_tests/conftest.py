"""A customer's database: Odoo with CRM, and only the addon's runtime requirements."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from environment import cache
from environment.databases import Databases
from environment.installation import ADDON, Installation
from environment.processes import run
from environment.progress import say

#: What a machine without the development packages says, and rightly.
EXPECTED = (
    "websocket-client module is not installed",
    "Running as user 'root' is a security risk",
)
#: Everything an addon may leave in a database, as sets of rows.
TRACES = {
    "columns": "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = 'public'",
    "indexes": "SELECT tablename, indexname FROM pg_indexes "
    "WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname FROM pg_constraint",
    "parameters": "SELECT key FROM ir_config_parameter",
    "crons": "SELECT id, cron_name FROM ir_cron",
    "groups": "SELECT id FROM res_groups",
    "privileges": "SELECT id FROM res_groups_privilege",
    "implied groups": "SELECT gid, hid FROM res_groups_implied_rel",
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT model, name FROM ir_model_fields",
    "views": "SELECT id, name FROM ir_ui_view",
    "menus": "SELECT id FROM ir_ui_menu",
    "actions": "SELECT id FROM ir_actions",
    "access rights": "SELECT id, name FROM ir_model_access",
    "rules": "SELECT id, name FROM ir_rule",
    "activity types": "SELECT id FROM mail_activity_type",
    "message subtypes": "SELECT id FROM mail_message_subtype",
    "messages": "SELECT id FROM mail_message WHERE model LIKE 'twitter.%'",
    "activities": "SELECT id FROM mail_activity WHERE res_model LIKE 'twitter.%'",
    "followers": "SELECT id FROM mail_followers WHERE res_model LIKE 'twitter.%'",
    "filters": "SELECT id FROM ir_filters",
    "defaults": "SELECT id FROM ir_default",
    "external identifiers": "SELECT module, name FROM ir_model_data "
    f"WHERE module = '{ADDON}'",
    # Assets are made anew at need; a field's files belong to a record.
    "attachments": "SELECT id, name FROM ir_attachment "
    "WHERE url IS NULL OR url NOT LIKE '/web/assets/%'",
}
#: Fills every table of the addon; run by Odoo's shell.
USE = Path(__file__).with_name("use.py")


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

    def __init__(self, installation, databases, name):
        self._installation = installation
        self._databases = databases
        self._name = name
        self._steps = 0

    def traces(self):
        """What is in the database now: a set of rows for each of ``TRACES``."""
        found = {}
        with self._databases.cursor(self._name) as cursor:
            for kind, query in TRACES.items():
                cursor.execute(query)
                found[kind] = set(cursor.fetchall())
        return found

    def tables(self):
        """How many rows each table of the addon has, by its name."""
        query = "SELECT tablename FROM pg_tables WHERE tablename LIKE '%twitter%'"
        with self._databases.cursor(self._name) as cursor:
            cursor.execute(query)
            counted = {}
            for (table,) in cursor.fetchall():
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                [counted[table]] = cursor.fetchone()
            return counted

    def odoo(self, *arguments, script=None):
        """Run Odoo with the runtime requirements alone; return the ``Step``.

        ``script`` is its input, for a shell.
        """
        begun = time.monotonic()
        self._steps += 1
        settings = self._installation.configuration(
            self._name, f"for-{self._name}", max_cron_threads=0, http_port=0
        )
        command = self._installation.odoo_command(*arguments, purpose="runtime")
        log = cache.work_folder("logs") / f"customer-{self._steps}.log"
        variables = self._installation.environment(settings)
        status = run(command, environment=variables, log=log, script=script)
        settings.unlink()
        say(f"odoo {' '.join(arguments)}: {time.monotonic() - begun:.0f} s")
        return Step(status, log.read_text(encoding="utf-8", errors="replace"))


def terms_of(template):
    """The terms of a translations template, as they stand in it."""
    text = template.read_text(encoding="utf-8")
    return set(re.findall(r'^msgid ((?:".*"\n)+)', text, re.M))


@pytest.fixture(scope="session")
def history():
    """What happened from installation to removal: steps and traces by name.

    The steps cannot be had one by one, so they are gone through once.
    """
    stop = ("--stop-after-init",)
    tests = ("--test-enable", f"--test-tags=/{ADDON}")
    with Installation.ready() as installation:
        databases = Databases(installation)
        with databases.temporary("customer") as name:
            databases.clone_template(name)
            customer = Customer(installation, databases, name)
            gone_through = {"before": customer.traces()}
            gone_through["install"] = customer.odoo("-i", ADDON, *tests, *stop)
            gone_through["installed"] = customer.traces()
            template = cache.work_folder("reports") / "terms.pot"
            export = ("i18n", "export", "-d", name, "-o", str(template), ADDON)
            gone_through["export"] = customer.odoo(*export)
            gone_through["terms"] = terms_of(template)
            template.unlink()
            use = USE.read_text(encoding="utf-8")
            gone_through["use"] = customer.odoo("shell", "--no-http", script=use)
            gone_through["tables"] = customer.tables()
            gone_through["used"] = customer.traces()
            gone_through["upgrade"] = customer.odoo("-u", ADDON, "--no-http", *stop)
            gone_through["uninstall"] = customer.odoo("module", "uninstall", ADDON)
            gone_through["after"] = customer.traces()
            yield gone_through
