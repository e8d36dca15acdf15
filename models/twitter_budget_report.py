from calendar import monthrange

from odoo import api, fields, models


class TwitterBudget(models.Model):
    """What was spent of a budget by now, and what the month is going to cost."""

    _inherit = "twitter.budget"

    spent_today = fields.Float(
        string="Today (USD)", digits=(16, 2), compute="_compute_spent"
    )
    spent_this_month = fields.Float(
        string="This Month (USD)", digits=(16, 2), compute="_compute_spent"
    )
    forecast = fields.Float(
        string="Forecast (USD)",
        digits=(16, 2),
        compute="_compute_spent",
        help="What the month costs if it goes on as it has until now",
    )
    day_share = fields.Float(string="Day Used", compute="_compute_spent")
    month_share = fields.Float(string="Month Used", compute="_compute_spent")

    @api.depends("company_id", "user_id")
    def _compute_display_name(self):
        for budget in self:
            budget.display_name = (budget.company_id or budget.user_id).display_name

    @api.depends("day", "day_spent", "day_limit", "month", "month_spent", "month_limit")
    def _compute_spent(self):
        now = fields.Datetime.now()
        today = now.date()
        for budget in self:
            day = budget.day_spent if budget.day == today else 0
            is_this_month = budget.month == today.replace(day=1)
            month = budget.month_spent if is_this_month else 0
            budget.spent_today, budget.spent_this_month = day, month
            budget.forecast = forecast(month, now)
            # What is being typed is no amount yet.
            kept = budget._origin
            budget.day_share = percent(day, kept._limit("day"))
            budget.month_share = percent(month, kept._limit("month"))


def percent(spent, limit):
    return 100 * spent / limit if limit else 0


def forecast(spent, now):
    """What a month comes to: what was spent, by the part of it that is over, in full.

    The first day counts as a whole one: its first hour says nothing of the month.

    >>> from datetime import datetime
    >>> forecast(30, datetime(2026, 6, 11))
    90.0
    >>> forecast(2, datetime(2026, 6, 1, 1))
    60.0

    :param now: naive, UTC, in the month
    """
    _weekday, days = monthrange(now.year, now.month)
    elapsed = now.day - 1 + (now.hour + now.minute / 60) / 24
    return spent * days / max(elapsed, 1)
