"""The company's official account, connected to a stand-in for X, free of limits."""

import os

from odoo.addons.crm_twitter.models import encryption
from odoo.addons.crm_twitter.x_api import Tokens, XClient

MASTER = "a master key for benchmarks only, never for a real server"
#: The simulator's own, which open nothing else.
CLIENT_ID, CLIENT_SECRET = "demo-client-id", "demo-client-secret"


def connect(env, url, login):
    """Give the database keys, an official account, and money without end.

    :param url: of the stand-in
    :param login: what it has answered to a login
    """
    os.environ[encryption.MASTER_VARIABLE] = MASTER
    parameters = env["ir.config_parameter"]
    for name in ("api_url", "site_url"):
        parameters.set_param(f"crm_twitter.{name}", url)
    parameters.set_param("crm_twitter.client_id", CLIENT_ID)
    for name in ("read_in_background", "refresh_in_background"):
        parameters.set_param(f"crm_twitter.{name}", "True")
    env["twitter.account"]._set_client_secret(CLIENT_SECRET)
    env["twitter.budget"]._make_row("company_id", env.company.id)
    env["twitter.budget"].search([]).write({"day_limit": False, "month_limit": False})
    tokens = Tokens(
        access_token=login["access_token"],
        refresh_token=login["refresh_token"],
        expires_in=login["expires_in"],
        scope=tuple(login["scope"].split()),
    )
    me = XClient(tokens.access_token, api_url=url).me()
    env["twitter.account"]._adopt(env.company, env.user, me, tokens)
    env.cr.commit()
