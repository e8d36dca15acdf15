from odoo import fields
from odoo.tests import tagged

from .erasure import SENTINELS, ErasureCase


@tagged("post_install", "-at_install")
class TestErasure(ErasureCase):
    """All that is held of a person goes; the lead and the contact stay."""

    def test_every_place_holds_something_before(self):
        """What is not found before proves nothing when it is not found after."""
        expected = {
            "crm_lead",
            "mail_activity",
            "mail_link_preview",
            "mail_message",
            "mail_message_translation",
            "mail_scheduled_message",
            "mail_tracking_value",
            "res_partner",
            "twitter_association",
            "twitter_billed_resource",
            "twitter_cache",
            "twitter_engagement",
            "twitter_interaction",
            "twitter_profile",
        }
        found = self.found()
        self.assertGreaterEqual(found.keys(), expected)
        self.assertEqual({w for each in found.values() for w in each}, {*SENTINELS})

    def test_from_a_contact_a_lead_and_a_profile_nothing_of_hers_is_left(self):
        for name in ("contact", "lead", "profile"):
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                report = self.erase(getattr(self, name))
                self.assertEqual(self.found(), {})
                self.assertEqual(report.counts["interactions"], 1)
                self.counted["records compared"] += len(self.columns())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_the_records_stay_as_they_are_without_x(self):
        self.erase(self.lead)
        self.assertEqual(self.contact.name, "Jane Doe")
        self.assertEqual(self.contact.email, "jane@doe.example")
        self.assertFalse(self.contact.website)
        self.assertEqual(self.lead.contact_name, "Jane Doe")
        self.assertEqual(self.lead.name, "Mention by @[erased] on X")
        self.assertEqual(self.lead.email_from, "jane@doe.example")
        for record in (self.lead, self.contact):
            self.assertFalse(record.twitter_handle)
            self.assertFalse(record.twitter_profile_id)
            self.assertFalse(record.twitter_basis)
            self.assertFalse(self.ledger(record))
            self.assertEqual(record.twitter_touch_count, 0)
        words = self.contact.message_ids.filtered(lambda one: "I met" in one.body)
        self.assertIn("I met @[erased], x.com/[erased]", words.body)

    def test_other_addresses_of_a_record_stay(self):
        values = {
            "website": "https://www.tiktok.com/@acme",
            "email": "john@acme.com",
            "comment": "<p>https://netflix.com/acme, x.com/acme</p>",
        }
        acme, other = self.env["res.partner"].create(
            [
                {"name": "Acme", "twitter_handle": "acme", **values},
                {"name": "Acme", "twitter_handle": "acme", "website": "x.com/acme"},
            ]
        )
        acme.message_post(body="https://medium.com/@acme/post and dropbox.com/acme")
        self.erase(acme)
        self.assertEqual(acme.website, values["website"])
        self.assertEqual(acme.email, values["email"])
        self.assertIn("https://netflix.com/acme, x.com/[erased]", acme.comment)
        said = "".join(acme.message_ids.mapped("body"))
        self.assertIn("https://medium.com/@acme/post and dropbox.com/acme", said)
        self.assertFalse(other.website)

    def test_fields_that_users_made_are_redacted(self):
        team = self.lead.team_id or self.env["crm.team"].create({"name": "Sales"})
        self.lead.team_id = team
        team.lead_properties_definition = [
            {"name": "zfirst", "type": "char", "string": "Known As"},
            {"name": "zsecond", "type": "integer", "string": "Number"},
        ]
        self.lead.lead_properties = {"zfirst": "@zsentinel_jane", "zsecond": 5}
        self.erase(self.lead)
        self.assertEqual(
            dict(self.lead.lead_properties), {"zfirst": "@[erased]", "zsecond": 5}
        )

    def test_the_image_before_comes_back(self):
        before = self.env["twitter.photo"]._of(self.contact)
        previous = before.with_context(bin_size=False).previous
        self.assertNotEqual(self.contact.image_1920, previous)
        self.erase(self.contact)
        self.assertEqual(self.contact.image_1920, previous)
        self.assertFalse(before.exists())

    def test_who_of_us_did_what_stays_without_the_person(self):
        self.erase(self.contact)
        self.assertTrue(self.row.exists())
        self.assertEqual(self.row.user_id, self.salesperson)
        self.assertEqual(self.row.kind, "reply")
        self.assertAlmostEqual(self.row.cost, 0.01)
        for name in ("lead_id", "partner_id", "profile_id", "interaction_id", "text"):
            self.assertFalse(self.row[name], name)
        self.assertEqual(self.row.intention, f"forgotten:{self.row.id}")

    def test_nothing_of_others_goes(self):
        jack, said = self.jack.twitter_profile_id, self.jack_said
        self.erase(self.contact)
        self.assertEqual(self.jack.twitter_handle, "jack")
        self.assertTrue(jack.exists() and jack.twitter_id)
        self.assertEqual(jack.told_handles, ["another"])
        self.assertTrue(said.exists(), "he said it")
        self.assertEqual(said.text, "@ourcompany ask @[erased]")
        self.assertNotIn("zsentinel_jane", str(said.content))
        self.assertEqual(self.to_jack.text, "Hello @jack and @[erased], good day")
        self.assertEqual(self.to_jack.partner_id, self.jack)
        self.assertEqual(len(self.ledger(self.jack)), 1)
        keys = self.env["twitter.cache"].search([]).mapped("key")
        self.assertIn("posts:7", keys)
        self.assertNotIn("posts:6", keys)

    def test_what_is_not_known_to_have_arrived_goes_too(self):
        self.row.write({"state": "unknown", "check_at": fields.Datetime.now()})
        self.erase(self.contact)
        self.assertFalse(self.row.text or self.row.check_at)
        self.env.ref("crm_twitter.ir_cron_settle_engagements").method_direct_trigger()
        self.assertEqual(self.endpoints(), [])

    def test_a_record_that_was_let_go_of_has_its_traces_erased(self):
        self.contact.twitter_handle = False
        self.lead.twitter_handle = False
        self.flush_tracking()
        self.erase(self.contact)
        self.assertFalse(self.ledger(self.contact))
        messages = self.contact.message_ids
        self.assertFalse(messages.tracking_value_ids)
        for words in ("@zsentinel_jane", "zsentinelours"):
            self.assertNotIn(words, "".join(messages.mapped("body")).lower())

    def test_the_report_names_nobody(self):
        report = self.erase(self.contact)
        self.assertEqual(report.user_id, self.manager)
        self.assertEqual(report.display_name, f"Erasure {report.id}")
        self.assertEqual(report.counts["associations"], 6)
        self.assertEqual(report.counts["images"], 1)
        self.assertIn("Posts to a company on the Social board: 1", report.summary)
        self.assertIn("Posts of others that named the account: 1", report.summary)

    def test_what_speaks_to_the_company_again_is_told_anew(self):
        self.erase(self.contact)
        self.say("@ourcompany Me again", "zsentinel_jane", post_id="77")
        self.assertEqual(
            self.env["twitter.interaction"].search([("post_id", "=", "77")]).text,
            "@ourcompany Me again",
        )

    def test_the_dialog_says_what_goes(self):
        action = self.contact.with_user(self.manager).action_twitter_erase()
        wizard = self.env["twitter.erase"].browse(action["res_id"])
        self.assertEqual(wizard.handles, "@zsentinel_jane, @zsentinel_old")
        self.assertIn("Posts on the Social board: 1", wizard.extent)
        self.assertIn("Posts of others that name them: 1", wizard.extent)

    def test_a_profile_is_not_deleted_by_halves(self):
        self.profile.unlink()
        self.flush_tracking()
        self.assertEqual(self.found(), {})

    def test_what_is_shown_afterwards_is_there(self):
        """The page is loaded anew, with the report; behind it is what is there."""
        wizards = self.env["twitter.erase"].with_user(self.manager)
        profiles = "/odoo/action-crm_twitter.twitter_profile_action/"
        for record, behind in (
            (self.profile, profiles),
            (self.lead, f"/odoo/crm.lead/{self.lead.id}/"),
        ):
            with self.env.cr.savepoint() as savepoint:
                opened = record.with_user(self.manager).action_twitter_erase()
                action = wizards.browse(opened["res_id"]).action_erase()
                self.assertEqual(action["target"], "self")
                self.assertTrue(action["url"].startswith(behind), action["url"])
                self.assertIn(
                    "/action-crm_twitter.twitter_erasure_action/", action["url"]
                )
                savepoint.rollback()
                self.env.invalidate_all()

    def test_twice_is_as_once(self):
        action = self.contact.with_user(self.manager).action_twitter_erase()
        self.erase(self.contact)
        wizard = self.env["twitter.erase"].with_user(self.manager)
        wizard.browse(action["res_id"]).action_erase()
        report = self.env["twitter.erasure"].search([], limit=1)
        self.assertEqual(report.summary, "Nothing was held.")
