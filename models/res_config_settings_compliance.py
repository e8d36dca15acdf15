from odoo import fields, models

from .x_values import format_usd


class ResConfigSettings(models.TransientModel):
    """The app's bearer token, with which X checks what is kept here."""

    _inherit = "res.config.settings"

    # Never a column: a transient's row would hold it in clear until the vacuum.
    twitter_bearer_token = fields.Char(
        string="Bearer Token",
        compute="_compute_twitter_bearer_token",
        inverse="_inverse_twitter_bearer_token",
    )
    twitter_bearer_token_is_set = fields.Boolean(
        compute="_compute_twitter_bearer_token_is_set"
    )
    twitter_compliance_problem = fields.Char(
        string="Problem of the Last Compliance Job",
        compute="_compute_twitter_bearer_token_is_set",
    )

    twitter_post_price = fields.Char(compute="_compute_twitter_post_price")

    def _compute_twitter_bearer_token(self):
        """The stored token is never sent back."""
        self.twitter_bearer_token = False

    def _inverse_twitter_bearer_token(self):
        """Store a newly typed token; an empty field leaves the stored one alone."""
        for settings in self.filtered("twitter_bearer_token"):
            settings._check_twitter_administrator()
            self.env["twitter.account"]._set_bearer_token(settings.twitter_bearer_token)
        # The cache would answer the typed token to whoever reads the record back.
        self.invalidate_recordset(
            ["twitter_bearer_token", "twitter_bearer_token_is_set"]
        )

    def _compute_twitter_bearer_token_is_set(self):
        is_set = self.env["twitter.account"]._has_bearer_token()
        self.twitter_bearer_token_is_set = is_set
        # sudo: twitter.compliance.job - what administrators are told of the last one
        last = self.env["twitter.compliance.job"].sudo().search([], limit=1)
        self.twitter_compliance_problem = is_set and last.problem_message

    def _compute_twitter_post_price(self):
        self.twitter_post_price = self.env._(
            "%s for each post that is read again without it.",
            format_usd(self.env["twitter.price"]._of("post")),
        )

    def action_twitter_remove_bearer_token(self):
        """Forget the app's bearer token; open cards are read again from then on.

        :raise AccessError: the user is no administrator
        """
        self._check_twitter_administrator()
        self.env["twitter.account"]._set_bearer_token("")
        return {"type": "ir.actions.client", "tag": "reload"}
