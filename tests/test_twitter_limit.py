from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models import twitter_limit, twitter_limit_breaker
from .test_gate import MoneyCase

SEARCH = "GET /2/users/search"


@tagged("post_install", "-at_install")
class TestWindows(MoneyCase):
    """A call X would refuse is not made."""

    def search(self, name):
        return self.lead.twitter_search(name)["problem"]

    def test_xs_limit_is_known_before_it_bites(self):
        self.x.limits.set(SEARCH, 2)
        self.search("Ada Test")
        self.search("Grace Test")
        problem = self.search("Alan Test")
        self.assertEqual(problem["code"], "too_many")
        self.assertRegex(problem["message"], r"until .*\d")
        self.assertEqual(self.endpoints(), [SEARCH, SEARCH])

    def test_a_limit_is_called_by_what_it_is_of(self):
        self.search("Ada Test")
        limits = self.env["twitter.limit"].with_user(self.admin)
        rows = limits.search([("endpoint", "=", SEARCH)])
        self.assertIn(f"{SEARCH}, @marcdemo, 15 minutes", rows.mapped("display_name"))
        names = {
            f"{SEARCH}:7:day": f"{SEARCH}, @marcdemo, a day",
            f"{SEARCH}:day": f"{SEARCH}, @marcdemo, a day, all accounts",
        }
        for key, name in names.items():
            rows[0].sudo().key = key
            self.assertEqual(rows[0].display_name, name)

    def test_when_the_window_is_over_it_goes_on(self):
        self.x.limits.set(SEARCH, 1)
        self.search("Ada Test")
        self.assertEqual(self.search("Grace Test")["code"], "too_many")
        self.ahead += timedelta(minutes=16)
        self.x.clock.advance(16 * 60)
        self.assertNotEqual((self.search("Grace Test") or {}).get("code"), "too_many")

    def test_a_refusal_without_headers_is_believed_for_a_quarter(self):
        self.x.faults.add(SEARCH, status=429)
        self.assertEqual(self.search("Ada Test")["code"], "too_many")
        self.x.calls.clear()
        self.assertEqual(self.search("Ada Test")["code"], "too_many")
        self.assertEqual(self.endpoints(), [])

    def test_another_endpoint_and_another_account_go_on(self):
        self.x.limits.set(SEARCH, 1)
        self.search("Ada Test")
        self.assertFalse(self.look()["problem"])
        self.connect(self.colleague, "ourcompany")
        self.env["twitter.cache"].search([]).unlink()
        self.lead.with_user(self.colleague).twitter_search("Ada Test")
        self.assertIn(SEARCH, self.endpoints())

    def test_the_background_leaves_a_tenth_to_people(self):
        self.search("Ada Test")
        row = self.env["twitter.limit"].search([("endpoint", "=", SEARCH)])
        row.remaining = row.most // 10
        self.env.flush_all()
        self.salesperson.twitter_share_connection = True
        account = self.account.with_user(self.env.ref("base.user_root"))
        with self.assertRaisesRegex(Exception, "limit"), account._x_session() as x:
            x.search_profiles("Grace Test")
        self.assertNotEqual((self.search("Grace Test") or {}).get("code"), "too_many")


