from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..models import (
    twitter_profile_background,
    twitter_profile_reading,
    twitter_profile_refreshing,
)
from .test_twitter_profile import ProfilesCase


@tagged("post_install", "-at_install")
class TestReadingInTheBackground(ProfilesCase):
    """Only where it is wanted, and until all are read or X's limit is reached."""

    def cron_triggers(self):
        cron = self.env.ref("crm_twitter.ir_cron_read_new_handles")
        return self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])

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

    def test_what_one_run_has_no_time_for_is_left_to_the_next(self):
        self.connect()
        self.read_in_background()
        partners = self.make_contacts(5)
        progress = type(self.env["ir.cron"])._commit_progress
        told = []

        def commit_progress(cron, processed=0, **values):
            told.append((processed, values.get("remaining")))
            progress(cron, processed, **values)
            return 0

        with (
            patch.object(twitter_profile_refreshing, "BATCH", 2),
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", commit_progress
            ),
        ):
            self.run_cron()
        # Odoo takes the two from the five, and calls again while some are left.
        self.assertEqual(
            told, [(0, 5), (2, None), (0, 3), (2, None), (0, 1), (1, None)]
        )
        self.assertEqual(set(partners.twitter_profile_id.mapped("state")), {"active"})
        self.assertEqual(len(self.x.calls), 3)

    def test_at_the_limit_the_rest_is_read_when_it_ends(self):
        self.connect()
        self.read_in_background()
        partners = self.make_contacts(3)
        self.cron_triggers().unlink()
        with patch.object(twitter_profile_reading, "BATCH", 2):
            self.x.faults.add(endpoint="GET /2/users/by", delay=0.01)  # the first call
            self.x.faults.add(endpoint="GET /2/users/by", status=429, count=9)
            self.run_cron()
        self.assertEqual(self.endpoints(), ["GET /2/users/by"] * 2, "not asked again")
        states = partners.twitter_profile_id.mapped("state")
        self.assertEqual(states, ["active", "active", "unresolved"])
        [trigger] = self.cron_triggers()
        self.assertAlmostEqual(
            trigger.call_at,
            fields.Datetime.now() + timedelta(minutes=15),
            delta=timedelta(seconds=30),
        )

    def test_the_next_connection_reads_what_the_one_before_left(self):
        self.connect()
        self.read_in_background()
        self.connect(self.colleague, "mitchelladmin")
        self.colleague.twitter_share_connection = True
        partners = self.make_contacts(3)
        self.cron_triggers().unlink()
        with patch.object(twitter_profile_reading, "BATCH", 2):
            self.x.faults.add(endpoint="GET /2/users/by", delay=0.01)
            self.x.faults.add(endpoint="GET /2/users/by", status=429)
            self.run_cron()
        asked = [call.query["usernames"].split(",") for call in self.x.calls]
        self.assertEqual(
            asked, [["person0", "person1"], ["person2"], ["person2"]], "nobody twice"
        )
        self.assertEqual(set(partners.twitter_profile_id.mapped("state")), {"active"})
        self.assertFalse(self.cron_triggers())

    def test_x_out_of_reach_is_tried_again_later(self):
        self.connect()
        self.read_in_background()
        self.make_contacts(1)
        self.cron_triggers().unlink()
        self.x.faults.add(endpoint="GET /2/users/by", kind="reset", count=9)
        self.run_cron()
        [trigger] = self.cron_triggers()
        self.assertGreater(
            trigger.call_at, fields.Datetime.now() + timedelta(minutes=10)
        )

    def test_without_the_scheduled_action_a_handle_can_be_set_all_the_same(self):
        self.read_in_background()
        self.env.ref("crm_twitter.ir_cron_read_new_handles").unlink()
        lead = self.make_lead(twitter_handle="jack")
        self.assertEqual(lead.sudo().twitter_profile_id.handle, "jack")


@tagged("post_install", "-at_install")
class TestSupersededRows(ProfilesCase):
    """Records find the row that stands for their X account; the others go."""

    def superseded(self, count):
        """Leads linked to rows that another row stands for by now, and that row."""
        leads = self.env["crm.lead"].create(
            [{"name": f"L{n}", "twitter_handle": f"old_{n}"} for n in range(count)]
        )
        stands = self.env["twitter.profile"].create(
            {"handle": "today", "twitter_id": "4711", "state": "active"}
        )
        rows = leads.twitter_profile_id
        rows.superseded_by_id = stands
        self.env.flush_all()
        return leads, rows, stands

    def test_what_is_linked_by_a_row_it_supersedes_is_kept(self):
        self.connect()
        person = self.x.people.add("today", "Somebody of Today")
        _leads, _rows, stands = self.superseded(1)
        stands.twitter_id = person.id
        self.env.flush_all()
        stands.with_user(self.salesperson)._look_up()
        self.env.invalidate_all()
        self.assertEqual(stands.name, "Somebody of Today")

    def test_records_are_pointed_to_the_row_that_stands_in_batches(self):
        leads, _rows, stands = self.superseded(5)
        commits = []
        cron = type(self.env["ir.cron"])
        progress = cron._commit_progress

        def commit_progress(records, processed=0, **values):
            commits.append((processed, values.get("remaining")))
            return progress(records, processed, **values)

        with (
            patch.object(twitter_profile_background, "BATCH", 2),
            patch.object(cron, "_commit_progress", commit_progress),
        ):
            self.run_cron()
        self.assertEqual(leads.twitter_profile_id, stands)
        self.assertEqual(commits, [(2, 3), (2, 1), (1, 0), (0, 0)])

    def test_repointing_goes_on_another_time_when_time_is_up(self):
        leads, _rows, stands = self.superseded(5)
        cron = type(self.env["ir.cron"])
        with (
            patch.object(twitter_profile_background, "BATCH", 2),
            patch.object(cron, "_commit_progress", lambda *_args, **_values: 0),
        ):
            self.env["twitter.profile"]._cron_read_new_handles()
        self.env.invalidate_all()
        self.assertEqual(leads[:2].twitter_profile_id, stands)
        self.assertNotIn(stands, leads[2:].twitter_profile_id)

    def test_a_record_somebody_writes_does_not_stop_the_others(self):
        leads, rows, stands = self.superseded(3)
        held = leads[1].id

        def try_lock(records, **_options):
            return records.filtered(lambda record: record.id != held)

        with patch.object(type(leads), "try_lock_for_update", try_lock):
            self.run_cron()
        self.assertEqual((leads[0] + leads[2]).twitter_profile_id, stands)
        self.assertEqual(leads[1].twitter_profile_id, rows[1])
        self.run_cron()
        self.assertEqual(leads.twitter_profile_id, stands)

    def test_superseded_rows_go_unless_the_ledger_refers_to_them(self):
        leads, rows, stands = self.superseded(2)
        leads[0].unlink()  # with its part of the ledger
        self.run_cron()
        self.assertEqual(rows.exists(), rows[1])
        self.assertTrue(stands.exists())
        self.assertEqual(leads[1].twitter_profile_id, stands)
