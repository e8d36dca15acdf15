from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .test_twitter_touch import EngagementsCase

REFUSAL = "Another addon does not want this."


@tagged("post_install", "-at_install")
class TestTwitterRenamed(EngagementsCase):
    """X's id says who is meant: handles follow it, and never a stranger's."""

    def setUp(self):
        super().setUp()
        self.connect()
        self.x.people.add("old_name", "Jane Doe")
        self.jane = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "old_name"}
        )
        self.jane.twitter_basis = "consent"
        self.lead = self.make_lead(partner_id=self.jane.id).sudo()
        self.profile = self.jane.twitter_profile_id
        self.cron = self.env.ref("crm_twitter.ir_cron_follow_renamed")
        self.read_from_x(self.jane)

    def read_from_x(self, record):
        self.env.flush_all()
        record.with_user(self.salesperson).twitter_read(refresh=True)
        self.env.invalidate_all()

    def triggers(self):
        return self.env["ir.cron.trigger"].search_count(
            [("cron_id", "=", self.cron.id)]
        )

    def follow(self):
        self.env.flush_all()
        calls = len(self.x.calls)
        self.cron.method_direct_trigger()
        self.assertEqual(len(self.x.calls), calls, "the cron asks X nothing")
        self.env.invalidate_all()

    def notes(self, record):
        messages = record.message_ids.filtered(
            lambda message: "on X now" in (message.body or "")
        )
        return [
            html2plaintext(message.body).strip() for message in messages.sorted("id")
        ]

    def stranger(self, handle):
        """Somebody else of whom X told, with a handle."""
        lead = self.make_lead("A Stranger").sudo()
        self.x.people.add(handle, "A Stranger")
        self.env.flush_all()
        lead.with_user(self.salesperson).twitter_look_up(handle)
        person = self.x.people.named(handle)
        self.env.invalidate_all()
        lead.with_user(self.salesperson).twitter_associate(
            handle, "given", twitter_id=str(person.id)
        )
        self.read_from_x(lead)
        return lead

    # ------------------------------------------------------------
    # RENAMED
    # ------------------------------------------------------------

    def test_records_follow_with_a_note(self):
        archived = self.make_lead(twitter_handle="old_name").sudo()
        archived.active = False
        self.x.people.rename("old_name", "new_name")
        before = self.triggers()
        self.read_from_x(self.jane)
        self.assertEqual(self.jane.twitter_handle, "old_name", "reading writes nothing")
        self.assertGreater(self.triggers(), before)
        self.follow()
        for record in (self.jane, self.lead, archived):
            self.assertEqual(record.twitter_handle, "new_name")
            self.assertEqual(record.twitter_profile_id, self.profile)
            self.assertEqual(self.notes(record), ["@old_name is @new_name on X now."])
        self.assertEqual(self.jane.twitter_basis, "consent")
        self.assertEqual(self.profile.former_handles, ["old_name"])
        self.assertEqual(
            self.ledger(self.jane)[-1], ("associated", "new_name", "renamed", "consent")
        )

    def test_the_note_notifies_nobody_and_is_written_once(self):
        self.jane.message_subscribe(self.salesperson.partner_id.ids)
        self.x.people.rename("old_name", "new_name")
        self.read_from_x(self.jane)
        self.follow()
        self.follow()
        self.assertEqual(len(self.notes(self.jane)), 1)
        self.assertFalse(self.jane.message_ids.notification_ids)
        self.flush_tracking()
        tracked = self.jane.message_ids.sudo().tracking_value_ids
        self.assertNotIn("new_name", tracked.mapped("new_value_char"))

    def test_what_cannot_be_written_keeps_no_other_from_following(self):
        jill, jack = self.env["res.partner"].create(
            [{"name": name, "twitter_handle": "old_name"} for name in ("Jill", "Jack")]
        )
        partners = type(self.jane)
        write = partners.write

        def refusing(records, vals):
            if jill in records and "twitter_handle" in vals:
                raise ValidationError(REFUSAL)
            return write(records, vals)

        self.x.people.rename("old_name", "new_name")
        self.read_from_x(self.jane)
        logger = "odoo.addons.crm_twitter.models.twitter_profile_following"
        with (
            patch.object(partners, "write", refusing),
            self.assertLogs(logger, "ERROR") as logs,
        ):
            self.follow()
        self.assertEqual(len(logs.records), 1)
        self.assertIn(repr(jill), logs.output[0])
        for record in (self.jane, jack, self.lead):
            self.assertEqual(record.twitter_handle, "new_name")
            self.assertEqual(len(self.notes(record)), 1)
        self.assertEqual(jill.twitter_handle, "old_name")
        self.assertEqual(self.notes(jill), [])
        self.follow()
        self.assertEqual(jill.twitter_handle, "new_name")

    def test_nothing_is_written_where_nobody_was_renamed(self):
        before = self.triggers()
        self.jane.twitter_handle = "OLD_name"
        self.read_from_x(self.jane)
        self.assertEqual(self.triggers(), before)
        self.follow()
        self.assertEqual(self.jane.twitter_handle, "OLD_name")
        self.assertEqual(self.notes(self.jane), [])

    def test_a_lead_with_a_handle_of_its_own_is_left_alone(self):
        other = self.make_lead(partner_id=self.jane.id, twitter_handle="own").sudo()
        self.x.people.rename("old_name", "new_name")
        self.read_from_x(self.jane)
        self.follow()
        self.assertEqual(other.twitter_handle, "own")

    def test_a_record_linked_by_a_superseded_row_follows_too(self):
        self.x.people.rename("old_name", "new_name")
        other = self.make_lead(twitter_handle="new_name").sudo()
        self.read_from_x(other)
        self.follow()
        self.assertEqual(other.twitter_profile_id, self.profile)
        self.assertEqual(self.jane.twitter_handle, "new_name")

    def test_named_back_again(self):
        for old, new in (("old_name", "new_name"), ("new_name", "old_name")):
            self.x.people.rename(old, new)
            self.read_from_x(self.jane)
            self.follow()
        self.assertEqual(self.jane.twitter_handle, "old_name")
        self.assertEqual(
            self.notes(self.jane),
            ["@old_name is @new_name on X now.", "@new_name is @old_name on X now."],
        )

    # ------------------------------------------------------------
    # TAKEN BY SOMEBODY ELSE
    # ------------------------------------------------------------

    def test_a_handle_taken_by_somebody_else_is_told_and_not_followed(self):
        self.x.people.rename("old_name", "new_name")
        self.read_from_x(self.jane)
        self.follow()
        before = self.triggers()
        lead = self.stranger("old_name")
        self.assertNotEqual(lead.twitter_profile_id, self.profile)
        self.assertGreater(self.triggers(), before)
        self.follow()
        self.follow()
        self.assertEqual(self.jane.twitter_handle, "new_name")
        self.assertEqual(self.jane.twitter_profile_id, self.profile)
        [_renamed, taken] = self.notes(self.jane)
        self.assertIn("@old_name is somebody else on X now.", taken)
        self.assertEqual(lead.twitter_handle, "old_name")
        self.assertEqual(self.notes(lead), [])

    def test_the_panel_tells_before_the_record_has_followed(self):
        self.x.people.rename("old_name", "new_name")
        self.read_from_x(self.jane)
        note = self.profile._note("old_name")
        self.assertIn("on X it is @new_name now", note)
        self.stranger("old_name")
        note = self.profile._note("old_name")
        self.assertIn("@old_name is somebody else on X now", note)
        self.assertEqual(self.profile._note("new_name"), "")

    def test_a_person_not_looked_at_since_is_not_taken_for_the_stranger(self):
        self.x.people.rename("old_name", "new_name")
        self.profile.fetched_at = fields.Datetime.now() - timedelta(days=3)
        lead = self.stranger("old_name")
        self.assertNotEqual(lead.twitter_profile_id, self.profile)
        note = self.profile._note("old_name")
        self.assertIn("@old_name is somebody else on X now", note)
        # The link leads to the person, not to whoever has the handle.
        address = self.profile._to_dict("old_name")["profile_url"]
        self.assertIn(f"user_id={self.profile.twitter_id}", address)
        self.follow()
        self.assertEqual(self.jane.twitter_profile_id, self.profile)
        self.assertEqual(self.jane.twitter_handle, "old_name")
        self.assertEqual(len(self.notes(self.jane)), 1)

    def test_without_the_scheduled_action_reading_goes_on(self):
        self.cron.unlink()
        self.x.people.rename("old_name", "new_name")
        self.read_from_x(self.jane)
        self.assertEqual(self.profile.handle, "new_name")
