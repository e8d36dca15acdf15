"""Odoo's command `crm_twitter_key`; found by Odoo in an addon's folder `cli`."""

import os
import sys

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tools import config


class CrmTwitterKey(Command):
    """Encrypt a database's connections to X with a new master key.

    The new key is in CRM_TWITTER_MASTER_KEY (or in the key file), the old one in
    CRM_TWITTER_OLD_MASTER_KEY (or in the old key file). Servers may run meanwhile, if
    they have both. It may be stopped, and run again.

    With --new: make the key file, where there is none, and do nothing else. It belongs
    to whoever runs this, has to be the user's Odoo runs as, and on every server.
    """

    name = "crm_twitter_key"

    def run(self, args):
        """Exit with a sentence, and a status, that say how it ended."""
        config.parser.prog = self.prog
        is_new = "--new" in args
        args = [arg for arg in args if arg != "--new"]
        config.parse_config([*args, "--no-http"], setup_logging=True)
        if is_new:
            sys.exit(_make_file())
        names = config["db_name"]
        if len(names) != 1:
            sys.exit("Name one database: -d DATABASE")
        try:
            with db_connect(names[0]).cursor():
                pass
        except OperationalError as problem:
            sys.exit(f"{names[0]} cannot be opened: {problem}".strip())
        registry = Registry(names[0])
        if "twitter.account" not in registry:
            sys.exit(f"CRM Social Integration is not installed in {names[0]}.")
        with registry.cursor() as cr:
            sys.exit(_rotate(api.Environment(cr, SUPERUSER_ID, {})))


def _make_file():
    """Write where the new key is; return None, or a sentence on why there is none."""
    from odoo.addons.crm_twitter.models import encryption_masters as masters

    path, variable = masters.master_path(), masters.MASTER_VARIABLE
    if os.environ.get(variable):
        return f"Not done: {variable} is set, so that no file would be read."
    if path.exists():
        return (
            f"Not done: there is a key in {path}. Rename it to"
            f" {masters.OLD_MASTER_FILE} first, on every server."
        )
    masters.make_master_file()
    sys.stdout.write(
        f"A new key is in {path}. Copy it to the same place on every server of the"
        " database, where it has to belong to the user Odoo runs as, before you run"
        " this without --new.\n"
    )
    return None


def _rotate(env):
    """Write what was done; return None, or a sentence on what went wrong."""
    # The addon can be imported once Odoo has read where addons are.
    from odoo.addons.crm_twitter.models.encryption import SecretUnreadable
    from odoo.addons.crm_twitter.models.encryption_rotation import Unfinished, rotate
    from odoo.addons.crm_twitter.models.own_transaction import Busy

    try:
        counted = rotate(env)
    except (Busy, SecretUnreadable, Unfinished) as problem:
        return f"Not done: {problem.args[0]}"
    sys.stdout.write(
        f"Done: {counted['renewed']} secrets encrypted with the new key,"
        f" {counted['kept']} had it already, {counted['unreadable']} could not be read"
        f" with either. {_of_the_old_key(counted)}\n"
    )
    return None


def _of_the_old_key(counted):
    if counted["unreadable"]:
        return (
            "Keep the old key until it is known what these are: of a copy of another"
            " database, or of a key that was lost earlier."
        )
    return "The old key is not needed any more for this database."
