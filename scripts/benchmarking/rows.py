"""Fills a database with the rows of a benchmark: by SQL, and the same from one seed."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

from environment.progress import say
from psycopg2.extensions import AsIs

ROWS = Path(__file__).with_name("rows.sql")
#: Words that are in every tenth text, in every ten-thousandth, and in none.
FREQUENT, RARE, ABSENT = "delivery", "zeppelin", "quixotry"
#: The tables that are filled, and their sequences set, in the order of `IDS`.
TABLES = {
    "profile": "twitter_profile",
    "partner": "res_partner",
    "lead": "crm_lead",
    "author": "twitter_author",
    "interaction": "twitter_interaction",
}
#: What rows refer to that the shell has made, or the template.
GIVEN = {
    "company": "SELECT min(id) FROM res_company",
    "branch": "SELECT max(id) FROM res_company",
    "account": "SELECT min(id) FROM twitter_account",
    "branch_account": "SELECT max(id) FROM twitter_account",
    "user": "SELECT id FROM res_users WHERE login = 'bench_salesperson_1'",
    "team": "SELECT min(id) FROM crm_team",
    "stage": "SELECT min(id) FROM crm_stage",
    "won_stage": "SELECT id FROM crm_stage WHERE is_won",
    "reason": "SELECT min(id) FROM crm_lost_reason",
    "activity": "SELECT min(id) FROM mail_activity_type WHERE res_model IS NULL",
    "lead_model": "SELECT id FROM ir_model WHERE model = 'crm.lead'",
    "interaction_model": "SELECT id FROM ir_model WHERE model = 'twitter.interaction'",
}


@dataclass(frozen=True)
class Sizes:
    """How many rows of each kind; `of` scales them all."""

    interactions: int
    authors: int
    leads: int
    persons: int
    companies: int
    big: int  # contacts of the biggest company
    sentences: int

    @classmethod
    def of(cls, scale):
        """The sizes of issue 4 times ``scale``.

        Kept at multiples of 40 and 20 of each other's shares, so that the arithmetic of
        `rows.sql` meets every author.
        """
        unit = max(1, round(scale * 1000))
        return cls(
            interactions=1000 * unit,
            authors=200 * unit,
            leads=500 * unit,
            persons=150 * unit,
            companies=30 * unit,
            big=5 * unit,
            sentences=max(1000, 40 * unit),
        )


def fill(cursor, sizes, users):
    """Fill a database that has the addon, the people and nothing else.

    :param cursor: of a connection on which each statement is a transaction
    """
    indexes = _drop_indexes(cursor)
    with_checks = not _is_superuser(cursor)
    if not with_checks:
        # Rows refer to each other by arithmetic: no reference needs to be looked up.
        cursor.execute("SET session_replication_role = replica")
    values = {**vars(sizes), **_given(cursor), "users": users}
    values.update(frequent=AsIs(FREQUENT), rare=AsIs(RARE))
    # A database is kept between runs, and its texts have to be shown then, too.
    values["told"] = AsIs("(now() + interval '10 years')")
    for name, statements in steps():
        _timed(name, lambda statements=statements: cursor.execute(statements, values))
    if not with_checks:
        cursor.execute("SET session_replication_role = origin")
    _timed("indexes", lambda: _make_indexes(cursor, indexes))
    _set_sequences(cursor)


def steps():
    """``[(name, SQL)]`` of rows.sql."""
    parts = re.split(r"^-- step: (.+)\n", ROWS.read_text(encoding="utf-8"), flags=re.M)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def _given(cursor):
    values = {}
    for name, query in GIVEN.items():
        cursor.execute(query)
        (values[name],) = cursor.fetchone()
    for name, table in TABLES.items():
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
        (values[name],) = cursor.fetchone()
    return values


def _is_superuser(cursor):
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    return cursor.fetchone()[0]


def _drop_indexes(cursor):
    """Drop what would be kept up to date row by row; return how to make it again."""
    cursor.execute(
        """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
          FROM pg_index
         WHERE indrelid::regclass::text = ANY(%s)
           AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        """,
        [list(TABLES.values())],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in indexes]


def _make_indexes(cursor, definitions):
    cursor.execute("SET maintenance_work_mem = '1GB'")
    for definition in definitions:
        cursor.execute(definition)


def _set_sequences(cursor):
    for table in TABLES.values():
        cursor.execute(
            f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"
        )


def _timed(name, deed):
    begun = time.monotonic()
    deed()
    say(f"  {name}: {time.monotonic() - begun:.1f} s")
