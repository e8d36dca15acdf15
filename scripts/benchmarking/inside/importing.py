"""Odoo's own import of leads, with the addon and without, and the reading after it."""

import csv
import io

from . import connection
from .twin import Twin, interleaved, resident

#: As many rows at once as Odoo's own client asks for (import_model.js).
BATCH = 2000
OPTIONS = {
    "encoding": "utf-8",
    "separator": ",",
    "quoting": '"',
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "advanced": True,
    "has_headers": True,
    "keep_matches": False,
    "sheets": [],
    "fallback_values": {},
    "import_skip_records": [],
    "import_set_empty_fields": [],
}
COLUMNS = ["name", "contact_name", "email_from", "phone", "handle"]


def run(env, other, count, runs, url, login):
    """Import `count` leads, `runs` times in turn.

    :param other: the database without the addon, where the handles go to a field of
        Odoo's that is a text as well
    :param url: of the stand-in for X, which answered to `login`
    :return: ``{"times": [[with, without]], "memory": [MB after each run]}``
    """
    ours, theirs = Twin(env.cr.dbname, "admin"), Twin(other, "admin")
    connection.connect(env, url, login)
    file = _file(count)
    memory = []

    def with_it():
        _empty(ours)
        seconds = _import(ours, file, count, "twitter_handle")
        memory.append(resident())
        return seconds

    def without():
        _empty(theirs)
        return _import(theirs, file, count, "referred")

    times = interleaved(runs, with_it, without)
    return {"times": times, "memory": memory[1:]}


def _file(count):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for number in range(count):
        email = f"person{number}@example.com"
        phone = f"+32 470 {number:06}"
        person = f"Person {number}"
        writer.writerow([f"Lead {number}", person, email, phone, f"crowd{number}"])
    return text.getvalue().encode()


def _import(twin, file, count, field):
    """Seconds of all requests together, each of which Odoo commits."""
    fields = ["name", "contact_name", "email_from", "phone", field]

    def begin(env):
        values = {"res_model": "crm.lead", "file": file, "file_type": "text/csv"}
        return env["base_import.import"].create({**values, "file_name": "leads.csv"}).id

    _seconds, wizard = twin.timed(begin, commit=True)
    total, done = 0, 0
    for skip in range(0, count, BATCH):

        def execute(env, skip=skip):
            options = {**OPTIONS, "skip": skip, "limit": BATCH}
            wizards = env["base_import.import"].with_context(tracking_disable=True)
            return wizards.browse(wizard).execute_import(fields, COLUMNS, options)

        seconds, result = twin.timed(execute, commit=True)
        assert not result["messages"], result["messages"][:3]
        total += seconds
        done += len(result["ids"])
    assert done == count, f"{done} were imported"
    return total


def _empty(twin):
    """Let the leads of the run before go, and whom they were linked to."""
    with twin.request(commit=True, su=True) as env:
        tables = ["crm_lead"]
        if "twitter.profile" in env:
            tables = ["twitter_association", "crm_lead", "twitter_profile"]
        for table in tables:
            env.cr.execute(f"DELETE FROM {table}")
    with twin.request(su=True) as env:
        env.cr.commit()
        env.cr._cnx.autocommit = True
        env.cr.execute("VACUUM (ANALYZE) " + ", ".join(tables))
        env.cr._cnx.autocommit = False
