from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

# For how long the settings say that the account was connected: who comes back from X
# reads it, and nobody who opens them later.
NEWS = timedelta(minutes=2)


class ResConfigSettings(models.TransientModel):
    """The official X account of the company one works in at the moment."""

    _inherit = "res.config.settings"

    twitter_brand_handle = fields.Char(
        string="Official X Account", compute="_compute_twitter_brand"
    )
    twitter_brand_state = fields.Selection(
        [("connected", "Connected"), ("reconnect", "To Reconnect")],
        string="State of the Official X Account",
        compute="_compute_twitter_brand",
    )
    twitter_brand_since = fields.Datetime(
        string="Connected Since", compute="_compute_twitter_brand"
    )
    twitter_brand_is_new = fields.Boolean(
        string="Official X Account Connected Just Now",
        compute="_compute_twitter_brand",
    )
    twitter_brand_permissions = fields.Char(
        string="Permissions of the Official X Account",
        compute="_compute_twitter_brand",
    )

    def _compute_twitter_brand(self):
        brand = self._twitter_brand()
        self.twitter_brand_handle = brand.display_name
        self.twitter_brand_state = state = brand._state_today()
        self.twitter_brand_since = since = brand.connected_at
        self.twitter_brand_is_new = (
            state == "connected"
            and bool(since)
            and fields.Datetime.now() - since < NEWS
        )
        self.twitter_brand_permissions = brand.permissions

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_twitter_connect_brand(self):
        """Go to X, to log in there as the company.

        The caller becomes no member by this, and keeps his own connection.

        :raise AccessError: the user is no administrator
        :raise XProblem: there are no keys, or they cannot be read
        :raise UserError: X would send the browser back to another address
        """
        self._check_twitter_administrator()
        other_origin = self.env["twitter.account"]._other_origin()
        if other_origin:
            raise UserError(
                self.env._(
                    "Logins with X come back to %s. Open these settings there, or use"
                    " the present address from now on.",
                    other_origin,
                )
            )
        started = self.env["twitter.login"]._begin_for_company(self.env.company)
        return {"type": "ir.actions.act_url", "url": started["url"], "target": "self"}

    def action_twitter_disconnect_brand(self):
        """Let the company have no official account; members of it keep theirs.

        :return: a notification that says whether X was told
        :raise AccessError: the user is no administrator
        """
        self._check_twitter_administrator()
        # sudo: twitter.account - the user has just been checked
        accounts = self.env["twitter.account"].sudo()
        tokens = accounts._give_up_brand(self.env.company)
        return accounts._disconnected(accounts._revoke(tokens))

    def _twitter_brand(self):
        return self.env["twitter.account"]._brand_of(self.env.company)
