from odoo.tests import tagged
from odoo.tools import mute_logger

from .board import Board
from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestTwitterAuthor(Board, CrmTwitterCase):
    """The column of whoever said something follows the CRM's truth."""

    def setUp(self):
        super().setUp()
        self.author = self.make_author()
        self.won_stage = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)

    def lead(self, **values):
        lead = self.make_lead("Jane", twitter_handle="jane_doe", **values)
        return lead.sudo()

    def deal(self, **values):
        return self.lead(type="opportunity", **values)

    def contact(self, **values):
        values = {"name": "Jane Doe", **values}
        return self.env["res.partner"].create(values)

    def assertRelation(self, relation, author=None):
        """As the next transaction finds it, in the database."""
        self.env.cr.flush()
        self.env.invalidate_all()
        author = author or self.author
        self.assertEqual(author.relation, relation)
        self.assertEqual(
            author.search_count([("id", "=", author.id), ("relation", "=", relation)]),
            1,
        )
        # What is stored is what the CRM has.
        self.assertEqual(author._relations().get(author.id, "other"), relation)

    # ------------------------------------------------------------
    # THE RECORD ITSELF
    # ------------------------------------------------------------

    def test_a_stranger_is_one_of_the_others(self):
        self.assertRelation("other")

    def test_a_lead_is_known(self):
        lead = self.lead()
        self.assertRelation("known")
        lead.twitter_handle = False
        self.assertRelation("other")

    def test_a_contact_is_known(self):
        contact = self.contact(twitter_handle="jane_doe")
        self.assertRelation("known")
        contact.active = False
        self.assertRelation("other")
        contact.active = True
        self.assertRelation("known")

    def test_a_lead_that_becomes_an_opportunity(self):
        lead = self.lead()
        lead.convert_opportunity(self.env["res.partner"])
        self.assertRelation("potential")

    def test_a_deal_that_is_won_and_reopened_before_that_is_written(self):
        deal = self.deal()
        self.assertRelation("potential")
        deal.action_set_won()
        self.assertEqual(self.author.relation, "customer")
        stage = self.env["crm.stage"].search([], limit=1)
        deal.write({"stage_id": stage.id, "probability": 20})
        self.assertEqual(self.author.relation, "potential")
        self.assertRelation("potential")

    def test_a_deal_is_won_reopened_and_lost(self):
        deal = self.deal()
        self.assertRelation("potential")
        deal.action_set_won()
        self.assertRelation("customer")
        deal.write(
            {
                "stage_id": self.env["crm.stage"].search([], limit=1).id,
                "probability": 20,
            }
        )
        self.assertRelation("potential")
        deal.action_set_lost()
        self.assertRelation("known")
        deal.action_unarchive()
        self.assertRelation("potential")

    def test_an_archived_deal_is_out_of_the_crm(self):
        deal = self.deal(probability=20)
        deal.action_archive()
        self.assertNotEqual(deal.won_status, "lost")
        self.assertRelation("other")

    def test_an_open_deal_weighs_more_than_a_won_one(self):
        won = self.deal()
        won.action_set_won()
        open_deal = self.deal()
        self.assertRelation("potential")
        open_deal.unlink()
        self.assertRelation("customer")
        won.unlink()
        self.assertRelation("other")

    def test_a_stage_that_becomes_a_won_one(self):
        stage = self.env["crm.stage"].create({"name": "Signed", "sequence": 90})
        self.deal(stage_id=stage.id, probability=100)
        self.assertRelation("potential")
        stage.is_won = True
        self.assertRelation("customer")

    def test_another_handle_is_another_person(self):
        deal = self.deal()
        other = self.make_author("john_doe", name="John Doe")
        deal.twitter_handle = "john_doe"
        self.assertRelation("other")
        self.assertRelation("potential", other)

    # ------------------------------------------------------------
    # THE CONTACT AND ITS COMPANY
    # ------------------------------------------------------------

    def test_a_deal_of_the_contact_counts(self):
        contact = self.contact(twitter_handle="jane_doe")
        deal = self.make_lead("", type="opportunity", partner_id=contact.id).sudo()
        deal.twitter_handle = False
        self.assertRelation("potential")
        deal.action_set_won()
        self.assertRelation("customer")

    def test_a_deal_of_the_contacts_company_counts(self):
        company = self.contact(name="Acme", is_company=True)
        self.contact(twitter_handle="jane_doe", parent_id=company.id)
        deal = self.make_lead("", type="opportunity", partner_id=company.id).sudo()
        self.assertRelation("potential")
        deal.action_set_won()
        self.assertRelation("customer")

    def test_a_deal_of_a_colleague_does_not_count(self):
        company = self.contact(name="Acme", is_company=True)
        self.contact(twitter_handle="jane_doe", parent_id=company.id)
        colleague = self.contact(name="Jim", parent_id=company.id)
        self.make_lead("", type="opportunity", partner_id=colleague.id)
        self.assertRelation("known")

    def test_a_deal_of_the_leads_customer_counts(self):
        company = self.contact(name="Acme", is_company=True)
        jane = self.contact(parent_id=company.id)
        self.lead(partner_id=jane.id)
        self.assertRelation("known")
        deal = self.make_lead("", type="opportunity", partner_id=company.id)
        self.assertRelation("potential")
        deal.sudo().unlink()
        self.assertRelation("known")

    def test_a_deal_that_goes_to_another_contact(self):
        jane = self.contact(twitter_handle="jane_doe")
        john = self.contact(name="John Doe", twitter_handle="john_doe")
        other = self.make_author("john_doe")
        deal = self.make_lead("", type="opportunity", partner_id=jane.id).sudo()
        deal.twitter_handle = False
        self.assertRelation("potential")
        self.assertRelation("known", other)
        deal.write({"partner_id": john.id, "twitter_handle": False})
        self.assertRelation("known")
        self.assertRelation("potential", other)
        deal.partner_id = False
        self.assertRelation("known", other)

    def test_what_is_rolled_back_changes_nothing(self):
        jane = self.contact(twitter_handle="jane_doe")
        deal = self.make_lead("", type="opportunity", partner_id=jane.id).sudo()
        deal.twitter_handle = False
        self.assertRelation("potential")
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            deal.action_set_won()
            raise ZeroDivisionError
        self.assertRelation("potential")
        deal.action_set_won()
        self.assertRelation("customer")

    def test_who_changes_the_employer_changes_the_deals(self):
        company = self.contact(name="Acme", is_company=True)
        self.make_lead("", type="opportunity", partner_id=company.id)
        jane = self.contact(twitter_handle="jane_doe")
        self.assertRelation("known")
        jane.parent_id = company
        self.assertRelation("potential")
        jane.parent_id = False
        self.assertRelation("known")

    # ------------------------------------------------------------
    # COMPANIES
    # ------------------------------------------------------------

    def test_each_company_has_its_own_truth(self):
        there = self.make_author(company=self.other)
        deal = self.deal(company_id=self.env.company.id)
        self.assertRelation("potential")
        self.assertRelation("other", there)
        deal.write({"company_id": self.other.id, "user_id": False, "team_id": False})
        self.assertRelation("other")
        self.assertRelation("potential", there)

    def test_what_is_no_companys_is_everybodys(self):
        there = self.make_author(company=self.other)
        self.contact(twitter_handle="jane_doe", company_id=False)
        self.assertRelation("known")
        self.assertRelation("known", there)

    # ------------------------------------------------------------
    # MERGES
    # ------------------------------------------------------------

    def test_leads_that_are_merged(self):
        first = self.deal()
        second = self.make_lead("Jane", type="opportunity").sudo()
        second.twitter_handle = False
        self.assertRelation("potential")
        (first + second).merge_opportunity()
        self.assertRelation("potential")

    def test_contacts_that_are_merged(self):
        kept = self.contact(twitter_handle="jane_doe")
        double = self.contact(name="Jane D.")
        self.make_lead("", type="opportunity", partner_id=double.id)
        self.assertRelation("known")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        with mute_logger("odoo.addons.base.wizard.base_partner_merge"):
            wizard._merge((kept + double).ids, kept)
        self.assertRelation("potential")

    def test_one_row_moves_a_thousand_cards(self):
        for _number in range(3):
            self.say()
        cards = self.env["twitter.interaction"]

        def column(name):
            return cards.search_count([("relation", "=", name)])

        self.assertEqual(column("other"), 3)
        before = cards.search([]).mapped("write_date")
        self.lead()
        self.env.flush_all()
        self.assertEqual((column("other"), column("known")), (0, 3))
        self.env.invalidate_all()
        self.assertEqual(cards.search([]).mapped("write_date"), before)
