from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import CrmTwitterCase
from .feeds import Feeds


@tagged("post_install", "-at_install")
class TestAuthors(Feeds, CrmTwitterCase):
    """Whoever speaks to the company becomes a profile, and an author to it."""

    def profile(self, username="jane_doe"):
        self.env.invalidate_all()
        person = self.x.people.named(username)
        return self.env["twitter.profile"].search([("twitter_id", "=", person.id)])

    def test_who_was_unknown_is_kept_as_x_told(self):
        self.say(number=2)
        self.start()
        profile = self.profile()
        self.assertEqual(
            (profile.handle, profile.name, profile.description, profile.state),
            ("jane_doe", "Jane Doe", "Gardener", "active"),
        )
        self.assertFalse(profile._is_stale(), "not paid for again today")
        [author] = self.rows().author_id
        self.assertEqual(author.profile_id, profile)
        self.assertEqual(
            (author.relation, author.company_id), ("other", self.env.company)
        )
        self.assertAlmostEqual(
            author.seen_at, fields.Datetime.now(), delta=timedelta(seconds=30)
        )

    def test_who_was_associated_by_handle_is_that_person(self):
        lead = self.make_lead("Jane Doe", twitter_handle="Jane_Doe", type="opportunity")
        unresolved = lead.sudo().twitter_profile_id
        self.say()
        self.start()
        self.assertEqual(self.profile(), unresolved)
        self.assertEqual(unresolved.name, "Jane Doe")
        self.assertEqual(self.rows().relation, "potential")

    def test_where_the_person_has_a_row_already_records_are_pointed_to_it(self):
        self.say()
        self.start()
        profile = self.profile()
        lead = self.make_lead("Jane Doe", type="opportunity")
        # As it was before X had told who has the handle.
        self.env.cr.execute(
            "INSERT INTO twitter_profile (handle, state) VALUES ('jane_doe',"
            " 'unresolved') RETURNING id"
        )
        row = self.env["twitter.profile"].browse(self.env.cr.fetchone())
        self.env.cr.execute(
            "UPDATE crm_lead SET twitter_handle = 'jane_doe', twitter_basis = 'given',"
            " twitter_profile_id = %s WHERE id = %s",
            [row.id, lead.id],
        )
        self.env.invalidate_all()
        self.say()
        self.run_cron()
        self.assertEqual(row.superseded_by_id, profile)
        cron = self.env.ref("crm_twitter.ir_cron_follow_renamed")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertTrue(triggers)
        self.run_cron("follow_renamed")
        self.assertEqual(lead.sudo().twitter_profile_id, profile)
        self.assertEqual(self.rows().mapped("relation"), ["potential"] * 2)

    def test_who_is_called_otherwise_now_stays_the_same(self):
        self.say()
        self.start()
        self.x.people.rename("jane_doe", "jane_roe")
        self.x.people.add("jane_doe", "Another Jane")
        self.say(author="jane_roe")
        self.say(author="jane_doe")
        self.run_cron()
        profile = self.profile("jane_roe")
        self.assertEqual(profile.handle, "jane_roe")
        self.assertEqual(profile.former_handles, ["jane_doe"])
        self.assertEqual(len(self.rows().author_id), 2)
        other = self.profile("jane_doe")
        self.assertNotEqual(other, profile)
        self.assertTrue(other.has_taken_handle)

    def test_what_x_tells_anew_of_a_person_is_kept(self):
        self.say()
        self.start()
        self.x.people.change("jane_doe", name="Dr. Jane Doe")
        self.say()
        self.run_cron()
        self.assertEqual(self.profile().name, "Dr. Jane Doe")

    def test_one_author_to_each_company_and_profile(self):
        self.say(number=3)
        self.start()
        self.say(number=3)
        self.run_cron()
        self.assertEqual(len(self.rows()), 6)
        self.assertEqual(len(self.rows().author_id), 1)

    def test_who_is_associated_at_that_very_moment_is_found_later(self):
        lead = self.make_lead("Jane Doe", type="opportunity")
        self.say()
        self.start()
        # As a request leaves it that did not see the author's row yet.
        self.env.cr.execute(
            "UPDATE crm_lead SET twitter_handle = 'jane_doe', twitter_basis = 'given',"
            " twitter_profile_id = %s WHERE id = %s",
            [self.profile().id, lead.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.rows().relation, "other")
        self.run_cron()
        self.assertEqual(self.rows().relation, "potential")

    # ------------------------------------------------------------
    # FORGETTING
    # ------------------------------------------------------------

    def test_who_was_seen_is_kept_without_a_record(self):
        self.say()
        self.start()
        lead = self.make_lead("Jane Doe", twitter_handle="jane_doe")
        lead.twitter_handle = False
        self.env.flush_all()
        self.assertEqual(self.profile().name, "Jane Doe")
        self.env["twitter.profile"]._gc_unlinked()
        self.assertEqual(self.profile().name, "Jane Doe")

    def test_who_was_not_seen_for_a_day_is_forgotten(self):
        self.say()
        self.start()
        self.rows().state = "ignored"  # or it would be read again
        self.age(self.rows(), hours=24)
        self.run_cron("check_interactions", due=False)
        profile = self.profile()
        self.assertFalse(profile.name or profile.image_url or profile.fetched_at)
        self.assertEqual((profile.handle, profile.state), ("jane_doe", "unresolved"))

    def test_unless_a_record_links_them(self):
        self.make_lead("Jane Doe", twitter_handle="jane_doe")
        self.say()
        self.start()
        self.rows().state = "ignored"
        self.age(self.rows(), hours=25)
        self.run_cron("check_interactions", due=False)
        self.assertEqual(self.profile().name, "Jane Doe")

    def test_the_vacuum_finds_who_was_not_seen_for_long(self):
        self.say()
        self.start()
        self.age(self.rows(), days=30)
        self.env["twitter.profile"]._gc_unlinked()
        self.assertFalse(self.profile().name)

    def test_letting_go_of_a_person_who_was_not_seen_today_forgets_them(self):
        lead = self.make_lead("Jane Doe", twitter_handle="jane_doe")
        self.say()
        self.start()
        self.age(self.rows(), hours=25)
        lead.twitter_handle = False
        self.env.flush_all()
        self.assertFalse(self.profile().name)

    def test_superseded_rows_of_authors_stay(self):
        self.say()
        self.start()
        profile = self.profile()
        stands = self.env["twitter.profile"].create(
            {"handle": "today", "twitter_id": "4711", "state": "active"}
        )
        profile.superseded_by_id = stands
        self.env.flush_all()
        self.env["twitter.profile"]._drop_superseded()
        self.assertTrue(profile.exists())
