import random

from odoo.tests import tagged
from odoo.tools import mute_logger

from .board import Board
from .common import CrmTwitterCase

HANDLES = ["jane_doe", "john_doe", "ann_lee", "bob_ray"]
STEPS, SEED = 150, 20261123


@tagged("post_install", "-at_install")
class TestTwitterAuthorRandom(Board, CrmTwitterCase):
    """Whatever happens to leads and contacts, the board's columns follow."""

    def setUp(self):
        super().setUp()
        self.chance = random.Random(SEED)
        self.authors = self.env["twitter.author"]
        for handle in HANDLES:
            self.authors |= self.make_author(handle)
            self.authors |= self.make_author(handle, company=self.other)
        partners = self.env["res.partner"]
        self.partners = partners.create(
            [{"name": f"Company {n}", "is_company": True} for n in range(2)]
        )
        self.partners |= partners.create(
            [{"name": f"Person {n}", "twitter_handle": self.handle()} for n in range(4)]
        )
        self.leads = self.env["crm.lead"]
        for _number in range(4):
            self.make()
        self.stages = self.env["crm.stage"].search([("team_ids", "=", False)])

    def test_the_columns_follow(self):
        deeds = (
            *(self.make, self.win, self.lose, self.reopen, self.move, self.convert),
            *(self.tie, self.hand_over, self.archive, self.employ, self.delete),
            *(self.merge, self.change_their_mind),
        )
        seen = set()
        for step in range(STEPS):
            deed = self.chance.choice(deeds)
            deed()
            self.env.cr.flush()
            self.env.invalidate_all()
            found = self.authors._relations()
            for author in self.authors:
                expected = found.get(author.id, "other")
                seen.add(expected)
                with self.subTest(step=step, deed=deed.__name__, author=author.id):
                    self.assertEqual(author.relation, expected)
            self.counted["records compared"] += len(self.authors)
        self.assertEqual(seen, {"potential", "customer", "known", "other"})

    # ------------------------------------------------------------
    # DEEDS
    # ------------------------------------------------------------

    def handle(self):
        return self.chance.choice([*HANDLES, False, False])

    def partner(self):
        return self.chance.choice([*self.partners, self.partners.browse()])

    def lead(self):
        self.leads = self.leads.exists()
        if not self.leads:
            self.make()
        return self.chance.choice(self.leads)

    def make(self):
        self.leads |= self.env["crm.lead"].create(
            {
                "name": "A lead",
                "type": self.chance.choice(["lead", "opportunity"]),
                "partner_id": self.partner().id,
                "twitter_handle": self.handle(),
                "user_id": False,
                "team_id": False,
            }
        )

    def win(self):
        self.lead().action_set_won()

    def lose(self):
        lead = self.lead()
        # Odoo has a won one reopened first.
        if not lead.stage_id.is_won:
            lead.action_set_lost()

    def reopen(self):
        lead = self.lead()
        lead.active = True
        lead.write({"stage_id": self.stages[0].id, "probability": 20})

    def move(self):
        self.lead().stage_id = self.chance.choice(self.stages)

    def convert(self):
        self.lead().type = self.chance.choice(["lead", "opportunity"])

    def tie(self):
        record = self.chance.choice([self.lead(), self.chance.choice(self.partners)])
        record.twitter_handle = self.handle()

    def hand_over(self):
        lead = self.lead()
        if self.chance.random() < 0.5:
            lead.partner_id = self.partner()
        else:
            # No company's, or another one's than its contact is of.
            lead.company_id = self.chance.choice([False, self.other.id])

    def archive(self):
        record = self.chance.choice([self.lead(), self.partners[-1]])
        record.active = not record.active

    def employ(self):
        companies = self.partners.filtered("is_company")
        person = self.chance.choice(self.partners - companies)
        person.parent_id = self.chance.choice([*companies, companies.browse()])

    def delete(self):
        self.lead().unlink()

    def merge(self):
        if self.chance.random() < 0.5:
            self.lead()
            leads = self.leads.filtered("active")[:2]
            if len(leads) == 2:
                leads.merge_opportunity()
            return
        kept = self.partners.filtered(lambda partner: not partner.is_company)[0]
        double = kept.create({"name": "Double", "parent_id": self.partners[0].id})
        self.lead().partner_id = double
        self.env.cr.flush()
        with mute_logger("odoo.addons.base.wizard.base_partner_merge"):
            self.env["base.partner.merge.automatic.wizard"]._merge(
                (kept + double).ids, kept, extra_checks=False
            )

    def change_their_mind(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.win()
            self.hand_over()
            raise ZeroDivisionError
