from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from . import encryption
from .own_transaction import own_transaction
from .twitter_account_members import CONNECTED_APPS_PATH
from .twitter_account_tokens import NO_TOKENS

# X's answers are not waited for longer than this, however many tokens there are.
REVOCATION_TIME = 20  # seconds


class TwitterAccount(models.Model):
    """Leaving a connection: tokens nobody can use any more are not kept.

    They are erased here first, in an own transaction, and revoked at X then.
    """

    _inherit = "twitter.account"

    # ------------------------------------------------------------
    # PUBLIC: TALKS TO X
    # ------------------------------------------------------------

    @api.model
    def disconnect(self):
        """Leave the user's own connection; the last to leave revokes it at X.

        Whoever has lost the permission may still take his keys back.

        :return: ``{"message": str}``
        :raise AccessError: the user is archived
        """
        if not self.env.user.active:
            raise AccessError(self.env._("An archived user cannot do this."))
        account = self._of_user()
        if not account:
            return {"message": self.env._("You are not connected to X.")}
        tokens = account._leave(self.env.user)
        if not tokens:
            return {"message": self.env._("You are disconnected from X.")}
        if not self._revoke(tokens):
            return {
                "message": self.env._(
                    "You are disconnected, and the keys to the account are erased"
                    " here. X could not be told: remove the app yourself on %(page)s.",
                    page=self._site_url() + CONNECTED_APPS_PATH,
                )
            }
        return {
            "message": self.env._(
                "You are disconnected, and X has revoked this app's access."
            )
        }

    def action_disconnect(self):
        """End connections for all their members, and revoke them at X.

        A company's account is the company's no longer.

        :return: a notification that says whether X was told
        :raise AccessError: the user is no administrator, or none of that company
        """
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only administrators can end other users' connections.")
            )
        self.check_access("read")
        # sudo: twitter.account - the user has just been checked
        return self._disconnected(self._revoke(self.sudo()._end()))

    @api.model
    def _disconnected(self, told):
        """A notification that says whether X was told of the end."""
        if told:
            message = self.env._("Disconnected, and the keys are erased.")
        else:
            message = self.env._(
                "Disconnected, and the keys are erased here. X could not be told:"
                " whoever owns the account removes the app on %(page)s.",
                page=self._site_url() + CONNECTED_APPS_PATH,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Connection to X"),
                "message": message,
                "type": "success" if told else "warning",
                "sticky": not told,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _revoke(self, tokens):
        """Tell X to take `tokens` no more; never raises what X has to say.

        :param tokens: as `_erase_tokens` gives them
        :return: whether X was told of every one
        """
        return self._revoke_in(tokens, REVOCATION_TIME) == len(tokens)

    @api.model
    def _revoke_granted(self, tokens):
        """Revoke what X has just granted, and nobody keeps.

        :param Tokens tokens: X's answer
        """
        token = tokens.refresh_token or tokens.access_token
        self._revoke([encryption.encrypt(self.env, token)])

    # ------------------------------------------------------------
    # STORED ONLY
    # ------------------------------------------------------------

    def _leave(self, user):
        """Take `user` from the members, in an own transaction.

        :return: tokens to revoke at X, as `_erase_tokens` gives them
        """
        with own_transaction(self.env) as env:
            account = self.with_env(env)
            account._lock()
            return account._lose(user.with_env(env))

    def _end(self):
        """Take all members from the connections, in an own transaction.

        :return: tokens to revoke at X, as `_erase_tokens` gives them
        """
        with own_transaction(self.env) as env:
            accounts = self.with_env(env)
            accounts._lock()
            # Archived members as well.
            everybody = accounts.with_context(active_test=False)
            everybody.write({"member_ids": [Command.clear()], "company_id": False})
            accounts._forget_activities()
            return accounts._erase_tokens()

    def _lose(self, user):
        """Take `user` from the members of this locked connection.

        :return: tokens to revoke at X, as `_erase_tokens` gives them
        """
        self.write({"member_ids": [Command.unlink(user.id)]})
        self._forget_activities(user)
        return self._forsaken()._erase_tokens()

    def _lock(self):
        """Lock the rows, in an order that is the same for everybody."""
        for account in self.sorted("id"):
            account._stored_tokens(lock=True)
        self.invalidate_recordset()

    @api.model
    def _is_connected(self, me):
        """Whether the X account `me` is connected, as it is at this moment.

        :param Profile me: who X says has logged in
        """
        # The snapshot of the request is older than the login.
        with own_transaction(self.env) as env:
            account = self.with_env(env).search([("twitter_id", "=", me.id)])
            return account._has_token()

    def _erase_tokens(self):
        """Erase the tokens of these locked connections.

        :return: list of what is to be revoked at X, one encrypted token per
            connection that had any; None for one that cannot be read on this server
        """
        erased = [
            account._token_to_revoke() for account in self if account._has_token()
        ]
        self.write(NO_TOKENS)
        return erased

    def _has_token(self):
        return bool(self.refresh_token or self.access_token)

    def _token_to_revoke(self):
        """X ends the whole grant with its refresh token."""
        token = self.refresh_token or self.access_token
        return token if encryption.is_readable(self.env, token) else None
