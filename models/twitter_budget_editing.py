import re
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .twitter_budget_telling import SPANS

LIMITS = {"day_limit": "day", "month_limit": "month"}
# What the gate counts, and whose a row is: nobody writes it by hand.
COUNTED = {"company_id", "day", "day_spent", "month", "month_spent", "told"}
# "1.000" and "1,000" are a thousand to some, and one to others: neither is taken.
AMOUNT = re.compile(
    r"(?:USD|US\$|\$)?\s*"
    r"(0[.,]\d{3}|\d{1,7}(?:[.,]\d{1,2})?|\d{1,7}[.,]\d{4})"
    r"\s*(?:USD|\$)?",
    re.ASCII | re.IGNORECASE,
)


class TwitterBudget(models.Model):
    """What administrators write into a budget: its limits, and whose it is if new."""

    _inherit = "twitter.budget"

    user_id = fields.Many2one(readonly=False, domain=[("share", "=", False)])
    day_limit = fields.Char(tracking=True)
    month_limit = fields.Char(tracking=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Make the budgets of users; that of a company is there with it.

        :raise AccessError: values are given that nobody writes by hand
        :raise ValidationError: a limit is no amount
        """
        for vals in vals_list:
            self._check_by_hand(key for key in vals if vals[key])
            if not (vals.get("user_id") or vals.get("company_id")):
                raise ValidationError(self.env._("Choose the user whose budget it is."))
        return super().create([self._with_amounts(vals) for vals in vals_list])

    def write(self, vals):
        """Change limits.

        :raise AccessError: values are given that nobody writes by hand
        :raise ValidationError: a limit is no amount
        """
        self._check_by_hand(vals, "user_id")
        vals = self._with_amounts(vals)
        changed = {
            budget: spans
            for budget in self
            if (
                spans := {
                    LIMITS[name]
                    for name in LIMITS.keys() & vals.keys()
                    if (budget[name] or False) != vals[name]
                }
            )
        }
        result = super().write(vals)
        for budget, spans in changed.items():
            # sudo: twitter.budget, twitter.feed - what the limit's change brings along
            budget.sudo()._forget_told(spans)
            budget.sudo()._go_on(spans)
        return result

    def _go_on(self, spans):
        """Have what the old limit has stopped go on by the new one.

        In the background nobody's own limit holds.
        """
        if self.company_id:
            codes = [f"over_company_{span}" for span in spans]
            self.env["twitter.feed"]._go_on_after(*codes, companies=self.company_id)
            today = fields.Datetime.now().date()
            ends = [SPANS[span](today) for span in spans]
            self.env["twitter.engagement"]._go_on_before(ends)
            self.env["twitter.limit"]._go_on_in_background()

    def _check_by_hand(self, names, *more):
        """
        :raise AccessError: one of them is not written by hand
        """
        if not self.env.su and COUNTED.union(more).intersection(names):
            raise AccessError(
                self.env._(
                    "What was spent is counted, and a budget stays with whom it is of:"
                    " only its limits are changed."
                )
            )

    @api.model
    def _with_amounts(self, vals):
        amounts = {
            name: self._amount(vals[name]) for name in LIMITS.keys() & vals.keys()
        }
        return {**vals, **amounts}

    @api.model
    def _amount(self, text):
        """A limit as it is kept: ``"12.50"``, or False for none.

        :raise ValidationError: it is no amount
        """
        text = (text or "").strip()
        if not text:
            return False
        found = AMOUNT.fullmatch(text)
        if not found:
            raise ValidationError(
                self.env._(
                    "“%s” is no amount: write US dollars like 5 or 12.50, 0 for"
                    " nothing, or leave it empty for no limit.",
                    text,
                )
            )
        amount = Decimal(found[1].replace(",", "."))
        cents = amount.quantize(Decimal("0.01"))
        return str(cents if cents == amount else amount.normalize())
