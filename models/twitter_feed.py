from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError

from .own_transaction import own_transaction
from .row_lock import lock_rows
from .twitter_account_paying import CLICKED_BY
from .twitter_account_rights import POST_AS_COMPANY
from .x_problem import XProblem

PAGE = 100  # mentions X gives in one answer
# Cards that are open and younger are read again, before their words fall out of a day.
READ_AGAIN_FOR = timedelta(days=7)
# What a new login ends.
OVER_BY_LOGIN = ("reconnect", "not_connected", "not_allowed")


class TwitterFeed(models.Model):
    """How far one official account's mentions were read.

    The row is made by the click that starts it, and names what it costs. Everything up
    to `known_id` is here. A walk under way has read from `walk_top_id` down to
    `walk_bottom_id`; one that was stopped goes on below, and `known_id` moves when it
    has met what was known before. X's ids are numbers, and compared as such.

    It is the company's that has clicked: whoever takes the account over later starts
    anew.
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
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="Which has started it, and whose account it is as long as it is read",
    )
    known_id = fields.Char(
        readonly=True, help="X's id up to which every mention was read"
    )
    known_at = fields.Datetime(
        readonly=True, help="When X was first asked in the reading that ended there"
    )
    walk_begun_at = fields.Datetime(
        readonly=True, help="When X was first asked in a reading under way"
    )
    walk_top_id = fields.Char(
        readonly=True, help="The newest of those a reading under way has brought"
    )
    walk_bottom_id = fields.Char(
        readonly=True, help="The oldest of those a reading under way has brought"
    )
    walk_held_id = fields.Char(
        readonly=True,
        help="The oldest of those whose authors X has not told: asked for once more",
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
        new, problem = 0, None
        if not feed:
            problem = XProblem(
                self.env,
                "refused",
                self.env._("The company has no official X account that is being read."),
            )
        else:
            # The company's connection reads for all, whoever clicks.
            clicked = {CLICKED_BY: self.env.uid}
            reading = feed.with_user(SUPERUSER_ID).with_context(**clicked)
            new, problem = reading._read()
        with own_transaction(self.env) as env:
            told = env["twitter.feed"]._feed_of(env["res.company"].browse(company.id))
        told_problem = problem.to_dict(feed.last_read_at) if problem else False
        return {"feed": told, "read": new, "problem": told_problem}

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
        return self.sudo().search(
            [("account_id", "in", brand.ids), ("company_id", "=", company.id)]
        )

    @api.model
    def _end_others(self, account, company):
        """End what another company has started: it goes on at nobody's expense.

        Part of the own transaction in which `company` takes the account over.
        """
        others = self.search(
            [("account_id", "=", account.id), ("company_id", "!=", company.id)]
        )
        lock_rows(others)
        others.unlink()

    @api.model
    def _go_on(self, account):
        """Read at once as an account somebody has just logged in as; part of an own
        transaction."""
        self._end_pauses([("account_id", "=", account.id)], OVER_BY_LOGIN)

    @api.model
    def _go_on_after(self, *codes, companies=None):
        """Read at once what has paused for one of these problems.

        :param companies: of these companies alone; of all by default
        """
        domain = [("company_id", "in", companies.ids)] if companies else []
        self._end_pauses(domain, codes)

    @api.model
    def _end_pauses(self, domain, codes):
        stopped = self.search([*domain, ("problem_code", "in", codes)])
        lock_rows(stopped)
        stopped.write(
            {"problem_code": False, "problem_message": False, "next_read_at": False}
        )

    @api.model
    def _started(self, company):
        """The feed of a company, made if need be, in an own transaction; maybe none."""
        with own_transaction(self.env) as env:
            brand = env["twitter.account"]._brand_of(company)
            if brand:
                env.cr.execute(
                    """
                    INSERT INTO twitter_feed (account_id, company_id, started_at,
                                              interval, create_date, write_date,
                                              create_uid, write_uid)
                         VALUES (%(account)s, %(company)s, %(now)s, %(interval)s,
                                 %(now)s, %(now)s, %(uid)s, %(uid)s)
                    ON CONFLICT (account_id) DO NOTHING
                    """,
                    {
                        "account": brand.id,
                        "company": company.id,
                        "now": fields.Datetime.now(),
                        "interval": self._fields["interval"].default(self),
                        "uid": env.uid,
                    },
                )
            feed = env["twitter.feed"]._of_company(company)
        # sudo: twitter.feed - the caller has checked whose company it is
        return self.sudo().browse(feed.id)
