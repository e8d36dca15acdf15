from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .own_transaction import Busy, own_transaction

# When a connection that is in use is looked at once more.
NEXT_LOOK = timedelta(minutes=1)
GIVE_UP_CRON = "crm_twitter.ir_cron_give_up_forsaken"


class TwitterAccount(models.Model):
    """Users who are gone, and connections nobody is left to use."""

    _inherit = "twitter.account"

    # ------------------------------------------------------------
    # IN THE REQUEST
    # ------------------------------------------------------------

    @api.model
    def _expel(self, users):
        """End the memberships of `users` in the request's own transaction.

        Keys that nobody is left to use are erased and revoked soon after: what writes
        the CRM's records does not talk to X.
        """
        # sudo: twitter.account - whoever may archive users ends their connections
        accounts = self.sudo().with_context(active_test=False)
        theirs = accounts.search([("member_ids", "in", users.ids)])
        if not theirs:
            return
        # Not through the ORM, which would write the accounts' rows as well, and so wait
        # for X where a connection is being renewed.
        members = self._fields["member_ids"]
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s = ANY(%s)",
                SQL.identifier(members.relation),
                SQL.identifier(members.column2),
                users.ids,
            )
        )
        theirs.invalidate_recordset(["member_ids"])
        for user in users:
            theirs._forget_activities(user)
        self._give_up_soon()

    @api.model
    def _give_up_soon(self, at=None):
        """Have `_cron_give_up_forsaken` run right after this transaction, or `at`."""
        cron = self.env.ref(GIVE_UP_CRON, raise_if_not_found=False)
        if cron:  # else the daily clean-up does it
            cron._trigger(at)

    # ------------------------------------------------------------
    # SOON AFTER (TALKS TO X)
    # ------------------------------------------------------------

    @api.autovacuum
    def _gc_forsaken(self):
        """Give up connections nobody may use any more.

        Their last member was archived, or lost the permission.
        """
        try:
            return self._give_up_forsaken(), 0
        except Busy:
            return 0, 0  # in use after all: seen again the next day

    @api.model
    def _cron_give_up_forsaken(self):
        """The same, soon after a user was archived or deleted."""
        try:
            self._give_up_forsaken()
        except Busy:
            self._give_up_soon(fields.Datetime.now() + NEXT_LOOK)

    @api.model
    def _give_up_forsaken(self):
        """
        :return: number of connections that were given up
        :raise Busy: one of them is in use
        """
        forsaken = self.search([("state", "=", "connected")])._forsaken()
        if forsaken:
            with own_transaction(self.env) as env:
                tokens = forsaken.with_env(env)._give_up()
            self._revoke(tokens)
        return len(forsaken)

    def _give_up(self):
        """Erase the tokens of those connections that are forsaken, looked at anew.

        :return: tokens to revoke at X, as `_erase_tokens` gives them
        """
        self._lock()
        return self._forsaken()._erase_tokens()

    def _forsaken(self):
        """Connections that are no company's, and that no member may use today."""
        return self.filtered(
            lambda account: not (account.company_id or account._eligible_members())
        )
