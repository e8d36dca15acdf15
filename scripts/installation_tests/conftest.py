"""What is gone through once: a customer's installation, from the first day on."""

import re
from pathlib import Path

import pytest
from customer import Customer
from environment import cache
from environment.databases import Databases
from environment.installation import ADDON, Installation

#: Fills every table of the addon; run by Odoo's shell.
USE = Path(__file__).with_name("use.py")


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
