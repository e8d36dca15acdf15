from datetime import datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.twitter_budget_report import forecast
from .test_gate import MoneyCase


@tagged("post_install", "-at_install")
class TestBudgetEditing(MoneyCase):
    """What administrators set, and see of what was spent."""

    # ------------------------------------------------------------
    # COMPANIES
    # ------------------------------------------------------------

    def test_a_new_company_may_spend_five_dollars_a_day(self):
        company = self.env["res.company"].create({"name": "New"})
        budget = self.env["twitter.budget"].search([("company_id", "=", company.id)])
        self.assertEqual(budget.day_limit, "5.00")
        self.assertFalse(budget.month_limit)

    def test_with_the_company_or_the_user_goes_the_budget(self):
        company = self.env["res.company"].create({"name": "New"})
        user = new_test_user(self.env, "x_new")
        self.budget(user)
        user.unlink()
        company.unlink()
        self.assertFalse(
            self.env["twitter.budget"].search(
                ["|", ("company_id", "=", company.id), ("user_id", "=", user.id)]
            )
        )

    # ------------------------------------------------------------
    # LIST
    # ------------------------------------------------------------

    def budgets(self, user=None):
        return self.env["twitter.budget"].with_user(user or self.admin)

    def test_administrators_make_a_users_budget(self):
        [made] = self.budgets().web_save(
            {"user_id": self.colleague.id, "day_limit": "$2"},
            {"day_limit": {}, "user_id": {}},
        )
        self.assertEqual(made["day_limit"], "2.00")
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
        ):
            self.budgets().create({"user_id": self.colleague.id})

    def test_what_is_typed_into_a_form_is_kept_or_refused(self):
        view = "crm_twitter.twitter_budget_view_form"
        with Form(self.budgets(), view) as form:
            form.user_id = self.colleague
            form.day_limit = "$2"
        budget = form.record
        self.assertEqual(budget.day_limit, "2.00")
        form = Form(budget, view)
        form.day_limit = "much"
        with self.assertRaisesRegex(ValidationError, "“much” is no amount"):
            form.save()

    def test_a_budget_needs_a_user(self):
        with self.assertRaisesRegex(ValidationError, "Choose the user"):
            self.budgets().create({"day_limit": "2"})

    def test_several_users_at_once(self):
        users = self.salesperson + self.colleague
        action = users.with_user(self.admin).action_twitter_budgets()
        rows = self.budgets().search(action["domain"])
        self.assertEqual(rows.user_id, users)
        rows.write({"day_limit": "1"})
        users.with_user(self.admin).action_twitter_budgets()
        self.assertEqual(rows.mapped("day_limit"), ["1.00", "1.00"])

    def test_what_is_counted_nobody_writes(self):
        budget = self.budgets().browse(self.budget().id)
        for values in (
            {"day_spent": 0},
            {"month_spent": 0},
            {"user_id": self.colleague.id},
            {"company_id": self.env.company.id},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                budget.write(values)
        company = self.env["res.company"].create({"name": "New"})
        self.budget_of(company).unlink()
        with self.assertRaises(AccessError):
            self.budgets().create({"company_id": company.id})
        with self.assertRaises(AccessError):
            budget.unlink()

    def budget_of(self, company):
        return self.env["twitter.budget"].search([("company_id", "=", company.id)])

    def test_shares_and_forecast(self):
        now = datetime(2026, 6, 16)
        self.budget().write(
            {
                "day_limit": "2",
                "day": now,
                "day_spent": 1,
                "month_limit": False,
                "month": now.replace(day=1),
                "month_spent": 30,
            }
        )
        with freeze_time(now):
            row = self.budgets().browse(self.budget().id)
            self.assertEqual((row.spent_today, row.day_share), (1, 50))
            self.assertEqual((row.spent_this_month, row.month_share), (30, 0))
            self.assertEqual(row.forecast, 60)
            self.assertEqual(row.display_name, self.env.company.name)
        self.env.invalidate_all()
        with freeze_time(datetime(2026, 7, 1)):
            self.assertEqual((row.spent_today, row.spent_this_month), (0, 0))
            self.assertEqual((row.day_share, row.forecast), (0, 0))

    def test_the_forecast(self):
        for spent, now, expected in (
            (2, datetime(2026, 6, 1, 0, 0), 60),  # the first day counts whole
            (2, datetime(2026, 6, 1, 23, 59), 60),
            (2, datetime(2026, 6, 2, 12, 0), 40),
            (30, datetime(2026, 6, 16, 0, 0), 60),
            (28, datetime(2028, 2, 15, 0, 0), 58),  # 29 days
            (31, datetime(2026, 12, 31, 23, 59), 31),
            (0, datetime(2026, 6, 16), 0),
        ):
            with self.subTest(now):
                self.assertAlmostEqual(forecast(spent, now), expected, delta=0.01)

    # ------------------------------------------------------------
    # WHO
    # ------------------------------------------------------------

    def test_nobody_else_reads_or_writes_any_of_it(self):
        self.look()
        budget = self.budget(self.salesperson)
        for user in (self.salesperson, self.colleague, self.employee):
            for table in ("budget", "usage", "limit", "reservation", "price"):
                rows = self.env[f"twitter.{table}"].with_user(user)
                with self.subTest(table, user=user.login):
                    with self.assertRaises(AccessError):
                        rows.search([]).mapped("display_name")
                    with self.assertRaises(AccessError):
                        rows.formatted_read_group([], [], ["__count"])
                    with self.assertRaises(AccessError):
                        rows.browse(1).write({})
            with self.assertRaises(AccessError):
                budget.with_user(user).day_limit = False
            with self.assertRaises(AccessError):
                self.budgets(user).create({"user_id": user.id})

    def test_nobody_spends_another_companys_money(self):
        company = self.env["res.company"].create({"name": "New"})
        self.budget().day_limit = "0"
        lead = self.lead.with_context(allowed_company_ids=[company.id])
        with self.assertRaises(UserError):
            lead.twitter_read(True)
        self.assertEqual(self.endpoints(), [])
        self.assertEqual(self.look()["problem"]["code"], "over_company_day")

    def test_administrators_see_their_companies(self):
        company = self.env["res.company"].create({"name": "New"})
        user = new_test_user(
            self.env,
            "x_new",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        theirs = self.budget_of(company) + self.budget(user)
        seen = self.budgets().with_context(allowed_company_ids=self.env.company.ids)
        self.assertFalse(seen.search([]) & theirs)
        self.assertIn(self.budget(), seen.search([]))
        self.admin.company_ids += company
        seen = self.budgets().with_context(allowed_company_ids=company.ids)
        self.assertEqual(seen.search([]) & theirs, theirs)
        usage = self.env["twitter.usage"].create(
            {
                "day": "2026-06-01",
                "company_id": company.id,
                "kind": "user",
                "payer": "somebody",
            }
        )
        seen = self.env["twitter.usage"].with_user(self.admin)
        self.assertIn(
            usage, seen.with_context(allowed_company_ids=company.ids).search([])
        )
        ours = seen.with_context(allowed_company_ids=self.env.company.ids)
        self.assertNotIn(usage, ours.search([]))
