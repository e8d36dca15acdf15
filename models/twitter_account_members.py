from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.http import request

from . import encryption

CONNECTED_APPS_PATH = "/settings/connected_apps"


class TwitterAccount(models.Model):
    """Joining a connection, and what a user is told of his own."""

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
    # JOINING
    # ------------------------------------------------------------

    @api.model
    def _join(self, user, me, tokens):
        """Make `user` a member of the connection to the X account `me`.

        Part of an own transaction. A new login replaces the account's tokens, and the
        user's earlier connection is left.

        :param Profile me: who X says has logged in
        :param Tokens tokens: what X granted
        :return: (scopes that remaining colleagues had and this login does not have,
            tokens in clear to revoke at X, as `_erase_tokens` has them)
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
        earlier = self.search([("member_ids", "=", user.id)])
        # Sorted, so that two users who swap accounts do not wait crosswise.
        (account | earlier)._lock()
        orphaned = [row._lose(user) for row in earlier - account]
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
        account._forget_activities()
        lost = sorted(before - set(account.scope.split())) if has_colleagues else []
        return " ".join(lost), [token for tokens in orphaned for token in tokens]

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_open_preferences(self):
        """Open the page where a user connects and disconnects."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My Preferences"),
            "res_model": "res.users",
            "res_id": self.env.uid,
            "view_mode": "form",
            "views": [(self.env.ref("base.view_users_form_simple_modif").id, "form")],
            "target": "new",
        }
