"""What the processes of a crowd do: functions of an environment, run as a request is.

They run inside Odoo, and return what JSON can say.
"""

import importlib

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api
from odoo.sql_db import Cursor

from odoo.addons.crm_twitter.models.encryption import decrypt
from odoo.addons.crm_twitter.models.encryption_rotation import (
    PLACES,
    Unfinished,
    rotate,
)
from odoo.addons.crm_twitter.models.gate import Gate
from odoo.addons.crm_twitter.models.own_transaction import Busy, own_transaction
from odoo.addons.crm_twitter.models.twitter_person_finding import Person
from odoo.addons.crm_twitter.models.x_problem import XProblem
from odoo.addons.crm_twitter.x_api import Profile, Tokens, XClient, XError, XStopped
from odoo.addons.crm_twitter.x_api.gate import Call, Settlement


def prepare(env, logins, parameters, secret):
    """Make salespeople (password = login), a lead and the keys to X."""
    group = env.ref("sales_team.group_sale_salesman")
    users = env["res.users"].with_context(no_reset_password=True)
    made = users.create(
        [
            {
                "name": login.title(),
                "login": login,
                "password": login,
                "group_ids": [(6, 0, group.ids)],
            }
            for login in logins
        ]
    )
    for name, value in parameters.items():
        env["ir.config_parameter"].set_param(name, value)
    env["twitter.account"]._set_client_secret(secret)
    return made.ids


def make_leads(env, number, **values):
    """Leads everybody may see, named after Jacques Dunagan."""
    leads = env["crm.lead"].create(
        [
            {
                "name": "Opportunity",
                "contact_name": "Jacques Dunagan",
                "user_id": False,
                **values,
            }
            for _number in range(number)
        ]
    )
    return leads.ids


def use_token(env, rejected=None):
    """Get the user's access token, renewed where needed; say whom X takes it for."""
    account = env["twitter.account"]._of_user()
    token = decrypt(env, account._fresh_token(rejected))
    me = XClient(token, api_url=account._api_url()).me()
    return {"token": token, "handle": me.handle}


def lose_token(env):
    """Meet the end of the connection, as whoever uses it after it was revoked."""
    try:
        with env["twitter.account"]._of_user()._x_session() as x:
            x.me()
    except XProblem as problem:
        return problem.code
    return "none"


def call(env, model, ids, method, arguments=(), keywords=None):
    """What an RPC calls."""
    return getattr(env[model].browse(ids), method)(*arguments, **(keywords or {}))


def begin_with_stops(env, lock, stops, **called):
    """Call what an RPC calls, and stop while it writes an intention down.

    :param lock: half of an advisory lock; a stop lasts for as long as it is held
    :param stops: the other half: before which of the statements
    :return: ``{"result", "statements": how many there were}``
    """
    model = env.registry["twitter.engagement"]
    begin, execute = model._begin, Cursor.execute
    statements = []

    def stopping(cursor, query, *given, **options):
        statements.append(query)
        if len(statements) in stops:
            with env.registry.cursor() as other:
                statement = "SELECT pg_advisory_xact_lock(%s, %s)"
                execute(other, statement, [lock, len(statements)])
        return execute(cursor, query, *given, **options)

    def counted(rows, values):
        # This process ends with its task: nothing but the end of `_begin` undoes it.
        Cursor.execute = stopping
        try:
            return begin(rows, values)
        finally:
            Cursor.execute = execute

    model._begin = counted
    return {"result": call(env, **called), "statements": len(statements)}


def spend(env, number, times):
    """Pass the gate as often with a call of X for ten posts, $0.05, that is not made.

    :param number: the process's own
    :return: why it was not let out, or None, for each
    """
    account = env["twitter.account"]._of_user()
    gate = Gate(env, account._payer())
    codes = []
    for time in range(times):
        posts = tuple(("post", f"{number}00{time}00{post}") for post in range(10))
        try:
            reserved = gate.reserve(Call("GET /2/users/:id/tweets", "post", 10))
            gate.settle(reserved, Settlement(posts, 200))
            codes.append(None)
        except XStopped as stop:
            codes.append(stop.code)
    return codes


