"""Odoo as in production, X played by the simulator, and many who use both."""

import json
import sys
from contextlib import contextmanager

from environment import cache
from environment.databases import Databases
from environment.installation import ADDON, Installation
from environment.progress import say

# What the tests on a running server are made of, and the simulator beside the addon.
sys.path += [str(cache.CLONE / "scripts" / "server_tests"), str(cache.CLONE)]
from browser import Browser  # noqa: E402
from processes import Log, Server  # noqa: E402

from simulator.server import SimulatorServer  # noqa: E402

USERS = 20
#: Leads that nobody is associated with, which Odoo has to tell from the others.
OTHER_LEADS = 2000
#: The account of all: the company's official one, which many may share.
ACCOUNT = "ourcompany"
LOGIN = "bench_user_{}"
PEOPLE = """
import json
given = json.loads({given!r})
for name, value in given["parameters"].items():
    env["ir.config_parameter"].set_param(name, value)
env["twitter.account"]._set_client_secret("demo-client-secret")
group = env.ref("sales_team.group_sale_salesman_all_leads")
env["res.users"].with_context(no_reset_password=True).create([
    {{"name": login, "login": login, "password": login,
      "group_ids": [(6, 0, group.ids)]}}
    for login in given["logins"]
])
leads = [
    {{"name": f"Lead of {{handle}}", "contact_name": handle, "user_id": False,
      "twitter_handle": handle}}
    for handle in given["handles"]
] + [{{"name": f"Lead {{number}}"}} for number in range(given["others"])]
env["crm.lead"].create(leads)
env.cr.commit()
"""
#: Nobody's money, and no limit, is what is measured here.
LIFT = """
    DELETE FROM twitter_limit;
    DELETE FROM twitter_budget;
    INSERT INTO twitter_budget (company_id) SELECT id FROM res_company
"""
#: As if nobody had read anything today.
COLD = """
    DELETE FROM twitter_cache;
    DELETE FROM twitter_limit;
    UPDATE twitter_profile SET fetched_at = now() - interval '3 days'
"""
ASSOCIATE = """
    WITH known AS (
        INSERT INTO twitter_profile (handle, twitter_id, state)
             SELECT handle, twitter_id, 'active'
               FROM unnest(%s::text[], %s::text[]) AS given (handle, twitter_id)
          RETURNING id, handle)
    UPDATE crm_lead SET twitter_profile_id = known.id, twitter_handle = known.handle
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS number
              FROM crm_lead WHERE twitter_handle IS NULL) lead,
           (SELECT id, handle, row_number() OVER () AS number FROM known) known
     WHERE crm_lead.id = lead.id AND lead.number = known.number
"""
KNOWN = "UPDATE twitter_profile SET twitter_id = %s, state = 'active' WHERE handle = %s"


class Stage:
    """Everything that is needed, running.

    ``handles`` are people on X, each associated with the lead of the same place in
    ``leads``; ``people`` are browsers of users who share one account.
    """

    def __init__(self, installation, database, handles):
        self._installation = installation
        self._settings = installation.configuration(
            database, f"live-{database}", max_cron_threads=0
        )
        self.databases, self.database = Databases(installation), database
        self.handles = handles
        self.simulator = SimulatorServer(control=True).start()
        self.x = self.simulator.x
        self.people, self.leads = [], []
        self._server = None

    def set_up(self):
        """Make the database, and log everybody in."""
        self.databases.clone_template(self.database)
        install = ("-i", ADDON, "--stop-after-init", "--no-http")
        self.databases.odoo(self.database, *install)
        self._make_posts()
        server = self._server = self._started("workers")
        callback = f"{server.url}/crm_twitter/oauth/callback"
        self.x.set_app(callbacks=[callback])
        logins = [LOGIN.format(number) for number in range(USERS)]
        parameters = {
            "crm_twitter.api_url": self.simulator.url,
            "crm_twitter.site_url": self.simulator.url,
            "crm_twitter.client_id": "demo-client-id",
            "crm_twitter.callback_url": callback,
            "web.base.url": server.url,
        }
        given = {
            "parameters": parameters,
            "logins": logins,
            "handles": self.handles,
            "others": OTHER_LEADS,
        }
        self.databases.odoo_shell(self.database, PEOPLE.format(given=json.dumps(given)))
        self.sql(LIFT)
        server.wait_until_it_answers()
        self.people = [self.browser(server, login) for login in logins]
        for person in self.people:
            person.connect(ACCOUNT)
        rows = self.sql("SELECT twitter_handle, id FROM crm_lead")
        ids = dict(rows)
        self.leads = [ids[handle] for handle in self.handles]

    def _make_posts(self):
        for number, handle in enumerate(self.handles):
            self.x.people.add(handle, f"Person {number}")
            for post in range(10):
                self.x.posts.add(handle, f"Word {post} of person {number}")

    def _started(self, name, *options):
        """A server of Odoo's with two HTTP workers, or as more of its options say."""
        log = Log(cache.work_folder("logs") / f"{self.database}-{name}.log")
        return Server(self._installation, self._settings, {}, log, options)

    @contextmanager
    def another_server(self, name, *options):
        """A server that answers meanwhile."""
        server = self._started(name, *options)
        try:
            server.wait_until_it_answers()
            yield server
        finally:
            server.stop()

    def browser(self, server, login):
        """A user's browser."""
        return Browser(server.url, self.database, login)

    def sql(self, query, *values):
        """Rows of a query, in a transaction of its own."""
        with self.databases.cursor(self.database) as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def cool(self):
        """Let nothing be stored of today, and X's windows be new; ids stay known."""
        self.x.faults.clear()
        self.x.limits.reset()
        self.x.calls.clear()
        self.sql(COLD)

    def know_ids(self):
        """Let X's ids of all people be stored, as after the first reading."""
        for handle in self.handles:
            self.sql(KNOWN, self.x.people.named(handle).id, handle)

    def associate(self, people):
        """Associate leads of nobody with people whose ids are known.

        :param people: (handle, X's id)
        """
        handles, ids = zip(*people, strict=True)
        self.sql(ASSOCIATE, list(handles), list(ids))

    def shell(self, script):
        """Run Python in an Odoo shell."""
        self.databases.odoo_shell(self.database, script)

    def stop(self):
        """End everything."""
        if self._server:
            self._server.stop()
        self.simulator.stop()
        self._settings.unlink()


@contextmanager
def running(number):
    """A `Stage` with so many people on X."""
    handles = [f"person_{each}" for each in range(number)]  # at most 15 letters
    with Installation.ready() as installation:
        databases = Databases(installation)
        with databases.temporary("bench_live") as database:
            stage = Stage(installation, database, handles)
            try:
                say(f"Making {number} people on X, {OTHER_LEADS + number} leads")
                stage.set_up()
                yield stage
            finally:
                stage.stop()