@tagged("post_install", "-at_install")
class TestBreaker(MoneyCase):
    """Where X fails again and again it is left alone for a while."""

    def fail(self, times=1, **fault):
        self.x.faults.clear()
        self.x.faults.add("*", count=99, **(fault or {"status": 503}))
        for number in range(times):
            self.lead.twitter_search(f"Somebody {number}")

    def code(self):
        return (self.look()["problem"] or {}).get("code")

    def breaker(self):
        self.env.invalidate_all()
        return self.env["twitter.limit"].search([("key", "=", twitter_limit.BREAKER)])

    def open_it(self):
        self.fail(2)
        self.x.faults.clear()
        self.x.calls.clear()

    def test_one_click_that_fails_three_times_does_not_open_it(self):
        self.fail()
        self.x.faults.clear()
        self.assertFalse(self.code())
        self.assertFalse(self.breaker(), "what X answers ends the counting")

    def test_when_it_is_open_x_is_not_asked_and_what_is_stored_is_shown(self):
        self.open_it()
        answer = self.look()
        self.assertEqual(answer["problem"]["code"], "down")
        self.assertEqual(answer["profile"]["handle"], "jane_doe")
        self.assertEqual(self.endpoints(), [])

    def test_a_post_is_not_sent_while_it_is_open_and_can_be_tried_again(self):
        self.open_it()
        answer = self.act("post", text="Hello")
        self.assertEqual(answer["engagement"]["state"], "not_done")
        self.assertEqual(answer["problem"]["code"], "down")
        self.assertEqual(self.writes(), [])
        self.env["twitter.limit"].with_user(self.salesperson).try_now()
        self.assertEqual(self.act("post", text="Hello")["engagement"]["state"], "done")
        self.assertFalse(self.breaker())

    def test_after_a_while_one_call_is_let_through_and_closes_it(self):
        self.open_it()
        self.ahead += timedelta(seconds=31)
        with self.account.with_user(self.salesperson)._x_session() as x:
            x.profiles_by_handle(["jane_doe"])
        self.assertFalse(self.breaker())
        self.assertFalse(self.code())

    def test_the_one_that_fails_doubles_the_time(self):
        self.open_it()
        first = self.breaker().until - fields.Datetime.now()
        self.ahead += timedelta(seconds=31)
        self.fail()
        second = self.breaker().until - fields.Datetime.now()
        self.assertGreater(second, first * 1.5)
        self.assertLess(second, first * 2.5)
        for _time in range(9):
            self.ahead += timedelta(minutes=6)
            self.fail()
        longest = self.breaker().until - fields.Datetime.now()
        self.assertLessEqual(longest, twitter_limit_breaker.OPEN_AT_MOST)

    def test_two_slow_failures_open_it(self):
        limits = self.env["twitter.limit"]
        limits._note_failure(8)
        self.assertFalse(self.breaker().until)
        limits._note_failure(8)
        first = self.breaker().until - fields.Datetime.now()
        self.assertLessEqual(first, timedelta(seconds=30))
        # Others were on their way when it opened.
        limits._note_failure(8)
        limits._note_failure(8)
        self.assertEqual(self.breaker().until - fields.Datetime.now(), first)
        self.ahead += timedelta(seconds=60)
        limits._note_failure(8)
        second = self.breaker().until - fields.Datetime.now()
        self.assertAlmostEqual(second, 2 * first, delta=timedelta(seconds=3))

    def test_what_x_refuses_is_no_failure(self):
        self.x.faults.add("*", status=403, count=99)
        for number in range(9):
            self.lead.twitter_search(f"Somebody {number}")
        self.assertFalse(self.breaker())


@tagged("post_install", "-at_install")
class TestCredits(MoneyCase):
    """Where X's credit is gone, nothing is tried until somebody says so."""

    def test_nothing_is_tried_by_itself(self):
        self.x.credits = 0
        self.assertEqual(self.look()["problem"]["code"], "out_of_credits")
        self.x.credits = 10
        self.x.calls.clear()
        self.ahead += timedelta(hours=1)
        answer = self.look()
        self.assertEqual(answer["problem"]["code"], "out_of_credits")
        self.assertEqual(answer["problem"]["action"], "credits")
        self.assertEqual(self.endpoints(), [])

    def test_somebody_says_so(self):
        self.x.credits = 0
        self.look()
        self.x.credits = 10
        self.assertTrue(self.env["twitter.limit"].with_user(self.salesperson).try_now())
        self.assertFalse(self.look()["problem"])

    def test_it_is_tried_too_early(self):
        self.x.credits = 0
        self.look()
        self.env["twitter.limit"].with_user(self.salesperson).try_now()
        self.assertEqual(self.look()["problem"]["code"], "out_of_credits")
        self.x.calls.clear()
        self.look()
        self.assertEqual(self.endpoints(), [])

    def test_a_spending_limit_is_the_same(self):
        words = "Your account has reached its spending limit for this billing cycle."
        self.x.faults.add("*", status=403, body={"title": "Forbidden", "detail": words})
        self.assertEqual(self.look()["problem"]["code"], "out_of_credits")

    def test_actions_go_by_xs_own_page_meanwhile(self):
        self.x.credits = 0
        self.look()
        route = self.lead.twitter_panel()["actions"]["mention"]
        self.assertEqual(route["route"], "intent")
        self.assertIn("credit", route["reason"])

    def test_who_lacks_the_permission_does_not_say_so(self):
        with self.assertRaises(AccessError):
            self.env["twitter.limit"].with_user(self.employee).try_now()
