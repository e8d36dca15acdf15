from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestTwitterLife(CrmTwitterCase):
    """What becomes of an association in the life of records, people and handles."""

    def setUp(self):
        super().setUp()
        self.connect()
        self.x.people.add("old_name", "Jane Doe")
        self.partner = self.env["res.partner"].create({"name": "Jane Doe"})
        self.partner.twitter_handle = "old_name"
        self.profile = self.partner.twitter_profile_id

    def look(self, record):
        self.env.flush_all()
        record.with_user(self.salesperson).twitter_read(refresh=True)
        self.env.invalidate_all()

    def rename(self):
        """Jane is called otherwise on X, and a stranger took her name."""
        self.look(self.partner)
        self.x.people.rename("old_name", "new_name")
        self.x.people.add("old_name", "A Stranger")
        self.look(self.partner)
        self.assertEqual(self.profile.handle, "new_name")

    # ------------------------------------------------------------
    # RENAMED ON X
    # ------------------------------------------------------------

    def test_writing_the_handle_again_does_not_link_a_stranger(self):
        self.rename()
        for handle in ("old_name", "https://x.com/OLD_NAME", "new_name"):
            with self.subTest(handle=handle):
                self.partner.twitter_handle = handle
                self.assertEqual(self.partner.twitter_profile_id, self.profile)
        self.assertEqual(len(self.ledger(self.partner)), 1)
        self.assertEqual(self.profile.name, "Jane Doe")

    def test_a_lead_takes_over_its_customers_profile_not_a_strangers(self):
        self.rename()
        with Form(self.env["crm.lead"]) as form:
            form.name = "Jane's"
            form.partner_id = self.partner
            self.assertEqual(form.twitter_handle, "old_name")
        self.assertEqual(form.record.twitter_profile_id, self.profile)

    def test_a_merge_of_contacts_keeps_the_profile_not_a_strangers(self):
        self.rename()
        kept = self.env["res.partner"].create({"name": "Jane Doe"})
        self.merge(self.partner, kept)
        self.assertEqual(kept.twitter_profile_id, self.profile)

    # ------------------------------------------------------------
    # MERGES
    # ------------------------------------------------------------

    def merge(self, source, kept):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (source + kept).ids, kept, extra_checks=False
        )
        self.env.invalidate_all()

    def test_merged_contacts_keep_the_association_and_its_events(self):
        kept = self.env["res.partner"].create({"name": "Jane Doe"})
        self.partner.twitter_basis = "consent"
        self.merge(self.partner, kept)
        self.assertEqual(kept.twitter_handle, "old_name")
        self.assertEqual(kept.twitter_basis, "consent")
        self.assertEqual(
            self.ledger(kept)[-1], ("associated", "old_name", "field", "consent")
        )

    def test_merged_contacts_with_two_handles_keep_one_and_say_so(self):
        kept = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane2"}
        )
        self.merge(self.partner, kept)
        self.assertEqual(kept.twitter_handle, "jane2")
        self.assertIn(
            ("disassociated", "old_name", "merge", "public"), self.ledger(kept)
        )

    def test_merged_leads_keep_the_association_and_its_events(self):
        leads = self.env["crm.lead"].create(
            [{"name": "Kept", "type": "lead"}, {"name": "Merged", "type": "lead"}]
        )
        leads[1].write({"twitter_handle": "old_name", "twitter_basis": "public"})
        merged = leads._merge_opportunity(auto_unlink=True)
        self.assertEqual(merged.twitter_handle, "old_name")
        self.assertEqual(merged.twitter_profile_id, self.profile)
        self.assertIn(
            ("associated", "old_name", "field", "public"), self.ledger(merged)
        )

    # ------------------------------------------------------------
    # FOLLOWING THE CUSTOMER
    # ------------------------------------------------------------

    def test_a_handle_taken_over_from_the_customer_is_in_the_ledger(self):
        lead = self.make_lead(twitter_handle="somebody").sudo()
        self.look(lead)
        left = lead.twitter_profile_id
        lead.partner_id = self.partner
        self.assertEqual(lead.twitter_handle, "old_name")
        self.assertEqual(
            [row[:2] for row in self.ledger(lead)],
            [
                ("associated", "somebody"),
                ("disassociated", "somebody"),
                ("associated", "old_name"),
            ],
        )
        self.assertFalse(left.fetched_at, "nobody is linked to it any more")

    def test_leads_show_what_their_customer_shows(self):
        customer = self.env["res.partner"].create({"name": "Jack"})
        empty, own = (
            self.make_lead(partner_id=customer.id).sudo(),
            self.make_lead(partner_id=customer.id, twitter_handle="own").sudo(),
        )
        for handle in ("jack", "jack2", False):
            customer.twitter_handle = handle
            self.assertEqual(empty.twitter_handle, handle)
            self.assertEqual(empty.twitter_profile_id, customer.twitter_profile_id)
            self.assertEqual(own.twitter_handle, "own")
        self.assertEqual(
            self.ledger(empty)[0], ("associated", "jack", "customer", "public")
        )

    def test_a_lead_cleared_on_purpose_stays_so(self):
        customer = self.env["res.partner"].create(
            {"name": "Jack", "twitter_handle": "jack"}
        )
        lead = self.make_lead(partner_id=customer.id).sudo()
        lead.twitter_handle = False
        customer.twitter_handle = "jack2"
        self.assertFalse(lead.twitter_handle)

    def test_a_salesperson_may_change_a_contact_whose_leads_are_a_colleagues(self):
        customer = self.env["res.partner"].create({"name": "Jack"})
        lead = self.make_lead(partner_id=customer.id).sudo()
        lead.user_id = self.colleague
        customer.with_user(self.employee).twitter_handle = "jack"
        self.assertEqual(lead.twitter_handle, "jack")

    def test_a_converted_leads_person_gets_the_handle_and_the_company_does_not(self):
        lead = self.make_lead(
            "Jane Doe", partner_name="Acme Ltd", twitter_handle="old_name"
        ).sudo()
        person = lead._create_customer()
        self.assertEqual(person.twitter_handle, "old_name")
        self.assertEqual(person.twitter_profile_id, self.profile)
        self.assertFalse(person.parent_id.twitter_handle)

    def test_a_new_lead_of_a_customer_is_in_the_ledger(self):
        lead = self.env["crm.lead"].create(
            {"name": "Jane's", "partner_id": self.partner.id}
        )
        self.assertEqual(
            [row[:2] for row in self.ledger(lead)], [("associated", "old_name")]
        )

    # ------------------------------------------------------------
    # WRITING SEVERAL RECORDS, DEFAULTS, ODD VALUES
    # ------------------------------------------------------------

    def test_a_basis_for_many_records_is_written_once_and_where_it_belongs(self):
        leads = self.make_lead(twitter_handle="jack") + self.make_lead()
        written = []
        extension = type(self.env["crm.lead"])
        handle_won_lost = extension._handle_won_lost

        def counted(records, *arguments):
            written.append(len(records))
            return handle_won_lost(records, *arguments)

        self.patch(extension, "_handle_won_lost", counted)
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        leads.sudo().write({"stage_id": won.id, "twitter_basis": "consent"})
        self.assertEqual(written, [2])
        self.assertEqual(leads.mapped("twitter_basis"), ["consent", False])
        self.assertEqual(leads.stage_id, won)

    def test_an_association_never_loses_its_basis(self):
        self.partner.twitter_basis = False
        self.assertEqual(self.partner.twitter_basis, "public")

    def test_a_default_handle_is_normalised_and_linked(self):
        lead = (
            self.env["crm.lead"]
            .with_context(default_twitter_handle="https://x.com/jack")
            .create({"name": "By mail"})
        )
        self.assertEqual(lead.twitter_handle, "jack")
        self.assertEqual(lead.twitter_profile_id.handle, "jack")
        self.assertEqual(len(self.ledger(lead)), 1)

    def test_a_number_is_no_handle_and_no_error(self):
        partner = self.env["res.partner"].create({"name": "J", "twitter_handle": 5})
        self.assertEqual(partner.twitter_handle, "5")

    def test_a_client_cannot_forge_where_an_association_comes_from(self):
        for origin in ("search", "merge", "bogus"):
            lead = self.make_lead().with_context(twitter_origin=origin)
            lead.twitter_handle = "jack"
            self.assertEqual(self.ledger(lead)[0][2], "field")

    # ------------------------------------------------------------
    # FORGETTING
    # ------------------------------------------------------------

    def test_a_person_known_by_two_rows_is_forgotten_with_the_last_record(self):
        self.look(self.partner)
        self.x.people.rename("old_name", "new_name")
        other = self.make_lead(twitter_handle="new_name").sudo()
        self.look(other)
        self.assertNotEqual(other.twitter_profile_id, self.profile)
        self.partner.twitter_handle = False
        self.env.invalidate_all()
        self.assertEqual(self.profile.name, "Jane Doe", "the lead still shows it")
        other.twitter_handle = False
        self.env.invalidate_all()
        self.assertFalse(self.profile.name)

    def test_what_slipped_through_is_swept(self):
        self.look(self.partner)
        self.env.cr.execute(
            "UPDATE res_partner SET twitter_profile_id = NULL WHERE id = %s",
            [self.partner.id],
        )
        self.env.invalidate_all()
        self.env["twitter.profile"]._gc_unlinked()
        self.assertFalse(self.profile.name or self.profile.fetched_at)

    def test_the_sweep_leaves_who_is_linked(self):
        self.look(self.partner)
        self.env["twitter.profile"]._gc_unlinked()
        self.assertEqual(self.profile.name, "Jane Doe")

    def test_rejecting_the_associated_profile_disassociates(self):
        lead = self.make_lead(twitter_handle="old_name")
        lead.twitter_reject("", "old_name")
        self.assertFalse(lead.twitter_handle)
        self.assertEqual(self.ledger(lead)[-1][0], "rejected")

    # ------------------------------------------------------------
    # WHO SEES IT
    # ------------------------------------------------------------

    def test_portal_users_see_nothing_of_it(self):
        portal = new_test_user(self.env, "x_portal", groups="base.group_portal")
        portal.partner_id.twitter_handle = "jack"
        partner = portal.partner_id.with_user(portal)
        for name in ("twitter_handle", "twitter_profile_id", "twitter_basis"):
            with self.assertRaises(AccessError):
                partner.read([name])
            self.assertNotIn(name, partner.fields_get())

    def test_without_the_permission_the_profile_is_the_handle_alone(self):
        self.look(self.partner)
        names = {
            user: self.partner.with_user(user).read(["twitter_profile_id"])[0][
                "twitter_profile_id"
            ][1]
            for user in (self.employee, self.salesperson)
        }
        self.assertEqual(names[self.employee], "@old_name")
        self.assertEqual(names[self.salesperson], "Jane Doe (@old_name)")
