from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..models.x_problem import XProblem
from ..x_api import XStopped
from .common import CrmTwitterPanelCase


@tagged("post_install", "-at_install")
class TestTwitterPanelStored(CrmTwitterPanelCase):
    """Where X is not asked, what is stored is shown, and from when it is."""

    def setUp(self):
        super().setUp()
        for number in range(25):
            self.x.posts.add(author="jane_doe", text=f"Post {number} of Jane's")
        self.x.people.add("friend", "A Friend")
        friend = self.x.people.named("friend")
        self.x.people.follow(friend, self.x.people.named("jane_doe"))
        self.associate()
        self.salesperson.write({"tz": "Europe/Brussels", "lang": "en_US"})

    def stop(self, code, **values):
        """Nothing goes out to X any more, for this reason."""
        limits = type(self.env["twitter.limit"])

        def refuse(*_args):
            raise XStopped(code, **values)

        self.startPatcher(patch.object(limits, "_admit", refuse))

    def age(self, hour=13, minute=5, days=0):
        """What was read, was read at a time (UTC) of a day in winter."""
        then = datetime(2026, 1, 15, hour, minute)
        self.env["twitter.cache"].search([]).read_at = then - timedelta(days=days)
        profile = self.lead.sudo().twitter_profile_id
        profile.fetched_at = then - timedelta(days=days)
        now = datetime(2026, 1, 15, 16, 0)
        self.env["twitter.cache"].search([]).expires_at = now + timedelta(hours=8)
        self.startPatcher(patch.object(fields.Datetime, "now", lambda *_args: now))

    def message(self, answer, code):
        self.assertEqual(answer["problem"]["code"], code)
        return answer["problem"]["message"].replace("\u202f", " ")

    def test_all_that_was_read_today_is_shown(self):
        first = self.lead.twitter_read()["posts"]
        self.lead.twitter_posts(first["next_token"])
        self.lead.twitter_posts(reposts=True)
        self.lead.twitter_followers()
        self.lead.twitter_search()
        self.lead.twitter_look_up("jane_doe")
        self.lead.twitter_post(first["items"][0]["id"])
        for code in ("out_of_credits", "over_company_day", "down", "too_many"):
            with self.subTest(code):
                until = fields.Datetime.now().astimezone()
                self.stop(code, until=None if code == "out_of_credits" else until)
                lead = self.lead
                self.assertTrue(lead.twitter_panel()["posts"]["items"])
                self.assertTrue(lead.twitter_posts(first["next_token"])["posts"])
                self.assertTrue(lead.twitter_posts(reposts=True)["posts"])
                self.assertTrue(lead.twitter_followers()["people"]["items"])
                self.assertTrue(lead.twitter_search()["search"]["candidates"])
                self.assertTrue(lead.twitter_look_up("jane_doe")["candidate"])
                post_id = first["items"][0]["id"]
                self.assertTrue(lead.twitter_post(post_id)["post"])
                answer = lead.twitter_read(refresh=True)
                self.assertEqual(answer["problem"]["code"], code)
                self.assertEqual(answer["profile"]["name"], "Jane Doe")
                self.assertEqual(len(answer["posts"]["items"]), 10)

    def test_from_when_it_is_is_said_in_the_users_zone(self):
        self.lead.twitter_read()
        self.age()
        self.stop("out_of_credits")
        self.assertEqual(
            self.message(self.lead.twitter_read(refresh=True), "out_of_credits"),
            "Your company's X credit is used up. This is from 2:05 PM; actions on x.com"
            " still work.",
        )
        self.assertEqual(
            self.message(self.lead.twitter_posts(reposts=True), "out_of_credits"),
            "Your company's X credit is used up. This is from 2:05 PM; actions on x.com"
            " still work.",
        )

    def test_it_is_said_in_the_users_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.lead.twitter_read()
        self.age()
        self.salesperson.lang = "fr_FR"
        self.stop("out_of_credits")
        lead = self.lead.with_context(lang="fr_FR")
        message = self.message(lead.twitter_read(refresh=True), "out_of_credits")
        self.assertIn("14:05", message)

    def test_what_is_from_another_day_has_its_date(self):
        self.lead.twitter_read()
        self.env["twitter.cache"].search([]).unlink()
        self.age(days=1)
        self.stop("out_of_credits")
        message = self.message(self.lead.twitter_read(), "out_of_credits")
        self.assertIn("This is from 1/14/26, 2:05 PM; actions on", message)

    def test_where_nothing_is_stored_nothing_is_said_of_it(self):
        self.stop("out_of_credits")
        cause = "Your company's X credit is used up."
        answer = self.lead.twitter_read()
        self.assertEqual(
            self.message(answer, "out_of_credits"),
            f"{cause} Actions on x.com still work.",
        )
        # Nobody is found yet on whom one could act.
        for answer in (self.lead.twitter_search(), self.lead.twitter_look_up("friend")):
            self.assertEqual(self.message(answer, "out_of_credits"), cause)

    def test_a_company_does_not_act_on_x_com(self):
        self.lead.twitter_read()
        self.age()
        self.stop("out_of_credits")
        brand = self.env["twitter.account"].search([("username", "=", "marcdemo")])
        self.assertTrue(brand)
        brand.company_id = self.env.company
        accounts = type(brand)
        self.startPatcher(patch.object(accounts, "_chosen", lambda *_args: brand))
        problem = XProblem(self.env, "out_of_credits").to_dict()
        self.assertEqual(problem["message"], "Your company's X credit is used up.")
        answer = self.lead.twitter_read(refresh=True, account_id=brand.id)
        self.assertNotIn("x.com", self.message(answer, "out_of_credits"))

    def test_when_it_is_tried_again_is_said(self):
        self.lead.twitter_read()
        self.age()
        self.stop("down", until=datetime.fromisoformat("2026-01-15T16:20:00+00:00"))
        self.assertEqual(
            self.message(self.lead.twitter_read(refresh=True), "down"),
            "X does not answer at the moment. Try again at 5:20 PM. This is from"
            " 2:05 PM.",
        )

    def test_a_time_that_is_now_is_not_told(self):
        self.lead.twitter_read()
        self.age()
        self.stop("down", until=datetime.fromisoformat("2026-01-15T16:00:30+00:00"))
        answer = self.lead.twitter_read(refresh=True)
        self.assertEqual(
            self.message(answer, "down"),
            "X does not answer at the moment. Try again in a minute. This is from"
            " 2:05 PM.",
        )
        self.assertEqual(answer["problem"]["until"], "2026-01-15T16:00:30Z")

    def test_where_it_is_asked_again_at_once_only_that_is_told(self):
        self.lead.twitter_read()
        self.age()
        accounts = type(self.env["twitter.account"])
        crowded = XProblem(self.lead.env, "crowded")
        with patch.object(accounts, "_x_session", side_effect=crowded):
            answer = self.lead.twitter_read(refresh=True)
            self.assertEqual(list(answer), ["problem"])
            self.assertIn("This is from 2:05 PM.", self.message(answer, "crowded"))
            posts = self.lead.twitter_posts(reposts=True)
            self.assertIn("This is from 2:05 PM.", self.message(posts, "crowded"))

    def test_busy_says_from_when_it_is(self):
        self.lead.twitter_read()
        self.age()
        self.stop("busy")
        message = self.message(self.lead.twitter_read(refresh=True), "busy")
        self.assertIn("This is from 2:05 PM.", message)

    def test_why_x_is_not_asked_is_told_at_once(self):
        self.lead.twitter_read()
        self.assertFalse(self.lead.twitter_panel()["stop"])
        budget = self.env["twitter.budget"].search(
            [("company_id", "=", self.env.company.id)]
        )
        limit, budget.day_limit = budget.day_limit, "0.05"
        stop = self.lead.twitter_panel()["stop"]
        self.assertEqual(stop["code"], "over_company_day")
        self.assertIn("Actions on x.com still work.", stop["message"])
        budget.day_limit, budget.month_limit = limit, "0"
        self.assertEqual(
            self.lead.twitter_panel()["stop"]["code"], "over_company_month"
        )
        budget.month_limit = limit
        soon = fields.Datetime.now() + timedelta(minutes=5)
        limits = self.env["twitter.limit"]
        limits.create({"key": "breaker", "failures": 9, "until": soon})
        self.assertEqual(self.lead.twitter_panel()["stop"]["code"], "down")
        limits.create({"key": "credits"})
        self.assertEqual(self.lead.twitter_panel()["stop"]["code"], "out_of_credits")

    def test_a_token_that_is_none_of_xs_is_not_passed_on(self):
        self.lead.twitter_read()
        self.x.calls.clear()
        answer = self.lead.twitter_posts("a b/../c")
        self.assertEqual(self.message(answer, "not_found")[:5], "There")
        self.assertEqual(self.endpoints(), [])

    def test_refresh_is_the_way_past_what_was_read_of_people(self):
        self.lead.twitter_read()
        self.lead.twitter_followers()
        self.assertTrue(self.lead.twitter_panel()["kept"]["followers"])
        self.lead.twitter_read(refresh=True)
        self.assertFalse(self.lead.twitter_panel()["kept"]["followers"])
        self.x.calls.clear()
        self.assertTrue(self.lead.twitter_followers()["people"])
        self.assertEqual(self.endpoints(), ["GET /2/users/:id/followers"])

    def test_without_credit_one_acts_on_x_com_from_that_moment_on(self):
        posts = self.lead.twitter_read()["posts"]["items"]
        self.assertEqual(posts[0]["actions"]["repost"]["route"], "api")
        self.x.faults.add("GET /2/users", status=402, count=9)
        answer = self.lead.twitter_read(refresh=True)
        self.assertEqual(answer["problem"]["code"], "out_of_credits")
        self.assertEqual(answer["actions"]["post"]["route"], "intent")
        routes = answer["posts"]["items"][0]["actions"]
        self.assertEqual(routes["repost"]["route"], "intent")

    def test_posts_that_x_does_not_give_now_are_those_of_before(self):
        self.lead.twitter_read()
        self.age()
        self.x.faults.add("GET /2/users/:id/tweets", status=503, count=9)
        answer = self.lead.twitter_read(refresh=True)
        self.assertEqual(len(answer["posts"]["items"]), 10)
        self.assertIn("This is from 2:05 PM.", self.message(answer, "unavailable"))

    def test_reading_does_not_wait_for_a_place(self):
        self.x.calls.clear()
        patiences = []
        accounts = type(self.env["twitter.account"])
        session = accounts._x_session

        def seen(account, *args, **kwargs):
            patiences.append(kwargs.get("patience"))
            return session(account, *args, **kwargs)

        with patch.object(accounts, "_x_session", seen):
            posts = self.lead.twitter_read()["posts"]
            self.lead.twitter_posts(reposts=True)
            self.lead.twitter_followers()
            self.lead.twitter_following()
            self.lead.twitter_search()
            self.lead.twitter_look_up("friend")
            self.lead.twitter_post(posts["items"][0]["id"])
        self.assertEqual(patiences, [0] * 7)
