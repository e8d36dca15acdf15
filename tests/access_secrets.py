"""The secrets of a database, as their test knows them by value."""

from urllib.parse import parse_qs, urlsplit

from ..models import encryption
from ..x_api import Tokens
from .common import MASTER


class Secrets:
    """Everything that no answer may hold, in clear and as it is stored.

    ``secrets`` is ``{what: value}``, once `make_secrets` was called.
    """

    def make_secrets(self):
        clear = {
            name: f"{name.replace(' ', '-')}-in-clear-0123456789"
            for name in ("access token", "refresh token", "client secret", "bearer")
        }
        accounts = self.env["twitter.account"]
        tokens = Tokens(clear["access token"], clear["refresh token"], 7200, ())
        for account in self.account | self.brand:
            account.sudo()._store_tokens(tokens)
        accounts._set_client_secret(clear["client secret"])
        accounts._set_bearer_token(clear["bearer"])
        started = self.env["twitter.login"].with_user(self.salesperson).start([], True)
        [clear["state"]] = parse_qs(urlsplit(started["url"]).query)["state"]
        self.env.flush_all()
        stored = self.stored_secrets(started["login"])
        clear["verifier"] = encryption.decrypt(self.env, stored["verifier, stored"])
        self.clear = {**clear, "master": MASTER}
        self.secrets = {**self.clear, **stored}

    def stored_secrets(self, login_id):
        """``{what: value}`` as the database has them."""
        self.env.cr.execute(
            "SELECT state_hash, session_hash, verifier FROM twitter_login"
            " WHERE id = %s",
            [login_id],
        )
        [login] = self.env.cr.dictfetchall()
        found = {f"{name}, stored": value for name, value in login.items()}
        for account in self.account | self.brand:
            row = account._stored_tokens()
            for name in ("access_token", "refresh_token"):
                found[f"{name} of @{account.username}, stored"] = row[name]
        parameters = self.env["ir.config_parameter"].sudo()
        for name in ("client_secret", "bearer_token"):
            value = parameters.get_param(f"crm_twitter.{name}")
            found[f"{name}, stored"] = value
        self.assertTrue(all(found.values()), found)
        return found

    def told(self, answer):
        """Which secrets are in an answer, of whatever kind."""
        text = answer if isinstance(answer, str) else repr(answer)
        return sorted(name for name, value in self.secrets.items() if value in text)
