from odoo import api, models

from ..x_api import XError, XKeysRefused
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
        """Store the OAuth 2.0 Client Secret encrypted; an empty one removes it."""
        # sudo: ir.config_parameter - the settings page has checked the administrator
        parameters = self.env["ir.config_parameter"].sudo()
        value = False
        if text and text.strip():
            encryption.adopt_master(self.env)
            value = encryption.encrypt(self.env, text.strip())
        parameters.set_param("crm_twitter.client_secret", value)

    @api.model
    def _has_client_secret(self):
        return bool(self._parameter("client_secret"))

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
        try:
            self._oauth2_client().check_keys()
        except XKeysRefused:
            return {
                "ok": False,
                "message": self.env._(
                    "X does not know this Client ID and Secret. Copy the OAuth 2.0"
                    " Client ID and Client Secret, not the API key and secret."
                ),
            }
        except XError as error:
            return {"ok": False, "message": XProblem.of(self.env, error).args[0]}
        except XProblem as problem:
            return {"ok": False, "message": problem.args[0]}
        return {
            "ok": True,
            "message": self.env._(
                "X accepts the keys. The callback address is checked by X when the"
                " first user logs in."
            ),
        }
