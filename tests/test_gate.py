from datetime import datetime, timedelta
from decimal import Decimal
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import gate
from ..models.payer import Payer
from ..x_api import (
    Call,
    Settlement,
    XNotSent,
    XUnavailable,
    XUnreachable,
    may_be_billed,
)
from .test_twitter_engagement import EngagementCase


class MoneyCase(EngagementCase):
    """Jane Doe's panel, with a budget, and clocks that can be put forward."""

    def setUp(self):
        super().setUp()
        self.ahead = timedelta()
        now = fields.Datetime.now
        self.startPatcher(
            patch.object(fields.Datetime, "now", lambda *_args: now() + self.ahead)
        )
        # What was read to set this up was paid for, and is not of the test.
        for table in ("usage", "billed.resource", "cache", "reservation"):
            self.env[f"twitter.{table}"].search([]).unlink()
        self.budget().write({"day_spent": 0, "month_spent": 0})

    def budget(self, user=None):
        """The company's, or a user's; made where there is none."""
        budgets = self.env["twitter.budget"]
        if user:
            budgets._make_row("user_id", user.id)
            return budgets.search([("user_id", "=", user.id)])
        budgets._make_row("company_id", self.env.company.id)
        return budgets.search([("company_id", "=", self.env.company.id)])

    def go_to(self, hour, minute=0, days=0, seconds=0):
        """Put both clocks forward to a time of today (UTC), or of a later day."""
        now = fields.Datetime.now()
        then = datetime.combine(now.date(), datetime.min.time())
        then += timedelta(days=days, hours=hour, minutes=minute, seconds=seconds)
        self.assertGreaterEqual(then, now)
        self.ahead += then - now
        self.x.clock.advance((then - now).total_seconds())

    def look(self, refresh=True, user=None):
        return self.lead.with_user(user or self.salesperson).twitter_read(refresh)

    def usage(self, **values):
        self.env.invalidate_all()
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["twitter.usage"].search(domain)

    def metered(self):
        """What the counters add up to."""
        return Decimal(str(round(sum(self.usage().mapped("cost")), 4)))


