from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import format_datetime

from ..x_api import PRICES, XLinkExpired
from .own_transaction import own_transaction
from .twitter_account_rights import POST_AS_COMPANY
from .twitter_interaction import SHOWN_FOR
from .x_problem import SHOWS_REASON, XProblem
from .x_values import iso

PAGE = 100  # mentions X gives in one answer
# Cards that are open and younger are read again, before their words fall out of a day.
READ_AGAIN_FOR = timedelta(days=7)


class TwitterFeed(models.Model):
    """How far one official account's mentions were read.

    The row is made by the click that starts it, and names what it costs. Everything up
    to `known_id` is here. A walk under way has read from `walk_top_id` down to
    `walk_bottom_id`; one that was stopped goes on below, and `known_id` moves when it
    has met what was known before. X's ids are numbers, and compared as such.
    """

    _name = "twitter.feed"
    _description = "Reading of an X Account's Mentions"
    _rec_name = "account_id"
    _order = "next_read_at, id"

    account_id = fields.Many2one(
        "twitter.account",
        string="X Account",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="account_id.company_id")
    known_id = fields.Char(
        readonly=True, help="X's id up to which every mention was read"
    )
    walk_top_id = fields.Char(
        readonly=True, help="The newest of those a reading under way has brought"
    )
    walk_bottom_id = fields.Char(
        readonly=True, help="The oldest of those a reading under way has brought"
    )
    oldest_id = fields.Char(
        readonly=True, help="X's id below which the first reading left mentions out"
    )
    started_at = fields.Datetime(readonly=True)
    last_read_at = fields.Datetime(string="Last Read", readonly=True)
    next_read_at = fields.Datetime(string="Next Reading", readonly=True)
    interval = fields.Integer(
        string="Minutes Between Readings", default=5, readonly=True
    )
    problem_code = fields.Char(readonly=True)
    problem_message = fields.Char(
        readonly=True, help="As X, or this server, said it when it happened"
    )

    _account_unique = models.UniqueIndex("(account_id)")

    # ------------------------------------------------------------
    # TALKS TO X
    # ------------------------------------------------------------

    @api.model
    def start_reading(self, company_id):
        """Read the newest mentions of a company's account, and go on from then on.

        :return: ``{feed, read: how many are new, problem: False | {code, message,
            action}}``; for ``feed`` see `_feeds`
        :raise AccessError: the user may not start it, or it is another's company
        """
        company = self._asked_for(company_id)
        if not self._may_start():
            raise AccessError(
                self.env._(
                    "Only users who may post as the company, and administrators, start"
                    " this reading."
                )
            )
        return self._clicked(company, self._started(company))

    @api.model
    def read_now(self, company_id):
        """Read what is new since the last reading, where reading was started.

        :return: as `start_reading`
        :raise AccessError: the user lacks the permission, or it is another's company
        """
        company = self._asked_for(company_id)
        return self._clicked(company, self._of_company(company))

    def _clicked(self, company, feed):
        new, problem = (
            0,
            XProblem(
                self.env,
                "refused",
                self.env._("The company has no official X account that is being read."),
            ),
        )
        if feed:
            # The company's connection reads for all, whoever clicks.
            new, problem = feed.with_user(SUPERUSER_ID)._read()
        with own_transaction(self.env) as env:
            told = env["twitter.feed"]._feed_of(env["res.company"].browse(company.id))
        return {"feed": told, "read": new, "problem": _dict_of(problem)}

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    @api.model
    def _asked_for(self, company_id):
        self.env["twitter.account"]._check_permission()
        company = self.env.user.company_ids.filtered(lambda one: one.id == company_id)
        if not company:
            raise AccessError(self.env._("You do not work in this company."))
        return company

    @api.model
    def _may_start(self):
        """Whether the user may have mentions read, and so paid for, from now on."""
        user = self.env.user
        return user.has_group(POST_AS_COMPANY) or user.has_group("base.group_system")

    # ------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------

    @api.model
    def _of_company(self, company):
        """The feed of a company's official account, in superuser mode; maybe none."""
        brand = self.env["twitter.account"]._brand_of(company)
        # sudo: twitter.feed - the caller has checked whose company it is
        return self.sudo().search([("account_id", "in", brand.ids)])

    @api.model
    def _started(self, company):
        """The feed of a company, made if need be, in an own transaction; maybe none."""
        with own_transaction(self.env) as env:
            brand = env["twitter.account"]._brand_of(company)
            if brand:
                env.cr.execute(
                    """
                    INSERT INTO twitter_feed (account_id, started_at, interval,
                                              create_date, write_date,
                                              create_uid, write_uid)
                         VALUES (%(account)s, %(now)s, %(interval)s, %(now)s, %(now)s,
                                 %(uid)s, %(uid)s)
                    ON CONFLICT (account_id) DO NOTHING
                    """,
                    {
                        "account": brand.id,
                        "now": fields.Datetime.now(),
                        "interval": self._fields["interval"].default(self),
                        "uid": env.uid,
                    },
                )
            feed = env["twitter.feed"]._of_company(company)
        # sudo: twitter.feed - the caller has checked whose company it is
        return self.sudo().browse(feed.id)

    # ------------------------------------------------------------
    # SHOWING
    # ------------------------------------------------------------

    @api.model
    def _feeds(self):
        """How the reading stands, of each company the user works in at the moment.

        :return: list of ``{id, account_id, company_id, company, handle, state,
            is_started, last_read_at, next_read_at, problem, first_price, unverified}``;
            ``state`` is "none" (no official account), "reconnect", "unstarted" or
            "reading"; ``first_price`` what the first reading costs at most, in USD;
            ``unverified`` how many open cards wait for X to confirm their words
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
            "problem": _dict_of(problem),
            "first_price": self._first_price(),
            "unverified": feed._count_unverified(),
        }

    def _standing(self, brand):
        """(state, XProblem or None) of a feed, or of a brand that has none."""
        if not brand:
            return "none", None
        if brand._state_today() != "connected":
            return "reconnect", brand.with_env(self.env)._link_problem(XLinkExpired(""))
        return ("reading" if self else "unstarted"), self._problem()

    def _problem(self):
        """Why it is not read now, as the user is told, or None."""
        if not self.problem_code:
            return None
        if self.problem_code in SHOWS_REASON:
            return XProblem(self.env, self.problem_code, self.problem_message)
        time = format_datetime(self.env, self.next_read_at, dt_format="short")
        return XProblem(self.env, self.problem_code, time=time)

    @api.model
    def _first_price(self):
        """What the first reading costs at most, in USD: posts, and who wrote them."""
        if not self.env["twitter.interaction"]._twitter_is_billed():
            return 0.0
        return round(float(PAGE * (PRICES["post"] + PRICES["user"])), 4)

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


def _dict_of(problem):
    return problem.to_dict() if problem else False
