from dataclasses import replace
from datetime import timedelta

from odoo import fields, models

from ..x_api import XLinkExpired
from . import encryption
from .own_transaction import own_transaction
from .x_problem import XProblem

# A token this close to its end is renewed before it is used.
TOKEN_MARGIN = timedelta(minutes=5)
# Whoever waits for another worker's renewal waits for X as it answers normally; where X
# hangs, workers that wait would keep the CRM waiting with them.
RENEWAL_LOCK_TIMEOUT = 3  # seconds

NO_TOKENS = {"state": "reconnect", "access_token": False, "refresh_token": False}
ACTIVITY_TYPE = "mail.mail_activity_data_todo"


def within(tokens, scope):
    """`tokens`, of whose scopes only those count that are in `scope`.

    Where X names none, it has granted what was asked for (RFC 6749, section 5.1).

    :param Tokens tokens: what X's token endpoint answered
    :param str scope: what was asked for, separated by blanks
    """
    asked = scope.split()
    granted = tokens.scope or asked
    return replace(tokens, scope=tuple(name for name in asked if name in granted))


class TwitterAccount(models.Model):
    """The tokens of a connection: kept, renewed, and given up.

    No method returns one in clear: what code in a template or a server action can call
    gives what the database holds, encrypted. `_x_session` decrypts it for the client.
    """

    _inherit = "twitter.account"

    def _fresh_token(self, rejected=None):
        """Return an access token that is good now, encrypted, renewing it if needed.

        :param rejected: a token X has just refused, in clear: it must not come back
        :raise XLinkExpired: the user has to log in again
        :raise Busy: another worker is at it for too long
        :raise XProblem: this server lacks a key; the connection stays as it is
        """
        token = None if rejected else self._valid_token(self._stored_tokens())
        if token:
            return token
        try:
            with own_transaction(self.env, RENEWAL_LOCK_TIMEOUT) as env:
                token = self.with_env(env)._renew_locked(rejected)
        except encryption.SecretUnreadable as error:
            raise XProblem(self.env, "no_keys", error.args[0]) from error
        if not token:
            raise XLinkExpired("The connection has to be made anew.")
        return token

    def _renew_locked(self, rejected):
        """Renew under the row's lock; an own transaction's part of `_fresh_token`.

        The lock is held while X answers, on purpose: a refresh token works once.

        :return: the access token, encrypted, or None where the connection is at its
            end
        :raise SecretUnreadable: this server could not keep what X answers, or lacks the
            key another one has written with; X is not asked
        """
        tokens = self._stored_tokens(lock=True)
        valid = self._valid_token(tokens)
        if valid and encryption.decrypt(self.env, valid) != rejected:
            return valid  # another worker renewed it meanwhile
        if tokens["state"] != "connected" or not tokens["refresh_token"]:
            self._mark_reconnect()
            return None
        # Read and written with the same keys: whatever another server does with the
        # master while X is asked, what X answers can be kept.
        keys = encryption.keys_now(self.env)
        try:
            refresh_token = encryption.decrypt(self.env, tokens["refresh_token"], keys)
            renewed = self._oauth2_client().refresh(refresh_token)
        except (XLinkExpired, encryption.DatabaseIsCopy):
            self._mark_reconnect()
            return None
        # A renewal may take permissions away, and gives none.
        self._store_tokens(within(renewed, self.scope or ""), keys)
        return self.access_token

    def _stored_tokens(self, lock=False):
        """The row as the database has it: encrypted tokens, expiry and state."""
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT access_token, refresh_token, expires_at, state"
            "  FROM twitter_account WHERE id = %s"
            + (" FOR NO KEY UPDATE" if lock else ""),
            [self.id],
            log_exceptions=not lock,
        )
        return self.env.cr.dictfetchone()

    def _valid_token(self, tokens):
        """The access token, encrypted, if it is good for a while yet, else None."""
        if (
            tokens["state"] != "connected"
            or not tokens["access_token"]
            or tokens["expires_at"] < fields.Datetime.now() + TOKEN_MARGIN
        ):
            return None
        is_readable = encryption.is_readable(self.env, tokens["access_token"])
        return tokens["access_token"] if is_readable else None

    def _store_tokens(self, tokens, keys=None):
        """Keep what X's token endpoint answered.

        :param keys: as `encryption.encrypt` takes them
        """
        keys = keys or encryption.keys_now(self.env)
        values = {
            "access_token": encryption.encrypt(self.env, tokens.access_token, keys),
            "expires_at": fields.Datetime.now() + timedelta(seconds=tokens.expires_in),
            "scope": " ".join(sorted(tokens.scope)),
            "state": "connected",
        }
        if tokens.refresh_token:
            values["refresh_token"] = encryption.encrypt(
                self.env, tokens.refresh_token, keys
            )
        self.write(values)

    def _mark_reconnect(self):
        """End the connection, and tell who can log in again, once.

        Associations stay.
        """
        self._stored_tokens(lock=True)
        self.invalidate_recordset(["state", "access_token"])
        if self.state == "reconnect" and not self.access_token:
            return
        self.write(NO_TOKENS)
        users = self._eligible_members()
        if self.company_id:
            users |= self._company_administrators()
        for user in users:
            account = self.with_context(mail_activity_quick_update=True, lang=user.lang)
            account.activity_schedule(
                ACTIVITY_TYPE,
                summary=account.env._("Log in with X again"),
                note=account._reconnect_note(user),
                user_id=user.id,
            )

    def _reconnect_note(self, user):
        if user in self.member_ids:
            return self.env._(
                "X no longer accepts the connection as @%(handle)s: it was revoked"
                " at X, or has expired. What is associated stays associated.",
                handle=self.username,
            )
        return self.env._(
            "X no longer accepts the connection as @%(handle)s, the account of"
            " %(company)s: it was revoked at X, or has expired. Connect it again in the"
            " settings of the CRM.",
            handle=self.username,
            company=self.company_id.name,
        )

    def _forget_activities(self, user=None):
        """Delete what `_mark_reconnect` scheduled, for everybody or for `user`."""
        self.activity_unlink([ACTIVITY_TYPE], user_id=user and user.id)
