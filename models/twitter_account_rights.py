from odoo import api, fields, models
from odoo.exceptions import AccessError

from .twitter_account import PERMISSION

POST_AS_COMPANY = "crm_twitter.group_post_as_company"


class TwitterAccount(models.Model):
    """Who may use a connection, checked at every use."""

    _inherit = "twitter.account"

    @api.model
    def _check_permission(self):
        """
        :raise AccessError: the user lacks the permission *Social Integration*
        """
        if not (self.env.user.active and self.env.user.has_group(PERMISSION)):
            raise AccessError(
                self.env._(
                    "You need the permission “Social Integration” for this."
                    " An administrator can give it to you."
                )
            )

    @api.model
    def _of_user(self):
        """The connection of the calling user, in superuser mode; maybe empty.

        It may be a company's official account as well.
        """
        # sudo: twitter.account - the domain holds to the user's own connection
        return self.sudo().search([("member_ids", "=", self.env.uid)], limit=1)

    @api.model
    def _brands_of_user(self):
        """Official accounts the calling user may act as, in superuser mode.

        Those of the companies he works in at the moment, the main one's first; they may
        be to reconnect.
        """
        user = self.env.user
        # sudo: twitter.account - the domain holds to the user's companies
        accounts = self.sudo()
        if not (user.active and user.has_group(POST_AS_COMPANY)):
            return accounts.browse()
        # In superuser mode nobody has checked what the context says.
        companies = self.env.companies & user.company_ids
        brands = accounts.search([("company_id", "in", companies.ids)])
        return brands.sorted(lambda brand: companies.ids.index(brand.company_id.id))

    @api.model
    def _may_act_as(self):
        """Whom the calling user may act as: his own connection first, then brands."""
        return self._of_user() | self._brands_of_user()

    def _chosen(self, account_id=0):
        """One of `self`, as whom a user may act: that of this id, else the first.

        :raise AccessError: the user may not act as the account of this id
        """
        if not account_id:
            return self[:1]
        account = self.filtered(lambda account: account.id == account_id)
        if not account:
            raise AccessError(self.env._("You may not act as this X account."))
        return account

    def _has_scopes(self, *scopes):
        """Whether X granted this connection all of `scopes`, such as "tweet.write"."""
        return set((self.scope or "").split()).issuperset(scopes)

    @api.model
    def _for_background(self):
        """Connections that may read for everybody: first the brands', then those that
        members share; of each, who was asked least today (UTC) first."""
        # sudo: twitter.account - a cron chooses among all of them
        accounts = self.sudo().search(
            [
                ("state", "=", "connected"),
                "|",
                ("company_id", "!=", False),
                ("member_ids.twitter_share_connection", "=", True),
            ]
        )
        brands = accounts.filtered("company_id")
        shared = (accounts - brands).filtered(
            lambda account: account._eligible_members().filtered(
                "twitter_share_connection"
            )
        )
        calls = accounts._calls_in_background()
        return brands.sorted(lambda brand: calls.get(brand.id, 0)) + shared.sorted(
            lambda account: calls.get(account.id, 0)
        )

    @api.model
    def _next_for_background(self, resting):
        """Whose turn it is to read for everybody; maybe nobody.

        :param resting: ids of those that may not ask X now
        """
        return self._for_background().filtered(
            lambda account: account.id not in resting
        )[:1]

    def _calls_in_background(self):
        """``{id: calls}`` made today (UTC) for nobody in particular."""
        # sudo: twitter.usage - to spread what all of them do for everybody
        rows = (
            self.env["twitter.usage"]
            .sudo()
            ._read_group(
                [
                    ("day", "=", fields.Datetime.now().date()),
                    ("account_id", "in", self.ids),
                    # Not those whose user was deleted.
                    ("payer", "=like", "%:0:%"),
                ],
                ["account_id"],
                ["calls:sum"],
            )
        )
        return {account.id: calls for account, calls in rows}

    def _eligible_members(self):
        """Members who have the permission and an active user today."""
        return self.member_ids.filtered(
            lambda user: user.active and user.has_group(PERMISSION)
        )

    def _check_may_act(self):
        """
        :raise AccessError: this user must not act as this account, or (in the
            background) nobody is left who may
        """
        if self.env.uid in self.member_ids.ids:
            self._check_permission()
        elif self in self._brands_of_user():
            return
        elif not (
            self.env.user._is_superuser()
            and (self.company_id or self._eligible_members())
        ):
            raise AccessError(self.env._("This is not your connection to X."))
