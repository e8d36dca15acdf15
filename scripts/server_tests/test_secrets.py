"""Where secrets get to: a server that logs all it can, and each secret looked for.

The simulator knows every code, token, state and verifier there ever was, so each is
looked for by its value.
"""

import base64
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
import requests
from browser import Browser
from conftest import MASTER, SECRET
from environment import cache
from intentions import Intention

BEARER = "the-bearer-token-of-the-app-AAAA"
CLIENT_ID = "demo-client-id"
TOKEN = "POST /2/oauth2/token"
#: All loggers, and by name those that something caps or that need to be asked for.
LOUD = [
    f"--log-handler={name}:DEBUG"
    for name in (
        "",
        "odoo.http",
        "odoo.http.rpc.request",
        "odoo.http.rpc.response",
        "odoo.service.model",
        "odoo.sql_db",
        "werkzeug",
        "urllib3",
        "requests_oauthlib",
        "oauthlib",
    )
]
LEAD = "crm.lead"
SETTINGS = "res.config.settings"
#: Whoever writes an account meets an error nobody has thought of.
BROKEN = """
    CREATE FUNCTION crm_twitter_break() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'forced'; END $$;
    CREATE TRIGGER crm_twitter_break BEFORE INSERT OR UPDATE ON twitter_account
        FOR EACH ROW EXECUTE FUNCTION crm_twitter_break()
"""
MENDED = """
    DROP TRIGGER IF EXISTS crm_twitter_break ON twitter_account;
    DROP FUNCTION IF EXISTS crm_twitter_break()
"""
TABLES = """
    SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)
      FROM information_schema.tables
     WHERE table_type = 'BASE TABLE'
       AND table_schema NOT IN ('pg_catalog', 'information_schema')
"""


@pytest.fixture
def loud(stage):
    """A server at DEBUG, and the browsers that use it; their answers are kept."""
    server = stage.another_server("debug", *LOUD)
    try:
        server.wait_until_it_answers()
        yield Loud(stage, server)
    finally:
        stage.sql(MENDED)
        server.stop()


class Loud:
    """A server that logs all it can, and what it has answered so far."""

    def __init__(self, stage, server):
        self.stage = stage
        self.server = server
        self.answers = []

    def browser(self, login):
        """Somebody's browser, all answers of which are kept."""
        browser = Browser(self.server.url, self.stage.database, login)
        browser._session.hooks["response"].append(self._keep)
        return browser

    def _keep(self, response, *_given, **_options):
        # What begins a login has to name its state, to whoever begins it.
        if "/twitter.login/start" not in response.request.url:
            self.answers.append(f"{response.headers}\n{response.text}")

    def stranger(self, callback):
        """Open the callback in a browser that is logged in nowhere."""
        session = requests.Session()
        session.hooks["response"].append(self._keep)
        address = callback.replace(self.stage.server.url, self.server.url)
        return session.get(address, timeout=60)

    def back(self, browser, callback):
        """Come back from X to this server."""
        return browser.get(callback.replace(self.stage.server.url, self.server.url))

    @contextmanager
    def broken(self):
        """Meanwhile no account can be written, and nobody has foreseen it."""
        self.stage.sql(BROKEN)
        try:
            yield
        finally:
            self.stage.sql(MENDED)

    def log(self):
        """All that was logged, as a text, addresses also as they read unquoted."""
        time.sleep(0.5)  # for what is written after an answer
        text = self.server.log.path.read_text(encoding="utf-8", errors="replace")
        return f"{text}\n{unquote(text)}"


def _secrets(stage):
    """Each secret there was, by its name."""
    given = stage.x.authorizations
    basic = f"{CLIENT_ID}:{SECRET}".encode()
    found = {
        "client secret": SECRET,
        "bearer token": BEARER,
        "master key": MASTER,
        "basic authorization": base64.b64encode(basic).decode(),
    }
    for name in ("given", "verifiers", "states"):
        values = sorted(getattr(given, name))
        found.update({f"{name} {number}": one for number, one in enumerate(values)})
    return found


def _found_in(secrets, text):
    """The names of the secrets that are in a text, plain or quoted."""
    return [
        name
        for name, value in secrets.items()
        if value in text or quote(value, safe="") in text
    ]


def _database(stage):
    """Every row of every table, as a dump of the database has them."""
    parts = []
    for (table,) in stage.sql(TABLES):
        rows = stage.sql(f"SELECT t::text FROM {table} t")
        parts += [row for (row,) in rows]
    return "\n".join(parts)


def _files(stage):
    """Every file of the data directory: attachments, sessions; not the key itself."""
    folder = Path(cache.work_folder("data"))
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return "\n".join(
        path.read_bytes().decode("utf-8", "replace")
        for path in paths
        if path.name not in ("master.key", "old_master.key")
    )


