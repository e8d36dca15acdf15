"""What is gone through once: a customer's installation, from the first day on."""

import json
import re
from contextlib import contextmanager
from pathlib import Path

import contents
import pytest
from chosen_tests import chosen, tags
from customer import Customer
from environment import cache
from environment.databases import Databases
from environment.earlier_versions import checked_out, is_in_history
from environment.installation import ADDON, Installation
from hanging_x import HangingX

#: Versions that are upgraded from: the first one that was tagged, and the two that
#: brought engagements and the Social board, under the same number.
EARLIER = ("a93097a", "2ba7a06", "2e6beb0")
STOP = ("--stop-after-init",)
QUIETLY = (*STOP, "--no-http")


@contextmanager
def new_customer(purpose):
    """A customer without the addon, whose database goes at the end."""
    with Installation.ready() as installation:
        databases = Databases(installation)
        with databases.temporary(purpose) as name:
            databases.clone_template(name)
            yield Customer(installation, databases, name, purpose)


def script(name):
    """What Odoo's shell is to run: ``use`` fills every table of the addon."""
    return Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")


def terms_of(template):
    """The terms of a translations template, as they stand in it."""
    text = template.read_text(encoding="utf-8")
    return set(re.findall(r'^msgid ((?:".*"\n)+)', text, re.M))


@pytest.fixture(scope="session")
def history():
    """What happened from installation to removal: steps and traces by name.

    The steps cannot be had one by one, so they are gone through once.
    """
    tests = chosen()
    enabled = ("--test-enable", f"--test-tags={tags(tests)}")
    with new_customer("customer") as customer:
        gone_through = {"before": customer.traces(), "tests": tests}
        gone_through["install"] = customer.odoo("-i", ADDON, *enabled, *STOP)
        gone_through["installed"] = customer.traces()
        template = cache.work_folder("reports") / "terms.pot"
        export = ("i18n", "export", "-d", customer.name, "-o", str(template), ADDON)
        gone_through["export"] = customer.odoo(*export)
        gone_through["terms"] = terms_of(template)
        template.unlink()
        gone_through["use"] = customer.shell(script("use"))
        gone_through["tables"] = customer.tables()
        gone_through["used"] = customer.traces()
        gone_through["upgrade"] = customer.odoo("-u", ADDON, *QUIETLY)
        with HangingX() as x:
            customer.shell(x.script())
            gone_through["uninstall"] = customer.odoo("module", "uninstall", ADDON)
        gone_through["asked of X"] = x.asked
        gone_through["after"] = customer.traces()
        yield gone_through


@pytest.fixture(scope="session")
def fresh():
    """The schema of a new database of this version, and what it delivers."""
    with new_customer("fresh") as customer:
        step = customer.odoo("-i", ADDON, *QUIETLY)
        assert step.status == 0, step.log[-5000:]
        with customer.cursor() as cursor:
            yield {
                "schema": contents.schema(cursor),
                "delivered": contents.delivered(cursor),
            }


@pytest.fixture(scope="session", params=EARLIER)
def upgraded(request):
    """What happened to a database of an earlier version: steps and contents."""
    if not is_in_history(request.param):
        pytest.skip(f"The history of this clone does not go back to {request.param}")
    with new_customer("upgraded") as customer, checked_out(request.param) as earlier:
        theirs = earlier / ADDON / "scripts" / "installation_tests" / "use.py"
        use = script("earlier_use") + theirs.read_text(encoding="utf-8")
        found = {"install": customer.odoo("-i", ADDON, *QUIETLY, earlier=earlier)}
        found["use"] = customer.shell(use, earlier=earlier)
        with customer.cursor() as cursor:
            found["before"] = contents.customers_rows(cursor)
        found["upgrade"] = customer.odoo("-u", ADDON, *QUIETLY)
        with customer.cursor() as cursor:
            found["schema"] = contents.schema(cursor)
            found["delivered"] = contents.delivered(cursor)
            found["after"] = contents.all_rows(cursor)
        found["tell"] = customer.shell(script("told_after"))
        told = re.search(r"^told: (.*)$", found["tell"].log, re.M)
        found["told"] = told and json.loads(told[1])
        yield found
