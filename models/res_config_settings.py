from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .twitter_association import BASES, DEFAULT_BASIS
from .x_values import format_usd


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_twitter_social_integration = fields.Boolean(
        string="Salespeople and Administrators May Use It",
        implied_group="crm_twitter.group_social_integration",
        group="sales_team.group_sale_salesman,base.group_system",
    )

    twitter_client_id = fields.Char(
        string="OAuth 2.0 Client ID", config_parameter="crm_twitter.client_id"
    )
    # Never a column: a transient's row would hold it in clear until the vacuum.
    twitter_client_secret = fields.Char(
        string="OAuth 2.0 Client Secret",
        compute="_compute_twitter_client_secret",
        inverse="_inverse_twitter_client_secret",
    )
    twitter_client_secret_is_set = fields.Boolean(compute="_compute_twitter_keys")
    twitter_secrets_problem = fields.Char(compute="_compute_twitter_keys")

    twitter_callback_url = fields.Char(
        string="Callback Address", compute="_compute_twitter_callback"
    )
    twitter_callback_is_refused = fields.Boolean(compute="_compute_twitter_callback")
    twitter_callback_present = fields.Char(
        compute="_compute_twitter_callback",
        help="The address this site has now, where it is not the stored one",
    )

    twitter_plan = fields.Selection(
        [
            ("payg", "Self-serve: pay-per-use, or legacy Basic / Pro"),
            ("enterprise", "Enterprise"),
        ],
        string="X Plan",
        default="payg",
        config_parameter="crm_twitter.plan",
    )
    twitter_privacy_url = fields.Char(
        string="Privacy Policy", config_parameter="crm_twitter.privacy_url"
    )
    # No config_parameter: Odoo deletes a false one, and this one is on by default.
    twitter_search_on_open = fields.Boolean(
        string="Search When the Panel Opens", default=True
    )
    twitter_read_in_background = fields.Boolean(
        string="Read New Handles in the Background",
        config_parameter="crm_twitter.read_in_background",
    )
    twitter_refresh_in_background = fields.Boolean(
        string="Keep Profiles Up to Date in the Background",
        config_parameter="crm_twitter.refresh_in_background",
    )
    twitter_default_basis = fields.Selection(
        BASES,
        string="Basis of an Entered Handle",
        default=DEFAULT_BASIS,
        config_parameter="crm_twitter.default_basis",
    )
    twitter_profile_price = fields.Char(compute="_compute_twitter_prices")
    twitter_refresh_price = fields.Char(compute="_compute_twitter_prices")
    twitter_search_price = fields.Char(compute="_compute_twitter_prices")

    # ------------------------------------------------------------
    # COMPUTES AND INVERSES
    # ------------------------------------------------------------

    def _compute_twitter_client_secret(self):
        """The stored secret is never sent back."""
        self.twitter_client_secret = False

    def _inverse_twitter_client_secret(self):
        """Store a newly typed secret; an empty field leaves the stored one alone."""
        for settings in self.filtered("twitter_client_secret"):
            settings._check_twitter_administrator()
            self.env["twitter.account"]._set_client_secret(
                settings.twitter_client_secret
            )
        # The cache would answer the typed secret to whoever reads the record back.
        self.invalidate_recordset(
            ["twitter_client_secret", "twitter_client_secret_is_set"]
        )

    def _compute_twitter_keys(self):
        accounts = self.env["twitter.account"]
        self.twitter_client_secret_is_set = accounts._has_client_secret()
        self.twitter_secrets_problem = accounts._secrets_problem()

    def _compute_twitter_callback(self):
        present = self.env["twitter.login"]._callback_url()
        stored = self._get_twitter_parameter("callback_url")
        url = stored or present
        self.twitter_callback_url = url
        self.twitter_callback_is_refused = not self._is_callback_accepted_by_x(url)
        self.twitter_callback_present = present if present != url else False

    def _compute_twitter_prices(self):
        prices = self.env["twitter.profile"]._prices()
        self.twitter_profile_price = self.env._(
            "%s for each new profile.", format_usd(prices["profile"])
        )
        self.twitter_refresh_price = self.env._(
            "%s for each of these profiles and day.", format_usd(prices["profile"])
        )
        self.twitter_search_price = self.env._(
            "Up to %s for each record, once a day at most.",
            format_usd(prices["search"]),
        )

    @api.model
    def _is_callback_accepted_by_x(self, url):
        """X takes https, and plain http for 127.0.0.1 (not for localhost)."""
        parts = urlsplit(url)
        return parts.scheme == "https" or parts.hostname == "127.0.0.1"

    # ------------------------------------------------------------
    # VALUES
    # ------------------------------------------------------------

    @api.model
    def get_values(self):
        search_on_open = self._get_twitter_parameter("search_on_open") != "False"
        return {**super().get_values(), "twitter_search_on_open": search_on_open}

    def set_values(self):
        result = super().set_values()
        # sudo: ir.config_parameter - only administrators create these settings
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(
            "crm_twitter.search_on_open", str(self.twitter_search_on_open)
        )
        parameters.set_param("crm_twitter.privacy_url", self._twitter_web_address())
        if not self.twitter_client_id:
            self.env["twitter.account"]._set_client_secret("")
        elif not self._get_twitter_parameter("callback_url"):
            # Kept from now on: Odoo rewrites web.base.url when an administrator logs in
            # under another address, but X knows the one that was copied to its console.
            parameters.set_param(
                "crm_twitter.callback_url", self.env["twitter.login"]._callback_url()
            )
        return result

    def _twitter_web_address(self):
        """The privacy policy's address, with https where no scheme was given.

        :raise ValidationError: it is no address of a page
        """
        address = (self.twitter_privacy_url or "").strip()
        if address and "//" not in address:
            address = f"https://{address}"
        parts = urlsplit(address)
        if address and not (parts.scheme in ("https", "http") and parts.hostname):
            raise ValidationError(
                self.env._("The privacy policy needs an address like https://…")
            )
        return address

    @api.model
    def _get_twitter_parameter(self, name):
        # sudo: ir.config_parameter - only administrators read these settings
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(f"crm_twitter.{name}")

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_twitter_test_connection(self):
        """Save the settings, and ask X whether it accepts the keys; costs nothing.

        :return: a notification that says the outcome in words
        :raise AccessError: the user is no administrator
        """
        self.ensure_one()
        self._check_twitter_administrator()
        self.set_values()
        outcome = self.env["twitter.account"]._check_keys()
        return self._twitter_notification(
            outcome["message"], "success" if outcome["ok"] else "danger"
        )

    def action_twitter_remove_keys(self):
        """Forget the Client ID and Secret; nothing here can talk to X afterwards.

        :raise AccessError: the user is no administrator
        """
        self._check_twitter_administrator()
        # sudo: ir.config_parameter - the user has just been checked
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_twitter.client_id", False)
        self.env["twitter.account"]._set_client_secret("")
        return {"type": "ir.actions.client", "tag": "reload"}

    def action_twitter_use_present_callback(self):
        """Let logins come back to the address this site has now.

        :raise AccessError: the user is no administrator
        """
        self._check_twitter_administrator()
        # sudo: ir.config_parameter - the user has just been checked
        self.env["ir.config_parameter"].sudo().set_param(
            "crm_twitter.callback_url", self.env["twitter.login"]._callback_url()
        )
        return {"type": "ir.actions.client", "tag": "reload"}

    def action_twitter_start_over(self):
        """Give up every secret this server cannot read, to begin again with its key.

        :raise AccessError: the user is no administrator
        """
        self._check_twitter_administrator()
        self.env["twitter.account"]._start_over_with_this_key()
        return {"type": "ir.actions.client", "tag": "reload"}

    def _check_twitter_administrator(self):
        """
        :raise AccessError: the user is no administrator
        """
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only administrators can change the connection to X.")
            )

    def _twitter_notification(self, message, kind):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Connection to X"),
                "message": message,
                "type": kind,
                "sticky": kind != "success",
            },
        }