def test_no_secret_gets_anywhere(stage, loud, record_property):
    """Settings, logins that end well and badly, renewals, posts, and the end of it."""
    stage.x.set_app(bearer_token=BEARER)
    _type_secrets(loud)
    anna, bruno = loud.browser("anna"), loud.browser("bruno")
    _log_in_every_way(loud, anna, bruno)
    _use(stage, loud, anna)
    anna.call("twitter.account", "disconnect")
    bruno.call("twitter.account", "disconnect")
    secrets, log = _secrets(stage), loud.log()
    # It is looked for where it would be: all of it has happened, and was logged.
    assert len(secrets) > 20
    for part in (
        "GET /crm_twitter/oauth/callback?",
        "A login with X could not be completed",
        "Traceback (most recent call last)",
        "POST /2/oauth2/token: 200 in",
        "POST /2/tweets",
        "web_save({'twitter_client_id'",
        'INSERT INTO "twitter_login"',
        'UPDATE "twitter_account"',
    ):
        assert part in log, f"not logged: {part}"
    database = _database(stage)
    assert "crm_twitter.bearer_token" in database
    places = {
        "the log": log,
        "the database": database,
        "the files": _files(stage),
        "the answers": "\n".join(loud.answers),
    }
    record_property("attacks tried", len(secrets) * len(places))
    assert {name: _found_in(secrets, text) for name, text in places.items()} == {
        name: [] for name in places
    }
    loud.browser("admin").call(
        SETTINGS, "action_twitter_remove_bearer_token", [_settings(loud)]
    )


def _settings(loud):
    return loud.browser("admin").call(SETTINGS, "create", [{}])[0]


def _type_secrets(loud):
    """As the settings page does, change by change, then saved, then tested."""
    admin = loud.browser("admin")
    values = {
        "twitter_client_id": CLIENT_ID,
        "twitter_client_secret": SECRET,
        "twitter_bearer_token": BEARER,
    }
    shown = {name: {} for name in values}
    admin.call(SETTINGS, "onchange", [], values, list(values), shown)
    admin.call(SETTINGS, "web_save", [], values, specification=shown)
    [settings] = admin.call(SETTINGS, "create", [values])
    told = admin.call(SETTINGS, "action_twitter_test_connection", [settings])
    assert told["params"]["type"] == "success", told
    admin.call(SETTINGS, "read", [settings])
    admin.call(SETTINGS, "export_data", [settings], list(values))


def _log_in_every_way(loud, anna, bruno):
    """Without a session, by another user, twice, refused, broken; then well."""
    stage = loud.stage
    _login, callback = anna.start("marcdemo", ["read", "post"])
    loud.stranger(callback)
    loud.back(bruno, callback)
    with loud.broken():
        assert "Not connected" in loud.back(anna, callback).text
    loud.back(anna, callback)
    for status in (400, 403, 500):
        _login, callback = anna.start("marcdemo", ["read", "post"])
        body = {"error": "access_denied", "error_description": f"Sent: {callback}"}
        stage.x.faults.add(TOKEN, status=status, body=body)
        assert "Not connected" in loud.back(anna, callback).text
    _login, callback = anna.start("marcdemo", ["read", "post"])
    loud.back(anna, f"{callback}&error=access_denied")
    for person in (anna, bruno):
        _login, callback = person.start("marcdemo", ["read", "post"], popup=False)
        loud.back(person, callback)
        loud.back(person, callback)


def _use(stage, loud, anna):
    """Read, renewed before, in vain and broken as well; post; check what is kept."""
    [lead] = stage.leads(twitter_handle="jacquesdunagan")
    stage.expire()
    assert not anna.ask(LEAD, "twitter_read", [lead])["problem"]
    intention = Intention("post")
    intention.prepare(stage.x)
    update = anna.call(
        LEAD, "twitter_act", [lead], intention.new_uid(), **intention.keywords
    )
    assert update["engagement"]["state"] == "done", update
    for fault in ({"kind": "html"}, {"kind": "malformed"}, {"status": 503}):
        stage.expire()
        stage.x.faults.add(TOKEN, **fault)
        anna.call(LEAD, "twitter_read", [lead], refresh=True)
    stage.forget_limits()
    stage.expire()
    with loud.broken(), pytest.raises(Exception, match="forced|Error"):
        anna.call(LEAD, "twitter_read", [lead], refresh=True)
    admin = loud.browser("admin")
    job = admin.call(
        "ir.model.data",
        "search_read",
        [["name", "=", "ir_cron_check_compliance"]],
        ["res_id"],
    )
    admin.call("ir.cron", "method_direct_trigger", [job[0]["res_id"]])
