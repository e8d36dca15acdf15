import logging
from functools import partial

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import LazyTranslate

from .own_transaction import Busy, own_transaction
from .row_lock import lock_rows
from .twitter_budget import day_ends, month_ends
from .twitter_telling_mixin import TELLING_LOCK_TIMEOUT

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

NEARLY, ALL = 80, 100  # percent of a limit
SPANS = {"day": day_ends, "month": month_ends}
SUMMARIES = {
    ("day", NEARLY): _lt("X: today's budget of %(owner)s is nearly used up"),
    ("day", ALL): _lt("X: today's budget of %(owner)s does not suffice"),
    ("month", NEARLY): _lt("X: this month's budget of %(owner)s is nearly used up"),
    ("month", ALL): _lt("X: this month's budget of %(owner)s does not suffice"),
}
NOTES = {
    NEARLY: _lt(
        "%(owner)s has spent %(spent)s of %(limit)s; what is spent counts from zero"
        " again on %(time)s. Once it is used up, the CRM shows what is stored, and"
        " actions go by x.com. The limit is changed here."
    ),
    ALL: _lt(
        "%(owner)s has spent %(spent)s of %(limit)s. Until %(time)s the CRM shows what"
        " is stored instead of reading what would cost more, and actions go by x.com."
        " The limit is changed here."
    ),
}


class TwitterBudget(models.Model):
    """Administrators are told before the money is used up, and when it is.

    Once a period, budget and limit, each of the two.
    """

    _name = "twitter.budget"
    _inherit = ["twitter.budget", "twitter.telling.mixin"]

    told = fields.Json(
        readonly=True,
        help="Of what administrators were told: {span: [its first day, percent]}",
    )

    def _nearly_spent(self):
        """What they have to be told of; part of the gate's own transaction.

        :return: list of arguments for `_tell_of`
        """
        self.invalidate_recordset()
        return [
            (budget, span, budget[span], share)
            for budget in self
            for span in SPANS
            if (share := budget._share_reached(span))
            and not budget._is_told(span, budget[span], share)
        ]

    def _tell_refused(self, payer, code):
        """They are told, too, if what is left is less than what a call may cost.

        In an own transaction; does not fail.

        :param payer: whose call was not let out
        :param code: of the gate, like ``over_company_day``
        """
        _over, owner, span = code.split("_")
        owner_id = payer.company_id if owner == "company" else payer.user_id
        # sudo: twitter.budget - who may not see it has it told to administrators
        budget = self.sudo().search([(f"{owner}_id", "=", owner_id)])
        today = fields.Datetime.now().date()
        period = today if span == "day" else today.replace(day=1)
        if budget._limit(span) and not budget._is_told(span, period, ALL):
            budget._tell_of(span, period, ALL)

    def _tell_of(self, span, period, share):
        """In an own transaction; does not fail: where it cannot, the next call does."""
        self.ensure_one()
        try:
            with own_transaction(self.env, TELLING_LOCK_TIMEOUT) as env:
                budget = self.with_env(env)
                budget._be_the_only_teller()
                # An administrator may be changing the limit.
                lock_rows(budget)
                budget.invalidate_recordset()
                if not budget._is_told(span, period, share):
                    budget._tell(
                        budget._administrators(budget._company()),
                        partial(budget._words, span, period, share),
                    )
                    told = {**(budget.told or {}), span: [str(period), share]}
                    budget.told = told
        except Busy:
            _logger.info("Administrators are told of a budget later: it is in use")

    # ------------------------------------------------------------
    # WHAT THEY ARE TOLD
    # ------------------------------------------------------------

    def _company(self):
        return self.company_id or self.user_id.company_id

    def _limit(self, span):
        """In USD; 0 is also none: neither is ever reached."""
        return float(self[f"{span}_limit"] or 0)

    def _share_reached(self, span):
        """100, 80 or 0 percent of the limit, in the period that was spent on last."""
        limit = self._limit(span)
        if not limit:
            return 0
        percent = round(100 * self[f"{span}_spent"] / limit, 4)
        return next((share for share in (ALL, NEARLY) if percent >= share), 0)

    def _is_told(self, span, period, share):
        told_period, told_share = (self.told or {}).get(span, ("", 0))
        return told_period == str(period) and told_share >= share

    def _is_used_up(self, span, period):
        """Whether a call was refused in the period, or is going to be."""
        is_period = self[span] == period
        return self._is_told(span, period, ALL) or (
            is_period and self._share_reached(span) == ALL
        )

    def _words(self, span, period, share, env):
        """As `_tell` wants them."""
        spent = self[f"{span}_spent"] if self[span] == period else 0
        owner = (self.company_id or self.user_id).name
        summary, note = env._(SUMMARIES[span, share]), env._(NOTES[share])
        note = Markup(note) % {
            "owner": owner,
            "spent": f"${spent:.2f}",
            "limit": f"${self[f'{span}_limit']}",
            "time": self._reader_time(env, SPANS[span](period)),
        }
        return summary % {"owner": owner}, note

    def _forget_told(self, spans):
        """A limit that was changed is a new one, and what was said of it is over."""
        for budget in self:
            told = budget.told or {}
            budget.told = {span: told[span] for span in told if span not in spans}
        self._open_activities().unlink()
