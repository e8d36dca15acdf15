import hashlib
import logging
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.http import request

from . import encryption
from .own_transaction import own_transaction
from .x_problem import XProblem

_logger = logging.getLogger(__name__)

CALLBACK_ROUTE = "/crm_twitter/oauth/callback"
LIFETIME = timedelta(minutes=10)
# X answers or times out long before.
LONGEST_EXCHANGE = timedelta(minutes=2)
# What X has granted would be lost: it is worth waiting for a renewal that hangs.
JOIN_LOCK_TIMEOUT = 20  # seconds
KEPT = timedelta(days=1)

# The part of a session's id that stays when Odoo rotates it, as odoo.http has it.
STABLE_SESSION_BYTES = 42


def _hash(text):
    return hashlib.sha256(text.encode()).hexdigest()


class TwitterLogin(models.Model):
    """An attempt to log in with X: begun here, granted or refused there.

    Single use, bound to the user and the browser session, ten minutes.
    """

    _name = "twitter.login"
    _description = "Login with X"
    _order = "id desc"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
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

    # ------------------------------------------------------------
    # PUBLIC: STORED ONLY
    # ------------------------------------------------------------

    @api.model
    def start(self, permissions, popup, res_model="", res_id=0):
        """Begin a login, and say where on X it goes on.

        :param list permissions: codes of `_permission_choices`; the needed ones are
            always asked for, and so is what the same connection was granted before
        :param bool popup: whether X opens in a window of its own
        :param str res_model: with `res_id`, the record to come back to
        :return: ``{"login": id, "url": address on X}``
        :raise AccessError: the user lacks the permission
        :raise XProblem: there are no keys, or they cannot be read
        """
        accounts = self.env["twitter.account"]
        accounts._check_permission()
        scopes = self._scopes_of(permissions)
        scopes |= accounts._scopes_to_keep()
        state = secrets.token_urlsafe(32)
        redirect_uri = accounts._parameter("callback_url") or self._callback_url()
        url, verifier = accounts._oauth2_client().authorize(
            redirect_uri, sorted(scopes), state
        )
        # sudo: twitter.login - users have no access to its rows
        login = self.sudo().create(
            {
                "user_id": self.env.uid,
                "state_hash": _hash(state),
                "session_hash": _hash(self._session_key()),
                "verifier": encryption.encrypt(self.env, verifier),
                "scope": " ".join(sorted(scopes)),
                "redirect_uri": redirect_uri,
                "return_path": self._return_path(res_model, res_id),
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
        if row.state == "pending":
            row.write({"state": "cancelled", "verifier": False})
        return row._status()

    def _own(self, login):
        self.env["twitter.account"]._check_permission()
        # sudo: twitter.login - the domain holds to the user's own rows
        return self.sudo().search([("id", "=", login), ("user_id", "=", self.env.uid)])

    # ------------------------------------------------------------
    # THE CALLBACK (TALKS TO X)
    # ------------------------------------------------------------

    @api.model
    def _complete(self, state, code, error):
        """Take X's answer to a login of the calling user and session.

        The row is used up in an own transaction before the code is exchanged, so that
        a replayed request, a second tab or a stolen address cannot exchange it again.

        :return: the row in superuser mode (its state tells the outcome), or an empty
            recordset where there is no such login for this user and session
        """
        login, fresh, verifier = self._consume(state, refused=bool(error or not code))
        if not fresh:
            return login
        try:
            handle, message = self._connect(login, code, verifier)
        except XProblem as problem:
            login._settle("failed", problem.args[0])
        except Exception:
            # The code is spent: whatever happened, the user must get an answer, and
            # the request must not be replayed.
            _logger.exception("A login with X could not be completed")
            login._settle("failed", "")
        else:
            login._settle("connected", message, handle)
        return login

    def _consume(self, state, refused):
        """Use a login up, in an own transaction.

        :return: (row of the request's environment, whether its code may be exchanged
            now, verifier in clear)
        """
        nothing = self.sudo().browse(), False, ""
        # sudo: twitter.login - a state is known only to whom it was given
        if not state:
            return nothing
        with own_transaction(self.env) as env:
            env.cr.execute(
                "SELECT id FROM twitter_login WHERE state_hash = %s FOR NO KEY UPDATE",
                [_hash(state)],
            )
            found = env.cr.fetchone()
            row = self.with_env(env).browse(found and found[0])
            if not row or not row._is_of(self.env.uid, self._session_key()):
                return nothing
            # sudo: twitter.login - found by its state, and the user's own
            login = self.sudo().browse(row.id)
            if row.state != "pending":
                return login, False, ""
            stored = row.verifier
            row.write({"state": self._next_state(row, refused), "verifier": False})
            if row.state != "exchanging":
                return login, False, ""
            return login, True, encryption.decrypt(env, stored)

    def _next_state(self, row, refused):
        if row._is_late():
            return "expired"
        return "refused" if refused else "exchanging"

    def _connect(self, login, code, verifier):
        """Exchange the code and keep the connection.

        :return: (handle, what else the user should know)
        """
        accounts = self.env["twitter.account"]
        tokens, me = accounts._identify(code, verifier, login.redirect_uri)
        with own_transaction(self.env, JOIN_LOCK_TIMEOUT) as env:
            user = self.env.user.with_env(env)
            lost = accounts.with_env(env)._join(user, me, tokens)
        return me.handle, self._lost_message(lost)

    def _settle(self, state, message, handle=""):
        with own_transaction(self.env) as env:
            self.with_env(env).write(
                {"state": state, "message": message, "handle": handle}
            )

    def _outcome(self):
        """What the page after the login says: ``{title, message, error, state}``."""
        # An own transaction wrote it, which this request's snapshot does not show.
        with own_transaction(self.env) as env:
            outcome = self.with_env(env)._status()
        state = outcome["state"]
        if state == "connected":
            title = self.env._("Connected as @%s", outcome["handle"])
        elif state == "exchanging":  # by another request with the same answer of X
            title = self.env._("Connecting to X")
        else:
            title = self.env._("Not connected")
        return {
            "title": title,
            "message": outcome["message"],
            "error": state not in ("connected", "exchanging"),
            "state": state,
        }

    @api.model
    def _unknown_outcome(self, message=""):
        return {
            "title": self.env._("Not connected"),
            "message": message or self._message("unknown"),
            "error": True,
            "state": "failed",
        }

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
        return self.user_id.id == uid and self.session_hash == _hash(session_key)

    def _is_stuck(self):
        """Whether the server ended while it exchanged the code."""
        return self.write_date < fields.Datetime.now() - LONGEST_EXCHANGE

    def _is_late(self):
        return self.create_date < fields.Datetime.now() - LIFETIME

    @api.model
    def _session_key(self):
        return request.session.sid[:STABLE_SESSION_BYTES] if request else ""

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
        self.search([("create_date", "<", fields.Datetime.now() - KEPT)]).unlink()
