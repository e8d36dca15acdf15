from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.own_transaction import Busy
from ..x_api import Page, Profile
from .common import CrmTwitterCase


class ProfilesCase(CrmTwitterCase):
    """With contacts to read, and the cron that reads them."""

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


@tagged("post_install", "-at_install")
class TestTwitterProfile(ProfilesCase):
    """Profiles are read 100 per call, and kept where a record links them."""

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
            outcome,
            {
                "read": 1000,
                "missing": 0,
                "left": 0,
                "calls": 10,
                "problem": False,
                "retry_at": None,
            },
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
        self.assertEqual(outcome["left"], 50)
        self.assertEqual(outcome["problem"]["code"], "too_many")
        # As the simulator says it: in 15 minutes.
        self.assertAlmostEqual(
            outcome["retry_at"],
            fields.Datetime.now() + timedelta(minutes=15),
            delta=timedelta(seconds=30),
        )

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

    def test_no_batch_is_begun_after_the_time_given(self):
        self.connect()
        partners = self.make_contacts(150)
        profiles = partners.twitter_profile_id.with_user(self.salesperson)
        outcome = profiles._look_up(seconds=0)
        self.assertEqual(
            (outcome["calls"], outcome["read"], outcome["left"]), (1, 100, 50)
        )
        self.assertFalse(outcome["problem"])

    def test_one_row_in_use_does_not_cost_the_others(self):
        self.connect()
        partners = self.make_contacts(5)
        held = partners[2].twitter_profile_id.id
        profiles = type(partners.twitter_profile_id)
        lock = profiles._lock_ids

        def lock_unless_held(profile, ids, is_patient):
            if is_patient:
                raise Busy(self.env)
            return lock(profile, ids, is_patient) - {held}

        with patch.object(profiles, "_lock_ids", lock_unless_held):
            outcome = partners.twitter_profile_id.with_user(self.salesperson)._look_up()
        self.assertEqual((outcome["read"], outcome["left"]), (4, 1))
        self.assertEqual(outcome["problem"]["code"], "busy")
        self.env.invalidate_all()
        self.assertEqual(
            partners.twitter_profile_id.mapped("state"),
            ["active", "active", "unresolved", "active", "active"],
        )

    def test_a_handle_of_digits_is_not_taken_for_somebodys_id(self):
        people = [("A", "44196397"), ("B", "famous")]
        contacts = self.env["res.partner"].create(
            [{"name": name, "twitter_handle": handle} for name, handle in people]
        )
        self.env.flush_all()
        profiles = contacts.twitter_profile_id
        famous = Profile(id="44196397", handle="famous", name="Famous")
        digits = Profile(id="77", handle="44196397", name="Digits")
        outcome = dict.fromkeys(("read", "missing", "calls"), 0)
        profiles._keep_page(Page(items=(famous, digits)), outcome)
        self.env.invalidate_all()
        self.assertEqual([row.name for row in profiles], ["Digits", "Famous"])
        self.assertEqual(outcome["read"], 2)

    def test_who_lost_the_last_link_meanwhile_is_not_kept(self):
        self.connect()
        partners = self.make_contacts(3)
        rows = partners.twitter_profile_id
        profiles = type(rows)
        ask = profiles._ask

        def ask_while_it_is_cleared(batch, x):
            page = ask(batch, x)
            partners[1].twitter_handle = False
            self.env.flush_all()
            return page

        with patch.object(profiles, "_ask", ask_while_it_is_cleared):
            outcome = rows.with_user(self.salesperson)._look_up()
        self.assertEqual((outcome["read"], outcome["left"]), (3, 0))
        self.env.invalidate_all()
        self.assertEqual(rows.mapped("state"), ["active", "unresolved", "active"])
        self.assertFalse(rows[1].name or rows[1].fetched_at)
        self.assertEqual(rows[1].twitter_id, self.x.people.named("person1").id)

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
