"""The gate that stands before each call of X: money and limits, of all workers.

``reserve`` and ``settle`` are an own transaction each: whatever becomes of the request,
what X has billed and refused is known to all.
"""

import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from psycopg2 import InterfaceError, OperationalError

from odoo import fields

from ..x_api import XNotSent, XOutOfCredits, XStopped, XUnavailable, XUnreachable
from .own_transaction import Busy, own_transaction
from .twitter_budget import day_ends, month_ends
from .twitter_limit import Standing, aware
from .x_problem import OVER_BUDGET

_logger = logging.getLogger(__name__)

# X's clock and ours differ: so close to midnight nobody knows on which day X bills.
CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass
class Reserved:
    """A call that was let out."""

    call: object
    at: object
    standing: Standing
    prices: dict
    reservation_id: int = 0
    begun: float = field(default_factory=time.monotonic)


class Gate:
    """As `x_api.Gate` describes it, for the calls of one request as one account."""

    def __init__(self, env, account, payer):
        self._env = env
        self._account = account
        self._payer = payer

    def reserve(self, call):
        """
        :raise XStopped: ``over_budget``, ``out_of_credits``, ``too_many``, ``down`` or
            ``busy``; nothing is sent
        """
        price_of = self._env["twitter.price"]._of
        prices = {kind: price_of(kind) for kind, _number in call.billable}
        # As the limits are: a sum of floats can be a trace more than it is.
        amount = Decimal(
            str(round(sum(prices[kind] * number for kind, number in call.billable), 4))
        )
        now = fields.Datetime.now()
        try:
            with own_transaction(self._env) as env:
                account = self._account.with_env(env)
                standing = env["twitter.limit"]._admit(
                    call, account, self._payer.is_background
                )
                reserved = Reserved(call, now, standing, prices)
                if amount:
                    self._check_budget(env, amount, now)
                    reserved.reservation_id = env["twitter.reservation"]._insert(
                        self._payer, call, amount, now
                    )
        except Busy:
            raise XStopped("busy") from None
        except XStopped as stop:
            if stop.code in OVER_BUDGET:
                self._env["twitter.budget"]._tell_refused(self._payer, stop.code)
            raise
        return reserved

    def settle(self, reserved, settlement):
        """Count what it came to. X has answered: nothing may be raised any more."""
        nearly_spent = []
        try:
            with own_transaction(self._env) as env:
                nearly_spent = self._settle(env, reserved, settlement)
        except (Busy, OperationalError, InterfaceError):
            # The reservation stands, and is counted at its most when it is over.
            _logger.info("A call of X is settled later: its rows are not to be had")
        self._tell(nearly_spent, reserved, settlement)

    def watch(self, ask):
        """What `ask` returns, which talks to X beside the gate.

        :raise XStopped: ``down``: X is not asked for now
        """
        self._env["twitter.limit"]._check_reachable()
        begun = time.monotonic()
        try:
            return ask()
        except (XUnreachable, XUnavailable):
            with own_transaction(self._env) as env:
                env["twitter.limit"]._note_failure(time.monotonic() - begun)
            raise

    def _tell(self, nearly_spent, reserved, settlement):
        """Let administrators know; in own transactions, and only where there is news.

        :param nearly_spent: as `twitter.budget._nearly_spent` gives it
        """
        for budget, *what in nearly_spent:
            budget.with_env(self._env)._tell_of(*what)
        limits = self._env["twitter.limit"]
        if isinstance(settlement.error, XOutOfCredits):
            limits._tell_out_of_credits()
        elif (
            reserved.standing.had_no_credit
            and reserved.call.billable
            and settlement.error is None
        ):
            limits._tell_credit_is_back()

    # ------------------------------------------------------------
    # PARTS OF OWN TRANSACTIONS
    # ------------------------------------------------------------

    def _check_budget(self, env, amount, now):
        """
        :raise XStopped: ``over_budget``
        """
        left = self._budgets(env)._left(now.date())
        for budget, (day, month) in left.items():
            owner = "company" if budget.company_id else "user"
            if month is not None and amount > month:
                until = aware(month_ends(now.date()))
                raise XStopped(f"over_{owner}_month", until=until)
            if day is not None and amount > day:
                raise XStopped(f"over_{owner}_day", until=aware(day_ends(now.date())))

    def _budgets(self, env):
        payer = self._payer
        return env["twitter.budget"]._lock_for(payer.company_id, payer.user_id)

    def _settle(self, env, reserved, settlement):
        """What administrators are to be told of the budgets then."""
        call = reserved.call
        limits = env["twitter.limit"]
        account = self._account.with_env(env)
        seconds = time.monotonic() - reserved.begun
        limits._note(call, account, settlement, reserved.standing, seconds)
        counted = self._billed(env, reserved, settlement)
        if reserved.reservation_id and not self._release(env, reserved):
            return []  # so late that it was counted at its most
        cost = sum(usd for _calls, _given, _billed, usd in counted.values())
        day = reserved.at.date()
        nearly_spent = []
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
        call, given = reserved.call, settlement.resources
        if is_unknown(call, settlement):
            numbers = {kind: (number, number) for kind, number in call.billable}
        else:
            billed = self._first_today(env, reserved, given)
            kinds = {call.kind, *(kind for kind, _id in given)}
            numbers = {
                kind: (count(given, kind), count(billed, kind)) for kind in kinds
            }
        return {
            kind: (
                int(kind == call.kind),
                resources,
                number,
                reserved.prices.get(kind, 0) * number,
            )
            for kind, (resources, number) in numbers.items()
        }

    def _first_today(self, env, reserved, given):
        """What of `given` X bills, as far as can be told."""
        now = fields.Datetime.now()
        first = (reserved.at - CLOCKS_DIFFER).date()
        if first != (now + CLOCKS_DIFFER).date():
            return given
        written = [resource for resource in given if not resource[1]]
        named = [resource for resource in given if resource[1]]
        marked = env["twitter.billed.resource"]._mark(reserved.at.date(), named)
        return [*written, *marked]


def count(resources, kind):
    return sum(each[0] == kind for each in resources)


def is_unknown(call, settlement):
    """Whether X may have billed the call, and what is not known.

    What fails is not billed; what is not answered may have been carried out.
    """
    error, status = settlement.error, settlement.status
    if isinstance(error, XNotSent):
        return False
    if status is None:
        return True
    if isinstance(error, XUnavailable):
        return status < 300 or call.is_write
    return False
