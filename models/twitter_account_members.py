from urllib.parse import urlsplit

from odoo import _, api, fields, models
from odoo.http import request

from ..x_api import XError
from . import encryption
from .own_transaction import own_transaction
from .x_problem import XProblem

CONNECTED_APPS_PATH = "/settings/connected_apps"


class TwitterAccount(models.Model):
    """Joining and leaving a connection, and what a user is told of his own."""

    _inherit = "twitter.account"

    # ------------------------------------------------------------
    # PUBLIC: STORED ONLY
    # ------------------------------------------------------------

    @api.model
    def connection(self):
        """What the user's connection page shows; see `_connection_of_user`."""
        self._check_permission()
        account = self._of_user()
        labels = self.env["twitter.login"]._permission_labels(account.scope or "")
        return {
            "keys": self._keys_state(),
            "connection": {
                **self._connection_of_user(),
                "permissions_text": labels,
                "connected_since": account.connected_at
                and fields.Datetime.to_string(account.connected_at).replace(" ", "T")
                + "Z"
                or "",
                "members": len(account.member_ids),
            },
            "permissions": self.env["twitter.login"]._permission_choices(),
            "privacy_url": self._parameter("privacy_url"),
            "connected_apps_url": self._site_url() + CONNECTED_APPS_PATH,
        }

    @api.model
    def _connection_of_user(self):
        """``{state: none|connected|reconnect, handle, name, scopes}``."""
        account = self._of_user()
        state = account.state or "none"
        if state == "connected" and not account._secrets_readable():
            state = "reconnect"
        return {
            "state": state,
            "handle": account.username or "",
            "name": account.name or "",
            "scopes": (account.scope or "").split(),
        }

    @api.model
    def _keys_state(self):
        """What the calling user needs to know before a login.

        :return: ``{configured, can_configure, other_origin}``; the last is where logins
            come back to when this page is open under another address, or ''
        """
        return {
            "configured": self._keys_configured(),
            "can_configure": self.env.user.has_group("base.group_system"),
            "other_origin": self._other_origin(),
        }

    @api.model
    def _other_origin(self):
        callback = urlsplit(self._parameter("callback_url"))
        if not (request and callback.netloc):
            return ""
        here = urlsplit(request.httprequest.host_url)
        if (here.scheme, here.netloc) == (callback.scheme, callback.netloc):
            return ""
        return f"{callback.scheme}://{callback.netloc}"

    def _secrets_readable(self):
        token = self._stored_tokens()["refresh_token"]
        try:
            return bool(token and encryption.decrypt(self.env, token))
        except encryption.SecretUnreadable:
            return False

    # ------------------------------------------------------------
    # PUBLIC: TALKS TO X
    # ------------------------------------------------------------

    @api.model
    def disconnect(self):
        """Leave the user's connection; the last to leave revokes it at X.

        :return: ``{"message": str}``
        """
        self._check_permission()
        account = self._of_user()
        if not account:
            return {"message": self.env._("You are not connected to X.")}
        token = account._leave(self.env.user)
        if not token:
            return {"message": self.env._("You are disconnected from X.")}
        try:
            self._oauth2_client().revoke(token)
        except (XError, XProblem):
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

    def _leave(self, user):
        """Take `user` from the members, and erase the tokens with the last of them.

        :return: a token in clear to revoke at X, or None
        """
        with own_transaction(self.env) as env:
            account = self.with_env(env)
            row = account._stored_tokens(lock=True)
            account.invalidate_recordset()
            account.member_ids -= user.with_env(env)
            account.activity_ids.filtered(lambda act: act.user_id == user).unlink()
            if account.member_ids or account.company_id:
                return None
            account.write(
                {"state": "reconnect", "access_token": False, "refresh_token": False}
            )
            token = row["refresh_token"] or row["access_token"]
            try:
                return token and encryption.decrypt(env, token)
            except encryption.SecretUnreadable:
                return None

    @api.model
    def _join(self, user, me, tokens):
        """Make `user` a member of the connection to the X account `me`.

        Part of an own transaction. A new login replaces the account's tokens, and the
        user's earlier connection is left.

        :param Profile me: who X says has logged in
        :param Tokens tokens: what X granted
        :return: scopes that remaining colleagues had and this login does not have
        """
        self.env.cr.execute(
            """
            INSERT INTO twitter_account (twitter_id, username, state, create_date,
                                         write_date, create_uid, write_uid)
                 VALUES (%(id)s, %(handle)s, 'reconnect', now() AT TIME ZONE 'UTC',
                         now() AT TIME ZONE 'UTC', %(uid)s, %(uid)s)
            ON CONFLICT (twitter_id) DO NOTHING
            """,
            {"id": me.id, "handle": me.handle, "uid": user.id},
        )
        account = self.search([("twitter_id", "=", me.id)])
        earlier = self.search(
            [("member_ids", "=", user.id), ("company_id", "=", False)]
        )
        # Sorted, so that two users who swap accounts do not wait crosswise.
        for row in (account | earlier).sorted("id"):
            row._stored_tokens(lock=True)
        (account | earlier).invalidate_recordset()
        left = earlier - account
        left.member_ids -= user
        # Keys nobody can use any more are not kept.
        left.filtered(lambda row: not row.member_ids).write(
            {"state": "reconnect", "access_token": False, "refresh_token": False}
        )
        before = set((account.scope or "").split())
        has_colleagues = account.state == "connected" and account.member_ids - user
        account._store_tokens(tokens)
        account.write(
            {
                "username": me.handle,
                "name": me.name,
                "connected_at": fields.Datetime.now(),
                "member_ids": [fields.Command.link(user.id)],
            }
        )
        account.activity_ids.unlink()
        after = set(account.scope.split())
        return " ".join(sorted(before - after)) if has_colleagues else ""

    @api.model
    def _scopes_to_keep(self):
        """Scopes a new login of this user asks for again, so that none is lost.

        Those of his own connection, and of the shared ones he may be about to join.
        """
        # sudo: twitter.account - which scopes a shared account has is no secret
        shared = (
            self.sudo()
            .search([("state", "=", "connected")])
            .filtered(lambda account: account.company_id or len(account.member_ids) > 1)
        )
        scopes = " ".join((shared + self._of_user()).mapped(lambda a: a.scope or ""))
        return set(scopes.split())

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_open_preferences(self):
        """Open the page where a user connects and disconnects."""
        return {
            "type": "ir.actions.act_window",
            "name": _("My Preferences"),
            "res_model": "res.users",
            "res_id": self.env.uid,
            "view_mode": "form",
            "views": [(self.env.ref("base.view_users_form_simple_modif").id, "form")],
            "target": "new",
        }
