from odoo import api, models

from ..x_api import XError, XKeysRefused, XUnreachable
from . import encryption
from .twitter_account_tokens import NO_TOKENS
from .x_problem import XProblem


class TwitterAccount(models.Model):
    """The keys of the database's X app."""

    _inherit = "twitter.account"

    @api.model
    def _keys_configured(self):
        """Whether this database can talk to X; a neutralized copy must not."""
        return bool(
            self._parameter("client_id")
            and self._parameter("client_secret")
            # sudo: ir.config_parameter - whether this is a copy is no secret
            and not self.env["ir.config_parameter"]
            .sudo()
            .get_param("database.is_neutralized")
        )

    @api.model
    def _set_client_secret(self, text):
        """Store the OAuth 2.0 Client Secret encrypted.

        An empty one removes it, and with it the app's bearer token.
        """
        self._set_secret("client_secret", text)
        # Another app may be meant, to which X bills anew what it has billed today.
        # sudo: twitter.billed.resource - callers have checked the administrator
        self.env["twitter.billed.resource"].sudo()._forget_all()
        if not self._has_client_secret():
            self._set_bearer_token("")

    @api.model
    def _has_client_secret(self):
        return bool(self._parameter("client_secret"))

    @api.model
    def _set_bearer_token(self, text):
        """Store the app's bearer token encrypted; an empty one removes it."""
        self._set_secret("bearer_token", text)

    @api.model
    def _has_bearer_token(self):
        return bool(self._parameter("bearer_token"))

    @api.model
    def _may_check_compliance(self):
        """Whether X's compliance jobs can be used; not by a neutralized copy."""
        return self._keys_configured() and self._has_bearer_token()

    @api.model
    def _set_secret(self, name, text):
        # sudo: ir.config_parameter - the settings page has checked the administrator
        parameters = self.env["ir.config_parameter"].sudo()
        value = False
        if text and text.strip():
            encryption.adopt_master(self.env)
            value = encryption.encrypt(self.env, text.strip())
        parameters.set_param(f"crm_twitter.{name}", value)

    @api.model
    def _secrets_problem(self):
        """A sentence on why stored secrets cannot be read on this server, or ''."""
        secret = self._parameter("client_secret")
        if not secret:
            return encryption.problem(self.env)
        try:
            encryption.decrypt(self.env, secret)
        except encryption.SecretUnreadable as error:
            return error.args[0]
        return ""

    @api.model
    def _start_over_with_this_key(self):
        """Give up every stored secret, and tie the database to this server's master."""
        encryption.adopt_master(self.env, replace=True)
        self._set_client_secret("")
        # sudo: twitter.account - no connection survives the loss of the key
        self.sudo().search([("state", "=", "connected")]).write(NO_TOKENS)

    @api.model
    def _check_keys(self):
        """Ask X, at no cost, whether it knows the stored keys.

        :return: ``{"ok": bool, "message": str}``
        """
        failure = self._keys_failure()
        if failure:
            return {"ok": False, "message": failure}
        return {
            "ok": True,
            "message": self.env._(
                "X accepts the keys. The callback address is checked by X when the"
                " first user logs in."
            ),
        }

    @api.model
    def _keys_failure(self):
        """A sentence for an administrator on why the stored keys fail, or ''."""
        if not (self._parameter("client_id") and self._has_client_secret()):
            return self.env._("Enter the OAuth 2.0 Client ID and Client Secret first.")
        try:
            self._oauth2_client().check_keys()
        except XKeysRefused:
            return self.env._(
                "X does not know this Client ID and Secret. Copy the OAuth 2.0 Client"
                " ID and Client Secret, not the API key and secret."
            )
        except XUnreachable:
            return self.env._(
                "This server cannot reach X at %(url)s. Check its way to the internet,"
                " and try again.",
                url=self._api_url(),
            )
        except XError:
            return self.env._("X has a problem at the moment. Try again later.")
        except XProblem as problem:
            return problem.args[0]
        return ""
