"""The database of a benchmark: filled once, kept, brought up to date at every run."""

import hashlib
import os
from pathlib import Path

from environment import cache
from environment.installation import ADDON
from environment.progress import say

from . import inside, people, rows

#: What it is made from: filled anew when one of them has changed.
SOURCES = ("people.py", "rows.py", "rows.sql")
#: Once the rows are there: what the addon would have computed row by row.
RELATE = "relations"


def prepare(databases, scale, is_fresh=False):
    """Fill a database, or bring the one that is there up to date; return its name."""
    name = _name(scale)
    made = cache.work_folder("bench") / name
    recipe = _recipe()
    is_made = made.exists() and made.read_text(encoding="utf-8") == recipe
    if not is_fresh and is_made and name in databases.names():
        say("Bringing the benchmark's database up to date (--fresh makes a new one)")
        databases.odoo(name, "-u", ADDON, "--stop-after-init", "--no-http")
        return name
    made.unlink(missing_ok=True)
    _make(databases, name, scale)
    made.write_text(recipe, encoding="utf-8")
    return name


def _name(scale):
    clone = hashlib.sha256(os.fsencode(cache.CLONE)).hexdigest()[:8]
    return f"crm_twitter_bench_{clone}_{round(scale * 1000)}"


def _recipe():
    folder = Path(__file__).parent
    sources = b"".join((folder / source).read_bytes() for source in SOURCES)
    return hashlib.sha256(sources).hexdigest()


def _make(databases, name, scale):
    databases.clone_template(name)
    with databases.cursor(name) as cursor:
        # As Odoo does with databases it makes itself.
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    say("Installing the addon")
    databases.odoo(name, "-i", ADDON, "--stop-after-init", "--no-http")
    databases.odoo_shell(name, people.SCRIPT)
    say(f"Filling the database, {scale:g} times the size of a large company")
    with databases.cursor(name) as cursor:
        rows.fill(cursor, rows.Sizes.of(scale), people.OWNERS)
        cursor.execute("ANALYZE")
    inside.run(databases, name, RELATE)
    with databases.cursor(name) as cursor:
        cursor.execute("VACUUM (ANALYZE)")