def put(env, key, value):
    """Keep an answer of X."""
    env["twitter.cache"]._put(key, value)


def keep(env, profile, username):
    """Keep X's answer for a person in a profile's row; return the row that stands."""
    account = env["twitter.account"]._of_user()
    with account._x_session() as x:
        page = x.profiles_by_handle([username])
    row = env["twitter.profile"].sudo().browse(profile)
    return env["crm.lead"]._twitter_keep(row, account, page, None, False)["id"]


def start_login(env):
    """Begin a login as a request without a browser; return the address on X."""
    return env["twitter.login"].start(["read"], popup=False)


def complete_login(env, state, code, user):
    """Complete a login in a request that loses a race for a row afterwards, once."""
    tries = _tries.setdefault(state, [])
    tries.append(1)
    # The snapshot of the request is taken now.
    env["res.users"].browse(user).read(["signature"])
    _login, outcome = env["twitter.login"]._complete(state, code, "")
    if len(tries) == 1:
        with env.registry.cursor() as cr:
            other = api.Environment(cr, SUPERUSER_ID, {})
            other["res.users"].browse(user).signature = "changed meanwhile"
    env.cr.execute(
        "UPDATE res_users SET signature = 'changed here' WHERE id = %s",
        [user],
        log_exceptions=False,
    )
    return {"tries": len(tries), "outcome": outcome["state"]}


_tries = {}


def reveal(env):
    """Every secret in clear, by where it is; an exception where one cannot be read."""
    found = {}
    for table, column, which in PLACES:
        query = f"SELECT id, {column} FROM {table} WHERE {which.code}"
        env.cr.execute(f"{query} AND {column} IS NOT NULL")
        for row, secret in env.cr.fetchall():
            found[f"{table} {row} {column}"] = decrypt(env, secret)
    return found


def replace_key(env, patience):
    """As the command does it: what was done, or a sentence on why it was not."""
    try:
        return dict(rotate(env, patience))
    except Unfinished as problem:
        return problem.args[0]


def set_parameter(env, name, value):
    """Change a setting."""
    env["ir.config_parameter"].set_param(name, value)


def lose_a_race(env, model, ids, method, arguments, keywords):
    """Call what an RPC calls in a request that loses a race for a row afterwards."""
    tries = _tries.setdefault((method, *arguments), [])
    tries.append(1)
    # The snapshot of the request is taken now.
    user = env.user
    user.read(["signature"])
    result = call(env, model, ids, method, arguments, keywords)
    if len(tries) == 1:
        with env.registry.cursor() as cr:
            other = api.Environment(cr, SUPERUSER_ID, {})
            other["res.users"].browse(user.id).signature = "changed meanwhile"
    env.cr.execute(
        "UPDATE res_users SET signature = 'changed here' WHERE id = %s",
        [user.id],
        log_exceptions=False,
    )
    return {"tries": len(tries), "result": result}


def join(env, user, twitter_id):
    """Have a user join the connection to an X account."""
    me = Profile(id=twitter_id, handle=f"account{twitter_id}")
    tokens = Tokens("access", "refresh", 7200, ("users.read", "offline.access"))
    with own_transaction(env) as own:
        person = own["res.users"].browse(user)
        own["twitter.account"]._join(person, me, tokens)


def adopt(env, answer, person):
    """Make an account of X the company's, and have its mentions read from now on.

    :param answer: X's answer to a login
    :param person: ``[X id, handle]``
    """
    tokens = Tokens(
        answer["access_token"],
        answer["refresh_token"],
        answer["expires_in"],
        tuple(answer["scope"].split()),
    )
    with own_transaction(env) as own:
        me = Profile(id=person[0], handle=person[1])
        own["twitter.account"]._adopt(own.company, own.user, me, tokens)
    return env["twitter.feed"]._started(env.company).id


def start_feed(env):
    """Start the reading of mentions as a click does; return how it ended."""
    feeds = env["twitter.feed"].with_user(env.ref("base.user_admin"))
    answer = feeds.start_reading(env.company.id)
    return [answer["read"], answer["problem"]]


