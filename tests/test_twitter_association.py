from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestTwitterAssociation(CrmTwitterCase):
    """Setting the handle associates, clearing it disassociates; X is not called."""

    def tearDown(self):
        self.assertEqual(self.endpoints(), [], "a handle was set, and X was called")
        super().tearDown()

    def test_setting_a_handle_associates_whatever_way_it_is_written(self):
        for typed in (
            "@JacquesDunagan",
            "jacquesdunagan",
            "https://x.com/jacquesdunagan",
            "http://www.twitter.com/JacquesDunagan/status/1234?s=20",
            " ＠jacquesdunagan​ ",
        ):
            with self.subTest(typed=typed):
                lead = self.make_lead(twitter_handle=typed)
                self.assertEqual(lead.twitter_handle.lower(), "jacquesdunagan")
                profile = lead.sudo().twitter_profile_id
                self.assertEqual(profile.handle.lower(), "jacquesdunagan")
                self.assertEqual(profile.state, "unresolved")
                self.assertEqual(len(self.ledger(lead)), 1)

    def test_the_same_handle_is_the_same_profile_on_leads_and_contacts(self):
        lead = self.make_lead(twitter_handle="Jack")
        partner = self.env["res.partner"].create(
            {"name": "J", "twitter_handle": "JACK"}
        )
        self.assertEqual(lead.sudo().twitter_profile_id, partner.twitter_profile_id)

    def test_clearing_the_handle_disassociates(self):
        lead = self.make_lead(twitter_handle="jack")
        lead.twitter_handle = False
        self.assertFalse(lead.sudo().twitter_profile_id)
        self.assertFalse(lead.twitter_basis)
        self.assertEqual(
            self.ledger(lead),
            [
                ("associated", "jack", "field", "public"),
                ("disassociated", "jack", "field", "public"),
            ],
        )

    def test_changing_the_handle_changes_the_association(self):
        lead = self.make_lead(twitter_handle="jack")
        lead.twitter_handle = "@jill"
        self.assertEqual(lead.sudo().twitter_profile_id.handle, "jill")
        self.assertEqual(
            [row[:2] for row in self.ledger(lead)],
            [("associated", "jack"), ("disassociated", "jack"), ("associated", "jill")],
        )

    def test_writing_the_same_handle_again_is_no_event_and_keeps_the_basis(self):
        lead = self.make_lead(twitter_handle="jack", twitter_basis="consent")
        lead.twitter_handle = "https://x.com/JACK"
        self.assertEqual(lead.twitter_basis, "consent")
        self.assertEqual(len(self.ledger(lead)), 1)

    def test_what_is_no_handle_is_kept_as_typed_and_linked_to_nothing(self):
        for typed in ("Jacques Dunagan!", "https://x.com/home", "a" * 16, "jack@x.com"):
            with self.subTest(typed=typed):
                lead = self.make_lead(twitter_handle=typed)
                self.assertEqual(lead.twitter_handle, typed)
                self.assertFalse(lead.sudo().twitter_profile_id)
                self.assertEqual(self.ledger(lead), [])

    def test_the_basis_is_the_administrators_default_unless_it_is_given(self):
        self.assertEqual(self.make_lead(twitter_handle="jack").twitter_basis, "public")
        self.env["ir.config_parameter"].set_param("crm_twitter.default_basis", "given")
        self.assertEqual(self.make_lead(twitter_handle="jack").twitter_basis, "given")
        lead = self.make_lead(twitter_handle="jack", twitter_basis="consent")
        self.assertEqual(lead.twitter_basis, "consent")

    def test_a_record_without_a_handle_has_no_basis(self):
        self.assertFalse(self.make_lead(twitter_basis="consent").twitter_basis)

    def test_another_basis_is_an_event_of_the_ledger(self):
        lead = self.make_lead(twitter_handle="jack")
        lead.twitter_basis = "consent"
        self.assertEqual(
            self.ledger(lead)[-1], ("associated", "jack", "field", "consent")
        )

    def test_a_form_associates(self):
        with Form(self.make_lead()) as form:
            form.twitter_handle = "@jack"
        lead = form.record
        self.assertEqual(lead.sudo().twitter_profile_id.handle, "jack")

    def test_the_handle_and_the_basis_are_noted_in_the_chatter(self):
        lead = self.make_lead()
        self.flush_tracking()
        lead.write({"twitter_handle": "jack", "twitter_basis": "consent"})
        self.flush_tracking()
        values = lead.message_ids.sudo().tracking_value_ids
        self.assertEqual(
            {(value.field_id.name, value.new_value_char) for value in values}
            & {("twitter_handle", "jack"), ("twitter_basis", "Consent")},
            {("twitter_handle", "jack"), ("twitter_basis", "Consent")},
        )

    def test_an_opportunity_shows_its_customers_handle(self):
        partner = self.env["res.partner"].create(
            {"name": "Jack", "twitter_handle": "jack", "twitter_basis": "consent"}
        )
        lead = self.make_lead(type="opportunity", partner_id=partner.id)
        self.assertEqual(lead.twitter_handle, "jack")
        self.assertEqual(lead.sudo().twitter_profile_id, partner.twitter_profile_id)
        self.assertEqual(lead.twitter_basis, "consent")
        lead.twitter_handle = False
        self.assertFalse(lead.sudo().twitter_profile_id)
        self.assertEqual(partner.twitter_handle, "jack")

    def test_a_customer_without_a_handle_leaves_the_leads(self):
        lead = self.make_lead(twitter_handle="jack")
        lead.partner_id = self.env["res.partner"].create({"name": "Jack"})
        self.assertEqual(lead.twitter_handle, "jack")

    def test_an_import_associates_and_says_so_in_the_ledger(self):
        rows = [[f"Lead {n}", f"@person{n}", "Consent"] for n in range(30)]
        result = (
            self.env["crm.lead"]
            .with_context(import_file=True)
            .load(["name", "twitter_handle", "twitter_basis"], rows)
        )
        self.assertFalse(result["messages"])
        leads = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(len(leads.twitter_profile_id), 30)
        self.assertEqual(
            self.ledger(leads[7]), [("associated", "person7", "import", "consent")]
        )

    def test_an_import_is_not_lost_over_what_is_no_handle(self):
        result = self.env["crm.lead"].load(
            ["name", "twitter_handle"], [["A", "not a handle"], ["B", "@jack"]]
        )
        leads = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(leads.mapped("twitter_handle"), ["not a handle", "jack"])

    def test_the_number_of_queries_does_not_grow_with_the_records(self):
        def create(count):
            before = self.env.cr.sql_log_count
            self.env["res.partner"].create(
                [
                    {"name": "P", "twitter_handle": f"queries{count}_{n}"}
                    for n in range(count)
                ]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        create(1)
        self.assertLess(create(40) - create(20), 15)

    def test_each_of_many_records_has_its_events_in_their_order(self):
        leads = self.env["crm.lead"].create(
            [{"name": "A", "twitter_handle": f"first{n}"} for n in range(120)]
        )
        partner = self.env["res.partner"].create({"name": "B"})
        partner.twitter_handle = "jack"
        leads.write({"twitter_handle": "second", "twitter_basis": "public"})
        for number, lead in enumerate(leads):
            self.assertEqual(
                self.ledger(lead),
                [
                    ("associated", f"first{number}", "field", "public"),
                    ("disassociated", f"first{number}", "field", "public"),
                    ("associated", "second", "field", "public"),
                ],
            )
        self.assertEqual(
            self.ledger(partner), [("associated", "jack", "field", "public")]
        )
        rows = self.env["twitter.association"].search([("lead_id", "in", leads.ids)])
        self.assertEqual(rows.user_id, self.env.user)
        self.assertFalse(rows.partner_id)

    def test_a_user_without_the_permission_may_edit_the_field(self):
        partner = self.env["res.partner"].create({"name": "Jack"})
        partner.with_user(self.employee).twitter_handle = "@jack"
        self.assertEqual(partner.twitter_profile_id.handle, "jack")

    def test_the_ledger_cannot_be_rewritten(self):
        lead = self.make_lead()
        lead.twitter_handle = "jack"
        row = (
            self.env["twitter.association"]
            .with_user(self.salesperson)
            .search([("lead_id", "=", lead.id)])
        )
        self.assertTrue(row)
        with self.assertRaises(AccessError):
            row.basis = "public"
        with self.assertRaises(AccessError):
            row.unlink()

    def test_a_ledger_row_is_seen_by_its_user_and_by_managers(self):
        self.make_lead().twitter_handle = "jack"
        rows = self.env["twitter.association"]
        manager = self.env.ref("sales_team.group_sale_manager")
        self.assertFalse(rows.with_user(self.colleague).search([]))
        self.colleague.group_ids += manager
        self.assertTrue(rows.with_user(self.colleague).search([]))

    def test_a_copied_record_is_not_associated(self):
        copy = self.make_lead(twitter_handle="jack").sudo().copy()
        self.assertFalse(copy.twitter_handle or copy.twitter_profile_id)
