"""Tells what an upgraded database answers to its users, as a line of JSON.

Odoo's shell runs this file; ``env`` is the administrator's.
"""

import json

from odoo.addons.crm_twitter.models import encryption

env = env  # noqa: F821 - given by the shell

PERMISSION = "crm_twitter.group_social_integration"
users = env["res.users"].with_context(active_test=False).search([])
named = {user.login: user for user in users}
accounts = env["twitter.account"]
sam, manager = named["sam"], named["max"]


def opened(model, name):
    """The handle of whom the panel of that record shows, to Sam."""
    record = env[model].with_context(active_test=False).search([("name", "=", name)])
    panel = record.with_user(sam).twitter_panel()
    return panel["profile"] and panel["profile"]["handle"]


def secrets_of(account):
    """Its tokens in clear."""
    tokens = account._stored_tokens()
    return [
        name and encryption.decrypt(env, name)
        for name in (tokens["access_token"], tokens["refresh_token"])
    ]


told = {
    "secret": encryption.decrypt(env, accounts._parameter("client_secret")),
    "tokens": {
        row.username: secrets_of(row)
        for row in accounts.search([("username", "in", ("acme", "max_at_acme"))])
    },
    "connections": {
        login: accounts.with_user(named[login])._connection_of_user()["state"]
        for login in ("sam", "pat", "max")
    },
    "permitted": [
        login
        for login in ("sam", "pat", "max", "admin")
        if named[login].has_group(PERMISSION)
    ],
    "opened": {
        name: opened(model, name)
        for model, name in (
            ("res.partner", "Ada"),
            ("res.partner", "Shy"),
            ("res.partner", "Away"),
            ("res.partner", "Typed"),
            ("res.partner", "Archived"),
            ("res.partner", "Imported 29"),
            ("crm.lead", "Of Ada"),
            ("crm.lead", "Own"),
            ("crm.lead", "Doubtful"),
        )
    },
    "last basis": env["twitter.association"].with_user(sam)._last_basis(),
    "imported": env["twitter.association"]
    .with_user(sam)
    .search_count([("origin", "=", "import")]),
    "budgets": len(env["twitter.budget"].search([("company_id", "!=", False)])),
    "companies": env["res.company"].search_count([]),
}
print("told:", json.dumps(told))
