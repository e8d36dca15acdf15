import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.http import STORED_SESSION_BYTES, request

from . import encryption

CALLBACK_ROUTE = "/crm_twitter/oauth/callback"
# Odoo's web client scrolls to the block of the company's account, and marks it.
SETTINGS_PATH = "/odoo/action-crm.crm_config_settings_action#crm_twitter_brand"
LIFETIME = timedelta(minutes=10)
# X answers or times out long before.
LONGEST_EXCHANGE = timedelta(minutes=2)
KEPT = timedelta(days=1)
GC_LIMIT = 10_000  # rows at a time


def hash_of(text):
    return hashlib.sha256(text.encode()).hexdigest()


class TwitterLogin(models.Model):
    """An attempt to log in with X: begun here, granted or refused there.

    Single use, bound to the user and the browser session, ten minutes.
    """

    _name = "twitter.login"
    _description = "Login with X"
    _order = "id desc"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company",
        ondelete="cascade",
        help="The company whose official account is connected by it",
    )
    state = fields.Selection(
        [
            ("pending", "Waiting for X"),
            ("exchanging", "Being Completed"),
            ("connected", "Connected"),
            ("refused", "Refused"),
            ("failed", "Failed"),
            ("expired", "Expired"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="pending",
    )
    message = fields.Char()
    handle = fields.Char()

    state_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    session_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    verifier = fields.Char(groups=fields.NO_ACCESS)
    scope = fields.Char(required=True)
    redirect_uri = fields.Char(required=True)
    return_path = fields.Char(required=True)
    is_popup = fields.Boolean()

    _state_hash_unique = models.UniqueIndex("(state_hash)")
    _create_date_index = models.Index("(create_date)")

    # ------------------------------------------------------------
    # PUBLIC: STORED ONLY
    # ------------------------------------------------------------

    @api.model
    def start(self, permissions, popup, res_model="", res_id=0):
        """Begin a login, and say where on X it goes on.

        :param list permissions: codes of `_permission_choices`; the needed ones are
            always asked for
        :param bool popup: whether X opens in a window of its own
        :param str res_model: with `res_id`, the record to come back to
        :return: ``{"login": id, "url": address on X}``
        :raise AccessError: the user lacks the permission
        :raise XProblem: there are no keys, or they cannot be read
        """
        self.env["twitter.account"]._check_permission()
        return self._begin(
            self._scopes_of(permissions), self._return_path(res_model, res_id), popup
        )

    @api.model
    def _begin_for_company(self, company):
        """Begin a login, in the same tab, for the official account of `company`.

        :return: as `start`
        :raise XProblem: there are no keys, or they cannot be read
        """
        scopes = self._scopes_for_company(company)
        return self._begin(scopes, SETTINGS_PATH, company=company)

    @api.model
    def _begin(self, scopes, return_path, popup=False, company=None):
        accounts = self.env["twitter.account"]
        state = secrets.token_urlsafe(32)
        redirect_uri = accounts._parameter("callback_url") or self._callback_url()
        url, verifier = accounts._oauth2_client().authorize(
            redirect_uri, sorted(scopes), state
        )
        self._give_up_pending()
        # sudo: twitter.login - users have no access to its rows
        login = self.sudo().create(
            {
                "user_id": self.env.uid,
                "state_hash": hash_of(state),
                "session_hash": hash_of(self._session_key()),
                "verifier": encryption.encrypt(self.env, verifier),
                "scope": " ".join(sorted(scopes)),
                "redirect_uri": redirect_uri,
                "return_path": return_path,
                "company_id": company and company.id,
                "is_popup": popup,
            }
        )
        return {"login": login.id, "url": url}

    @api.model
    def poll(self, login):
        """How the login stands: ``{state, message, handle}``."""
        return self._own(login)._status()

    @api.model
    def cancel(self, login):
        """Give the login up: X's answer will not be taken any more."""
        row = self._own(login)
        self._give_up_pending()
        return row._status()

    @api.model
    def _give_up_pending(self):
        """Cancel what this user began in this browser session: a second window of X
        must not connect whom the first one's user has told to stop."""
        # sudo: twitter.login - the domain holds to the user's own rows
        self.sudo().search(
            [
                ("user_id", "=", self.env.uid),
                ("session_hash", "=", hash_of(self._session_key())),
                ("state", "=", "pending"),
            ]
        ).write({"state": "cancelled", "verifier": False})

    def _own(self, login):
        self.env["twitter.account"]._check_permission()
        # sudo: twitter.login - the domain holds to the user's own rows
        return self.sudo().search([("id", "=", login), ("user_id", "=", self.env.uid)])

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    @api.model
    def _check_may_log_in(self):
        """
        :raise AccessError: the user may log in neither for himself nor for a company
        """
        if not self.env.user.has_group("base.group_system"):
            self.env["twitter.account"]._check_permission()

    def _check_may_still(self):
        """Check anew what the user might do when he began this login.

        :raise AccessError: he may not do it any more
        """
        if not self.company_id:
            self.env["twitter.account"]._check_permission()
        elif not (
            self.env.user.has_group("base.group_system")
            and self.company_id in self.env.user.company_ids
        ):
            raise AccessError(
                self.env._("Only administrators connect a company's account.")
            )

    # ------------------------------------------------------------
    # HOW IT STANDS
    # ------------------------------------------------------------

    def _status(self):
        """``{state, message, handle}``; a row that is gone has expired."""
        state = self.state or "expired"
        if state == "pending" and self._is_late():
            state = "expired"
        if state == "exchanging" and self._is_stuck():
            state = "failed"
        return {
            "state": state,
            "message": self.message or self._message(state),
            "handle": self.handle or "",
        }

    def _is_of(self, uid, session_key):
        return self.user_id.id == uid and self.session_hash == hash_of(session_key)

    def _is_stuck(self):
        """Whether the server ended while it exchanged the code."""
        return self.write_date < fields.Datetime.now() - LONGEST_EXCHANGE

    def _is_late(self):
        return self.create_date < fields.Datetime.now() - LIFETIME

    @api.model
    def _session_key(self):
        # Odoo rotates what comes after these.
        return request.session.sid[:STORED_SESSION_BYTES] if request else ""

    @api.model
    def _callback_url(self):
        return self.get_base_url().rstrip("/") + CALLBACK_ROUTE

    @api.model
    def _return_path(self, res_model, res_id):
        """Where to come back to; built here, never taken from the request."""
        mixin = self.env.registry["twitter.profile.mixin"]
        known = self.env.registry.get(res_model)
        if res_id and known and issubclass(known, mixin):
            return f"/odoo/{res_model}/{int(res_id)}"
        return f"/odoo/my-preferences/{self.env.uid}"

    @api.autovacuum
    def _gc_logins(self):
        """
        :return: (rows done, whether there may be more)
        """
        old = [("create_date", "<", fields.Datetime.now() - KEPT)]
        logins = self.search(old, limit=GC_LIMIT, order="create_date")
        logins.unlink()
        return len(logins), len(logins) == GC_LIMIT
