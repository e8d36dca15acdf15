from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestTwitterProfile(CrmTwitterCase):
    """Profiles are read 100 per call, in the background only where that is wanted."""

    def make_contacts(self, count, known=True):
        if known:
            for number in range(count):
                self.x.people.add(f"person{number}", f"Person {number}")
        result = (
            self.env["res.partner"]
            .with_context(import_file=True)
            .load(
                ["name", "twitter_handle"],
                [[f"Person {number}", f"person{number}"] for number in range(count)],
            )
        )
        self.assertFalse(result["messages"])
        return self.env["res.partner"].browse(result["ids"])

    def run_cron(self):
        with mute_logger("odoo.addons.base.models.ir_cron"):
            self.env.ref("crm_twitter.ir_cron_read_new_handles").method_direct_trigger()
        self.env.invalidate_all()

    def read_in_background(self, user=None):
        self.env["ir.config_parameter"].set_param(
            "crm_twitter.read_in_background", "True"
        )
        (user or self.salesperson).twitter_share_connection = True

    # ------------------------------------------------------------
    # IN BATCHES
    # ------------------------------------------------------------

    def test_a_thousand_imported_contacts_make_ten_calls_afterwards(self):
        self.connect()
        partners = self.make_contacts(1000)
        self.assertEqual(self.endpoints(), [], "the import called X")
        profiles = partners.twitter_profile_id.with_user(self.salesperson)
        outcome = profiles._look_up()
        self.assertEqual(
            outcome, {"read": 1000, "missing": 0, "calls": 10, "problem": False}
        )
        self.assertEqual(self.endpoints(), ["GET /2/users/by"] * 10)
        self.env.invalidate_all()
        self.assertEqual(set(partners.twitter_profile_id.mapped("state")), {"active"})

    def test_what_was_read_before_a_problem_stays(self):
        self.connect()
        partners = self.make_contacts(150)
        self.x.faults.add(endpoint="GET /2/users/by", delay=0.01)  # the first call
        self.x.faults.add(endpoint="GET /2/users/by", status=429)
        profiles = partners.twitter_profile_id.with_user(self.salesperson)
        outcome = profiles._look_up()
        self.assertEqual(outcome["read"], 100)
        self.assertEqual(outcome["problem"]["code"], "too_many")

    def test_who_is_suspended_or_unknown_is_counted_and_said(self):
        self.connect()
        partners = self.make_contacts(3)
        self.x.people.suspend("person1")
        self.x.people.delete("person2")
        profiles = partners.twitter_profile_id.with_user(self.salesperson)
        outcome = profiles._look_up()
        self.assertEqual((outcome["read"], outcome["missing"]), (1, 2))
        self.env.invalidate_all()
        self.assertEqual(
            partners.twitter_profile_id.mapped("state"),
            ["active", "suspended", "gone"],
        )

    # ------------------------------------------------------------
    # IN THE BACKGROUND
    # ------------------------------------------------------------

    def test_new_handles_are_not_read_in_the_background_unless_wanted(self):
        self.connect()
        self.salesperson.twitter_share_connection = True
        self.make_contacts(3)
        self.run_cron()
        self.assertEqual(self.endpoints(), [])

    def test_new_handles_are_read_with_a_connection_that_is_shared(self):
        self.connect()
        self.read_in_background()
        partners = self.make_contacts(3)
        self.run_cron()
        self.assertEqual(self.endpoints(), ["GET /2/users/by"])
        self.assertEqual(set(partners.twitter_profile_id.mapped("state")), {"active"})

    def test_nobodys_connection_is_used_without_his_leave(self):
        self.connect()
        self.read_in_background(user=self.colleague)
        self.make_contacts(3)
        self.run_cron()
        self.assertEqual(self.endpoints(), [])

    def test_the_companys_connection_comes_first(self):
        self.connect()
        self.read_in_background()
        brand = self.connect(self.admin, "ourcompany")
        brand.company_id = self.env.company
        self.make_contacts(3)
        self.run_cron()
        self.assertEqual(self.x.calls[0].user_id, self.x.people.named("ourcompany").id)

    def test_setting_a_handle_has_it_read_soon(self):
        self.read_in_background()
        cron = self.env.ref("crm_twitter.ir_cron_read_new_handles")
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search_count([("cron_id", "=", cron.id)])
        self.make_lead(twitter_handle="jack")
        self.assertGreater(triggers.search_count([("cron_id", "=", cron.id)]), before)

    def test_who_is_unknown_to_x_is_asked_for_once(self):
        self.connect()
        self.read_in_background()
        self.make_contacts(2, known=False)
        self.run_cron()
        self.run_cron()
        self.assertEqual(self.endpoints(), ["GET /2/users/by"])

    def test_the_cron_stops_where_nobody_can_read(self):
        self.connect()
        self.read_in_background()
        self.make_contacts(2)
        self.x.faults.add(endpoint="GET /2/users/by", status=429, count=99)
        self.run_cron()
        self.assertEqual(self.endpoints(), ["GET /2/users/by"])

    # ------------------------------------------------------------
    # ONE ROW PER X ACCOUNT
    # ------------------------------------------------------------

    def test_a_person_known_by_two_handles_becomes_one_profile(self):
        self.connect()
        self.x.people.add("old_name", "Somebody")
        lead = self.make_lead("Somebody", twitter_handle="old_name")
        lead.twitter_read()
        self.x.people.rename("old_name", "new_name")
        other = self.make_lead("Somebody", twitter_handle="new_name")
        shown = other.twitter_read()["profile"]
        profile = lead.sudo().twitter_profile_id
        self.assertEqual(shown["id"], profile.id)
        self.env.invalidate_all()
        self.assertEqual(other.twitter_panel()["profile"]["id"], profile.id)
        both = (lead + other).sudo().twitter_profile_id.with_user(self.salesperson)
        self.assertEqual(len(both), 2)
        self.assertEqual(both._look_up()["read"], 1, "one account, read once")
        self.run_cron()
        self.assertEqual(other.sudo().twitter_profile_id, profile)

    # ------------------------------------------------------------
    # PHOTO
    # ------------------------------------------------------------

    def test_a_photo_comes_from_xs_image_hosts_alone(self):
        accounts = self.env["twitter.account"]
        self.assertIn("pbs.twimg.com", accounts._image_hosts())
        self.env["ir.config_parameter"].set_param("crm_twitter.api_url", False)
        self.assertEqual(accounts._image_hosts(), {"pbs.twimg.com", "abs.twimg.com"})

    def test_the_largest_photo_is_fetched(self):
        self.connect()
        self.x.people.add("jane_doe", "Jane Doe")
        lead = self.make_lead("Jane Doe", twitter_handle="jane_doe")
        lead.twitter_read()
        self.env.invalidate_all()
        profile = lead.sudo().twitter_profile_id
        asked = []
        accounts = type(self.env["twitter.account"])
        fetch = accounts._fetch_image

        def fetch_image(records, url):
            asked.append(url)
            return fetch(records, url)

        with patch.object(accounts, "_fetch_image", fetch_image):
            name, data, mimetype = profile.with_user(self.salesperson)._photo(
                profile.id
            )
        self.assertNotIn("_normal", asked[0])
        self.assertEqual(name, "jane_doe.png")
        self.assertEqual(mimetype, "image/png")
        self.assertTrue(data.startswith(b"\x89PNG"))
