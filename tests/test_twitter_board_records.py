from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .board import Board
from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestRecordsChange(Board, CrmTwitterCase):
    """What becomes of a card's lead when records merge, convert and go."""

    def setUp(self):
        super().setUp()
        self.row = self.say()

    def contact(self, **values):
        return self.env["res.partner"].create({"name": "Jane Doe", **values})

    def made_from(self, row, **values):
        """A lead the salesperson made from a card."""
        action = self.seen_by(self.salesperson, row).action_create_lead()
        leads = self.env["crm.lead"].with_user(self.salesperson)
        lead = Form(leads.with_context(**action["context"])).save()
        lead = leads.browse(lead.id)
        if values:
            lead.write(values)
        self.env.flush_all()
        return lead

    def assertRelation(self, relation, row=None):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((row or self.row).relation, relation)

    def test_a_merge_keeps_what_the_lead_was_made_from(self):
        made = self.made_from(self.row, type="lead", probability=1)
        kept = self.make_lead("Jane Doe", type="opportunity", probability=50)
        merged = (made | kept).merge_opportunity()
        self.assertEqual(merged, kept)
        self.assertEqual(self.row.lead_ids, merged.sudo())
        self.assertEqual(merged.sudo().twitter_handle, "jane_doe")
        self.assertRelation("potential")

    def test_a_merge_by_who_lacks_the_permission(self):
        made = self.made_from(self.row, type="lead", probability=1)
        kept = self.make_lead("Jane Doe", type="opportunity", probability=50)
        group = self.env.ref("crm_twitter.group_social_integration")
        self.env.ref("sales_team.group_sale_salesman").implied_ids = [(3, group.id)]
        self.salesperson.group_ids = [(3, group.id)]
        self.env.invalidate_all()
        self.assertFalse(self.salesperson.has_group(group.get_external_id()[group.id]))
        leads = made | kept
        merged = leads.with_user(self.salesperson).merge_opportunity()
        self.assertEqual(self.row.lead_ids, merged.sudo())

    def test_of_two_made_from_posts_the_first_ones_stays(self):
        other = self.say()
        first = self.made_from(self.row, probability=90)
        second = self.made_from(other, probability=10)
        merged = (second | first).merge_opportunity().sudo()
        self.assertEqual(merged.twitter_interaction_id, self.row)
        self.assertEqual(
            merged.with_user(self.salesperson).twitter_interaction_count, 2
        )

    def test_a_lead_becomes_an_opportunity(self):
        lead = self.made_from(self.row, type="lead")
        self.assertRelation("known")
        wizard = self.env["crm.lead2opportunity.partner"].with_user(self.salesperson)
        wizard = wizard.with_context(
            active_model="crm.lead", active_ids=lead.ids, active_id=lead.id
        )
        wizard.create({"name": "convert", "action": "create"}).action_apply()
        lead = lead.sudo()
        self.assertEqual((lead.type, self.row.lead_ids), ("opportunity", lead))
        self.assertEqual(
            lead.partner_id.twitter_profile_id, self.row.author_id.profile_id
        )
        self.assertRelation("potential")

    def test_a_deleted_lead_leaves_the_card(self):
        lead = self.made_from(self.row)
        self.assertRelation("potential")
        lead.sudo().unlink()
        self.assertRelation("other")
        self.assertTrue(self.row.exists())
        self.assertFalse(self.row.lead_ids)

    def test_a_copy_is_not_made_from_the_post(self):
        lead = self.made_from(self.row)
        self.assertFalse(lead.sudo().copy().twitter_interaction_id)

    def merge(self, source, kept):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        with mute_logger("odoo.addons.base.wizard.base_partner_merge"):
            wizard._merge((source | kept).ids, kept)

    def deal(self, partner, **values):
        lead = self.make_lead(
            "", type="opportunity", partner_id=partner.id, **values
        ).sudo()
        self.env.flush_all()
        return lead

    def test_contacts_that_are_merged_bring_their_deals(self):
        kept, double = self.contact(twitter_handle="jane_doe"), self.contact()
        self.deal(double)
        self.assertRelation("known")
        self.merge(double, kept)
        self.assertRelation("potential")

    def test_contacts_that_are_merged_bring_their_profile(self):
        kept, double = self.contact(), self.contact(twitter_handle="jane_doe")
        self.deal(kept).action_set_won()
        self.merge(double, kept)
        self.assertRelation("customer")

    def test_a_profile_that_is_given_up_in_a_merge(self):
        kept = self.contact(twitter_handle="john_doe")
        double = self.contact(twitter_handle="jane_doe")
        self.assertRelation("known")
        self.merge(double, kept)
        self.assertRelation("other")

    def test_companies_that_are_merged_bring_their_deals_to_their_people(self):
        kept, double = (
            self.contact(name=name, is_company=True) for name in ("Acme", "ACME Inc")
        )
        person = self.contact(twitter_handle="jane_doe", parent_id=kept.id)
        self.deal(double)
        self.assertRelation("known")
        self.merge(double, kept)
        self.assertEqual(person.commercial_partner_id, kept)
        self.assertRelation("potential")

    def test_people_of_a_company_that_is_merged_into_another(self):
        kept, double = (
            self.contact(name=name, is_company=True) for name in ("Acme", "ACME Inc")
        )
        self.contact(twitter_handle="jane_doe", parent_id=double.id)
        self.deal(kept)
        self.assertRelation("known")
        self.merge(double, kept)
        self.assertRelation("potential")

    def test_a_lead_whose_contact_is_merged(self):
        kept, double = self.contact(), self.contact(name="Jane D.")
        lead = self.make_lead("", partner_id=double.id)
        lead.twitter_handle = "jane_doe"
        self.deal(kept).action_set_won()
        self.assertRelation("known")
        self.merge(double, kept)
        self.assertRelation("customer")


@tagged("post_install", "-at_install")
class TestSocialMenu(Board, CrmTwitterCase):
    """One door to the board for each: in CRM, or beside it."""

    def menus(self, user):
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        return {
            menu["xmlid"]
            for menu in menus.values()
            if menu.get("xmlid", "").startswith("crm_twitter.menu_social")
        }

    def test_a_salesperson_finds_it_in_crm(self):
        menus = self.menus(self.salesperson)
        self.assertIn("crm_twitter.menu_social", menus)
        self.assertNotIn("crm_twitter.menu_social_root", menus)

    def test_who_has_no_crm_finds_it_beside(self):
        member = new_test_user(
            self.env,
            "x_member",
            "base.group_user,crm_twitter.group_social_integration",
        )
        menus = self.menus(member)
        self.assertIn("crm_twitter.menu_social_root", menus)
        self.assertNotIn("crm_twitter.menu_social", menus)

    def test_who_lacks_the_permission_finds_none(self):
        self.assertEqual(self.menus(self.employee), set())

    def test_a_menu_in_crm_that_was_archived_leaves_the_other(self):
        self.env.ref("crm_twitter.menu_social").active = False
        self.assertIn("crm_twitter.menu_social_root", self.menus(self.salesperson))
