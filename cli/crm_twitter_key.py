"""Odoo's command `crm_twitter_key`; found by Odoo in an addon's folder `cli`."""

import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class CrmTwitterKey(Command):
    """Encrypt a database's connections to X with a new master key.

    The new key is in CRM_TWITTER_MASTER_KEY (or in the key file), the old one in
    CRM_TWITTER_OLD_MASTER_KEY (or in the old key file). Servers may run meanwhile, if
    they have both. It may be stopped, and run again.
    """

    name = "crm_twitter_key"

    def run(self, args):
        """Exit with a sentence, and a status, that say how it ended."""
        config.parser.prog = self.prog
        config.parse_config([*args, "--no-http"], setup_logging=True)
        names = config["db_name"]
        if len(names) != 1:
            sys.exit("Name one database: -d DATABASE")
        registry = Registry(names[0])
        if "twitter.account" not in registry:
            sys.exit(f"CRM Social Integration is not installed in {names[0]}.")
        with registry.cursor() as cr:
            sys.exit(_rotate(api.Environment(cr, SUPERUSER_ID, {})))


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
        " with either. The old key is not needed any more for this database.\n"
    )
    return None
