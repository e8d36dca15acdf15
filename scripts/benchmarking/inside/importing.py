"""Odoo's own import of leads, with the addon and without, and the reading after it."""

import csv
import io

from . import connection
from .twin import Twin, resident

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
    times, memory = [], []
    for run in range(runs + 1):
        times.append(_side_by_side(ours, theirs, file, count, run))
        memory.append(resident())
    # The first fills what a server has filled since the morning.
    return {"times": times[1:], "memory": memory[1:]}


def _side_by_side(ours, theirs, file, count, run):
    """Seconds of all requests of each: they take turns, request by request, so that
    what the machine does besides falls on both."""
    totals = [0.0, 0.0]
    twins = (_Import(ours, file, "twitter_handle"), _Import(theirs, file, "referred"))
    for place, skip in enumerate(range(0, count, BATCH)):
        order = (0, 1) if (run + place) % 2 else (1, 0)
        for which in order:
            totals[which] += twins[which].go_on(skip)
    for each in twins:
        assert each.done == count, f"{each.done} were imported"
    return totals


class _Import:
    """One import under way, each of whose requests Odoo commits."""

    def __init__(self, twin, file, field):
        _empty(twin)
        self._twin, self.done = twin, 0
        self._fields = ["name", "contact_name", "email_from", "phone", field]
        values = {"res_model": "crm.lead", "file": file, "file_type": "text/csv"}
        values["file_name"] = "leads.csv"
        with twin.request(commit=True) as env:
            self._wizard = env["base_import.import"].create(values).id

    def go_on(self, skip):
        """Seconds of the request that imports the next rows."""

        def execute(env):
            options = {**OPTIONS, "skip": skip, "limit": BATCH}
            wizards = env["base_import.import"].with_context(tracking_disable=True)
            wizard = wizards.browse(self._wizard)
            return wizard.execute_import(self._fields, COLUMNS, options)

        seconds, result = self._twin.timed(execute, commit=True)
        assert not result["messages"], result["messages"][:3]
        self.done += len(result["ids"])
        return seconds


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
