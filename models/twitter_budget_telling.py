from odoo import models


class TwitterBudget(models.Model):
    """Administrators are told before the money is used up."""

    _inherit = "twitter.budget"

    def _tell_if_nearly_spent(self, day):
        """Part of the gate's own transaction, after something was spent."""
