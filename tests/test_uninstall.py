import time
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..hooks import uninstall_hook
from ..models import twitter_account_removal
from .common import CrmTwitterCase

LOGGER = "odoo.addons.crm_twitter.models.twitter_account_removal"
REVOKE = "POST /2/oauth2/revoke"
TIME = 1  # second: what is waited for here, instead of the five
SLACK = 5  # seconds: a busy machine's; the faults take 30 and more


@tagged("post_install", "-at_install")
class TestUninstall(CrmTwitterCase):
    """What removing the addon tells X, and how long it waits for X.

    That nothing is left in the database, scripts/installation_tests proves.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # More than are told side by side.
        names = [f"member{number}" for number in range(8)]
        cls.members = {
            name: cls.salesperson.copy({"login": f"x_{name}"}) for name in names
        }

    def setUp(self):
        super().setUp()
        self.accounts = self.connect() + self.connect_brand()
        for name, user in self.members.items():
            self.x.people.add(name, f"A {name}")
            self.accounts += self.connect(user, name)
        self.x.calls.clear()

    def remove(self, seconds=TIME):
        """Go through the hook; return how long it took."""
        with patch.object(twitter_account_removal, "REMOVAL_TIME", seconds):
            begun = time.monotonic()
            uninstall_hook(self.env)
            return time.monotonic() - begun

    def granted(self):
        """Handles whose grants X still honours."""
        people = [
            self.x.people.named(name) for name in self.accounts.mapped("username")
        ]
        grants = self.x.authorizations.grants_of
        return [person.username for person in people if grants(person.id)]

    def test_it_waits_for_x_five_seconds_in_all(self):
        self.assertEqual(twitter_account_removal.REMOVAL_TIME, 5)

    def test_x_revokes_every_connection(self):
        self.assertEqual(len(self.granted()), 10)
        with self.assertNoLogs(LOGGER, "WARNING"):
            self.remove(seconds=20)
        self.assertEqual(self.granted(), [])
        self.assertEqual(self.endpoints(), [REVOKE] * 10)

    def test_x_hanging_does_not_hang_it(self):
        self.x.faults.add(REVOKE, kind="hang", count=99)
        with self.assertLogs(LOGGER, "WARNING") as logs:
            elapsed = self.remove()
        self.assertLess(elapsed, TIME + SLACK)
        self.assertEqual(len(logs.output), 1)
        self.assertIn("end of 10 of 10 connections", logs.output[0])
        self.counted["faults injected"] += 1

    def test_x_dripping_does_not_hang_it(self):
        self.x.faults.add(REVOKE, kind="stall", delay=30, count=99)
        with mute_logger(LOGGER):
            self.assertLess(self.remove(), TIME + SLACK)
        self.counted["faults injected"] += 1

    def test_x_refusing_one_keeps_no_other(self):
        self.x.faults.add(REVOKE, status=503, count=1)
        with self.assertLogs(LOGGER, "WARNING") as logs:
            self.remove(seconds=20)
        self.assertEqual(len(self.granted()), 1)
        self.assertIn("end of 1 of 10 connections", logs.output[0])
        self.counted["faults injected"] += 1

    def test_an_address_nobody_answers_at_does_not_hang_it(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("crm_twitter.api_url", "http://127.0.0.1:1")
        with self.assertLogs(LOGGER, "WARNING"):
            self.assertLess(self.remove(), TIME + SLACK)
        self.counted["faults injected"] += 1

    def test_no_token_is_logged(self):
        self.x.faults.add(REVOKE, status=503, count=9)
        given = sorted(self.x.authorizations.given)
        self.assertGreaterEqual(len(given), 20)
        with self.assertLogs("odoo.addons.crm_twitter", "DEBUG") as logs:
            self.remove(seconds=20)
        logged = "\n".join(logs.output)
        self.assertIn(REVOKE, logged)
        self.assertEqual([token for token in given if token in logged], [])

    def test_a_copy_tells_x_nothing(self):
        """Its tokens are the original's, who goes on with them."""
        parameters = self.env["ir.config_parameter"]
        for name, value in (
            ("database.uuid", "a-copy"),
            ("database.is_neutralized", "true"),
        ):
            before = parameters.get_param(name)
            parameters.set_param(name, value)
            self.env.flush_all()
            with self.subTest(name):
                self.env["twitter.account"]._revoke_all()
                self.assertEqual(self.endpoints(), [])
                self.assertEqual(len(self.granted()), 10)
            parameters.set_param(name, before)

    def test_its_parameters_go(self):
        self.remove(seconds=20)
        left = [("key", "=like", "crm\\_twitter.%")]
        self.assertFalse(self.env["ir.config_parameter"].search(left))
