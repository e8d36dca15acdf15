from odoo import fields, models

from .twitter_budget import day_ends, month_ends
from .twitter_limit import BREAKER, CREDITS
from .x_problem import told_time


class ResConfigSettings(models.TransientModel):
    """What the company one works in may spend at X, and what stops calls now."""

    _inherit = "res.config.settings"

    twitter_day_limit = fields.Char(
        string="Per Day (USD)",
        compute="_compute_twitter_limits",
        inverse="_inverse_twitter_limits",
        help="Empty: no limit. 0: nothing may be spent.",
    )
    twitter_month_limit = fields.Char(
        string="Per Month (USD)",
        compute="_compute_twitter_limits",
        inverse="_inverse_twitter_limits",
        help="Empty: no limit. 0: nothing may be spent.",
    )
    twitter_spent = fields.Char(compute="_compute_twitter_spent")
    twitter_credits_gone = fields.Char(
        compute="_compute_twitter_stops",
        help="Since when X says that it has no credit left, in a sentence",
    )
    twitter_is_down = fields.Boolean(
        compute="_compute_twitter_stops",
        help="Whether X is not asked for now, as it has not answered",
    )
    twitter_stops = fields.Text(
        compute="_compute_twitter_stops", help="What stops calls of X now, line by line"
    )

    def _compute_twitter_limits(self):
        budget = self._twitter_budget()
        self.twitter_day_limit = budget.day_limit
        self.twitter_month_limit = budget.month_limit

    def _inverse_twitter_limits(self):
        """Keep the limits as they are told; empty ones are none."""
        for settings in self:
            settings._check_twitter_administrator()
            budget = settings._twitter_budget()
            told = {
                "day_limit": settings.twitter_day_limit,
                "month_limit": settings.twitter_month_limit,
            }
            changed = {
                name: text
                for name, text in told.items()
                if (text or False) != budget[name]
            }
            if changed:
                budget.write(changed)

    def _compute_twitter_spent(self):
        budget = self._twitter_budget()
        self.twitter_spent = self.env._(
            "Spent: $%(day).2f today, $%(month).2f this month. Forecast of the month:"
            " $%(forecast).2f.",
            day=budget.spent_today,
            month=budget.spent_this_month,
            forecast=budget.forecast,
        )

    def _compute_twitter_stops(self):
        # sudo: twitter.limit - what stops calls, told to administrators
        limits = self.env["twitter.limit"].sudo()
        rows = limits._rows([CREDITS, BREAKER])
        self.twitter_credits_gone = CREDITS in rows and self.env._(
            "Since %s X has said that your company's credit is used up. Nothing is"
            " tried again by itself: buy credits in X's console, then click Try Now.",
            told_time(self.env, rows[CREDITS]["since"]),
        )
        breaker = rows.get(BREAKER) or {}
        now = fields.Datetime.now()
        self.twitter_is_down = bool(breaker.get("until")) and breaker["until"] > now
        lines = self._twitter_budget_lines() + self._twitter_limit_lines(limits)
        self.twitter_stops = "\n".join(lines) or False

    def _twitter_budget_lines(self):
        """What of the company's budget is used up, in sentences."""
        budget = self._twitter_budget()
        today = fields.Datetime.now().date()
        lines = []
        if budget._is_used_up("month", today.replace(day=1)):
            until = told_time(self.env, month_ends(today))
            lines.append(
                self.env._("This month's budget does not suffice, until %s.", until)
            )
        if budget._is_used_up("day", today):
            until = told_time(self.env, day_ends(today))
            lines.append(
                self.env._("Today's budget does not suffice, until %s.", until)
            )
        return lines

    def _twitter_limit_lines(self, limits):
        """Which of X's limits are reached, and whether it is asked, in sentences."""
        now, no_company = fields.Datetime.now(), self.env["res.company"]
        lines = []
        reached = [("until", ">", now), "|", ("key", "=", BREAKER)]
        for row in limits.search([*reached, ("remaining", "<=", 0)], order="until"):
            until = told_time(self.env, row.until)
            if row.key == BREAKER:
                sentence = self.env._(
                    "X does not answer; it is asked again at %s.", until
                )
            elif row.account_id.company_id in (self.env.company, no_company):
                # Other companies' accounts are not named.
                sentence = self.env._(
                    "X's limit for “%(what)s”%(who)s is reached until %(time)s.",
                    what=row.endpoint,
                    who=row.account_id and f" (@{row.account_id.username})" or "",
                    time=until,
                )
            else:
                continue
            lines.append(sentence)
        return lines

    def _twitter_budget(self):
        # sudo: twitter.budget - only administrators have these settings
        budgets = self.env["twitter.budget"].sudo()
        budgets._make_row("company_id", self.env.company.id)
        return budgets.search([("company_id", "=", self.env.company.id)])

    def action_twitter_try_now(self):
        """Let calls out again, after credits were bought at X.

        :raise AccessError: the user is no administrator
        """
        self._check_twitter_administrator()
        return self.env["twitter.limit"].action_try_now()
