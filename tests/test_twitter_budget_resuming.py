from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..models.twitter_budget import day_ends
from .common import CrmTwitterCase
from .feeds import Feeds
from .test_gate import MoneyCase

CRONS = ("read_new_handles", "refresh_profiles", "read_mentions")


def triggered(env):
    """Names of the scheduled actions that are to run soon."""
    env.flush_all()
    crons = {name: env.ref(f"crm_twitter.ir_cron_{name}") for name in CRONS}
    soon = env["ir.cron.trigger"].search([("call_at", "<=", fields.Datetime.now())])
    return {name for name, cron in crons.items() if cron in soon.cron_id}


@tagged("post_install", "-at_install")
class TestReadingGoesOn(Feeds, CrmTwitterCase):
    """What a limit has stopped in the background goes on by a new one."""

    def setUp(self):
        super().setUp()
        self.say()
        self.start()
        self.company = self.env.company
        self.budget = self.env["twitter.budget"].search(
            [("company_id", "=", self.company.id)]
        )
        self.env["ir.cron.trigger"].search([]).unlink()

    def stop(self):
        self.budget.day_limit = "0"
        self.run_cron()
        self.assertEqual(self.feed().problem_code, "over_company_day")
        self.assertEqual(
            self.feed().next_read_at, day_ends(fields.Datetime.now().date())
        )
        self.env["ir.cron.trigger"].search([]).unlink()
        self.x.calls.clear()

    def test_a_raised_limit_lets_it_go_on_at_once(self):
        self.stop()
        self.budget.with_user(self.admin).day_limit = "5"
        self.assertFalse(self.feed().problem_code)
        self.assertEqual(triggered(self.env), set(CRONS))
        self.run_cron(due=False)
        self.assertEqual(len(self.asked()), 1)

    def test_so_does_one_of_the_settings(self):
        self.stop()
        settings = self.env["res.config.settings"].with_user(self.admin)
        settings.create({"twitter_day_limit": ""}).execute()
        self.assertFalse(self.feed().problem_code)

    def test_what_another_limit_has_stopped_stays_so(self):
        self.stop()
        self.budget.with_user(self.admin).month_limit = "50"
        self.assertEqual(self.feed().problem_code, "over_company_day")
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.env["twitter.budget"].search([("company_id", "=", other.id)])
        theirs.day_limit = "7"
        self.assertEqual(self.feed().problem_code, "over_company_day")
        self.budget.with_user(self.admin).write({"day_limit": "0.00"})
        self.assertEqual(self.feed().problem_code, "over_company_day", "The same")

    def test_a_users_limit_is_no_matter_of_the_background(self):
        self.stop()
        budgets = self.env["twitter.budget"]
        budgets._make_row("user_id", self.poster.id)
        budgets.search([("user_id", "=", self.poster.id)]).day_limit = "1"
        self.assertEqual(self.feed().problem_code, "over_company_day")
        self.assertFalse(triggered(self.env))

    def test_who_has_no_money_of_their_own_does_not_stop_it_for_all(self):
        budgets = self.env["twitter.budget"]
        budgets._make_row("user_id", self.poster.id)
        budgets.search([("user_id", "=", self.poster.id)]).day_limit = "0"
        self.assertEqual(self.read_now()["problem"]["code"], "over_user_day")
        self.assertFalse(self.feed().problem_code)
        self.x.calls.clear()
        self.run_cron()
        self.assertEqual(len(self.asked()), 1)

    def test_try_now_lets_all_of_it_go_on(self):
        self.x.credits = 0
        self.run_cron()
        self.assertEqual(self.feed().problem_code, "out_of_credits")
        self.env["ir.cron.trigger"].search([]).unlink()
        self.env["twitter.limit"].with_user(self.salesperson).try_now()
        self.assertFalse(self.feed().problem_code)
        self.assertEqual(triggered(self.env), set(CRONS))


