"""The secrets of a database, as their test knows them by value."""

from urllib.parse import parse_qs, urlsplit

from odoo.tools import SQL

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

    def columns_with(self, value):
        """(table, column) of every text in the database with this value in it."""
        found = set()
        for table, columns in self.text_columns().items():
            texts = [SQL("%s::text", SQL.identifier(name)) for name in columns]
            together = SQL("concat_ws(' ', %s)", SQL(", ").join(texts))
            rows = self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s WHERE position(%s IN %s) > 0 LIMIT 1",
                    SQL.identifier(table),
                    value,
                    together,
                )
            )
            if rows:
                found |= {
                    (table, name)
                    for name, text in zip(columns, texts, strict=True)
                    if self.env.execute_query(
                        SQL(
                            "SELECT 1 FROM %s WHERE position(%s IN %s) > 0 LIMIT 1",
                            SQL.identifier(table),
                            value,
                            text,
                        )
                    )
                }
        return found

    def text_columns(self):
        """``{table: names}`` of columns that hold words."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT table_name, array_agg(column_name::text)
                  FROM information_schema.columns
                  JOIN information_schema.tables USING (table_schema, table_name)
                 WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                   AND data_type IN ('text', 'character varying', 'json', 'jsonb')
                 GROUP BY table_name
                """
            )
        )
        return dict(rows)
