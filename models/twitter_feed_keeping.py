import logging
import time
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models

from ..x_api import id_at
from .own_transaction import Busy, own_transaction
from .row_lock import lock_rows
from .twitter_feed_place import Place
from .twitter_interaction_told import unnamed

_logger = logging.getLogger(__name__)

# X may show late what was posted: what was younger than this when a reading began is
# asked for once more, which is not billed again on the same UTC day.
SHOWN_LATE = timedelta(minutes=2)
# For as long X is asked again who has written a mention.
HELD_FOR = timedelta(days=1)
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
    """Keeping what was read, and where the reading stands, in own transactions."""

    _inherit = "twitter.feed"

    # ------------------------------------------------------------
    # OWN TRANSACTIONS
    # ------------------------------------------------------------

    def _reader(self):
        """The account it is read with, in an own transaction: the request whose click
        has made the row does not see it.

        :raise XProblem: it is not the company's any more
        """
        accounts = self.env["twitter.account"].with_user(SUPERUSER_ID)
        with own_transaction(self.env) as env:
            feed = self.with_env(env).exists()
            if not (feed and feed._is_the_companys()):
                raise accounts._no_brand_problem()
            return accounts.browse(feed.account_id.id)

    def _place(self):
        """Where the reading stands, in an own transaction."""
        with own_transaction(self.env) as env:
            return self.with_env(env).exists()._stored_place()

    def _keep_page(self, page, place, before):
        """Keep X's answer and the place after it, in an own transaction.

        :param before: how many new interactions this run has brought already
        :return: (how many are new, Place or None where another reader was first)
        :raise Busy: for longer than it is waited for
        """

        def keep():
            with own_transaction(self.env) as env:
                return self.with_env(env)._take_in(page, place, before)

        return patiently(keep)

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
        if known and self.known_at:
            late = max(id_at(self.known_at - SHOWN_LATE), int(self.oldest_id or 0))
            since = str(min(int(known), late))
        return Place(
            since,
            known,
            self.walk_top_id or "",
            self.walk_bottom_id or "",
            self.walk_held_id or "",
            # Seconds are all that is stored, and none is to be missed.
            self.walk_begun_at or fields.Datetime.now(),
        )

    def _take_in(self, page, place, before):
        lock_rows(self)
        self.invalidate_recordset(flush=False)
        feed = self.exists()
        if not feed or not feed._is_the_companys() or feed._stored_place() != place:
            return 0, None
        interactions = self.env["twitter.interaction"]
        new, companies = interactions._keep(self.account_id, page)
        after = place.after(page, self._held(page))
        if not place.known and page.items and page.next_token:
            self.oldest_id = min((post.id for post in page.items), key=int)
        self.write(_stored(after))
        if not after.is_under_way:
            self.write({"known_at": after.begun_at, **self._rest(before + new)})
        interactions._announce(companies)
        return new, after

    def _held(self, page):
        """X's ids of posts it is to be asked for again, as it may yet tell who has
        written them; not for ever."""
        nobody = unnamed(page, self.account_id.twitter_id)
        posts = [post.id for post in page.items if post.author_id in nobody]
        since = id_at(fields.Datetime.now() - HELD_FOR)
        held = [post_id for post_id in posts if int(post_id) >= since]
        if posts:
            _logger.info(
                "X does not tell who has written %s mentions of %s; %s are asked for"
                " again",
                len(posts),
                self.account_id.username,
                len(held),
            )
        return held

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


def patiently(write):
    """Do what keeps an answer of X: it has been paid for, so whoever is in the way is
    waited for.

    :raise Busy: for longer than it is waited for
    """
    for left in reversed(range(KEEP_TRIES)):
        try:
            return write()
        except Busy:
            if not left:
                raise
            time.sleep(KEEP_PAUSE)


def _stored(place):
    """The row's values of a place."""
    return {
        "known_id": place.known or False,
        "walk_top_id": place.top or False,
        "walk_bottom_id": place.bottom or False,
        "walk_held_id": place.held or False,
        "walk_begun_at": place.is_under_way and place.begun_at,
    }