@tagged("post_install", "-at_install")
class TestFindingOutIsPutOff(MoneyCase):
    """Where a limit keeps X from being asked, it is asked when the limit ends."""

    def unanswered(self, text="Hello"):
        self.x.faults.add("POST /2/tweets", status=500, after=True)
        row_id = self.act("post", text=text)["engagement"]["id"]
        row = self.rows(id=row_id)
        self.assertEqual(row.state, "unknown")
        self.age(row, 6)
        return row

    def find_out(self):
        self.x.calls.clear()
        self.env.flush_all()
        cron = self.env.ref("crm_twitter.ir_cron_settle_engagements")
        cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_until_the_day_ends_and_for_all_of_the_account(self):
        rows = self.unanswered() | self.unanswered("Good morning")
        self.budget().day_limit = "0"
        self.find_out()
        midnight = day_ends(fields.Datetime.now().date())
        self.assertEqual(rows.mapped("check_at"), [midnight, midnight])
        self.assertEqual(set(rows.mapped("state")), {"unknown"})
        self.assertEqual(self.endpoints(), [])
        # A limit that is raised, by the way, is asked by at once.
        self.budget().with_user(self.admin).day_limit = "5"
        self.find_out()
        self.assertEqual(set(rows.mapped("state")), {"done"})

    def test_until_xs_window_is_over(self):
        row = self.unanswered()
        self.x.faults.add("GET /2/users/:id/tweets", status=429)
        before = fields.Datetime.now()
        self.find_out()
        self.assertGreater(row.check_at, before + timedelta(minutes=14))
        self.find_out()
        self.assertEqual(self.endpoints(), [])

    def test_a_month_is_looked_at_once_a_day(self):
        row = self.unanswered()
        self.budget().month_limit = "0"
        self.find_out()
        day = timedelta(days=1, seconds=5)
        self.assertLessEqual(row.check_at, fields.Datetime.now() + day)

    def test_without_a_known_end_it_is_asked_ever_more_seldom(self):
        row = self.unanswered()
        self.x.faults.add("GET /2/users/:id/tweets", status=503, count=9)
        self.find_out()
        self.assertAlmostEqual(
            row.check_at - fields.Datetime.now(),
            timedelta(minutes=6),
            delta=timedelta(minutes=1),
        )


@tagged("post_install", "-at_install")
class TestWhoPaysInTheBackground(MoneyCase):
    """Of several members it is the company of one who shares the connection."""

    def test_the_company_of_who_shares_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        first = new_test_user(
            self.env,
            "x_a_first",
            name="A First",
            groups="sales_team.group_sale_salesman",
            company_id=other.id,
            company_ids=other.ids,
        )
        self.account.sudo().member_ids += first
        self.env.flush_all()
        self.env.invalidate_all()
        members = self.account.sudo()._eligible_members()
        self.assertEqual(members[0], first, "or this shows nothing")
        self.salesperson.twitter_share_connection = True
        account = self.account.with_user(self.env.ref("base.user_root"))
        self.assertEqual(account._payer().company_id, self.salesperson.company_id.id)
        self.salesperson.twitter_share_connection = False
        first.twitter_share_connection = True
        self.assertEqual(account._payer().company_id, other.id)


@tagged("post_install", "-at_install")
class TestDeleting(MoneyCase):
    """No user or company is kept by what they have spent, and none of it is lost."""

    def reserve(self, user, company=None):
        company = company or self.env.company
        now = fields.Datetime.now() - timedelta(hours=1)
        return self.env["twitter.reservation"].create(
            {
                "company_id": company.id,
                "user_id": user.id,
                "clicked_by": user.id,
                "account_id": self.account.id,
                "account_handle": "marcdemo",
                "endpoint": "GET /2/users",
                "kinds": [["user", 2, 0.02]],
                "amount": 0.02,
                "reserved_at": now,
                "expires_at": now + timedelta(minutes=3),
            }
        )

    def settle(self):
        self.env.flush_all()
        self.env.ref("crm_twitter.ir_cron_settle_reservations").method_direct_trigger()
        self.env.invalidate_all()

    def test_what_a_deleted_user_has_reserved_the_company_pays(self):
        self.go_to(12, days=1)
        user = new_test_user(self.env, "x_leaver")
        self.budget(user)
        self.reserve(user)
        self.reserve(self.env["res.users"])
        user.unlink()
        self.settle()
        self.assertFalse(self.env["twitter.reservation"].search([]))
        self.assertEqual(round(self.budget().day_spent, 4), 0.04)
        # What was read for nobody in particular is counted by itself.
        self.assertEqual(self.usage(kind="user").mapped("cost"), [0.02, 0.02])
        self.assertFalse(self.usage(kind="user").user_id)
        theirs = self.usage(kind="user").filtered(lambda row: ":0:" not in row.payer)
        self.assertEqual(len(theirs), 1)

    def test_a_deleted_company_takes_its_money_along(self):
        company = self.env["res.company"].create({"name": "New"})
        self.reserve(self.salesperson, company)
        self.env["twitter.usage"].create(
            {
                "day": "2026-06-01",
                "company_id": company.id,
                "user_id": self.salesperson.id,
                "kind": "user",
                "payer": f"{company.id}:{self.salesperson.id}:marcdemo",
            }
        )
        company.unlink()
        self.settle()
        self.assertFalse(self.usage(kind="user"))
        self.assertFalse(self.env["twitter.reservation"].search([]))

    def test_a_user_or_company_who_goes_while_x_answers(self):
        user = new_test_user(self.env, "x_leaver")
        company = self.env["res.company"].create({"name": "New"})
        ids = company.id, user.id
        user.unlink()
        company.unlink()
        self.env.flush_all()
        budgets = self.env["twitter.budget"]._lock_for(self.env.company.id, ids[1])
        self.assertEqual(budgets, self.budget())
        self.assertFalse(self.env["twitter.budget"]._lock_for(*ids))
