import logging
import time
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError

from .own_transaction import Busy, own_transaction
from .row_lock import lock_rows
from .twitter_feed import PAGE
from .twitter_feed_place import Place, id_at
from .x_problem import XProblem

_logger = logging.getLogger(__name__)

# X may show late what was posted: what is younger than this when X is asked is asked
# for once more, which is not billed again on the same UTC day.
SHOWN_LATE = timedelta(minutes=2)
# X keeps the newest 800 mentions: eight pages, and as many again for what arrives.
MOST_PAGES = 16
# What X answered has been paid for, and is tried to be kept as often.
KEEP_TRIES = 4
KEEP_PAUSE = 0.5  # seconds
OFTEN, SELDOM = 5, 60  # minutes between readings of a lively and a quiet account
# The cron's own minute is never exact.
EARLY = timedelta(minutes=1)
# How long is paused for what is not over by itself at a known time.
PAUSES = {
    "busy": timedelta(minutes=1),
    "unreachable": timedelta(minutes=15),
    "unavailable": timedelta(minutes=15),
    "too_many": timedelta(minutes=15),
}
LONG_PAUSE = timedelta(hours=1)
# Who associates an author at the moment the row is made does not see it: for as long,
# the CRM is looked at once more.
RELATED_AGAIN_FOR = timedelta(minutes=15)


