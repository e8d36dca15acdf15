from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.http import request

from . import encryption
from .twitter_account import LONG_POST, SHORT_POST

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
        return {
            "state": account._state_today() or "none",
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

    def _state_today(self):
        """The state as it is on this server: whose secrets it cannot read, must log in
        again. False where there is no connection."""
        if self.state == "connected" and not self._secrets_readable():
            return "reconnect"
        return self.state

    def _secrets_readable(self):
        token = self._stored_tokens()["refresh_token"]
        return bool(token) and encryption.is_readable(self.env, token)

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
        :return: (scopes others had and this login does not have, tokens in clear to
            revoke at X, as `_erase_tokens` has them)
        """
        account = self._row_of(me)
        earlier = self.search([("member_ids", "=", user.id)]) - account
        # Sorted, so that two users who swap accounts do not wait crosswise.
        (account | earlier)._lock()
        orphaned = [token for row in earlier for token in row._lose(user)]
        lost = account._keep_login(me, tokens, user)
        account.write({"member_ids": [fields.Command.link(user.id)]})
        return lost, orphaned

    @api.model
    def _row_of(self, me):
        """The row of the X account `me`, made where there is none yet."""
        self.env.cr.execute(
            """
            INSERT INTO twitter_account (twitter_id, username, "limit", state,
                                         create_date, write_date, create_uid, write_uid)
                 VALUES (%(id)s, %(handle)s, %(limit)s, 'reconnect',
                         now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC',
                         %(uid)s, %(uid)s)
            ON CONFLICT (twitter_id) DO NOTHING
            """,
            {
                "id": me.id,
                "handle": me.handle,
                "limit": SHORT_POST,
                "uid": self.env.uid,
            },
        )
        return self.search([("twitter_id", "=", me.id)])

    def _keep_login(self, me, tokens, user):
        """Keep what X granted `user` for this locked connection, and who X says it is.

        :return: scopes this login does not have, and which others who use the
            connection had
        """
        before = set((self.scope or "").split())
        has_others = self.company_id or self.member_ids - user
        loses = self.state == "connected" and has_others
        self._store_tokens(tokens)
        self.write(
            {
                "username": me.handle,
                "name": me.name,
                "image_url": me.image_url,
                "limit": self._longest_post(me),
                "connected_at": fields.Datetime.now(),
            }
        )
        self._forget_activities()
        self.env["twitter.feed"]._go_on(self)
        return " ".join(sorted(before - set(self.scope.split()))) if loses else ""

    @api.model
    def _longest_post(self, me):
        """Each of X's subscriptions, Basic as well, includes longer posts."""
        return LONG_POST if me.subscription else SHORT_POST

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
