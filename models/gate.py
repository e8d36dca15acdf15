"""The gate that stands before each call of X: money and limits, of all workers.

``reserve`` and ``settle`` are an own transaction each: whatever becomes of the request,
what X has billed and refused is known to all.
"""

import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

import psycopg2

from odoo import fields

from ..x_api import (
    XOutOfCredits,
    XStopped,
    XUnavailable,
    XUnreachable,
    may_be_billed,
)
from .own_transaction import Busy, own_transaction
from .twitter_budget import day_ends, month_ends
from .twitter_limit import Standing, aware
from .x_problem_sentences import OVER_BUDGET

_logger = logging.getLogger(__name__)

# X's clock and ours differ: so close to midnight nobody knows on which day X bills.
CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass
class Reserved:
    """A call that was let out: what it is billed as at most, and since when."""

    call: object
    standing: Standing
    most: Counter
    at: datetime
    reservation_id: int = 0
    begun: float = field(default_factory=time.monotonic)


class Gate:
    """As `x_api.Gate` describes it, for the calls of one request as one account.

    :param Payer payer: as whom X is asked, and to whom it is charged
    """

    def __init__(self, env, payer):
        self._env = env
        self._payer = payer
        # What was counted of questions that were not answered, by question.
        self._counted = {}

    def reserve(self, call):
        """
        :raise XStopped: ``over_…``, ``out_of_credits``, ``too_many``, ``down`` or
            ``busy``; nothing is sent
        """
        most = Counter()
        for kind, number in call.billable:
            most[kind] += number
        costs = self._costs(most)
        try:
            with own_transaction(self._env) as env:
                reserved = self._let_out(env, call, most, costs)
        except Busy:
            raise XStopped("busy") from None
        except XStopped as stop:
            if stop.code in OVER_BUDGET:
                tell = self._env["twitter.budget"]._tell_refused
                self._tell(tell, self._payer, stop.code)
            raise
        return reserved

    def settle(self, reserved, settlement):
        """Count what it came to. X has answered: nothing is raised any more."""
        try:
            with own_transaction(self._env) as env:
                nearly_spent = self._settle(env, reserved, settlement)
        except (Busy, psycopg2.Error):
            # The reservation stands, and is counted at its most when it is over.
            _logger.info("A call of X is settled later: its rows are not to be had")
            return
        for budget, *what in nearly_spent:
            self._tell(budget.with_env(self._env)._tell_of, *what)
        limits = self._env["twitter.limit"]
        # X lets nothing pass that has a price, though it may have been paid for today.
        is_paid = bool(reserved.reservation_id)
        if isinstance(settlement.error, XOutOfCredits):
            self._tell(limits._tell_out_of_credits)
        elif is_paid and reserved.standing.had_no_credit and not settlement.error:
            self._tell(limits._tell_credit_is_back)

    def watch(self, ask):
        """What `ask` returns, which talks to X beside the gate.

        :raise XStopped: ``down``: X is not asked for now
        """
        limits = self._env["twitter.limit"]
        had_failures = limits._let_through()
        begun = time.monotonic()
        try:
            answer = ask()
        except (XUnreachable, XUnavailable):
            limits._note_beside(time.monotonic() - begun, is_failure=True)
            raise
        if had_failures:
            limits._note_beside(time.monotonic() - begun, is_failure=False)
        return answer

    def _tell(self, tell, *what):
        """Let administrators know, in an own transaction; X's answer comes first."""
        try:
            tell(*what)
        except Exception:
            _logger.exception("Administrators were not told of X's money")

    def _costs(self, numbers):
        """``{kind: (number, USD)}``; to the cent of a cent, as the limits are."""
        price_of = self._env["twitter.price"]._of
        return {
            kind: (number, Decimal(str(price_of(kind))) * number)
            for kind, number in numbers.items()
        }

    # ------------------------------------------------------------
    # PARTS OF OWN TRANSACTIONS
    # ------------------------------------------------------------

    def _let_out(self, env, call, most, costs):
        payer = self._payer
        standing = env["twitter.limit"]._admit(call, payer.who, payer.is_background)
        amount = sum(usd for _number, usd in costs.values())
        budgets = self._budgets(env) if amount else env["twitter.budget"]
        # Only now: a day may have ended while the rows were waited for.
        now = fields.Datetime.now()
        reserved = Reserved(call, standing, most, now)
        if amount:
            self._check_budget(budgets, amount, now.date())
            reserved.reservation_id = env["twitter.reservation"]._insert(
                self._payer, call.endpoint, costs, now
            )
        return reserved

    def _check_budget(self, budgets, amount, today):
        """
        :raise XStopped: ``over_company_day``, ``over_user_month``, …
        """
        for budget, (day, month) in budgets._left(today).items():
            owner = "company" if budget.company_id else "user"
            if month is not None and amount > month:
                raise XStopped(f"over_{owner}_month", until=aware(month_ends(today)))
            if day is not None and amount > day:
                raise XStopped(f"over_{owner}_day", until=aware(day_ends(today)))

    def _budgets(self, env):
        payer = self._payer
        return env["twitter.budget"]._lock_for(payer.company_id, payer.user_id)

    def _settle(self, env, reserved, settlement):
        """What administrators are to be told of the budgets then."""
        seconds = time.monotonic() - reserved.begun
        env["twitter.limit"]._note(
            reserved.call, self._payer.who, settlement, reserved.standing, seconds
        )
        counted = self._billed(env, reserved, settlement)
        is_late = reserved.reservation_id and not self._release(env, reserved)
        if is_late or not reserved.most:
            return []  # counted at its most already, or of no kind that has a price
        cost = sum(usd for *_numbers, usd in counted.values())
        day, nearly_spent = reserved.at.date(), []
        if cost:
            budgets = self._budgets(env)
            budgets._spend(cost, day)
            nearly_spent = budgets._nearly_spent()
        env["twitter.usage"]._count(day, self._payer, counted)
        return nearly_spent

    def _release(self, env, reserved):
        """Take the reservation away; whether it was there."""
        env.cr.execute(
            "DELETE FROM twitter_reservation WHERE id = %s RETURNING id",
            [reserved.reservation_id],
        )
        return bool(env.cr.fetchone())

    def _billed(self, env, reserved, settlement):
        """``{kind: (calls, resources, billed, USD)}`` of a call."""
        given = Counter(kind for kind, _id in settlement.resources)
        if may_be_billed(reserved.call, settlement):
            given = billed = reserved.most
        else:
            first = self._first_today(env, reserved, settlement.resources)
            billed = Counter(kind for kind, _id in first)
        billed = self._once(reserved, billed)
        kinds = dict.fromkeys([reserved.call.kind, *given])
        costs = self._costs({kind: billed[kind] for kind in kinds if billed[kind]})
        return {
            kind: (
                int(kind == reserved.call.kind),
                given[kind],
                *costs.get(kind, (0, 0)),
            )
            for kind in kinds
        }

    def _once(self, reserved, billed):
        """What of `billed` was not counted at an attempt before at the same question.

        X bills what it reads out once a day, however often it is asked.
        """
        asked = reserved.call.asked
        if asked is None or reserved.call.is_write or self._is_about_midnight(reserved):
            return billed
        before = self._counted.get(asked, Counter())
        self._counted[asked] = before | billed
        return billed - before

    def _first_today(self, env, reserved, given):
        """What of `given` X bills, as far as can be told."""
        if self._is_about_midnight(reserved):
            return given
        written = [resource for resource in given if not resource[1]]
        named = [resource for resource in given if resource[1]]
        marked = env["twitter.billed.resource"]._mark(reserved.at.date(), named)
        return [*written, *marked]

    def _is_about_midnight(self, reserved):
        """Whether nobody knows on which day X bills the call."""
        first = (reserved.at - CLOCKS_DIFFER).date()
        return first != (fields.Datetime.now() + CLOCKS_DIFFER).date()
