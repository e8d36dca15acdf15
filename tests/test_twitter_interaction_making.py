from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .board import Board
from .common import CrmTwitterCase

PERMISSION = "crm_twitter.group_social_integration"


@tagged("post_install", "-at_install")
class TestMaking(Board, CrmTwitterCase):
    """A lead or a contact made from what somebody said, in Odoo's own form."""

    def setUp(self):
        super().setUp()
        self.row = self.say("@ourcompany Any desks left?")
        self.leads_in_use(False)

    def leads_in_use(self, is_on):
        """Switch the setting *Leads* of CRM."""
        group = self.env.ref("crm.group_use_lead")
        users = self.env.ref("base.group_user")
        users.implied_ids = [(4 if is_on else 3, group.id)]
        if not is_on:
            group.user_ids = [(5,)]

    def form(self, action):
        """The dialog that the browser opens on `action`, for the salesperson."""
        self.assertEqual(
            (action["target"], action["views"]), ("new", [(False, "form")])
        )
        records = self.env[action["res_model"]].with_user(self.salesperson)
        return Form(records.with_context(**action["context"]))

    def made(self, method="action_create_lead", **changes):
        """The record the salesperson saves, in superuser mode."""
        row = self.seen_by(self.salesperson, self.row)
        with self.form(getattr(row, method)()) as form:
            for name, value in changes.items():
                setattr(form, name, value)
        self.env.flush_all()
        self.env.invalidate_all()
        return form.record.sudo()

    # ------------------------------------------------------------
    # A LEAD
    # ------------------------------------------------------------

    def test_a_lead_is_made_with_one_click_on_save(self):
        lead = self.made()
        self.assertEqual(lead.name, "Mention by @jane_doe on X")
        self.assertEqual(lead.contact_name, "Jane Doe")
        self.assertEqual(lead.user_id, self.salesperson)
        self.assertEqual(lead.company_id, self.brand.company_id)
        self.assertEqual(lead.source_id, self.env.ref("utm.utm_source_twitter"))
        self.assertEqual(lead.twitter_handle, "jane_doe")
        self.assertEqual(lead.twitter_profile_id, self.row.author_id.profile_id)
        self.assertEqual(lead.twitter_basis, "public")
        self.assertEqual(
            self.ledger(lead), [("associated", "jane_doe", "board", "public")]
        )

    def test_the_description_links_to_the_post_and_has_none_of_its_words(self):
        lead = self.made()
        self.assertIn(f'href="{self.row.url}"', lead.description)
        self.assertIn(str(fields.Date.today().year), lead.description)
        self.assertNotIn("desks", lead.description)

    def test_the_card_has_the_lead_and_its_author_another_column(self):
        self.assertEqual(self.row.relation, "other")
        lead = self.made()
        self.assertEqual(self.row.lead_ids, lead)
        self.assertEqual(self.row.relation, "potential")
        card = self.seen_by(self.salesperson, self.row).card
        self.assertEqual(card["leads"], [{"id": lead.id, "name": lead.name}])
        self.assertEqual([record["id"] for record in card["records"]], [lead.id])

    def test_a_lead_of_a_colleagues_is_not_named(self):
        theirs = self.make_lead("Jane Doe", user_id=self.colleague.id).sudo()
        theirs.twitter_interaction_id = self.row
        row = self.seen_by(self.salesperson, self.row)
        self.assertFalse(row.lead_ids)
        self.assertEqual(row.card["leads"], [])
        self.assertEqual(self.seen_by(self.colleague, row).lead_ids, theirs)
        member = new_test_user(self.env, "x_member", f"base.group_user,{PERMISSION}")
        with self.assertRaises(AccessError):
            self.seen_by(member, row).read(["lead_ids"])

    def test_leads_and_opportunities_as_crm_is_set(self):
        self.assertEqual(self.made().type, "opportunity")
        self.leads_in_use(True)
        self.assertEqual(self.made().type, "lead")

    def test_the_title_says_what_it_was(self):
        self.row.kind = "quote"
        self.assertTrue(self.made().name.startswith("Quote by @jane_doe"))

    def test_a_name_x_has_not_told_within_a_day_is_not_taken(self):
        self.row.author_id.seen_at = fields.Datetime.now() - timedelta(hours=25)
        lead = self.made()
        self.assertEqual(lead.contact_name, "@jane_doe")
        self.assertEqual(lead.name, "Mention by @jane_doe on X")
        self.assertNotIn("Jane", lead.description)

    def test_opening_the_dialog_writes_nothing(self):
        count = self.env["crm.lead"].search_count([])
        self.seen_by(self.salesperson, self.row).action_create_lead()
        self.assertEqual(self.env["crm.lead"].search_count([]), count)
        self.assertEqual(self.row.relation, "other")
        self.assertEqual(self.endpoints(), [])

    def test_another_handle_in_the_dialog_is_another_person(self):
        self.make_profile("john_doe", "John Doe")
        lead = self.made(twitter_handle="john_doe")
        self.assertEqual(lead.twitter_profile_id.handle, "john_doe")
        self.assertEqual(
            self.ledger(lead), [("associated", "john_doe", "field", "public")]
        )
        self.assertEqual(self.row.lead_ids, lead)

    def test_without_the_handle_nothing_is_associated(self):
        lead = self.made(twitter_handle=False)
        self.assertFalse(lead.twitter_profile_id)
        self.assertEqual(self.ledger(lead), [])
        self.assertEqual(self.row.relation, "other")

    def test_a_deleted_source_is_made_again(self):
        self.env.ref("utm.utm_source_twitter").unlink()
        self.assertEqual(self.made().source_id.name, "X")
        self.assertEqual(self.made().source_id.name, "X")
        sources = self.env["utm.source"]
        self.assertEqual(sources.search_count([("name", "=like", "X%")]), 1)

    def test_of_a_post_to_the_other_company(self):
        brand = self.connect_brand(self.other, username="azureinterior")
        self.row = self.say(brand=brand)
        user = self.poster
        row = self.seen_by(user, self.row, self.env.company, self.other)
        context = row.action_create_lead()["context"]
        leads = row.env["crm.lead"].with_context(**context)
        lead = Form(leads).save().sudo()
        self.assertEqual(lead.company_id, self.other)
        self.assertEqual((lead.user_id, self.row.lead_ids), (user, lead))
        self.assertEqual(self.row.relation, "potential")

    # ------------------------------------------------------------
    # A CONTACT
    # ------------------------------------------------------------

    def test_a_contact(self):
        contact = self.made("action_create_contact")
        self.assertEqual(contact.name, "Jane Doe")
        self.assertEqual(contact.user_id, self.salesperson)
        self.assertFalse(contact.company_id)
        self.assertIn(f'href="{self.row.url}"', contact.comment)
        self.assertNotIn("desks", contact.comment)
        self.assertEqual(contact.twitter_profile_id, self.row.author_id.profile_id)
        self.assertEqual(
            self.ledger(contact), [("associated", "jane_doe", "board", "public")]
        )
        self.assertEqual(self.row.relation, "known")

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    def test_who_lacks_the_right_in_crm_is_told_so(self):
        member = new_test_user(self.env, "x_member", f"base.group_user,{PERMISSION}")
        row = self.seen_by(member, self.row)
        with self.assertRaisesRegex(AccessError, "right in Sales"):
            row.action_create_lead()
        with self.assertRaisesRegex(AccessError, "right to create contacts"):
            row.action_create_contact()

    def test_who_lacks_the_permission_opens_nothing(self):
        row = self.seen_by(self.employee, self.row)
        for method in ("action_create_lead", "action_create_contact", "suggestions"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(row, method)()

    def test_nothing_is_made_from_what_one_may_not_read(self):
        brand = self.connect_brand(self.other, username="azureinterior")
        hidden = self.say(brand=brand)
        row = self.seen_by(self.salesperson, hidden)
        for method in ("action_create_lead", "action_create_contact", "suggestions"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(row, method)()
        leads = self.env["crm.lead"].with_user(self.salesperson)
        with self.assertRaises(AccessError):
            leads.create({"name": "Forged", "twitter_interaction_id": hidden.id})
        lead = self.make_lead()
        with self.assertRaises(AccessError):
            lead.write({"twitter_interaction_id": hidden.id})

    def test_the_ledger_is_not_forged_by_a_context(self):
        handle = {"name": "Jane", "twitter_handle": "jane_doe"}
        for number in (0, 2**31 - 1, "1", [self.row.id]):
            context = {"default_twitter_interaction_id": number}
            partners = self.env["res.partner"].with_user(self.salesperson)
            contact = partners.with_context(**context).create(handle)
            self.assertEqual(self.ledger(contact)[0][2], "field")