def read_feed(env, feed, page):
    """Read mentions, of which X gives as many in a page; return how it ended."""
    # This process ends with its task: nothing undoes it.
    importlib.import_module(
        "odoo.addons.crm_twitter.models.twitter_feed_walking"
    ).PAGE = page
    new, problem = env["twitter.feed"].browse(feed)._read()
    return [new, problem and problem.code]


def nest(env):
    """Open an own transaction within another one; then one after it."""
    try:
        with own_transaction(env), own_transaction(env):
            found = "no exception"
    except RuntimeError as error:
        found = repr(error)
    with own_transaction(env) as own:
        own.cr.execute("SELECT 1")
    return found


def isolation(env):
    """The isolation and the lock timeout in an own transaction, and after it."""

    def settings(cr):
        cr.execute(
            "SELECT current_setting('transaction_isolation'),"
            " current_setting('lock_timeout')"
        )
        return cr.fetchone()

    with own_transaction(env) as own:
        within = settings(own.cr)
    with env.registry.cursor() as cr:
        return {"within": within, "after": settings(cr)}


def wait_for_row(env, table, row, with_orm):
    """Write a row another process holds; say how that ends."""
    model = table.replace("_", ".")
    try:
        with own_transaction(env, 1) as own:
            record = own[model].browse(row)
            if with_orm:
                record.write({"username": "changed"})
                own.flush_all()
            else:
                own.cr.execute(
                    "UPDATE twitter_account SET username = 'changed' WHERE id = %s",
                    [row],
                )
    except Busy as busy:
        return ["Busy", busy.args[0]]
    except (OperationalError, XError) as error:
        return [repr(error)]
    return ["written"]


def cross(env, rows):
    """Write rows in the order given, waiting between them, in one own transaction."""
    try:
        with own_transaction(env) as own:
            for row in rows:
                own["twitter.account"].browse(row).write({"name": "crossed"})
                own.flush_all()
                own.cr.execute("SELECT pg_sleep(0.5)")
    except Busy:
        return "Busy"
    return "written"


def begin_erasing(env):
    """Have all X data erased, as an administrator of all companies."""
    return env["twitter.erasure"]._begin_all().id


def look_up_person(env, name, email):
    """What Odoo's privacy lookup finds: ``{model: [ids]}``."""
    wizard = env["privacy.lookup.wizard"].create({"name": name, "email": email})
    wizard.action_lookup()
    return {
        model: sorted(lines.mapped("res_id"))
        for model, lines in wizard.line_ids.grouped("res_model").items()
    }


def make_person(env, handle, email):
    """A contact, her lead under another address, and what is held of her on X.

    :return: ``{model: [ids]}``
    """
    partner = env["res.partner"].create({"name": "Zoe Lookup", "email": email})
    lead = env["crm.lead"].create(
        {"name": "Zoe's", "email_from": email, "twitter_handle": handle}
    )
    profile = lead.twitter_profile_id
    partner.twitter_profile_id = profile
    done = env["twitter.engagement"].create(
        {
            "kind": "follow",
            "route": "intent",
            "state": "done",
            "request_uid": f"lookup {handle}",
            "intention": f"lookup {handle}",
            "lead_id": lead.id,
            "profile_id": profile.id,
        }
    )
    events = env["twitter.association"].search([("profile_id", "=", profile.id)])
    return {
        "res.partner": partner.ids,
        "crm.lead": lead.ids,
        "twitter.profile": profile.ids,
        "twitter.association": sorted(events.ids),
        "twitter.engagement": done.ids,
    }


def delete_found(env, name, email):
    """Delete all that Odoo's privacy lookup finds on X, as its button does."""
    wizard = env["privacy.lookup.wizard"].create({"name": name, "email": email})
    wizard.action_lookup()
    for line in wizard.line_ids.filtered(
        lambda one: one.res_model == "twitter.profile"
    ):
        line.action_unlink()


def erase_person(env, lead):
    """Erase what is held of a lead's person; the number of the report."""
    person = Person(env["crm.lead"].browse(lead))
    return env["twitter.erasure"]._erase_person(person).id
