import logging
from dataclasses import replace
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError

from ..x_api import Page
from .own_transaction import own_transaction
from .row_lock import lock_rows
from .twitter_account_paying import CLICKED_BY
from .twitter_feed import READ_AGAIN_FOR
from .twitter_feed_keeping import patiently
from .twitter_interaction_told import first_version, newest_versions
from .x_problem import XProblem

_logger = logging.getLogger(__name__)

BATCH = 100  # posts X answers in one call
# Open cards are read again when X's word is as old: a little before it ends, and in the
# same UTC day, in which X bills a post once, where that is possible.
READ_AGAIN_AFTER = timedelta(hours=20)
# What X's word for what is missing means here; of any other, nothing is concluded.
ABSENCE_OF = {"gone": "gone", "suspended": "gone", "protected": "protected"}


class TwitterInteraction(models.Model):
    """What X says stays only while X says so.

    Open cards of the last week are read again daily; what nobody verified for a day
    loses its words, and is read again when somebody asks for it. Where the app's bearer
    token is given, X's compliance jobs verify all instead (see
    `twitter.compliance.job`), and nothing grows old enough to be read again here.

    Posts of who has protected them since X does not give, but to whom it follows: of
    authors the company follows, who they are is read along. So it is of those whose
    name and picture have gone meanwhile: X wants them beside the words.
    """

    _inherit = "twitter.interaction"

    # ------------------------------------------------------------
    # TALKS TO X
    # ------------------------------------------------------------

    def twitter_load_again(self):
        """Read this post once more, with the company's account.

        :return: ``{card, problem: False | {code, message, action}}``
        :raise AccessError: the user lacks the permission, or does not see it
        """
        self.env["twitter.account"]._check_permission()
        self.ensure_one()
        self.check_access("read")
        try:
            if self.absence == "protected":
                raise XProblem(self.env, "protected")
            if self.absence == "erased":
                raise XProblem(self.env, "not_allowed", self._erased_note())
            # sudo: twitter.interaction - the user has been checked; rows are X's
            page = self.sudo()._read_again()
            if not (page.items or page.problems):
                raise XProblem(self.env, "unavailable")
            XProblem.only_item(self.env, page)
        except XProblem as problem:
            return {"card": self._card_anew(), "problem": problem.to_dict()}
        return {"card": self._card_anew(), "problem": False}

    @api.model
    def _cron_check(self):
        """Drop what was not verified for a day, and verify what is shown."""
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=1)
        # Before X is waited for.
        is_left = self._wipe_unverified()
        if self.env["twitter.account"]._keys_configured():
            feeds = self.env["twitter.feed"]
            for feed in feeds._readable(feeds._connected()):
                if not self._check_feed(feed):
                    return  # out of time: Odoo calls again
        progress(1, remaining=int(is_left))

    @api.model
    def _check_feed(self, feed):
        """As `_read_open_again`; trouble with one feed keeps no other waiting."""
        try:
            return self._read_open_again(feed)
        except Exception:
            _logger.exception("Posts to %s cannot be read again", feed.display_name)
            feed._pause(XProblem(self.env, "unavailable"))
        return True

    @api.model
    def _read_open_again(self, feed):
        """Read open cards of one feed, 100 per call, each once.

        :return: whether there was time for all
        """
        asked = self.browse()
        while not feed._is_paused() and (rows := self._to_read_again(feed, asked)):
            asked |= rows
            try:
                rows._read_again()
            except XProblem as problem:
                _logger.info(
                    "Reading posts to %s again stopped: %s",
                    feed.display_name,
                    problem.code,
                )
                feed._pause(problem)
                return True
            # The next are searched for in a transaction that sees these.
            if not self.env["ir.cron"]._commit_progress(1, remaining=1):
                return False
            self.env.invalidate_all()
        return True

    @api.model
    def _to_read_again(self, feed, asked):
        """The next of a feed's rows, without those X has been asked for."""
        now = fields.Datetime.now()
        limit = feed.account_id._affordable(BATCH, "post", "user")
        return self.search(
            [
                ("id", "not in", asked.ids),
                ("account_id", "=", feed.account_id.id),
                ("company_id", "=", feed.company_id.id),
                ("state", "=", "new"),
                ("absence", "=", False),
                ("posted_at", ">", now - READ_AGAIN_FOR),
                ("verified_at", "<=", now - READ_AGAIN_AFTER),
            ],
            order="verified_at, id",
            limit=limit,
        )

    def _read_again(self):
        """Ask X for these posts to one company, and keep what it has.

        :return: X's answer
        :raise XProblem: X refuses, or does not answer; the company has no account
        """
        # Whom it was said to may be a person's connection by now, or another company's.
        brand = self.env["twitter.account"]._brand_of(self.company_id)
        if not brand:
            raise brand._no_brand_problem()
        try:
            clicked = {CLICKED_BY: self.env.uid}
            reader = brand.with_user(SUPERUSER_ID).with_context(**clicked)
            with reader._x_session() as x:
                page = self._ask_again(x)
        except AccessError as error:
            # It is no company's any more: nobody may act as it.
            raise XProblem(self.env, "not_allowed", error.args[0]) from error

        def keep():
            with own_transaction(self.env) as env:
                self.with_env(env)._keep_answer(page)

        patiently(keep)
        return page

    def _ask_again(self, x):
        """X's answer for these, with the authors who are to be read along."""
        whole = self.filtered(lambda row: row._reads_author())
        page = Page()
        for rows, authors in ((self - whole, False), (whole, True)):
            if rows:
                told = _newest_of(x, rows.mapped("post_id"), authors)
                page = Page(
                    items=page.items + told.items,
                    problems=page.problems + told.problems,
                    authors=told.authors,
                )
        return page

    def _reads_author(self):
        """Whether X is asked who wrote it as well, which costs as much as a profile."""
        # sudo: twitter.author - what is known of who said it
        author = self.sudo().author_id
        return author.is_followed or not author.profile_id.name

    # ------------------------------------------------------------
    # KEEPING (OWN TRANSACTIONS, AND PARTS OF THEM)
    # ------------------------------------------------------------

    def _keep_answer(self, page):
        """Keep X's answer for these posts: what it has, and what it says is no more.

        What X neither gives nor speaks of stays as it is, unverified.

        :param page: posts, and some of their authors
        """
        now = fields.Datetime.now()
        rows = self.exists()
        hidden = self._said_in_public(self._profiles_of(page))
        by_first = {row.original_id or row.post_id: row for row in rows}
        told, seen = [], self.browse()
        for post in page.items:
            row = by_first.get(first_version(post))
            if row:
                profile = row.author_id.profile_id
                each = self._told(post, row.account_id, profile, now)
                told.append({**each, "id": row.id})
                seen |= row
        seen.author_id._see(now)
        lock_rows(rows | hidden)
        changed = self._refresh(list(newest_versions(told)), now)
        hidden._wipe("protected")
        changed |= hidden
        states = {problem.value: problem.state for problem in page.problems}
        missing = (rows - seen).grouped(
            lambda row: ABSENCE_OF.get(states.get(row.post_id))
        )
        missing.pop(None, None)
        for absence, lost in missing.items():
            lost._wipe(absence)
            changed |= lost
        self._announce(changed.company_id)

    @api.model
    def _profiles_of(self, page):
        """The rows of who is in X's answer, brought up to date."""
        profiles = self.env["twitter.profile"]
        if not page.authors:
            return profiles
        return profiles.concat(*profiles._of_values(page.authors).values())

    def _card_base(self):
        card = super()._card_base()
        if card["load_price"] and self._reads_author():
            author_price = self._twitter_prices()["profile"]
            card["load_price"] = round(card["load_price"] + author_price, 4)
        return card

    def _card_anew(self):
        """The card as it is now, which this request's transaction does not see."""
        with own_transaction(self.env) as env:
            return self.with_env(env(su=False)).card


def _newest_of(x, ids, authors):
    """X's answer for these ids, and for later versions of what was edited since."""
    page = x.posts_by_id(ids, authors=authors)
    later = [
        post.versions[-1]
        for post in page.items
        if post.versions and post.versions[-1] != post.id
    ]
    if not later:
        return page
    edited = x.posts_by_id(later, authors=False)
    return replace(page, items=page.items + edited.items)
