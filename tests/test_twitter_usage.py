from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..x_api import PRICES
from .test_gate import MoneyCase


@tagged("post_install", "-at_install")
class TestUsageReport(MoneyCase):
    """The report adds up to what X bills."""

    def setUp(self):
        super().setUp()
        self.go_to(12, days=1)
        self.look()
        self.connect(self.colleague, "ourcompany")
        self.x.billing.reset()
        self.env["twitter.usage"].search([("kind", "=", "owned")]).unlink()

    def groups(self, *by):
        self.env.invalidate_all()
        usage = self.env["twitter.usage"].with_user(self.admin)
        return {
            tuple(row[name] for name in by): row["cost:sum"]
            for row in usage.formatted_read_group([], by, ["cost:sum"])
        }

    def test_cost_per_user_kind_account_and_time(self):
        user = (self.salesperson.id, self.salesperson.display_name)
        self.assertEqual(self.groups("user_id"), {(user,): 0.015})
        self.assertEqual(self.groups("kind"), {("user",): 0.01, ("post",): 0.005})
        self.assertEqual(sum(self.groups("account_id").values()), 0.015)
        self.assertEqual(list(self.groups("day:day").values()), [0.015])
        self.assertEqual(list(self.groups("day:month").values()), [0.015])
        self.assertEqual(len(self.groups("day:month", "kind", "user_id")), 2)

    def test_kinds_are_called_as_in_the_price_list(self):
        usage = self.env["twitter.usage"].with_user(self.admin)
        labels = dict(usage.fields_get(["kind"])["kind"]["selection"])
        self.assertEqual(labels["user"], "Profile")
        self.assertEqual(labels.keys(), PRICES.keys())

    def test_nobody_writes_into_it(self):
        usage = self.env["twitter.usage"].with_user(self.admin)
        for refused in (
            lambda: usage.search([]).write({"cost": 0}),
            lambda: usage.search([]).unlink(),
            lambda: usage.create({"kind": "user"}),
        ):
            with self.assertRaises(AccessError):
                refused()


@tagged("post_install", "-at_install")
class TestPrices(MoneyCase):
    """Administrators reckon with their own prices."""

    def price(self, kind="user"):
        prices = self.env["twitter.price"].with_user(self.admin)
        return prices.search([("kind", "=", kind)])

    def test_an_edited_price_is_said_and_metered(self):
        self.go_to(12, days=1)
        self.price().web_save({"price": 0.5}, {"price": {}})
        self.assertEqual(self.lead.twitter_panel()["prices"]["profile"], 0.5)
        settings = self.env["res.config.settings"].with_user(self.admin).create({})
        self.assertEqual(settings.twitter_profile_price, "$0.50 for each new profile.")
        self.price().price = 0.0125
        settings = settings.create({})
        self.assertEqual(
            settings.twitter_profile_price, "$0.0125 for each new profile."
        )
        wizard = self.env["twitter.profile.look.up"].create(
            {"profile_ids": self.lead.sudo().twitter_profile_id.ids}
        )
        self.assertEqual(wizard.summary, "Look up 1 profile: at most $0.0125")
        self.price().price = 0.5
        self.look()
        self.assertEqual(self.usage(kind="user").cost, 0.5)
        self.assertEqual(self.budget().day_spent, 0.505)

    def test_published_prices_are_taken_over(self):
        rows = self.price("user") + self.price("post")
        rows.price = 0.7
        rows.action_take_published()
        self.assertEqual(rows.mapped("price"), rows.mapped("published_price"))
        self.assertEqual(self.lead.twitter_panel()["prices"]["profile"], 0.01)

    def test_prices_are_neither_made_nor_deleted_nor_negative(self):
        prices = self.env["twitter.price"].with_user(self.admin)
        for refused in (
            lambda: prices.create({"kind": "other", "name": "Other", "price": 1}),
            self.price().unlink,
        ):
            with self.assertRaises(AccessError):
                refused()
        for user in (self.salesperson, self.employee):
            with self.assertRaises(AccessError):
                self.price().with_user(user).price = 0