@tagged("post_install", "-at_install")
class TestBudget(MoneyCase):
    """No call goes out that could cost more than what is left."""

    def assertStopped(self, code, answer):
        self.assertEqual(answer["problem"]["code"], code)
        asked = [name for name in self.endpoints() if "oauth2" not in name]
        self.assertEqual(asked, [])
        self.assertEqual(self.x.spent(), 0)

    def test_an_empty_budget_is_no_limit(self):
        self.budget().write({"day_limit": "", "month_limit": False})
        self.assertFalse(self.look()["problem"])

    def test_a_budget_of_nothing_spends_nothing(self):
        self.budget().day_limit = "0"
        answer = self.look()
        self.assertStopped("over_company_day", answer)
        self.assertEqual(answer["profile"]["handle"], "jane_doe", "stored is shown")

    def test_what_is_left_to_the_cent_may_be_spent(self):
        self.budget().day_limit = "0.06"
        self.assertFalse(self.look()["problem"])
        # Ten posts were reserved for, and X had fewer.
        self.assertLess(self.x.spent(), Decimal("0.06"))

    def test_the_most_that_a_call_can_cost_must_be_left(self):
        self.budget().day_limit = "0.0099"
        self.assertStopped("over_company_day", self.look())

    def test_of_two_calls_the_one_that_is_paid_for_is_shown(self):
        self.budget().day_limit = "0.02"
        answer = self.look()
        self.assertEqual(self.endpoints(), ["GET /2/users"])
        self.assertEqual(answer["problem"]["code"], "over_company_day")
        self.assertFalse(answer["profile"]["stale"])

    def test_a_users_own_budget_holds_for_them_alone(self):
        self.budget(self.salesperson).day_limit = "0"
        self.assertStopped("over_user_day", self.look())
        self.connect(self.colleague, "ourcompany")
        self.assertFalse(self.look(user=self.colleague)["problem"])

    def test_a_months_budget_ends_with_the_month(self):
        self.budget().write({"month_limit": "0.05", "month_spent": 0.05})
        month = fields.Datetime.now().date().replace(day=1)
        self.budget().month = month
        self.assertStopped("over_company_month", self.look())
        self.budget().month = month - timedelta(days=1)
        self.budget().month_limit = "0.1"
        self.assertFalse(self.look()["problem"])

    def test_a_new_day_begins_with_nothing_spent(self):
        self.budget().day_limit = "0.1"
        self.go_to(23, days=1)
        for number in range(10):
            self.x.posts.add("jane_doe", f"Rose {number}")
        self.assertFalse(self.look()["problem"])
        self.assertEqual(self.look()["problem"]["code"], "over_company_day")
        self.go_to(1, days=1)
        self.assertFalse(self.look()["problem"])

    def test_it_is_said_until_when(self):
        self.budget().day_limit = "0"
        self.assertRegex(self.look()["problem"]["message"], r"begins at .*\d:\d\d")

    def test_over_budget_actions_go_by_xs_own_page(self):
        self.budget().day_limit = "0"
        panel = self.lead.twitter_panel()
        self.assertEqual(panel["actions"]["mention"]["route"], "intent")
        self.assertIn("budget", panel["actions"]["mention"]["reason"])
        answer = self.act("post", text="Hello")
        self.assertTrue(answer["problem"])
        self.assertEqual(self.writes(), [])

    def test_a_link_that_is_too_dear_is_not_sent_and_nothing_is_lost(self):
        self.budget().day_limit = "0.1"
        answer = self.act("post", text="Hello odoo.com")
        self.assertEqual(answer["problem"]["code"], "over_company_day")
        self.assertEqual(answer["engagement"]["state"], "not_done")
        self.assertEqual(self.writes(), [])
        self.assertEqual(self.rows().text, "Hello odoo.com")

    def reserve(self, amount, ago=timedelta(), user=None):
        """A call that was let out, and never settled."""
        payer = Payer(self.env.company.id, (user or self.salesperson).id)
        costs = {"user": (1, Decimal(amount))}
        rows, now = self.env["twitter.reservation"], fields.Datetime.now()
        return rows._insert(payer, "GET /2/users", costs, now - ago)

    def test_a_month_counts_what_was_never_settled_before_midnight(self):
        self.go_to(12, days=1)
        if fields.Datetime.now().day == 1:
            self.go_to(12, days=1)
        self.reserve("0.06", ago=timedelta(days=1))
        self.budget().write({"day_limit": "0.06", "month_limit": "0.06"})
        self.assertStopped("over_company_month", self.look())
        self.budget().month_limit = ""
        self.assertFalse(self.look()["problem"], "the day has ended")

    def test_a_server_whose_clock_is_behind_spends_of_the_day_that_has_begun(self):
        tomorrow = fields.Datetime.now().date() + timedelta(days=1)
        self.budget().write(
            {"day_limit": "0.06", "day": tomorrow, "day_spent": 0.06, "month": tomorrow}
        )
        self.assertStopped("over_company_day", self.look())
        self.env.flush_all()
        self.budget()._spend(Decimal("0.01"), fields.Datetime.now().date())
        self.env.invalidate_all()
        self.assertEqual(round(self.budget().day_spent, 4), 0.07)

    def test_the_last_cent_is_not_lost_to_fractions(self):
        budget = self.budget()
        budget.day_limit = "1"
        self.env.flush_all()
        today = fields.Datetime.now().date()
        costs = [gate.Gate(self.env, None)._costs({"user": n}) for n in (35, 64)]
        for cost in costs:
            budget._spend(cost["user"][1], today)
        self.env.invalidate_all()
        self.assertEqual(budget._left(today)[budget][0], Decimal("0.01"))

    def test_the_telling_of_administrators_fails_and_the_answer_is_kept(self):
        self.budget().day_limit = "0.02"
        tell = patch.object(
            type(self.env["twitter.budget"]), "_tell_of", side_effect=ValueError("no")
        )
        with tell, mute_logger("odoo.addons.crm_twitter.models.gate"):
            self.assertFalse(self.lead.twitter_look_up("ourcompany")["problem"])
            self.assertFalse(self.lead.twitter_look_up("marcdemo")["problem"])

    def test_a_reservation_counts_as_spent_until_it_is_settled(self):
        self.budget().day_limit = "0.06"
        rows = self.env["twitter.reservation"]
        payer = Payer(self.env.company.id, self.salesperson.id)
        costs = {"user": (1, Decimal("0.06"))}
        rows._insert(payer, "GET /2/users", costs, fields.Datetime.now())
        self.assertStopped("over_company_day", self.look())

    def settle(self):
        self.env.flush_all()
        self.env.ref("crm_twitter.ir_cron_settle_reservations").method_direct_trigger()
        self.env.invalidate_all()

    def test_what_was_never_settled_counts_once_as_spent(self):
        payer = Payer(self.env.company.id, self.salesperson.id)
        costs = {"post": (10, Decimal("0.05")), "user": (2, Decimal("0.02"))}
        now = fields.Datetime.now()
        self.ahead += timedelta(minutes=10)
        rows = self.env["twitter.reservation"]
        rows._insert(payer, "GET /2/users/:id/tweets", costs, now)
        # Prices that were changed since are not what was reserved for.
        self.env["twitter.price"].search([]).price = 0
        self.settle()
        self.assertEqual(self.metered(), Decimal("0.07"))
        self.assertEqual(round(self.budget().day_spent, 4), 0.07)
        self.assertFalse(rows.search([]))
        self.settle()
        self.assertEqual(self.metered(), Decimal("0.07"))
        [posts] = self.usage(kind="post")
        self.assertEqual((posts.calls, posts.billed), (1, 10))

    def test_in_the_background_the_company_pays(self):
        self.salesperson.twitter_share_connection = True
        account = self.account.with_user(self.env.ref("base.user_root"))
        with account._x_session() as x:
            x.profiles_by_handle(["jane_doe"])
        [row] = self.usage()
        self.assertEqual(
            (row.user_id, row.company_id), (row.user_id.browse(), self.env.company)
        )
        self.assertEqual(row.account_handle, "marcdemo")

    def test_nobody_charges_a_company_that_is_not_theirs(self):
        other = self.env["res.company"].create({"name": "Other"})
        lead = self.lead.with_context(allowed_company_ids=[other.id]).sudo()
        account = self.account.with_user(self.salesperson).with_env(
            lead.with_user(self.salesperson).sudo().env
        )
        self.assertEqual(account._payer().company_id, self.env.company.id)