class TwitterFeed(models.Model):
    """Reading mentions: newest first, down to what is known, page by page.

    A page's interactions and the walk's place are written in one own transaction, so
    that a walk may be stopped anywhere: nothing is missed, and what X gives twice is
    kept once. Of two who read at the same time, the second to arrive leaves the page to
    the first.
    """

    _inherit = "twitter.feed"

    # ------------------------------------------------------------
    # TALKS TO X
    # ------------------------------------------------------------

    @api.model
    def _cron_read(self):
        """Read all feeds that are due, one after the other."""
        progress = self.env["ir.cron"]._commit_progress
        due = self.search(self._due())
        progress(remaining=len(due))
        for feed in due:
            feed._read_in_background()
            if not progress(1):
                return  # out of time: Odoo calls again
        self._relate_recent()
        progress(remaining=0)

    @api.model
    def _due(self):
        if not self.env["twitter.account"]._keys_configured():
            return [("id", "=", False)]
        return [
            *self._connected(),
            "|",
            ("next_read_at", "=", False),
            ("next_read_at", "<=", fields.Datetime.now()),
        ]

    @api.model
    def _connected(self):
        return [
            ("account_id.state", "=", "connected"),
            ("account_id.company_id", "!=", False),
        ]

    def _is_paused(self):
        """Whether X has refused, and the pause after it is not over."""
        return bool(self.problem_code) and self.next_read_at > fields.Datetime.now()

    def _read_in_background(self):
        """As `_read`; trouble with one feed keeps no other waiting."""
        try:
            _new, problem = self._read()
        except Exception:
            _logger.exception("Mentions of %s cannot be read", self.display_name)
            self._pause(XProblem(self.env, "unavailable"))
        else:
            if problem:
                _logger.info(
                    "Reading mentions of %s stopped: %s",
                    self.display_name,
                    problem.code,
                )

    def _read(self):
        """Read what is new, page by page; what was read before a problem stays.

        :return: (how many interactions are new, XProblem or None)
        """
        new = 0
        try:
            place = self._place()
            # A walk that is resumed does not see what has arrived since it began.
            walks = 2 if place.is_under_way else 1
            for _page in range(MOST_PAGES):
                page = self._ask(place)
                kept, place = self._keep_page(page, place, new)
                new += kept
                walks -= bool(place and not place.is_under_way)
                if not (place and walks):
                    break
                if not place.is_under_way:
                    place = self._place()
        except (XProblem, AccessError) as refusal:
            problem = refusal
            if not isinstance(refusal, XProblem):
                # Nobody may act as the account any more.
                problem = XProblem(self.env, "not_allowed", refusal.args[0])
            self._pause(problem)
            return new, problem
        return new, None

    def _ask(self, place):
        """X's answer at a place of the walk.

        :raise XProblem: X refuses, or does not answer
        """
        account = self._reader()
        with account._x_session() as x:
            page = x.mentions(
                account.twitter_id, PAGE, since_id=place.since, until_id=place.bottom
            )
        problem = XProblem.of_page(self.env, page)
        if problem:
            raise problem
        return page

    # ------------------------------------------------------------
    # KEEPING (OWN TRANSACTIONS)
    # ------------------------------------------------------------

    def _reader(self):
        """The account it is read with, in an own transaction: the request whose click
        has made the row does not see it."""
        with own_transaction(self.env) as env:
            account_id = self.with_env(env).account_id.id
        accounts = self.env["twitter.account"].with_user(SUPERUSER_ID)
        return accounts.browse(account_id)

    def _place(self):
        """Where the reading stands, in an own transaction."""
        with own_transaction(self.env) as env:
            return self.with_env(env)._stored_place()

    def _keep_page(self, page, place, before):
        """Keep X's answer and the place after it, in an own transaction.

        It has been paid for: whoever is in the way is waited for.

        :param before: how many new interactions this run has brought already
        :return: (how many are new, Place or None where another reader was first)
        :raise Busy: for longer than it is waited for
        """
        for left in reversed(range(KEEP_TRIES)):
            try:
                with own_transaction(self.env) as env:
                    return self.with_env(env)._take_in(page, place, before)
            except Busy:
                if not left:
                    raise
                time.sleep(KEEP_PAUSE)

    @api.model
    def _relate_recent(self):
        """Look once more who recent authors are, in an own transaction."""
        since = fields.Datetime.now() - RELATED_AGAIN_FOR
        try:
            with own_transaction(self.env) as env:
                env["twitter.author"]._relate_again(since)
        except Busy:
            _logger.info("Authors are in use; they are looked at next time")

    def _pause(self, problem):
        """Read no further for a while, and keep why, in an own transaction.

        :param XProblem problem: what the board tells
        """
        now = fields.Datetime.now()
        until = problem.resets_at or now + PAUSES.get(problem.code, LONG_PAUSE)
        values = {
            "next_read_at": until,
            "problem_code": problem.code,
            "problem_message": problem.args[0],
        }
        try:
            with own_transaction(self.env) as env:
                lock_rows(self.with_env(env))
                self.with_env(env).exists().write(values)
        except Busy:
            _logger.info("The pause of %s is not kept: its row is in use", self)

    # ------------------------------------------------------------
    # PARTS OF OWN TRANSACTIONS
    # ------------------------------------------------------------

    def _stored_place(self):
        known = since = self.known_id or ""
        if known and self.last_read_at:
            late = max(id_at(self.last_read_at - SHOWN_LATE), int(self.oldest_id or 0))
            since = str(min(int(known), late))
        return Place(since, known, self.walk_top_id or "", self.walk_bottom_id or "")

    def _take_in(self, page, place, before):
        lock_rows(self)
        self.invalidate_recordset(flush=False)
        company = self.exists().company_id
        if not company or self._stored_place() != place:
            return 0, None
        new = self.env["twitter.interaction"]._keep(self.account_id, page)
        after = place.after(page)
        values = {
            "known_id": after.known or False,
            "walk_top_id": after.top or False,
            "walk_bottom_id": after.bottom or False,
        }
        if not place.known and page.items and page.next_token:
            values["oldest_id"] = min((post.id for post in page.items), key=int)
        if not after.is_under_way:
            values |= self._rest(before + new)
        self.write(values)
        if new:
            self.env["twitter.interaction"]._announce(company)
        return new, after

    def _rest(self, new):
        """What is written when all is read: quiet accounts are read less often."""
        interval = OFTEN if new else min(SELDOM, max(OFTEN, 2 * self.interval))
        now = fields.Datetime.now()
        return {
            "last_read_at": now,
            "next_read_at": now + timedelta(minutes=interval) - EARLY,
            "interval": interval,
            "problem_code": False,
            "problem_message": False,
        }
