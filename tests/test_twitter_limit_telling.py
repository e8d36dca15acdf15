from odoo.tests import tagged

from ..models.x_problem import told_time
from .test_twitter_budget_telling import TellingCase


@tagged("post_install", "-at_install")
class TestCreditsTelling(TellingCase):
    """Administrators have one activity each while X's credit is gone."""

    def refuse(self):
        self.x.credits = 0
        self.assertEqual(self.look()["problem"]["code"], "out_of_credits")

    def try_now(self):
        self.env["twitter.limit"].with_user(self.salesperson).try_now()

    def open(self):
        activities = self.activities("twitter.limit")
        self.assertEqual(len(activities), len(activities.user_id))
        return activities

    def test_one_each_with_the_way_to_xs_console(self):
        self.refuse()
        for _number in range(3):
            self.look()
        administrators = self.env.ref("base.group_system").all_user_ids
        self.assertEqual(self.open().user_id, administrators.filtered("active"))
        self.assertIn(self.stranger, self.open().user_id, "The app is of all companies")
        self.assertEqual(set(self.open().mapped("summary")), {"X credit is used up"})
        self.assertIn('href="https://console.x.com"', self.open()[0].note)

    def test_no_other_while_one_is_open(self):
        self.refuse()
        before = self.open()
        for _number in range(2):
            self.try_now()
            self.refuse()
        self.assertEqual(self.open(), before)

    def test_who_has_done_with_it_too_early_is_told_again(self):
        self.refuse()
        mine = self.open().filtered(lambda each: each.user_id == self.admin)
        mine.with_user(self.admin).action_feedback()
        self.try_now()
        self.refuse()
        self.assertIn(self.admin, self.open().user_id)

    def test_closed_when_a_call_succeeds_again(self):
        self.refuse()
        self.x.credits = 10
        self.look()
        self.assertTrue(self.open(), "Nothing is tried by itself")
        self.try_now()
        self.assertTrue(self.open(), "Nobody knows yet")
        self.assertFalse(self.look()["problem"])
        self.assertFalse(self.open())
        self.refuse()
        self.assertTrue(self.open())

    def test_what_costs_nothing_does_not_close_it(self):
        self.refuse()
        self.try_now()
        self.x.faults.add("*", status=503)
        self.look()
        self.assertTrue(self.open())

    def test_administrators_see_it_and_try_in_the_settings(self):
        settings = self.env["res.config.settings"].with_user(self.admin)
        self.assertFalse(settings.create({}).twitter_credits_gone)
        self.refuse()
        since = self.env["twitter.limit"].search([("key", "=", "credits")]).since
        time = told_time(settings.env, since)
        told = settings.create({}).twitter_credits_gone
        self.assertTrue(told.startswith(f"Since {time} X has said"))
        self.x.credits = 10
        settings.create({}).action_twitter_try_now()
        self.env.invalidate_all()
        self.assertFalse(settings.create({}).twitter_credits_gone)
        self.assertFalse(self.look()["problem"])

    def test_the_activity_leads_to_a_form_one_can_try_from(self):
        self.refuse()
        row = self.env["twitter.limit"].with_user(self.admin)
        row = row.browse(self.open()[0].res_id)
        self.assertEqual(row.display_name, "X Credit")
        self.assertEqual(self.open()[0].res_name, "X Credit")
        self.assertTrue(row.is_stop)
        self.x.credits = 10
        row.action_try_now()
        self.env.invalidate_all()
        self.assertFalse(row.is_stop, "There is nothing to try any more")
        self.assertFalse(self.look()["problem"])

    def test_from_the_row_that_goes_one_comes_to_the_list(self):
        self.refuse()
        limits = self.env["twitter.limit"].with_user(self.admin)
        row = limits.search([("key", "=", "credits")])
        self.assertTrue(row.is_stop)
        self.assertEqual(row.action_try_now()["res_model"], "twitter.limit")
