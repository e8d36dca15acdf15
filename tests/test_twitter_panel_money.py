from decimal import Decimal
from unittest.mock import patch

from odoo.tests import tagged

from ..models.x_values import format_usd
from .test_gate import MoneyCase


@tagged("post_install", "-at_install")
class TestTwitterPanelPrice(MoneyCase):
    """What a day of panels costs the whole team: once, whoever looks first."""

    def setUp(self):
        super().setUp()
        self.go_to(12, days=1)
        self.connect(self.colleague, "mitchelladmin")
        for number in range(12):
            self.x.posts.add(author="jane_doe", text=f"Post {number} of Jane's")
        self.x.billing.reset()
        self.env["twitter.usage"].search([]).unlink()

    def of_colleague(self):
        return self.lead.with_user(self.colleague)

    def open(self, lead):
        """As the browser does; what the panel then shows."""
        panel = lead.twitter_panel()
        if panel["profile"]["stale"] or not panel["posts"]:
            return lead.twitter_read()["posts"]
        return panel["posts"]

    def assertSpent(self, usd):
        self.assertEqual(self.x.spent(), Decimal(usd))
        self.assertEqual(self.metered(), Decimal(usd), "the meter agrees")

    def test_the_team_pays_six_cents_a_day(self):
        self.open(self.lead)
        self.assertSpent("0.06")
        self.x.calls.clear()
        partner = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        )
        self.env.flush_all()
        other = self.make_lead("Jane Doe", twitter_handle="jane_doe")
        for record in (self.lead, other, partner):
            for user in (self.salesperson, self.colleague):
                self.assertEqual(len(self.open(record.with_user(user))["items"]), 10)
        self.assertEqual(self.endpoints(), [])
        self.assertSpent("0.06")

    def test_two_at_the_same_moment_pay_once(self):
        cache = type(self.env["twitter.cache"])
        # Neither sees yet what the other has read.
        with patch.object(cache, "_get", lambda *_args, **_kwargs: (None, None)):
            self.lead.twitter_read(refresh=True)
            self.of_colleague().twitter_read(refresh=True)
        self.assertEqual(self.endpoints().count("GET /2/users/:id/tweets"), 2)
        self.assertSpent("0.06")

    def test_a_name_costs_ten_cents_at_most_and_once(self):
        for number in range(15):
            self.x.people.add(f"jane_{number}", "Jane Doe")
        self.lead.twitter_search()
        self.assertSpent("0.10")
        cache = type(self.env["twitter.cache"])
        with patch.object(cache, "_get", lambda *_args, **_kwargs: (None, None)):
            self.of_colleague().twitter_search()
        self.assertSpent("0.10")
        self.x.calls.clear()
        self.assertTrue(self.of_colleague().twitter_search()["search"]["candidates"])
        self.assertEqual(self.endpoints(), [])

    def test_to_choose_again_after_a_mistake_costs_nothing_more(self):
        self.lead.twitter_disassociate()
        self.lead.twitter_search()
        spent = self.x.spent()
        self.associate()
        self.lead.twitter_disassociate()
        self.assertFalse(self.lead.twitter_panel()["search"])
        self.assertTrue(self.lead.twitter_search()["search"]["candidates"])
        self.assertSpent(spent)

    def test_a_price_is_written_as_the_browser_does(self):
        for usd, text in ((0.1, "$0.10"), (0.005, "$0.005"), (2, "$2.00")):
            self.assertEqual(format_usd(usd), text)
        self.assertEqual(format_usd(0.0015), "$0.0015")

    def test_the_next_day_costs_again(self):
        self.open(self.lead)
        self.go_to(1, days=1)
        self.open(self.of_colleague())
        self.assertSpent("0.12")
