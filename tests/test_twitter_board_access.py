from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .board import Board
from .common import CrmTwitterCase

PERMISSION = "crm_twitter.group_social_integration"


@tagged("post_install", "-at_install")
class TestTwitterBoardAccess(Board, CrmTwitterCase):
    """Two companies, each with its own account: who sees and does what."""

    @classmethod
    def _make_people(cls):
        result = super()._make_people()
        cls.manager = new_test_user(
            cls.env, "x_board_manager", groups="sales_team.group_sale_manager"
        )
        # The permission, and no place in sales.
        cls.member = new_test_user(cls.env, "x_board_member", groups=PERMISSION)
        cls.manager_there = new_test_user(
            cls.env,
            "x_board_manager_there",
            groups="sales_team.group_sale_manager",
            company_id=cls.other.id,
            company_ids=[cls.other.id],
        )
        return result

    def setUp(self):
        super().setUp()
        self.brand_there = self.connect_brand(self.other, username="acme_corp")
        self.here = self.say("@ourcompany Hello")
        self.there = self.say("@acme_corp Hello", brand=self.brand_there)

    def board(self, user, *companies):
        rows = self.seen_by(user, self.env["twitter.interaction"], *companies)
        return rows.search([("id", "in", (self.here + self.there).ids)])

    def test_each_sees_the_cards_of_the_companies_he_works_in(self):
        both = self.env.company, self.other
        for user, companies, seen in (
            (self.member, (), self.here),
            (self.salesperson, (), self.here),
            (self.manager, (), self.here),
            (self.manager_there, (), self.there),
            (self.poster, (self.other,), self.there),
            (self.poster, both, self.here + self.there),
        ):
            with self.subTest(user.login, companies=companies):
                self.assertEqual(set(self.board(user, *companies).ids), set(seen.ids))

    def test_without_the_permission_nothing_is_seen(self):
        with self.assertRaises(AccessError):
            self.board(self.employee)
        with self.assertRaises(AccessError):
            self.seen_by(self.employee, self.here).read(["card"])
        with self.assertRaises(AccessError):
            self.env["twitter.author"].with_user(self.employee).search([])

    def test_the_cards_of_another_company_cannot_be_touched(self):
        row = self.seen_by(self.manager, self.there)
        for touch in (
            lambda: row.read(["card"]),
            lambda: row.action_handle(),
            lambda: row.twitter_panel(),
            lambda: row.twitter_act("0123456789abcdef", "repost", row.post_id),
            lambda: row.write({"user_id": self.manager.id}),
        ):
            with self.assertRaises(AccessError):
                touch()
        self.assertEqual(self.endpoints(), [])

    def test_nobody_acts_as_a_brand_who_may_not(self):
        for user in (self.member, self.salesperson, self.manager):
            row = self.seen_by(user, self.here)
            with self.subTest(user.login), self.assertRaises(AccessError):
                row.twitter_act(
                    "0123456789abcdef",
                    "repost",
                    row.post_id,
                    account_id=self.brand.id,
                )
        row = self.seen_by(self.poster, self.here, self.env.company, self.other)
        with self.assertRaises(AccessError):
            # As the other company, to what was said to this one.
            row.twitter_act(
                "0123456789abcdef",
                "repost",
                row.post_id,
                account_id=self.brand_there.id,
            )
        self.assertEqual(self.endpoints(), [])

    def test_a_member_without_sales_handles_and_makes_no_leads(self):
        row = self.seen_by(self.member, self.here)
        card = row.card
        self.assertTrue(card["can"]["write"])
        self.assertFalse(card["can"]["create_lead"])
        self.assertEqual(card["leads"], [])
        row.action_handle()
        self.assertEqual(self.here.state, "handled")

    def test_the_same_person_is_somebody_else_to_each_company(self):
        self.make_lead(
            "Jane",
            twitter_handle="jane_doe",
            company_id=self.env.company.id,
            user_id=self.poster.id,
        )
        cards = {
            row.id: row.card
            for row in self.board(self.poster, self.env.company, self.other)
        }
        self.assertEqual(cards[self.here.id]["relation"], "known")
        self.assertEqual(cards[self.there.id]["relation"], "other")
        self.assertEqual(cards[self.there.id]["records"], [])

    def test_counts_are_of_ones_own_companies(self):
        def count(user, *companies):
            rows = self.seen_by(user, self.env["twitter.interaction"], *companies)
            return rows.new_count()

        before = count(self.salesperson)
        self.assertEqual(count(self.poster, self.env.company, self.other), before + 1)
        self.seen_by(self.salesperson, self.here).action_handle()
        self.assertEqual(count(self.salesperson), before - 1)

    def test_the_board_offers_the_accounts_of_ones_companies(self):
        rows = self.seen_by(
            self.poster,
            self.env["twitter.interaction"],
            self.env.company,
            self.other,
        )
        board = rows.board()
        self.assertEqual(
            {account["handle"] for account in board["accounts"]},
            {"ourcompany", "acme_corp"},
        )
        self.assertEqual(
            {feed["company_id"] for feed in board["feeds"]},
            {self.env.company.id, self.other.id},
        )
        mine = self.seen_by(self.salesperson, self.env["twitter.interaction"]).board()
        self.assertEqual(mine["accounts"], [])
        self.assertFalse(mine["can"]["start"])
