from odoo import api, fields, models

from ..x_api import XLinkExpired
from .twitter_feed import PAGE, READ_AGAIN_FOR
from .twitter_interaction import SHOWN_FOR
from .x_problem import OVER_BUDGET, XProblem, told_time
from .x_problem_sentences import SHOWS_REASON
from .x_values import iso


class TwitterFeed(models.Model):
    """How the reading stands, as a board shows it."""

    _inherit = "twitter.feed"

    @api.model
    def _feeds(self):
        """How the reading stands, of each company the user works in at the moment.

        :return: list of ``{id, account_id, company_id, company, handle, state,
            is_started, last_read_at, next_read_at, problem, first_price, post_price,
            unverified}``; ``state`` is "none" (no official account), "reconnect",
            "unstarted" or "reading"; ``first_price`` what the first reading costs at
            most, in USD, ``post_price`` each post that is new later; ``unverified`` how
            many open cards wait for X to confirm their words
        """
        return [self._feed_of(company) for company in self.env.companies]

    @api.model
    def _feed_of(self, company):
        brand = self.env["twitter.account"]._brand_of(company)
        feed = self._of_company(company)
        state, problem = feed._standing(brand)
        return {
            "id": feed.id or 0,
            "account_id": brand.id or 0,
            "company_id": company.id,
            "company": company.name,
            "handle": brand.username or "",
            "state": state,
            "is_started": bool(feed),
            "last_read_at": iso(feed.last_read_at),
            "next_read_at": iso(feed.next_read_at),
            "problem": problem and problem.to_dict(feed.last_read_at),
            "first_price": self._first_price(),
            "post_price": self._post_price(),
            "unverified": feed._count_unverified(),
        }

    def _standing(self, brand):
        """(state, XProblem or False) of a feed, or of a brand that has none."""
        if not brand:
            return "none", False
        if brand._state_today() != "connected":
            return "reconnect", brand.with_env(self.env)._link_problem(XLinkExpired(""))
        return ("reading" if self else "unstarted"), self._problem()

    def _problem(self):
        """Why it is not read now, as the user is told, or False."""
        if not self.problem_code:
            return False
        if self.problem_code in SHOWS_REASON:
            return XProblem(self.env, self.problem_code, self.problem_message)
        next_at = self.next_read_at
        time = told_time(self.env, next_at) if next_at else ""
        problem = XProblem(self.env, self.problem_code, time=time)
        if self.problem_code in (*OVER_BUDGET, "down", "too_many"):
            problem.resets_at = next_at or None
        return problem

    @api.model
    def _first_price(self):
        """What the first reading costs at most, in USD."""
        return round(PAGE * self._post_price(), 4)

    @api.model
    def _post_price(self):
        """What a post costs at most, in USD, with who wrote it."""
        price_of = self.env["twitter.price"]._of
        return round(price_of("post") + price_of("user"), 4)

    def _count_unverified(self):
        """How many open cards have words that wait for X to confirm them."""
        if not self:
            return 0
        now = fields.Datetime.now()
        # sudo: twitter.interaction - how many, within a company the user works in
        return (
            self.env["twitter.interaction"]
            .sudo()
            .search_count(
                [
                    ("account_id", "=", self.account_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("state", "=", "new"),
                    ("posted_at", ">", now - READ_AGAIN_FOR),
                    ("verified_at", "<=", now - SHOWN_FOR),
                    ("absence", "=", False),
                ]
            )
        )
