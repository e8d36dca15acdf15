import logging

from odoo import api, models
from odoo.exceptions import AccessError

from . import encryption
from .own_transaction import Busy, own_transaction
from .twitter_account_tokens import within
from .twitter_login import hash_of
from .twitter_login_permissions import PERMISSIONS
from .x_problem import XProblem

_logger = logging.getLogger(__name__)

# What X has granted would be lost: it is worth waiting for a renewal that hangs.
JOIN_LOCK_TIMEOUT = 20  # seconds


class TwitterLogin(models.Model):
    """The end of a login: X's answer, and what the user is told."""

    _inherit = "twitter.login"

    # ------------------------------------------------------------
    # THE CALLBACK (TALKS TO X)
    # ------------------------------------------------------------

    @api.model
    def _complete(self, state, code, error):
        """Take X's answer to a login of the calling user and session.

        The row is used up in an own transaction before the code is exchanged, so that
        a replayed request, a second tab or a stolen address cannot exchange it again.

        :return: (the row in superuser mode, or an empty recordset where there is no
            such login for this user and session; what the page says, see `_page`)
        :raise Busy: the row is in use; the login is not used up
        :raise SecretUnreadable: likewise
        """
        login, fresh, verifier = self._consume(state, refused=bool(error or not code))
        if not fresh:
            return login, login._outcome() if login else self._unknown_outcome()
        try:
            status = self._connect(login, code, verifier)
        except (XProblem, AccessError) as problem:
            status = login._fail(problem.args[0])
        except Exception:
            # The code is spent: whatever happened, the user must get an answer, and
            # the request must not be replayed.
            _logger.exception("A login with X could not be completed")
            status = login._fail()
        return login, self._page(status)

    def _consume(self, state, refused):
        """Use a login up, in an own transaction.

        :return: (row of the request's environment, whether its code may be exchanged
            now, verifier in clear)
        """
        # sudo: twitter.login - no row; the page asks it like a found one
        nothing = self.sudo().browse(), False, ""
        if not state:
            return nothing
        # Superuser mode: a state is known only to whom it was given.
        with own_transaction(self.env) as env:
            env.cr.execute(
                "SELECT id FROM twitter_login WHERE state_hash = %s FOR NO KEY UPDATE",
                [hash_of(state)],
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
        """Exchange the code, and keep the connection and the outcome together.

        :return: the outcome, as `_status` has it
        """
        accounts = self.env["twitter.account"]
        login._check_may_still()
        tokens, me = accounts._identify(code, verifier, login.redirect_uri)
        try:
            with own_transaction(self.env, JOIN_LOCK_TIMEOUT) as env:
                row = login.with_env(env)
                lost, orphaned = row._keep(me, tokens)
                message = self._lost_message(lost)
                row.write(
                    {"state": "connected", "message": message, "handle": me.handle}
                )
                status = row._status()
        except Exception:
            # Nobody keeps what X has granted. Where that X account is in use here, to
            # revoke it could end what it was granted before as well.
            if not accounts._is_connected(me):
                accounts._revoke_granted(tokens)
            raise
        accounts._revoke(orphaned)
        return status

    def _keep(self, me, tokens):
        """Let the user, or the company, have the connection; see `_join`.

        Of what X granted, only what was asked for counts: the address on X may have
        been changed on the way there.

        :raise XProblem: less was granted than a connection needs
        """
        accounts = self.env["twitter.account"]
        tokens = within(tokens, self.scope)
        needed = PERMISSIONS["read"][0]
        if not tokens.refresh_token or not set(tokens.scope).issuperset(needed):
            sentence = self.env._(
                "X did not grant what is needed to find people, and to stay connected."
                " Please log in again, and allow all that X's page lists."
            )
            raise XProblem(self.env, "refused", sentence)
        if self.company_id:
            return accounts._adopt(self.company_id, self.user_id, me, tokens)
        return accounts._join(self.user_id, me, tokens)

    def _fail(self, message=""):
        """Keep that the login failed; return the outcome, as `_status` has it."""
        try:
            with own_transaction(self.env) as env:
                self.with_env(env).write({"state": "failed", "message": message})
        except Busy:
            # It has failed all the same, and is told so soon: see `_is_stuck`.
            _logger.info("The end of a login was not kept: its row is in use")
        return {
            "state": "failed",
            "message": message or self._message("failed"),
            "handle": "",
        }

    def _outcome(self):
        """What the page says of a login another request has dealt with."""
        # An own transaction wrote it, which this request's snapshot does not show.
        with own_transaction(self.env) as env:
            status = self.with_env(env)._status()
        return self._page(status)

    @api.model
    def _page(self, status):
        """What the page after the login says: ``{title, message, error, state}``."""
        state = status["state"]
        if state == "connected":
            title = self.env._("Connected as @%s", status["handle"])
        elif state == "exchanging":  # by another request with the same answer of X
            title = self.env._("Connecting to X")
        else:
            title = self.env._("Not connected")
        return {
            "title": title,
            "message": status["message"],
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
