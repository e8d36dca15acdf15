import logging
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..x_api import XError
from .twitter_feed import PAGE
from .twitter_interaction_told import unnamed
from .x_problem import XProblem

_logger = logging.getLogger(__name__)

# X keeps the newest 800 mentions: eight pages, and as many again for what arrives.
MOST_PAGES = 16
# What stops who has clicked: no place to wait, or no money of their own. It does not
# stop the cron.
OF_THE_CLICK = {"crowded", "over_user_day", "over_user_month"}
SMALLEST_PAGE = 5  # X gives no fewer


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
        due = self._readable(self._due())
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

    @api.model
    def _readable(self, domain):
        """Those of whom the account still is the company's that has started them."""
        feeds = self.search(domain)
        return feeds.filtered(lambda feed: feed._is_the_companys())

    def _is_the_companys(self):
        return self.account_id.company_id == self.company_id

    def _is_paused(self):
        """Whether X has refused, and the pause after it is not over."""
        until = self.next_read_at
        return bool(self.problem_code and until and until > fields.Datetime.now())

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
        news = []
        try:
            self._walk(news)
        except (XProblem, AccessError) as refusal:
            problem = refusal
            if not isinstance(refusal, XProblem):
                # Nobody may act as the account any more.
                problem = XProblem(self.env, "not_allowed", refusal.args[0])
            if problem.code not in OF_THE_CLICK:
                self._pause(problem)
            return sum(news), problem
        return sum(news), None

    def _walk(self, news):
        """
        :param list news: how many are new is appended, page by page
        :raise XProblem: X refuses, does not answer, or does not come to an end
        """
        place, token = self._place(), None
        # A walk that is resumed does not see what has arrived since it began.
        walks = 2 if place.is_under_way else 1
        for _page in range(MOST_PAGES):
            page = self._ask(place, token)
            # X may have left out all that a page is made of: there may be more below.
            token = None if page.items else page.next_token
            if token:
                continue
            new, place = self._keep_page(page, place, sum(news))
            news.append(new)
            walks -= bool(place and not place.is_under_way)
            if not (place and walks):
                break
            if not place.is_under_way:
                place = self._place()
        if token:
            raise XProblem(self.env, "unavailable")

    def _ask(self, place, token=None):
        """X's answer at a place of the walk.

        :param token: of the empty page before, where X says that there is more below
        :raise XProblem: X refuses, or does not answer
        """
        account = self._reader()
        # A whole page is reserved for, though most of it has been paid for mostly.
        size = max(SMALLEST_PAGE, account._affordable(PAGE, "post", "user"))
        with account._x_session() as x:
            page = x.mentions(
                account.twitter_id,
                size,
                since_id=place.since,
                until_id=place.bottom,
                next_token=token,
            )
            page = _with_authors(x, page, account.twitter_id)
        problem = XProblem.of_page(self.env, page)
        if problem:
            raise problem
        return page


def _with_authors(x, page, own_id):
    """X's answer with the authors it has left out, each asked for at X's price."""
    missing = sorted(filter(str.isdigit, unnamed(page, own_id)))
    if not missing:
        return page
    try:
        told = x.profiles_by_id(missing)
    except XError as error:
        # The mentions have been paid for; those of nobody are asked for again.
        _logger.info("X does not tell who has written mentions: %s", error)
        return page
    return replace(
        page,
        authors=page.authors + told.items,
        problems=page.problems + told.problems,
    )
