from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestLookUp(CrmTwitterCase):
    """The list action that reads many profiles, and says first what that costs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"P{n}", "twitter_handle": f"person_{n}"} for n in range(3)]
        )
        cls.profiles = cls.partners.twitter_profile_id
        cls.Wizard = cls.env["twitter.profile.look.up"].with_user(cls.salesperson)

    def open_for(self, records):
        action = self.Wizard._open_for(records.with_user(self.salesperson))
        return self.Wizard.browse(action["res_id"])

    def click(self, wizard, **outcome):
        """Click the button, with X's part played by `outcome`; what was asked for."""
        asked = []

        def look_up(profiles, seconds):
            asked.append(profiles)
            counts = dict.fromkeys(("read", "missing", "left"), 0)
            return {**counts, "calls": 1, "problem": False, **outcome}

        with patch.object(type(self.profiles), "_look_up", look_up):
            params = wizard.action_look_up()["params"]
        return asked[0], params

    def test_says_how_many_and_at_what_price(self):
        wizard = self.open_for(self.partners)
        self.assertEqual(wizard.profile_ids, self.profiles)
        self.assertEqual(wizard.summary, "Look up 3 profiles: at most $0.03")

    def test_one_profile_is_singular(self):
        wizard = self.open_for(self.partners[0])
        self.assertEqual(wizard.summary, "Look up 1 profile: at most $0.01")

    def test_profiles_of_two_records_count_once(self):
        twin = self.env["res.partner"].create(
            {"name": "Twin", "twitter_handle": "@Person_1"}
        )
        self.assertEqual(self.open_for(self.partners + twin).profile_count, 3)

    def test_profiles_read_today_are_left_out(self):
        now = fields.Datetime.now()
        self.profiles[0].sudo().write({"fetched_at": now})
        self.profiles[1].sudo().write({"fetched_at": now - timedelta(days=1)})
        self.assertEqual(self.open_for(self.partners).profile_ids, self.profiles[1:])

    def test_never_read_ones_come_first(self):
        old = fields.Datetime.now() - timedelta(days=9)
        self.profiles[0].sudo().write({"fetched_at": old})
        with patch(
            "odoo.addons.crm_twitter.wizard.twitter_profile_look_up.MOST_AT_ONCE", 2
        ):
            wizard = self.open_for(self.partners)
        self.assertEqual(wizard.profile_ids, self.profiles[1:])
        self.assertEqual(wizard.left_count, 1)

    def test_nothing_to_do(self):
        nobody = self.env["res.partner"].create({"name": "Nobody"})
        self.assertEqual(self.open_for(nobody).profile_count, 0)

    def test_click_reads_what_was_shown_and_tells(self):
        wizard = self.open_for(self.partners)
        asked, params = self.click(wizard, read=2, missing=1)
        self.assertEqual(asked, self.profiles)
        self.assertEqual(params["type"], "success")
        self.assertEqual(params["message"], "Profiles read: 2. Not found on X: 1.")

    def test_problem_is_told(self):
        problem = {"code": "too_many", "message": "Too many for now.", "action": ""}
        wizard = self.open_for(self.partners)
        _asked, params = self.click(wizard, read=1, problem=problem)
        self.assertEqual(params["type"], "warning")
        self.assertTrue(params["sticky"])
        self.assertIn("Profiles read: 1. Too many for now.", params["message"])

    def test_what_there_was_no_time_for_is_told(self):
        _asked, params = self.click(self.open_for(self.partners), read=2, left=1)
        message = params["message"]
        self.assertEqual(message, "Profiles read: 2. Left for another click: 1.")
        self.assertEqual(params["type"], "warning")
        self.assertTrue(params["sticky"])

    def test_a_click_ends_before_a_proxy_gives_up(self):
        self.connect(self.salesperson, "marcdemo")
        wizard = self.open_for(self.partners)
        module = "odoo.addons.crm_twitter.wizard.twitter_profile_look_up"
        reading = "odoo.addons.crm_twitter.models.twitter_profile_reading"
        with patch(f"{module}.CLICK_SECONDS", 0), patch(f"{reading}.BATCH", 2):
            message = wizard.action_look_up()["params"]["message"]
        self.assertEqual(self.endpoints(), ["GET /2/users/by"])
        self.assertIn("Left for another click: 1.", message)

    def test_reads_from_x(self):
        """The real thing, through the client and over HTTP."""
        self.connect(self.salesperson, "marcdemo")
        wizard = self.open_for(self.partners)
        calls = len(self.simulator.x.calls)
        params = wizard.action_look_up()["params"]
        self.assertEqual(len(self.simulator.x.calls), calls + 1, "One batch, one call")
        self.assertIn("Not found on X: 3.", params["message"])

    def test_leads_have_the_action_too(self):
        lead = self.env["crm.lead"].create(
            {"name": "L", "twitter_handle": "person_1", "user_id": self.salesperson.id}
        )
        action = self.env.ref("crm_twitter.action_twitter_look_up_leads")
        result = (
            action.with_user(self.salesperson)
            .with_context(active_model="crm.lead", active_ids=lead.ids)
            .run()
        )
        wizard = self.Wizard.browse(result["res_id"])
        self.assertEqual(wizard.profile_ids, self.profiles[1])

    def test_others_are_refused(self):
        with self.assertRaises(AccessError):
            self.Wizard.with_user(self.employee)._open_for(self.partners)
        wizard = self.open_for(self.partners)
        with self.assertRaises(AccessError):
            wizard.with_user(self.employee).action_look_up()
        for name in ("leads", "partners"):
            action = self.env.ref(f"crm_twitter.action_twitter_look_up_{name}")
            action = action.with_user(self.employee)
            with self.assertRaises(AccessError):
                action.with_context(
                    active_model="res.partner", active_ids=self.partners.ids
                ).run()
