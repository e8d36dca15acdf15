from odoo import api, models

from .own_transaction import own_transaction
from .x_problem import XProblem


class TwitterAccount(models.Model):
    """The official account of a company: taken and given up in the settings."""

    _inherit = "twitter.account"

    @api.model
    def _brand_of(self, company):
        """The official account of `company`, in superuser mode; maybe empty."""
        # sudo: twitter.account - callers have checked whose company it is
        return self.sudo().search([("company_id", "=", company.id)])

    @api.model
    def _no_brand_problem(self):
        """What a user is told where a company has nobody to ask X as."""
        problem = XProblem(
            self.env,
            "not_connected",
            self.env._(
                "The company has no official X account to read with. An administrator"
                " connects one in the settings."
            ),
        )
        problem.action = "settings"
        return problem

    @api.model
    def _adopt(self, company, user, me, tokens):
        """Make the X account `me` the official one of `company`, in place of another.

        Part of an own transaction. `user` logged in for the company, and is no member
        by this.

        :param Profile me: who X says has logged in
        :param Tokens tokens: what X granted
        :return: as `_join`
        :raise XProblem: it is another company's
        """
        # One at a time: none of two administrators finds the other's account here.
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtext('twitter_account_brand'), %s)",
            [company.id],
            log_exceptions=False,
        )
        account = self._row_of(me)
        earlier = self._brand_of(company) - account
        (account | earlier)._lock()
        if account.company_id and account.company_id != company:
            raise XProblem(
                self.env,
                "refused",
                self.env._(
                    "@%s is the official X account of another company in this"
                    " database. Disconnect it there first, or log in on x.com with the"
                    " account of this one.",
                    me.handle,
                ),
            )
        # Another administrator may just have given it up.
        orphaned = earlier.filtered(lambda row: row.company_id == company)._resign()
        # Whoever had it before has had its mentions read; this company has not asked.
        self.env["twitter.feed"]._end_others(account, company)
        lost = account._keep_login(me, tokens, user)
        account.company_id = company
        return lost, orphaned

    def _resign(self):
        """Let these locked accounts be official ones no longer; members keep theirs.

        :return: tokens to revoke at X, as `_erase_tokens` gives them
        """
        for user in self.activity_ids.user_id - self.member_ids:
            self._forget_activities(user)
        self.write({"company_id": False})
        # Before another account takes its place: a company has one.
        self.flush_recordset()
        return self._forsaken()._erase_tokens()

    @api.model
    def _give_up_brand(self, company):
        """Let `company` have no official account, in an own transaction.

        :return: tokens to revoke at X, as `_erase_tokens` gives them
        """
        with own_transaction(self.env) as env:
            brand = self.with_env(env)._brand_of(company)
            brand._lock()
            return brand.filtered(lambda row: row.company_id == company)._resign()

    def _company_administrators(self):
        """Who can connect this company's account again."""
        administrators = self.env.ref("base.group_system").all_user_ids
        return administrators.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
