from odoo import api, models

from .own_transaction import own_transaction
from .twitter_limit import BREAKER, CREDITS


class TwitterLimit(models.Model):
    """Going on where X had no credit left: nothing does so by itself."""

    _inherit = "twitter.limit"

    @api.model
    def try_now(self):
        """Let the next call out to X: the credit was bought, or X answers again.

        :return: True
        :raise AccessError: the user lacks the permission
        """
        self.env["twitter.account"]._check_permission()
        with own_transaction(self.env) as env:
            env["twitter.limit"]._reopen()
        return True

    @api.model
    def _reopen(self):
        """Part of an own transaction."""
        self.env.cr.execute(
            "DELETE FROM twitter_limit WHERE key = ANY(%s)", [[BREAKER, CREDITS]]
        )
        self.env["twitter.feed"]._go_on_after("out_of_credits", "down")
