from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..models.twitter_person_finding import Person
from .erasure import ErasureCase
from .test_twitter_feed_checking import CheckingCase


@tagged("post_install", "-at_install")
class TestErasureOfOthers(ErasureCase):
    """What is not the person's stays as it is."""

    def named(self, handle, **values):
        """A contact with a handle, whose profile was read."""
        profile = self.make_profile(handle, handle.title())
        contact = self.env["res.partner"].create(
            {"name": handle, "twitter_handle": handle, **values}
        )
        self.assertEqual(contact.twitter_profile_id, profile)
        return contact

    def test_who_speaks_to_a_company_that_is_erased_as_a_contact(self):
        ours = self.env["res.partner"].create(
            {"name": "Our Company", "twitter_handle": self.brand.username}
        )
        said = self.say("@ourcompany I want to buy", "bob")
        action = ours.with_user(self.manager).action_twitter_erase()
        wizard = self.env["twitter.erase"].browse(action["res_id"])
        self.assertNotIn("Posts of others", wizard.extent)
        report = self.erase(ours)
        self.assertEqual(said.text, "@ourcompany I want to buy")
        self.assertFalse(said.absence)
        self.assertNotIn("mentions", report.counts)

    def test_a_mailbox_that_looks_like_a_mention(self):
        acme = self.named("acme")
        said = self.say("@ourcompany write to john@acme.com please", "bob")
        self.erase(acme)
        self.assertEqual(said.text, "@ourcompany write to john@acme.com please")
        self.assertFalse(said.absence)

    def test_a_mention_and_a_link_become_nobodys(self):
        acme = self.named("acme")
        said = self.say("Look: https://x.com/acme, @ourcompany, .@Acme", "bob")
        mention = {"kind": "mention", "text": "@Acme", "href": "/Acme"}
        said.content = {**said.content, "segments": [mention]}
        self.erase(acme)
        self.assertEqual(
            said.text, "Look: https://x.com/[erased], @ourcompany, .@[erased]"
        )
        self.assertEqual(
            said.content["segments"],
            [{"kind": "text", "text": "@[erased]", "href": ""}],
        )
        card = said.with_user(self.salesperson).card
        self.assertNotIn("acme", str(card).lower())

    def test_a_lead_that_was_tied_to_the_wrong_person_for_a_moment(self):
        bob = self.named("bob")
        lead = self.make_lead("Wrong").sudo()
        lead.twitter_handle = "bob"
        lead.twitter_handle = False
        said = self.say("@ourcompany ask @bob", "carl")
        row = self.done(bob, text="Hello @bob", profile_id=False, handle="bob")
        self.erase(lead)
        self.assertEqual(said.text, "@ourcompany ask @bob")
        self.assertEqual((row.text, row.handle), ("Hello @bob", "bob"))
        self.assertEqual(row.partner_id, bob)
        self.assertEqual(bob.twitter_handle, "bob")
        self.assertFalse(self.ledger(lead))

    def test_a_former_handle_that_is_somebody_elses_now(self):
        self.profile.former_handles = ["zsentinel_old", "taken"]
        bearer = self.named("taken")
        said = self.say("@ourcompany thanks to @taken", "carl")
        row = self.done(bearer, text="Hi @taken")
        unread = self.done(bearer, profile_id=False, handle="taken")
        bearer.message_post(body="Met @taken")
        self.jack.twitter_profile_id.told_handles = ["taken"]
        self.erase(self.contact)
        self.assertEqual(said.text, "@ourcompany thanks to @taken")
        self.assertEqual(row.text, "Hi @taken")
        self.assertEqual(unread.partner_id, bearer)
        self.assertEqual(self.jack.twitter_profile_id.told_handles, ["taken"])
        self.assertIn("Met @taken", "".join(bearer.message_ids.mapped("body")))

    # ------------------------------------------------------------
    # WEBSITES
    # ------------------------------------------------------------

    def test_a_website_somebody_typed_stays_though_it_is_the_profiles(self):
        acme = self.named("acme", website="https://acme.example")
        acme.twitter_profile_id.url = "https://acme.example/"
        self.erase(acme)
        self.assertEqual(acme.website, "https://acme.example")

    def test_a_website_from_x_goes_when_x_confirms_it_no_more(self):
        self.profile.fetched_at = fields.Datetime.now() - timedelta(days=2)
        self.env.flush_all()
        self.env["twitter.profile"]._wipe_unconfirmed()
        self.env.invalidate_all()
        self.assertFalse(self.profile.url)
        report = self.erase(self.contact)
        self.assertFalse(self.contact.website or self.lead.website)
        self.assertFalse(self.contact.twitter_website)
        self.assertEqual(report.counts["websites"], 2)
        self.assertEqual(self.found(), {})

    def test_a_website_somebody_changed_since_stays(self):
        self.contact.website = "https://typed.example"
        self.erase(self.contact)
        self.assertEqual(self.contact.website, "https://typed.example")
        self.assertFalse(self.contact.twitter_website)

    def merged(self, **values):
        """A contact with these values that the person's is merged into."""
        # Or the lead would tell of the website.
        self.lead.write({"twitter_website": False, "website": False})
        kept = self.env["res.partner"].create({"name": "The same", **values})
        merger = new_test_user(
            self.env, "merger", groups="base.group_user,base.group_partner_manager"
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(merger)
        wizard._merge(
            (self.contact + kept).ids, kept.with_user(merger), extra_checks=False
        )
        self.env.invalidate_all()
        self.assertTrue(kept.website)
        return kept

    def test_a_website_from_x_goes_also_from_whom_the_contact_was_merged_into(self):
        self.contact.website = self.contact.website.rstrip("/")
        kept = self.merged()
        self.erase(kept)
        self.assertFalse(kept.website)

    def test_a_website_that_was_there_before_a_merge_stays(self):
        kept = self.merged(website=self.contact.website)
        self.erase(kept)
        self.assertTrue(kept.website)

    def test_the_website_of_who_was_let_go_of(self):
        self.contact.twitter_handle = False
        self.lead.twitter_handle = False
        self.erase(self.contact)
        self.assertFalse(self.contact.website or self.lead.website)


@tagged("post_install", "-at_install")
class TestErasureStays(CheckingCase):
    """What was taken out of others' posts does not come back from X."""

    def setUp(self):
        super().setUp()
        [post_id] = self.say("@ourcompany ask @zsentinel_jane", number=1)
        self.run_cron()
        self.said = self.row(post_id)
        contact = self.env["res.partner"].create(
            {"name": "Jane", "twitter_handle": "zsentinel_jane"}
        )
        self.assertIn("zsentinel_jane", self.said.kept_text)
        self.env.flush_all()
        self.env["twitter.erasure"]._erase_person(Person(contact))
        self.env.flush_all()
        self.env.invalidate_all()

    def assert_gone(self):
        self.env.invalidate_all()
        self.assertEqual(self.said.absence, "erased")
        told = f"{self.said.kept_text} {self.said.content}"
        self.assertNotIn("zsentinel_jane", told)

    def test_after_each_scheduled_action(self):
        crons = self.env["ir.model.data"].search(
            [("module", "=", "crm_twitter"), ("model", "=", "ir.cron")]
        )
        self.assertGreater(len(crons), 5)
        for hours in (0, 21, 25):
            self.age(self.said, hours=hours)
            for name in crons.mapped("name"):
                with self.subTest(name, hours=hours):
                    self.run_cron(name.removeprefix("ir_cron_"))
                    self.assert_gone()
        self.assertFalse(self.said.kept_text, "after a day nothing of it is kept")

    def test_loading_it_again(self):
        self.age(self.said, hours=25)
        self.x.calls.clear()
        told = self.said.with_user(self.salesperson).twitter_load_again()
        self.assertIn("had their X data erased", told["problem"]["message"])
        self.assertFalse(told["card"]["can_load"])
        self.assertIn("had their X data erased", told["card"]["note"])
        self.assertEqual(self.endpoints(), [])
        self.assert_gone()

    def test_x_telling_it_again(self):
        self.said._refresh(
            [
                {
                    "id": self.said.id,
                    "post_id": self.said.post_id,
                    "kept_text": "ask @zsentinel_jane",
                    "content": {"text": "ask @zsentinel_jane"},
                    "absence": None,
                }
            ],
            fields.Datetime.now(),
        )
        self.assert_gone()

    def test_x_having_it_no_more(self):
        self.said._wipe("gone")
        self.assert_gone()
