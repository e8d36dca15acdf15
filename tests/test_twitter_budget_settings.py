from datetime import datetime

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .test_gate import MoneyCase


@tagged("post_install", "-at_install")
class TestBudgetSettings(MoneyCase):
    """What administrators set, and see, of the company they work in."""

    def settings(self, **values):
        self.env.invalidate_all()
        settings = self.env["res.config.settings"].with_user(self.admin)
        return settings.create(values)

    def save(self, **values):
        settings = self.settings(**values)
        settings.execute()
        self.env.invalidate_all()
        return settings

    def test_amounts_are_taken_as_people_write_them(self):
        for text, kept in (
            ("5", "5.00"),
            ("5.00", "5.00"),
            ("$5", "5.00"),
            (" $ 5.5 ", "5.50"),
            ("12,50", "12.50"),
            ("7 USD", "7.00"),
            ("0", "0.00"),
            ("0.005", "0.005"),
            ("", False),
            ("  ", False),
        ):
            with self.subTest(text):
                self.save(twitter_day_limit="1", twitter_month_limit="1")
                self.save(twitter_day_limit=text, twitter_month_limit=text)
                self.assertEqual(self.budget().day_limit, kept)
                self.assertEqual(self.budget().month_limit, kept)

    def test_what_is_no_amount_is_said_so(self):
        for text in ("five", "-1", "1,000", "1.000", "5 EUR", "1e3", "٥", "99999999"):
            with (
                self.subTest(text),
                self.assertRaisesRegex(ValidationError, "is no amount: write US doll"),
            ):
                self.save(twitter_day_limit=text)

    def test_the_form_shows_and_changes_the_companys_limits(self):
        self.budget().write({"day_limit": "3", "month_limit": False})
        self.env.flush_all()
        form = Form(self.env["res.config.settings"].with_user(self.admin))
        self.assertEqual(form.twitter_day_limit, "3.00")
        self.assertFalse(form.twitter_month_limit)
        form.twitter_month_limit = "$50"
        form.save().execute()
        self.assertEqual(self.budget().day_limit, "3.00")
        self.assertEqual(self.budget().month_limit, "50.00")

    def test_saving_other_settings_leaves_the_limits_alone(self):
        self.budget().write({"day_limit": "3", "month_limit": "0"})
        self.save(twitter_search_on_open=False)
        self.assertEqual(self.budget().day_limit, "3.00")
        self.assertEqual(self.budget().month_limit, "0.00")

    def test_nothing_and_no_limit_are_not_the_same(self):
        self.save(twitter_day_limit="0")
        self.assertEqual(self.look()["problem"]["code"], "over_company_day")
        self.assertEqual(self.endpoints(), [])
        self.save(twitter_day_limit="")
        self.assertFalse(self.look()["problem"])

    def test_what_was_spent_is_shown(self):
        self.go_to(12, days=1)
        self.assertIn("$0.00 today", self.settings().twitter_spent)
        self.look()
        self.assertIn("$0.02 today, $0.02 this month", self.settings().twitter_spent)

    def test_what_stops_calls_is_shown(self):
        self.assertFalse(self.settings().twitter_stops)
        self.budget().day_limit = "0.02"
        self.look()
        self.assertIn(
            "Today's budget does not suffice, until", self.settings().twitter_stops
        )
        self.save(twitter_day_limit="")
        self.assertFalse(self.settings().twitter_stops)
        limits = self.env["twitter.limit"]
        limits._close_window(
            "key",
            "GET /2/users",
            str(self.account.id),
            type("Refused", (), {"resets_at": datetime.now().astimezone()}),
        )
        self.assertFalse(self.settings().twitter_stops, "It is over")
        self.env.cr.execute(
            "UPDATE twitter_limit SET until = until + '1 hour'::interval"
        )
        self.env.invalidate_all()
        self.assertIn("(@marcdemo) is reached until", self.settings().twitter_stops)

    def test_that_x_does_not_answer_is_shown(self):
        for _number in range(8):
            self.env["twitter.limit"]._note_failure(10)
        self.env.invalidate_all()
        settings = self.settings()
        self.assertIn("asked again at ", settings.twitter_stops)
        self.assertTrue(settings.twitter_is_down)
        settings.action_twitter_try_now()
        settings = self.settings()
        self.assertFalse(settings.twitter_is_down)
        self.assertFalse(settings.twitter_stops)

    def test_an_emptied_limit_stays_so_through_an_upgrade(self):
        company = self.env["res.company"].create({"name": "New"})
        budgets = self.env["twitter.budget"]
        budget = budgets.search([("company_id", "=", company.id)])
        budget.unlink()
        self.save(twitter_day_limit="")
        self.env["res.company"]._make_all_twitter_budgets()
        self.env["res.company"]._make_all_twitter_budgets()
        self.assertFalse(self.budget().day_limit)
        budget = budgets.search([("company_id", "=", company.id)])
        self.assertEqual(budget.day_limit, "5.00")

    def test_limits_are_of_the_company_one_works_in(self):
        company = self.env["res.company"].create({"name": "New"})
        self.admin.company_ids += company
        settings = self.env["res.config.settings"].with_user(self.admin)
        settings = settings.with_company(company)
        settings.create({"twitter_day_limit": "7"}).execute()
        self.assertFalse(self.budget().day_limit)
        budget = self.env["twitter.budget"].search([("company_id", "=", company.id)])
        self.assertEqual(budget.day_limit, "7.00")
