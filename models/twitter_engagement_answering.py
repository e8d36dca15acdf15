from odoo import api, fields, models
from odoo.exceptions import AccessError

from .own_transaction import Busy
from .twitter_engagement_outbox import SENDING_AT_MOST, Outcome


class TwitterEngagement(models.Model):
    """What a user says of an intent, or of what X did not answer."""

    _inherit = "twitter.engagement"

    can_be_answered = fields.Boolean(compute="_compute_can_be_answered")

    @api.depends("state", "date")
    def _compute_can_be_answered(self):
        for row in self:
            row.can_be_answered = row._can_answer()

    def _can_answer(self):
        is_left = self.state == "sending" and self._age() >= SENDING_AT_MOST
        return is_left or self.state in ("opened", "unknown")

    def _is_of_user(self, accounts):
        """Whose it is to say how it ended: the user's, or what was sent as an account
        the user may act as, too."""
        return self.user_id == self.env.user or (
            self.route == "api" and self.account_id in accounts
        )

    def action_done(self):
        """Say that these were done on X; see `_answer`."""
        return self._answer_by_button("done")

    def action_not_done(self):
        """Say that these were not done on X; see `_answer`."""
        return self._answer_by_button("not_done")

    def _answer_by_button(self, state):
        """
        :raise AccessError: another user's, and the caller is no sales manager
        """
        self.env["twitter.account"]._check_permission()
        self.check_access("read")
        is_manager = self.env.user.has_group("sales_team.group_sale_manager")
        accounts = self.env["twitter.account"]._may_act_as()
        # sudo: twitter.engagement - rows are written by the server alone
        for row in self.sudo():
            if not (is_manager or row._is_of_user(accounts)):
                raise AccessError(self.env._("Only who did it knows how it ended."))
            row._answer(state)
        return True

    def _answer(self, state):
        """Write down what a user says became of it.

        :param state: ``done`` or ``not_done``
        :raise Busy: another worker holds the row
        """
        if self._can_answer():
            said = self.env._("%(user)s said so.", user=self.env.user.name)
            if not self._end(self.id, Outcome(state, reason=said)):
                raise Busy(self.env)
