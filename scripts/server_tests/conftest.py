"""Odoo as in production, X played by the simulator, and salespeople who use both."""

import re
import time
from dataclasses import dataclass, field

import pytest
from browser import Browser
from environment import cache
from environment.databases import Databases
from environment.installation import ADDON, Installation
from money import LIFT, Money
from money import TABLES as KEPT_BY_THE_GATE
from processes import Crowd, Log, Server
from scene import Scene

from simulator.server import SimulatorServer

LOGINS = ("anna", "bruno")
SECRET = "demo-client-secret"
MASTER = "a master key for tests only, never for a real server"
#: What no log may say; of Odoo's warnings only some about the machine are expected.
SEVERE = re.compile(
    r"^\S+ \S+ \d+ (?:WARNING|ERROR|CRITICAL) .*|^Traceback.*(?:\n[ \t].*)*\n.*", re.M
)
#: Of two who write the same row PostgreSQL refuses one; Odoo logs it, and replays it.
REPLAYED = re.compile(
    r"^\S+ \S+ \d+ ERROR \S+ odoo\.sql_db: bad query: .*\n"
    r"ERROR: could not serialize access.*",
    re.M,
)
#: A refusal that reaches a user as a sentence is a warning of Odoo's.
EXPECTED = (
    "Running as user 'root' is a security risk",
    "odoo.http: Somebody else is using this at the moment.",
)
#: Rows of ours, emptied before each test, the referring ones first.
TABLES = (
    *KEPT_BY_THE_GATE,
    "twitter_engagement",
    "twitter_association",
    "twitter_cache",
    "twitter_feed",
    "twitter_interaction",
    "twitter_author",
    "twitter_login",
    "twitter_account",
    "crm_lead",
    "twitter_profile",
)


def complaints(text, expected=(), may_replay=False):
    """The lines of a log that warn or worse, tracebacks whole.

    :param expected: a part of each that a test makes Odoo log, once; what is not there
        is complained of as well
    :param may_replay: whether somebody may be second at a row, which is chance
    """
    text = REPLAYED.sub("", text) if may_replay else text
    found = [match[0] for match in SEVERE.finditer(text)]
    found = [line for line in found if not any(told in line for told in EXPECTED)]
    for part in expected:
        line = next((line for line in found if part in line), None)
        if line is None:
            found.append(f"not logged: {part}")
        else:
            found.remove(line)
    return found


