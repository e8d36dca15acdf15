from odoo.tests import tagged

from .test_twitter_touch import EngagementsCase


class EngagementLifeCase(EngagementsCase):
    """Jane Doe, a lead somebody replied to."""

    def setUp(self):
        super().setUp()
        self.lead = self.make_lead("Jane Doe", twitter_handle="jane_doe").sudo()
        self.row = self.reply(self.lead)

    def reply(self, record, **values):
        return self.done(
            record,
            text="Hello Jane",
            media=[{"name": "jane.png", "alt": "Jane"}],
            post_id="1",
            result_id="2",
            reason="X's words",
            cost=0.01,
            **values,
        )


@tagged("post_install", "-at_install")
class TestEngagementLife(EngagementLifeCase):
    """Engagements stay with the person through the life of the records."""

    # ------------------------------------------------------------
    # LEAD → OPPORTUNITY → CONTACT
    # ------------------------------------------------------------

    def test_from_lead_to_opportunity_to_contact(self):
        self.lead.partner_name = "Acme Ltd"
        self.lead.convert_opportunity(self.env["res.partner"])
        self.assertEqual(self.row.lead_id, self.lead)
        self.lead._handle_partner_assignment(create_missing=True)
        person = self.lead.partner_id
        self.assertEqual(person.name, "Jane Doe")
        self.assertEqual(self.row.lead_id, self.lead)
        self.assertEqual(self.row.partner_id, person)
        self.assertEqual(person.twitter_touch_count, 1)
        self.assertEqual(person.parent_id.name, "Acme Ltd")
        self.assertEqual(person.parent_id.twitter_touch_count, 0)
        self.assertFalse(person.parent_id.twitter_handle)

    def test_a_person_who_is_assigned_has_them(self):
        person = self.env["res.partner"].create({"name": "Jane Doe"})
        self.lead.partner_id = person
        self.assertEqual(self.row.partner_id, person)

    def test_a_company_that_is_assigned_has_not(self):
        company = self.env["res.partner"].create({"name": "Acme", "is_company": True})
        self.lead.partner_id = company
        self.assertFalse(self.row.partner_id)

    def test_a_company_that_is_on_x_itself_has_what_was_done_on_its_profile(self):
        company = self.env["res.partner"].create(
            {"name": "Acme", "is_company": True, "twitter_handle": "jane_doe"}
        )
        self.lead.partner_id = company
        self.assertEqual(self.row.partner_id, company)

    def test_somebody_else_on_x_has_not(self):
        other = self.env["res.partner"].create({"name": "J", "twitter_handle": "jill"})
        self.lead.partner_id = other
        self.assertEqual(self.lead.twitter_handle, "jill")
        self.assertFalse(self.row.partner_id)

    def test_a_contact_that_has_them_keeps_them(self):
        first, second = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        self.lead.partner_id = first
        self.lead.partner_id = second
        self.assertEqual(self.row.partner_id, first)

    # ------------------------------------------------------------
    # MERGES, ARCHIVING, COPIES, IMPORT AND EXPORT
    # ------------------------------------------------------------

    def test_merged_leads_keep_them_all(self):
        kept = self.make_lead(
            "Jane Doe", probability=90, twitter_handle="jane_doe"
        ).sudo()
        own = self.reply(kept)
        merged = (kept + self.lead)._merge_opportunity(auto_unlink=True)
        self.assertEqual((self.row + own).lead_id, merged)
        self.assertEqual(self.row.text, "Hello Jane")
        self.assertEqual(merged.twitter_touch_count, 2)

    def test_merged_contacts_keep_them_all(self):
        source, kept = self.env["res.partner"].create(
            [
                {"name": "Jane Doe", "twitter_handle": "jane_doe"},
                {"name": "Jane Doe", "twitter_handle": "jane_doe"},
            ]
        )
        rows = self.reply(source) + self.reply(kept)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (source + kept).ids, kept, extra_checks=False
        )
        self.env.invalidate_all()
        self.assertFalse(source.exists())
        self.assertEqual(rows.partner_id, kept)
        self.assertEqual(rows.mapped("text"), ["Hello Jane"] * 2)
        self.assertEqual(kept.twitter_touch_count, 2)

    def test_an_archived_lead_keeps_them(self):
        self.lead.action_archive()
        self.assertEqual(self.row.lead_id, self.lead)
        self.assertEqual(self.lead.twitter_handle, "jane_doe")
        self.assertEqual(self.lead.twitter_touch_count, 1)

    def test_a_copy_has_nothing_of_it(self):
        contact = self.env["res.partner"].create(
            {"name": "Jane", "twitter_handle": "jane_doe"}
        )
        self.reply(contact)
        for record in (self.lead, contact):
            copy = record.copy()
            self.assertFalse(copy.twitter_handle)
            self.assertFalse(copy.twitter_engagement_ids)
            self.assertEqual(copy.twitter_touch_count, 0)

    def test_the_handle_is_exported_and_imported_again(self):
        names = ["id", "name", "twitter_handle", "twitter_basis"]
        for record in (
            self.lead,
            self.env["res.partner"].create({"name": "P", "twitter_handle": "jack"}),
        ):
            rows = record.export_data(names)["datas"]
            handle, basis = rows[0][2:]
            self.assertEqual(handle, record.twitter_handle)
            record.twitter_handle = False
            result = record.browse().load(names, rows)
            self.assertFalse(result["messages"])
            self.assertEqual(record.twitter_handle, handle)
            self.assertEqual(record.twitter_profile_id.handle, handle)
            self.assertEqual(basis, "Public information")

    # ------------------------------------------------------------
    # SUPERSEDED PROFILES
    # ------------------------------------------------------------

    def test_rows_name_the_profile_that_stands_when_another_goes(self):
        old = self.lead.twitter_profile_id
        stands = self.env["twitter.profile"].create(
            {"handle": "today", "twitter_id": "4711", "state": "active"}
        )
        self.lead.unlink()
        contact = self.env["res.partner"].create({"name": "Jane"})
        self.row = self.reply(contact, profile_id=old.id)
        old.superseded_by_id = stands
        self.env.flush_all()
        self.env.ref("crm_twitter.ir_cron_read_new_handles").method_direct_trigger()
        self.env.invalidate_all()
        self.assertFalse(old.exists())
        self.assertEqual(self.row.profile_id, stands)
