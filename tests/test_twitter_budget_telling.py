from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..models import own_transaction, twitter_telling_mixin
from .test_gate import MoneyCase


class TellingCase(MoneyCase):
    """Two administrators of the company, and one of another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.another = new_test_user(
            cls.env, "x_administrator", groups="base.group_system"
        )
        elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.stranger = new_test_user(
            cls.env,
            "x_stranger",
            groups="base.group_system",
            company_id=elsewhere.id,
            company_ids=elsewhere.ids,
        )
        cls.env.flush_all()

    def activities(self, model="twitter.budget"):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["mail.activity"].search([("res_model", "=", model)])

    def told(self):
        """What administrators of the company have before them: {summary}, of each."""
        activities = self.activities()
        per_user = {
            user: activities.filtered(lambda each, user=user: each.user_id == user)
            for user in activities.user_id
        }
        if not activities:
            return None
        ours = self.env.ref("base.group_system").all_user_ids.filtered(
            lambda user: user.active and self.env.company in user.company_ids
        )
        self.assertEqual(activities.user_id, ours)
        for rows in per_user.values():
            self.assertEqual(len(rows), len(rows.mapped("res_id")))
        return set(activities.mapped("summary"))


@tagged("post_install", "-at_install")
class TestBudgetTelling(TellingCase):
    """Administrators are told once that it is nearly used up, and once that it is."""

    def setUp(self):
        super().setUp()
        self.go_to(12, days=1)
        for number in range(9):
            self.x.posts.add("jane_doe", f"Rose {number}")
        # A profile and ten posts: $0.06.

    def test_at_eighty_percent(self):
        self.budget().day_limit = "0.08"
        self.look()
        self.assertIsNone(self.told(), "75 %")
        self.budget().day_limit = "0.075"
        self.budget().write({"day_spent": 0, "month_spent": 0})
        self.env["twitter.billed.resource"].search([]).unlink()
        self.look()
        company = self.env.company.name
        nearly = f"X: today's budget of {company} is nearly used up"
        self.assertEqual(self.told(), {nearly})
        note = self.activities()[0].note
        self.assertIn("$0.06 of $0.07", note)
        self.assertIn("what is spent counts from zero again on", note)
        self.assertIn(company, note)

    def test_once_a_day(self):
        self.budget().day_limit = "0.07"
        self.look()
        self.activities().unlink()
        self.lead.twitter_panel()
        self.x.posts.add("jane_doe", "Another")
        self.env["twitter.budget"]._lock_for(self.env.company.id, 0)._spend(
            0, fields.Datetime.now().date()
        )
        for arguments in self.budget()._nearly_spent():
            self.fail(f"told again: {arguments}")

    def test_again_the_next_day_and_an_open_one_is_renewed(self):
        self.budget().day_limit = "0.07"
        self.look()
        self.assertTrue(self.told())
        before = self.activities()
        before.date_deadline = before[0].date_deadline - timedelta(days=9)
        self.go_to(12, days=1)
        self.look()
        self.assertEqual(self.activities(), before)
        self.assertEqual(
            set(before.mapped("date_deadline")), {fields.Date.context_today(before)}
        )

    def test_when_a_call_is_refused_they_are_told_that_it_is_used_up(self):
        self.budget().day_limit = "0.07"
        self.look()
        self.assertEqual(self.look()["problem"]["code"], "over_company_day")
        company = self.env.company.name
        self.assertEqual(
            self.told(), {f"X: today's budget of {company} does not suffice"}
        )
        self.activities().unlink()
        self.look()
        self.assertIsNone(self.told(), "Once a day")

    def test_when_all_is_spent_they_are_told_that_alone(self):
        self.budget().day_limit = "0.06"
        self.look()
        company = self.env.company.name
        self.assertEqual(
            self.told(), {f"X: today's budget of {company} does not suffice"}
        )
        self.assertIn("actions go by x.com", self.activities()[0].note)
        self.look()
        self.assertEqual(len(self.told()), 1)

    def test_a_month(self):
        self.budget().month_limit = "0.07"
        self.look()
        company = self.env.company.name
        nearly = f"X: this month's budget of {company} is nearly used up"
        self.assertEqual(self.told(), {nearly})
        self.assertEqual(self.look()["problem"]["code"], "over_company_month")
        used_up = f"X: this month's budget of {company} does not suffice"
        self.assertEqual(self.told(), {used_up})

    def test_a_users_own(self):
        self.budget(self.salesperson).day_limit = "0.07"
        self.look()
        name = self.salesperson.name
        nearly = f"X: today's budget of {name} is nearly used up"
        self.assertEqual(self.told(), {nearly})

    def test_who_wanted_nothing_spent_is_not_told_that_it_is(self):
        self.budget().day_limit = "0"
        self.assertEqual(self.look()["problem"]["code"], "over_company_day")
        self.assertIsNone(self.told())

    def test_a_changed_limit_is_a_new_one(self):
        self.budget().day_limit = "0.07"
        self.look()
        self.budget().with_user(self.admin).day_limit = "0.05"
        self.assertIsNone(self.told(), "It is attended to")
        self.assertEqual(self.look()["problem"]["code"], "over_company_day")
        self.assertTrue(self.told())

    def test_each_is_told_in_their_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.another.write({"lang": "de_DE", "tz": "Asia/Tokyo"})
        self.budget().day_limit = "0.07"
        self.env.flush_all()
        self.look()
        mine = self.activities().filtered(lambda each: each.user_id == self.another)
        # German writes the day first; in Tokyo the UTC day ends at nine.
        self.assertRegex(mine.note, r"\d\d\.\d\d\.\d+[ ,]+09:00")

    def test_the_callers_context_does_not_keep_it_from_them(self):
        self.budget().day_limit = "0.07"
        lead = self.lead.with_context(mail_activity_automation_skip=True)
        lead.twitter_read(True)
        self.assertTrue(self.told())

    def test_a_call_does_not_wait_or_fail_for_it(self):
        self.budget().day_limit = "0.07"
        refuse = patch.object(
            type(self.env["twitter.budget"]),
            "_be_the_only_teller",
            lambda self: (_ for _ in ()).throw(own_transaction.Busy(self.env)),
        )
        with refuse:
            self.assertFalse(self.look()["problem"])
            self.assertIsNone(self.told())
            self.assertEqual(self.look()["problem"]["code"], "over_company_day")
        self.assertIsNone(self.told())
        self.look()
        self.assertTrue(self.told(), "The next call has told them")
        self.assertLess(twitter_telling_mixin.TELLING_LOCK_TIMEOUT, 1)
