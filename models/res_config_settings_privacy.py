from odoo import fields, models
from odoo.exceptions import ValidationError

from .twitter_profile_refreshing import LOOKED_AT_WITHIN
from .twitter_retention import KEEP_INTERACTIONS, KEEP_PROFILES


class ResConfigSettings(models.TransientModel):
    """How long what X told is kept, and the end of it all."""

    _inherit = "res.config.settings"

    twitter_keep_profiles = fields.Char(
        string="Profiles Nobody Looks At (Days)",
        compute="_compute_twitter_kept",
        inverse="_inverse_twitter_kept",
        help="Empty: they are kept for good.",
    )
    twitter_keep_interactions = fields.Char(
        string="Handled Posts to the Company (Days)",
        compute="_compute_twitter_kept",
        inverse="_inverse_twitter_kept",
        help="Empty: they are kept for good.",
    )
    twitter_erasing = fields.Char(
        compute="_compute_twitter_erasing", help="How far it is, in a sentence"
    )

    def _compute_twitter_kept(self):
        for name, _days in self._twitter_kept_by_default():
            self[f"twitter_{name}"] = self._twitter_kept_told(name)

    def _inverse_twitter_kept(self):
        """Keep the numbers of days; an empty one is 0, which keeps for good."""
        # sudo: ir.config_parameter - only administrators have these settings
        parameters = self.env["ir.config_parameter"].sudo()
        for settings in self:
            for name, _days in self._twitter_kept_by_default():
                text = (settings[f"twitter_{name}"] or "").strip()
                if text != self._twitter_kept_told(name):
                    settings._check_twitter_administrator()
                    days = settings._twitter_days(name, text)
                    parameters.set_param(f"crm_twitter.{name}", str(days))

    def _twitter_kept_told(self, name):
        told = self._get_twitter_parameter(name)
        days = told or str(dict(self._twitter_kept_by_default())[name])
        return "" if days == "0" else days

    def _twitter_kept_by_default(self):
        return (
            ("keep_profiles", KEEP_PROFILES),
            ("keep_interactions", KEEP_INTERACTIONS),
        )

    def _twitter_days(self, name, text):
        """
        :raise ValidationError: it is no number of days that can be kept to
        """
        least = LOOKED_AT_WITHIN.days if name == "keep_profiles" else 1
        if not text:
            return 0
        if not (text.isascii() and text.isdigit() and least <= int(text) <= 36_500):
            raise ValidationError(
                self.env._(
                    "Enter a number of days, %(least)s at least; or nothing, to keep"
                    " them for good.",
                    least=least,
                )
            )
        return int(text)

    def _compute_twitter_erasing(self):
        self.twitter_erasing = self.env["twitter.erasure"]._running()._told() or False

    def action_twitter_erase_all(self):
        """Open the dialog that erases all X data.

        :raise AccessError: the user is no administrator of all companies
        """
        return self.env["twitter.erase.all"]._open()
