"""What the addon's tests share: people, records, and X played by the simulator."""

import os
from collections import Counter
from functools import partial
from unittest.mock import patch

from odoo.tests import HttpCase, TransactionCase, new_test_user

from ..models import encryption
from ..simulator.server import SimulatorServer
from ..x_api import Backoff, Tokens, XClient, client

MASTER = "a master key for tests only, never for a real server"
CLIENT_ID = "test-client-id"
CLIENT_SECRET = "test-client-secret"
# Logins, and passwords as Odoo's test users have them; none that is in use elsewhere.
SALESPERSON, COLLEAGUE, EMPLOYEE = "x_salesperson", "x_colleague", "x_employee"
SCOPES = ("tweet.read", "users.read", "offline.access", "tweet.write", "follows.read")


class CrmTwitterMixin:
    """An Odoo whose X is a simulator of its own.

    ``salesperson`` has the permission through Sales, ``employee`` lacks it, ``admin``
    administers. ``x`` is the simulator's state: what it received, and its faults.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            patch.dict(os.environ, {encryption.MASTER_VARIABLE: MASTER})
        )
        # Reads are tried again as ever, without the pauses between.
        cls.startClassPatcher(
            patch.object(
                client, "Backoff", partial(Backoff, sleep=lambda seconds: None)
            )
        )
        cls.simulator = SimulatorServer(
            control=True,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            callbacks=[cls._callback_url()],
        ).start()
        cls.addClassCleanup(cls.simulator.stop)
        cls.x = cls.simulator.x
        # New users get no letter: to write it takes longer than to make them.
        cls.env = cls.env(context={**cls.env.context, "no_reset_password": True})
        cls._make_people()
        cls._configure()

    @classmethod
    def _make_people(cls):
        cls.salesperson = new_test_user(
            cls.env, SALESPERSON, groups="sales_team.group_sale_salesman"
        )
        cls.colleague = new_test_user(
            cls.env, COLLEAGUE, groups="sales_team.group_sale_salesman_all_leads"
        )
        cls.employee = new_test_user(
            cls.env, EMPLOYEE, groups="base.group_user,base.group_partner_manager"
        )
        cls.admin = cls.env.ref("base.user_admin")

    @classmethod
    def _configure(cls):
        parameters = cls.env["ir.config_parameter"]
        # The tests may run on a database with keys and a master of its own.
        parameters.search([("key", "=like", "crm\\_twitter.%")]).unlink()
        cls.env["twitter.cache"].search([]).unlink()
        parameters.set_param("crm_twitter.api_url", cls.simulator.url)
        parameters.set_param("crm_twitter.site_url", cls.simulator.url)
        parameters.set_param("crm_twitter.callback_url", cls._callback_url())
        parameters.set_param("crm_twitter.client_id", CLIENT_ID)
        cls.env["twitter.account"]._set_client_secret(CLIENT_SECRET)
        cls._lift_limits()

    @classmethod
    def _lift_limits(cls):
        """Tests that are not about money may spend it."""
        cls.env["twitter.limit"].search([]).unlink()
        cls.env["twitter.billed.resource"].search([]).unlink()
        for company in cls.env["res.company"].search([]):
            cls.env["twitter.budget"]._make_row("company_id", company.id)
        cls.env["twitter.budget"].search([]).write(
            {"day_limit": False, "month_limit": False}
        )

    @classmethod
    def _callback_url(cls):
        return "http://127.0.0.1:8069/crm_twitter/oauth/callback"

    def setUp(self):
        super().setUp()
        # What the test tried, by kind ("attacks tried"): scripts/test adds it up.
        self.counted = Counter()
        self.x.reset()
        self.x.set_app(
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            callbacks=[self._callback_url()],
        )

    # ------------------------------------------------------------
    # SHORTHANDS
    # ------------------------------------------------------------

    def connect(self, user=None, username="marcdemo", scopes=SCOPES):
        """Connect `user` (the salesperson) as somebody of the simulator's world."""
        user = user or self.salesperson
        return self._connected("_join", user, username=username, scopes=scopes)

    def connect_brand(self, company=None, username="ourcompany", scopes=SCOPES):
        """Have the administrator connect the official account of a company."""
        company = company or self.env.company
        who = company, self.admin
        return self._connected("_adopt", *who, username=username, scopes=scopes)

    def _connected(self, method, *who, username, scopes):
        answer = self.x.login(username, scopes=scopes)
        me = XClient(answer["access_token"], api_url=self.simulator.url).me()
        accounts = self.env["twitter.account"].sudo()
        getattr(accounts, method)(*who, me, self._tokens(answer))
        self.x.calls.clear()
        self.x.billing.reset()
        # Own transactions read what is in the database.
        self.env.flush_all()
        return accounts.search([("twitter_id", "=", me.id)])

    def _tokens(self, answer):
        return Tokens(
            access_token=answer["access_token"],
            refresh_token=answer["refresh_token"],
            expires_in=answer["expires_in"],
            scope=tuple(answer["scope"].split()),
        )

    @classmethod
    def make_lead(cls, contact_name="Jacques Dunagan", **values):
        """A lead of the salesperson's, as the salesperson sees it."""
        # Odoo would write to the salesperson that it is, which takes most of the time.
        quietly = cls.env["crm.lead"].with_context(mail_auto_subscribe_no_notify=True)
        lead = quietly.create(
            {
                "name": f"Opportunity with {contact_name}",
                "contact_name": contact_name,
                "type": "lead",
                "user_id": cls.salesperson.id,
                **values,
            }
        )
        cls.env.flush_all()
        return cls.env["crm.lead"].with_user(cls.salesperson).browse(lead.id)

    def endpoints(self):
        """What the simulator was asked, in order: ``["GET /2/users/by", …]``."""
        return [call.endpoint for call in self.x.calls]

    def flush_tracking(self):
        """Have the chatter note what was changed."""
        self.env.flush_all()
        self.cr.flush()

    def ledger(self, record):
        """The record's associations in order: ``[(kind, handle, origin, basis)]``."""
        field = record._twitter_column()
        rows = self.env["twitter.association"].search(
            [(field, "=", record.id)], order="id"
        )
        return [(row.kind, row.handle, row.origin, row.basis) for row in rows]


class CrmTwitterCase(CrmTwitterMixin, TransactionCase):
    """Without a browser; own transactions share the test's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry_enter_test_mode_cls()

    def setUp(self):
        super().setUp()
        self.env.flush_all()


class CrmTwitterPanelCase(CrmTwitterCase):
    """The panel on a lead of Jane Doe's, whom X knows; subclasses describe her."""

    jane = {"description": "Gardener"}  # as X knows her
    known = {}  # as the lead does
    scopes = SCOPES  # what the salesperson has granted

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead_id = cls.make_lead("Jane Doe", **cls.known).id

    def setUp(self):
        super().setUp()
        self.x.people.add("jane_doe", "Jane Doe", **self.jane)
        self.account = self.connect(scopes=self.scopes)

    @property
    def lead(self):
        """The lead as a new request of the salesperson's finds it."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["crm.lead"].with_user(self.salesperson).browse(self.lead_id)

    def associate(self, handle="jane_doe"):
        self.lead.twitter_associate(handle, "given")
        return self.lead.sudo().twitter_profile_id


class CrmTwitterHttpCase(CrmTwitterMixin, HttpCase):
    """With requests and browsers."""

    @classmethod
    def _callback_url(cls):
        return f"{cls.base_url()}/crm_twitter/oauth/callback"