@tagged("post_install", "-at_install")
class TestMeter(MoneyCase):
    """What is metered is never below what X bills."""

    def assertMetered(self):
        self.assertGreaterEqual(self.metered(), self.x.spent())

    def assertMeteredExactly(self):
        self.assertEqual(self.metered(), self.x.spent())
        self.assertEqual(
            Decimal(
                str(
                    round(
                        sum(
                            self.env["twitter.usage"]
                            .search([("day", "=", fields.Datetime.now().date())])
                            .mapped("cost")
                        ),
                        4,
                    )
                )
            ),
            Decimal(str(round(self.budget().day_spent, 4))),
        )

    def some_reading(self):
        lead = self.lead
        lead.twitter_read()
        lead.twitter_read(refresh=True)
        posts = lead.twitter_posts(reposts=True)["posts"]
        lead.twitter_posts(posts["next_token"], reposts=True)
        people = lead.twitter_followers()["people"]
        lead.twitter_followers(people["next_token"])
        lead.twitter_following()
        lead.twitter_search("Jane Doe")
        lead.twitter_look_up("adatest")
        lead.twitter_look_up("nobody_here_at_all")

    def some_deeds(self):
        answer = self.act("post", text="Hello")
        self.act("mention", text="Hello @jane_doe, see odoo.com")
        self.act("repost", self.post)
        self.act("unrepost", self.post)
        self.act("delete", self.x.posts.of(self.me())[0])
        self.act("post", text="Hello")  # X has it already
        return answer

    def test_a_day_of_mixed_use_and_the_next(self):
        self.x.people.add("janes_friend", "A Friend")
        self.go_to(20, days=1)
        self.some_reading()
        self.assertMeteredExactly()
        self.some_deeds()
        self.assertMeteredExactly()
        self.some_reading()
        self.assertMeteredExactly()
        before = self.x.spent()
        self.assertGreater(before, 0)
        self.go_to(1, days=1)
        self.some_reading()
        self.assertGreater(self.x.spent(), before, "a new day, billed anew")
        self.assertEqual(self.metered(), self.x.spent())

    def test_about_midnight_it_is_never_less(self):
        """X's clock may be behind ours, or ahead, when a day ends."""
        for skew in (-30, 0, 30):
            with self.subTest(skew=skew):
                self.go_to(23, 58, days=1)
                self.x.clock._ahead += timedelta(seconds=skew)
                for _step in range(8):
                    self.look()
                    self.ahead += timedelta(seconds=30)
                    self.x.clock.advance(30)
                self.assertMetered()
                self.go_to(12)
                self.x.clock._ahead -= timedelta(seconds=skew)

    def test_what_x_fails_at_is_not_counted_and_what_is_lost_is(self):
        self.go_to(12, days=1)
        for fault in (
            {"status": 503},
            {"status": 503, "after": True},
            {"status": 429},
            {"status": 403},
            {"kind": "html"},
            {"kind": "reset"},
            {"kind": "reset", "after": True},
            {"kind": "truncate"},
            {"kind": "malformed"},
        ):
            for endpoint in ("GET /2/users/:id/tweets", "POST /2/tweets"):
                with self.subTest(endpoint=endpoint, **fault):
                    self.x.faults.add(endpoint, count=1, **fault)
                    self.x.posts.add("jane_doe", f"Of {fault} at {endpoint}")
                    self.env["twitter.limit"].search([]).unlink()
                    self.look()
                    self.act("post", text=f"Hello {fault} {endpoint}")
                    self.x.faults.clear()
                    self.assertMetered()

    def test_a_question_that_is_asked_three_times_is_counted_once(self):
        self.go_to(12, days=1)
        for kind in ("truncate", "reset"):
            self.x.faults.add("GET /2/users/by", kind=kind, count=3)
            before = self.metered()
            self.lead.twitter_look_up("ourcompany")
            self.assertEqual(self.metered() - before, Decimal("0.01"))
            self.env["twitter.limit"].search([]).unlink()
        self.assertMetered()

    def test_an_answer_that_comes_at_the_second_attempt_is_counted_once(self):
        self.go_to(12, days=1)
        self.x.faults.add("GET /2/users/by", kind="reset", count=1, after=True)
        self.assertFalse(self.lead.twitter_look_up("ourcompany")["problem"])
        self.assertMeteredExactly()

    def test_an_answer_from_the_days_cache_costs_nothing(self):
        self.go_to(12, days=1)
        self.look()
        spent = self.x.spent()
        self.look(refresh=False)
        self.lead.twitter_panel()
        self.assertEqual(self.x.spent(), spent)
        self.assertMeteredExactly()

    def test_the_counters_say_who_what_and_when(self):
        self.go_to(12, days=1)
        self.look()
        rows = self.usage()
        self.assertEqual(set(rows.mapped("kind")), {"user", "post"})
        self.assertEqual(rows.user_id, self.salesperson)
        self.assertEqual(rows.account_id, self.account)
        self.assertEqual(set(rows.mapped("day")), {fields.Datetime.now().date()})
        [profile] = self.usage(kind="user")
        self.assertEqual((profile.calls, profile.resources, profile.billed), (1, 1, 1))
        self.look()
        self.env.invalidate_all()
        self.assertEqual((profile.calls, profile.resources, profile.billed), (2, 2, 1))

    def test_a_user_who_is_deleted_takes_no_counter_away(self):
        self.go_to(12, days=1)
        self.look()
        spent = self.metered()
        # What was read in the background, on the same day, as the same account.
        self.salesperson.twitter_share_connection = True
        account = self.account.with_user(self.env.ref("base.user_root"))
        with account._x_session() as x:
            x.profiles_by_handle(["ourcompany"])
        self.env.cr.execute(
            "UPDATE twitter_usage SET user_id = NULL WHERE user_id = %s",
            [self.salesperson.id],
        )
        self.assertEqual(len(self.usage(kind="user")), 2)
        self.assertEqual(self.metered(), spent + Decimal("0.01"))

    def test_on_enterprise_everything_is_counted_and_costs_nothing(self):
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", "enterprise")
        self.budget().day_limit = "0"
        self.assertFalse(self.look()["problem"])
        self.assertEqual(self.metered(), 0)
        self.assertTrue(self.usage(kind="user").resources)

    def test_an_administrators_price_is_what_is_reckoned_with(self):
        price = self.env["twitter.price"].search([("kind", "=", "user")])
        price.price = 1.25
        self.assertEqual(self.lead.twitter_panel()["prices"]["profile"], 1.25)
        self.look()
        self.assertEqual(self.usage(kind="user").cost, 1.25)

    def test_every_kind_of_the_client_has_a_price_here(self):
        rows = self.env["twitter.price"].search([])
        self.assertEqual(
            {row.kind: row.published_price for row in rows},
            {row.kind: row.price for row in rows},
        )
        self.assertTrue(all(row.name for row in rows))


@tagged("post_install", "-at_install")
class TestUnknown(MoneyCase):
    """Whether a call that was not answered counts as billed."""

    def check_unknown(self, call, expected, **settlement):
        self.assertEqual(may_be_billed(call, Settlement(**settlement)), expected)

    def test_no_answer_may_have_been_billed(self):
        read, write = Call("GET /2/users", "user", 1), Call("POST /2/tweets", "post", 1)
        for call in (read, write):
            self.check_unknown(call, True)
            self.check_unknown(call, True, error=XUnreachable("no answer"))
            self.check_unknown(call, False, error=XNotSent("no connection"))
            self.check_unknown(call, True, status=200, error=XUnavailable("half"))
            self.check_unknown(call, False, status=200)
        self.check_unknown(read, False, status=503, error=XUnavailable("503"))
        self.check_unknown(write, True, status=503, error=XUnavailable("503"))