@dataclass
class Stage:
    """Everything a test needs, running."""

    databases: Databases
    database: str
    simulator: SimulatorServer
    server: Server
    crowd: Crowd
    #: What processes are started with: installation, settings, variables.
    given: tuple
    #: A part of each line that a test makes the server, or the crowd, warn of.
    expected: list = field(default_factory=list)
    #: Whether a test has several write the same row.
    may_replay: bool = False

    def wake_crons(self):
        """Wake the workers for scheduled actions; they sleep for long."""
        with self.databases.cursor() as cursor:
            cursor.execute("SELECT pg_notify('cron_trigger', %s)", [self.database])

    @property
    def x(self):
        """What the simulator knows, received, and is told to do wrong."""
        return self.simulator.x

    @property
    def money(self):
        """Budgets, the meter, and what X has billed."""
        return Money(self)

    @property
    def callback(self):
        return f"{self.server.url}/crm_twitter/oauth/callback"

    def prepare(self, logins=LOGINS):
        """Make people and settings, once."""
        parameters = {
            "crm_twitter.api_url": self.simulator.url,
            "crm_twitter.site_url": self.simulator.url,
            "crm_twitter.client_id": "demo-client-id",
            "crm_twitter.callback_url": self.callback,
            "web.base.url": self.server.url,
        }
        self.crowd.one("prepare", logins=logins, parameters=parameters, secret=SECRET)

    def reset(self):
        """Bring X and the database back to the start."""
        self.x.reset()
        self.x.set_app(callbacks=[self.callback])
        statements = [f"DELETE FROM {table}" for table in TABLES]
        statements.append("DELETE FROM mail_activity WHERE res_model LIKE 'twitter%'")
        statements.append(LIFT)
        self.sql("; ".join(statements))
        self.expected.clear()
        self.may_replay = False

    def set_plan(self, plan):
        """Let the app have this plan at X, and the settings say so."""
        self.x.plan = plan
        self.crowd.one("set_parameter", name="crm_twitter.plan", value=plan)

    def sql(self, query, *values):
        """Rows of a query, seen by a connection and a transaction of its own."""
        with self.databases.cursor(self.database) as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def count(self, table):
        """How many rows a table has."""
        return self.sql(f"SELECT count(*) FROM {table}")[0][0]

    def leads(self, number=1, **values):
        """Ids of new leads."""
        return self.crowd.one("make_leads", number=number, **values)

    def another_server(self, name, *options, host=""):
        """A server of its own, with more of Odoo's options, that is starting.

        :param host: the name of the host it plays to be on
        """
        log = Log(cache.work_folder("logs") / f"{self.database}-{name}.log")
        installation, settings, variables = self.given
        variables = {**variables, "PLAYED_HOST": host}
        return Server(installation, settings, variables, log, options)

    def expire(self):
        """Let every access token be at its end."""
        self.sql("UPDATE twitter_account SET expires_at = now() - interval '1 hour'")

    def forget_limits(self):
        """Let so much time have passed that nothing keeps the next call back."""
        self.sql("DELETE FROM twitter_limit")

    def calls(self, endpoint):
        """How often X was asked this."""
        return sum(call.endpoint == endpoint for call in list(self.x.calls))

    def wait_for_call(self, endpoint, number=1):
        """Return when X was asked it that often."""
        deadline = time.monotonic() + 20
        while self.calls(endpoint) < number:
            assert time.monotonic() < deadline, f"{endpoint} was never asked"
            time.sleep(0.02)


@pytest.fixture(scope="session")
def everything():
    with Installation.ready() as installation:
        databases = Databases(installation)
        with databases.temporary("server") as database:
            databases.clone_template(database)
            # Odoo's own addon for requests of people, which ours does without as well.
            addons = f"{ADDON},privacy_lookup"
            databases.odoo(database, "-i", addons, "--stop-after-init", "--no-http")
            with running(installation, databases, database) as stage:
                yield stage


class running:
    """A stage on a database that has the addon, and people by these logins."""

    def __init__(self, installation, databases, database, logins=LOGINS):
        self._logins = logins
        settings = installation.configuration(
            database, f"for-{database}", max_cron_threads=0
        )
        self._settings = settings
        logs = cache.work_folder("logs")
        variables = {"CRM_TWITTER_MASTER_KEY": MASTER}
        given = installation, settings, variables
        self.stage = Stage(
            databases,
            database,
            SimulatorServer(control=True).start(),
            Server(*given, Log(logs / f"{database}-workers.log")),
            Crowd(*given, Log(logs / f"{database}-crowd.log")),
            given,
        )

    def __enter__(self):
        try:
            self.stage.crowd.wait_until_ready()
            self.stage.server.wait_until_it_answers()
            self.stage.prepare(self._logins)
        except BaseException:
            self.__exit__()
            raise
        return self.stage

    def __exit__(self, *_reason):
        self.stage.crowd.stop()
        self.stage.server.stop()
        self.stage.simulator.stop()
        self._settings.unlink()


@pytest.fixture(scope="session")
def people(everything):
    """A browser for each salesperson."""
    server = everything.server
    return [Browser(server.url, everything.database, login) for login in LOGINS]


@pytest.fixture
def anna(people):
    return people[0]


@pytest.fixture
def bruno(people):
    return people[1]


@pytest.fixture
def stage(everything, people):
    """The stage at its start; afterwards its logs must not complain."""
    everything.reset()
    server, crowd = everything.server.log, everything.crowd.log
    for log in (server, crowd):
        log.taken()
    yield everything
    logged = server.taken() + crowd.taken()
    assert complaints(logged, everything.expected, everything.may_replay) == []


@pytest.fixture
def play(stage, anna):
    """Sets a scene: who is about to do what."""
    return lambda kind="post", plan="payg", **about: Scene(
        stage, anna, kind, plan, **about
    )
