from odoo import models
from odoo.exceptions import AccessError


class ResUsers(models.Model):
    """What users may spend at X."""

    _inherit = "res.users"

    def unlink(self):
        """The ORM takes a budget's activities along; the database would not."""
        # sudo: twitter.budget - whoever may delete the user deletes the budget
        budgets = self.env["twitter.budget"].sudo()
        budgets.search([("user_id", "in", self.ids)]).unlink()
        return super().unlink()

    def action_twitter_budgets(self):
        """Open the budgets of `self`, to set limits; they are made where missing.

        :raise AccessError: the caller is no administrator
        """
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only administrators set budgets for X."))
        self.check_access("read")
        for user in self.filtered(lambda user: not user.share):
            self.env["twitter.budget"]._make_row("user_id", user.id)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_twitter.twitter_budget_action"
        )
        return {**action, "domain": [("user_id", "in", self.ids)], "context": {}}
