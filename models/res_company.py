from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        """A new company has its budget for X from the beginning."""
        companies = super().create(vals_list)
        companies._make_twitter_budgets()
        return companies

    def unlink(self):
        """The ORM takes a budget's activities along; the database would not."""
        # sudo: twitter.budget - whoever may delete the company deletes its budget
        budgets = self.env["twitter.budget"].sudo()
        budgets.search([("company_id", "in", self.ids)]).unlink()
        return super().unlink()

    def _make_twitter_budgets(self):
        """Make the budget where there is none; one that is there stays as it is."""
        for company in self:
            self.env["twitter.budget"]._make_row("company_id", company.id)

    @api.model
    def _make_all_twitter_budgets(self):
        """At installation and at each upgrade."""
        every = self.with_context(active_test=False).search([("id", "!=", False)])
        every._make_twitter_budgets()
