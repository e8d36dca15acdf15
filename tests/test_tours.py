from unittest.mock import patch

from odoo.tests import tagged
from odoo.tests.common import ChromeBrowser

from .common import EMPLOYEE, SALESPERSON, CrmTwitterHttpCase


class ToursCase(CrmTwitterHttpCase):
    """A lead whose contact is Jacques Dunagan, and a browser to act in."""

    def setUp(self):
        super().setUp()
        self.lead = self.make_lead(
            "Jacques Dunagan", partner_name="Le Club SARL", name="Le Club's desks"
        ).sudo()

    def tour(self, name, record=None, login=SALESPERSON):
        record = record or self.lead
        self.start_tour(f"/odoo/{record._name}/{record.id}", name, login=login)
        self.env.invalidate_all()

    def allow_popups(self):
        """A tour's click is no user's: let it open a window as a user's does."""
        spawn = ChromeBrowser._spawn_chrome

        def spawn_with_popups(browser, command):
            return spawn(
                browser, [command[0], "--disable-popup-blocking", *command[1:]]
            )

        self.startPatcher(
            patch.object(ChromeBrowser, "_spawn_chrome", spawn_with_popups)
        )


@tagged("post_install", "-at_install")
class TestTours(ToursCase):
    """What a salesperson does in a browser, with X over HTTP."""

    @property
    def account(self):
        return self.env["twitter.account"].search(
            [("member_ids", "=", self.salesperson.id)]
        )

    # ------------------------------------------------------------
    # CONNECTING
    # ------------------------------------------------------------

    def test_connect_by_popup(self):
        self.allow_popups()
        self.x.auto_consent = "ourcompany"
        self.tour("crm_twitter_connect_popup")
        self.assertEqual(self.account.username, "ourcompany")
        self.assertEqual(
            self.endpoints(),
            ["POST /2/oauth2/token", "GET /2/users/me", "GET /2/users/search"],
        )

    def test_connect_in_the_same_tab_where_popups_are_blocked(self):
        self.x.auto_consent = "ourcompany"
        self.tour("crm_twitter_connect_tab")
        self.assertEqual(self.account.username, "ourcompany")

    def test_connect_refused_at_x(self):
        self.allow_popups()
        self.x.auto_refuse = "ourcompany"
        self.tour("crm_twitter_connect_refused")
        self.assertFalse(self.account)
        self.assertEqual(self.endpoints(), [])

    def test_revoked_at_x(self):
        account = self.connect()
        self.lead.twitter_handle = "jacquesdunagan"
        self.x.revoke("marcdemo")
        self.tour("crm_twitter_revoked")
        self.assertEqual(account.state, "reconnect")
        self.assertEqual(account.activity_ids.user_id, self.salesperson)
        self.assertTrue(self.lead.twitter_profile_id)

    def test_no_keys(self):
        self.env["ir.config_parameter"].set_param("crm_twitter.client_id", False)
        self.tour("crm_twitter_no_keys")
        self.assertEqual(self.lead.twitter_handle, "jacquesdunagan")
        self.assertEqual(self.endpoints(), [])

    def test_no_permission(self):
        partner = self.env["res.partner"].create(
            {"name": "Jacques Dunagan", "twitter_handle": "jacquesdunagan"}
        )
        self.tour("crm_twitter_no_permission", partner, login=EMPLOYEE)
        self.assertEqual(self.endpoints(), [])

    # ------------------------------------------------------------
    # ASSOCIATING
    # ------------------------------------------------------------

    def test_find_and_associate(self):
        self.connect()
        self.tour("crm_twitter_find_and_associate")
        self.assertEqual(self.lead.twitter_handle, "jacquesdunagan")
        self.assertEqual(
            self.lead.twitter_profile_id.twitter_id,
            self.x.people.named("jacquesdunagan").id,
        )
        self.assertEqual(
            self.ledger(self.lead),
            [
                ("rejected", "jdunagan_music", "search", False),
                ("associated", "jacquesdunagan", "search", "public"),
            ],
        )
        self.assertEqual(self.endpoints().count("GET /2/users/search"), 1)

    def test_known_handle(self):
        self.connect()
        self.tour("crm_twitter_known_handle")
        self.assertEqual(
            self.ledger(self.lead),
            [("associated", "jacquesdunagan", "typed", "public")],
        )

    def test_automatic_association(self):
        self.connect()
        self.tour("crm_twitter_automatic_association")
        self.assertEqual(
            self.ledger(self.lead),
            [("associated", "jacquesdunagan", "field", "public")],
        )

    def test_disassociate_by_button_and_undo(self):
        self.connect()
        self.lead.twitter_handle = "jacquesdunagan"
        profile = self.lead.twitter_profile_id
        self.tour("crm_twitter_disassociate_button")
        self.assertFalse(self.lead.twitter_handle or self.lead.twitter_profile_id)
        self.assertEqual(
            [row[0] for row in self.ledger(self.lead)],
            ["associated", "disassociated", "associated", "disassociated"],
        )
        self.assertFalse(profile.description)

    def test_disassociate_by_clearing(self):
        self.connect()
        self.lead.twitter_handle = "jacquesdunagan"
        self.env["ir.config_parameter"].set_param("crm_twitter.search_on_open", "False")
        self.tour("crm_twitter_disassociate_clearing")
        self.assertFalse(self.lead.twitter_handle or self.lead.twitter_profile_id)
        self.assertEqual(self.endpoints(), [])
