from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import twitter_feed_keeping, twitter_feed_walking
from ..models.own_transaction import Busy
from ..models.x_problem import XProblem
from .common import CrmTwitterCase
from .feeds import MENTIONS, Feeds


@tagged("post_install", "-at_install")
class TestTrouble(Feeds, CrmTwitterCase):
    """X refuses or fails: the right pause, the reason on the board, nothing lost."""

    def setUp(self):
        super().setUp()
        self.say()
        self.start()
        self.new = self.say(number=2)
        self.x.calls.clear()

    def pause(self):
        """For how long it is not read now."""
        return self.feed().next_read_at - fields.Datetime.now()

    def problem(self):
        [feed] = self.feeds(self.poster, self.env.company)._feeds()
        return feed["problem"] and feed["problem"]["code"]

    def check_pause(self, code, **pause):
        self.assertEqual(self.problem(), code)
        self.assertAlmostEqual(
            self.pause(), timedelta(**pause), delta=timedelta(seconds=40)
        )
        self.x.calls.clear()
        self.run_cron(due=False)
        self.assertEqual(self.endpoints(), [], "it is not asked within the pause")
        self.x.faults.clear()
        self.run_cron()
        self.assertEqual(self.kept(), self.said())
        self.assertFalse(self.problem())

    def test_a_new_login_ends_what_it_was_stopped_by(self):
        self.x.revoke("ourcompany")
        self.run_cron()
        self.assertEqual(self.problem(), "reconnect")
        self.connect_brand()
        self.assertFalse(self.problem())
        self.run_cron(due=False)
        self.assertEqual(self.kept(), self.said())

    def test_whoever_clicks_pays_and_their_budget_holds(self):
        budgets = self.env["twitter.budget"]
        budgets._make_row("user_id", self.poster.id)
        budget = budgets.search([("user_id", "=", self.poster.id)])
        budget.day_spent = 0
        self.env["twitter.usage"].search([]).unlink()
        # What the browser says of who has clicked is not believed.
        forged = {"twitter_clicked_by": self.colleague.id}
        feeds = self.feeds(self.poster, self.env.company).with_context(**forged)
        self.env.flush_all()
        feeds.read_now(self.env.company.id)
        self.env.invalidate_all()
        rows = self.env["twitter.usage"].search([])
        self.assertEqual(rows.user_id, self.poster)
        self.assertEqual(round(budget.day_spent, 4), round(sum(rows.mapped("cost")), 4))
        self.assertGreater(budget.day_spent, 0)
        budget.day_limit = "0"
        self.x.calls.clear()
        answer = self.read_now()
        self.assertEqual(answer["problem"]["code"], "over_user_day")
        self.assertEqual(self.endpoints(), [])

    def test_a_click_that_finds_no_place_pauses_nothing(self):
        crowded = XProblem(self.env, "crowded")
        door = "odoo.addons.crm_twitter.models.twitter_account.waiting_for_x"
        with patch(door, side_effect=crowded):
            self.assertEqual(self.read_now()["problem"]["code"], "crowded")
        self.assertFalse(self.problem())
        self.run_cron()
        self.assertEqual(self.kept(), self.said())

    def test_at_xs_limit_it_waits_until_it_ends(self):
        self.x.limits.set(MENTIONS, 1)
        self.run_cron()
        self.check_limit()

    def check_limit(self):
        self.assertEqual(self.problem(), "too_many")
        # As the simulator says it: in 15 minutes.
        self.assertAlmostEqual(
            self.pause(), timedelta(minutes=15), delta=timedelta(seconds=40)
        )
        # The window is over.
        self.x.limits.reset()
        self.env["twitter.limit"].search([]).unlink()
        self.run_cron()
        self.assertEqual(self.kept(), self.said())
        self.assertFalse(self.problem())

    def test_out_of_credits_it_is_paused_with_the_reason(self):
        self.x.credits = 0
        self.run_cron()
        [feed] = self.feeds(self.poster, self.env.company)._feeds()
        self.assertEqual(feed["problem"]["action"], "credits")
        self.run_cron()
        self.assertEqual(self.problem(), "out_of_credits")
        self.x.credits = 100
        self.env["twitter.limit"].with_user(self.admin).try_now()
        self.run_cron()
        self.assertEqual(self.kept(), self.said())

    def test_x_out_of_reach_is_tried_again_in_a_quarter_of_an_hour(self):
        self.x.faults.add(MENTIONS, "reset", count=99)
        self.run_cron()
        self.check_pause("unreachable", minutes=15)

    def test_x_that_fails_is_tried_again_in_a_quarter_of_an_hour(self):
        self.x.faults.add(MENTIONS, status=503, count=99)
        self.run_cron()
        self.check_pause("unavailable", minutes=15)

    def test_what_x_does_not_allow_is_told_in_its_words(self):
        self.x.faults.add(
            MENTIONS,
            status=403,
            count=99,
            body={"title": "Forbidden", "detail": "Not on your plan.", "status": 403},
        )
        self.run_cron()
        [feed] = self.feeds(self.poster, self.env.company)._feeds()
        self.assertIn("Not on your plan.", feed["problem"]["message"])
        self.check_pause("not_allowed", hours=1)

    def test_an_answer_that_only_says_no_is_not_the_end_of_the_mentions(self):
        known = self.feed().known_id
        body = {
            "errors": [
                {
                    "title": "Authorization Error",
                    "detail": "Sorry, you are not authorized to see the user.",
                    "type": "https://api.x.com/2/problems/not-authorized-for-resource",
                    "resource_type": "user",
                    "value": "1",
                }
            ]
        }
        self.x.faults.add(MENTIONS, status=200, body=body)
        self.run_cron()
        self.assertEqual(self.feed().known_id, known)
        self.check_pause("protected", hours=1)

    def test_a_connection_that_ended_waits_for_the_administrator(self):
        self.x.revoke("ourcompany")
        self.run_cron()
        [feed] = self.feeds(self.poster, self.env.company)._feeds()
        self.assertEqual(feed["state"], "reconnect")
        self.assertEqual(feed["problem"]["action"], "settings")
        self.x.calls.clear()
        self.run_cron()
        self.assertEqual(self.endpoints(), [], "it is not tried in vain")
        self.connect_brand()
        self.run_cron()
        self.assertEqual(self.kept(), self.said())
        self.assertFalse(self.problem())

    def test_trouble_on_a_click_is_told_at_once(self):
        self.x.faults.add(MENTIONS, status=503, count=99)
        answer = self.read_now()
        self.assertEqual(answer["problem"]["code"], "unavailable")
        self.assertEqual(answer["feed"]["problem"]["code"], "unavailable")
        self.assertEqual(answer["read"], 0)

    def test_a_problem_within_a_walk_keeps_what_was_read(self):
        self.say(number=10)
        self.x.faults.add(MENTIONS, delay=0.01)  # the first call
        self.x.faults.add(MENTIONS, status=503, count=9)
        with self.small_pages():
            answer = self.read_now()
        self.assertEqual(answer["read"], 5)
        self.assertTrue(self.feed().walk_bottom_id)
        self.x.faults.clear()
        self.run_cron()
        self.assertEqual(self.kept(), self.said())

    # ------------------------------------------------------------
    # ONE AND THE OTHERS
    # ------------------------------------------------------------

    def second_brand(self):
        other = self.env["res.company"].create({"name": "Another"})
        self.poster.company_ids += other
        self.x.people.add("othercompany", "The Other Company")
        brand = self.connect_brand(other, "othercompany")
        self.start(other)
        self.say("Hello @othercompany")
        return brand

    def test_one_companys_trouble_does_not_hold_up_the_other(self):
        brand = self.second_brand()
        self.x.revoke("ourcompany")
        self.run_cron()
        rows = self.env["twitter.interaction"].search([("account_id", "=", brand.id)])
        self.assertEqual(len(rows), 1)

    def test_not_even_a_mistake_of_ours_does(self):
        brand = self.second_brand()
        feeds = type(self.env["twitter.feed"])
        read = feeds._read

        def read_but_one(feed):
            if feed.account_id.id == self.brand.id:
                raise KeyError("a mistake")
            return read(feed)

        with (
            patch.object(feeds, "_read", read_but_one),
            mute_logger(twitter_feed_walking.__name__),
        ):
            self.run_cron()
        rows = self.env["twitter.interaction"].search([("account_id", "=", brand.id)])
        self.assertEqual(len(rows), 1)
        self.check_pause("unavailable", minutes=15)

    # ------------------------------------------------------------
    # SOMEBODY IS IN THE WAY
    # ------------------------------------------------------------

    def take_in_after(self, refusals):
        feeds = type(self.env["twitter.feed"])
        take_in = feeds._take_in
        left = [Busy(self.env)] * refusals

        def take_in_once_free(*args):
            if left:
                raise left.pop()
            return take_in(*args)

        return patch.object(feeds, "_take_in", take_in_once_free)

    def test_who_is_in_the_way_is_waited_for(self):
        pauses = []
        with (
            self.take_in_after(3),
            patch.object(twitter_feed_keeping.time, "sleep", pauses.append),
        ):
            self.run_cron()
        self.assertEqual(pauses, [0.5] * 3)
        self.assertEqual(len(self.asked()), 1, "what was paid for is kept")
        self.assertEqual(self.kept(), self.said())

    def test_but_not_for_ever(self):
        with (
            self.take_in_after(4),
            patch.object(twitter_feed_keeping.time, "sleep", lambda _seconds: None),
        ):
            self.run_cron()
        self.check_pause("busy", minutes=1)

    def test_without_keys_x_is_not_asked(self):
        self.env["ir.config_parameter"].set_param("database.is_neutralized", "True")
        self.run_cron()
        self.assertEqual(self.endpoints(), [])
