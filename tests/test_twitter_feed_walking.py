from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..models import twitter_feed_keeping
from ..models.twitter_interaction_told import unnamed
from ..x_api import Page, Post, Problem, XClient, XUnavailable, id_at
from .common import CrmTwitterCase
from .feeds import MENTIONS, Feeds

PEOPLE = "GET /2/users"


class WalkingCase(Feeds, CrmTwitterCase):
    """X answers less than was asked for."""

    @contextmanager
    def empty_pages(self, number):
        """Before each answer of X there are as many pages without a post."""
        feeds = type(self.env["twitter.feed"])
        ask, tokens = feeds._ask, []

        def ask_below(feed, place, token=None):
            tokens.append(token)
            if len(tokens) % (number + 1):
                return Page(next_token=f"below{len(tokens)}")
            return ask(feed, place)

        with patch.object(feeds, "_ask", ask_below):
            yield tokens

    @contextmanager
    def nameless(self, *usernames):
        """X leaves these out of the answer's authors."""
        ids = {self.x.people.named(username).id for username in usernames}
        mentions = XClient.mentions

        def mentions_of_nobody(*args, **kwargs):
            page = mentions(*args, **kwargs)
            authors = [author for author in page.authors if author.id not in ids]
            return replace(page, authors=tuple(authors))

        with patch.object(XClient, "mentions", mentions_of_nobody):
            yield


@tagged("post_install", "-at_install")
class TestEmptyPages(WalkingCase):
    """A page X has picked everything from is not the end."""

    def test_below_an_empty_page_there_may_be_more(self):
        self.say()
        self.start()
        self.say(number=12)
        with self.small_pages(), self.empty_pages(2) as tokens:
            self.run_cron()
        self.assertEqual(tokens, [None, "below1", "below2"] + tokens[3:])
        self.assertEqual(len(tokens), 9)
        self.assertEqual(self.kept(), self.said())
        self.assertEqual(self.feed().known_id, self.said()[-1])

    def test_where_there_are_only_such_it_is_tried_again_later(self):
        self.say()
        self.start()
        known = self.feed().known_id
        self.say(number=3)
        with self.empty_pages(99) as tokens:
            answer = self.read_now()
        self.assertEqual(answer["problem"]["code"], "unavailable")
        self.assertEqual(len(tokens), 16)
        self.assertEqual(self.feed().known_id, known)
        self.assertGreater(self.feed().next_read_at, fields.Datetime.now())
        self.run_cron()
        self.assertEqual(self.kept(), self.said())

    def test_the_first_reading_brings_a_hundred_all_the_same(self):
        self.say(number=130)
        with self.empty_pages(1):
            self.assertEqual(self.start()["read"], 100)
        self.run_cron()
        self.assertEqual(self.kept(), self.said()[-100:])

    def test_the_first_reading_that_found_only_such_is_not_done(self):
        self.say(number=130)
        with self.empty_pages(99):
            self.start()
        self.assertFalse(self.feed().known_id)
        self.run_cron()
        self.assertEqual(self.kept(), self.said()[-100:])


@tagged("post_install", "-at_install")
class TestNobody(WalkingCase):
    """Each mention has an author, or is asked for again."""

    def setUp(self):
        super().setUp()
        self.x.people.add("john_doe", "John Doe")
        self.say()
        self.start()
        self.x.calls.clear()

    def speak(self):
        for author in ("jane_doe", "john_doe", "jane_doe"):
            self.say(author=author)

    def test_whom_x_leaves_out_is_looked_up(self):
        self.speak()
        spent = self.x.spent()
        # The stand-in bills whom it tells, also where nobody listens.
        with self.nameless("john_doe"):
            self.run_cron()
        self.assertEqual(self.kept(), self.said())
        [call] = self.asked(PEOPLE)
        self.assertEqual(call.query["ids"], self.x.people.named("john_doe").id)
        self.assertEqual(self.feed().known_id, self.said()[-1])
        self.assertEqual(self.x.spent() - spent, Decimal("0.025"))

    def fail_to_tell(self, **answer):
        with (
            self.nameless("john_doe"),
            patch.object(XClient, "profiles_by_id", autospec=True, **answer),
        ):
            self.run_cron()

    def test_whom_x_does_not_tell_is_asked_for_again(self):
        self.speak()
        held = self.said()[2]
        for answer in ({"return_value": Page()}, {"side_effect": XUnavailable("X")}):
            self.fail_to_tell(**answer)
            self.assertEqual(set(self.said()) - set(self.kept()), {held})
            self.assertLess(int(self.feed().known_id), int(held))
            self.assertFalse(self.feed().problem_code)
        self.say()
        self.run_cron()
        self.assertEqual(self.kept(), self.said())
        self.assertEqual(self.feed().known_id, self.said()[-1])

    def test_also_where_it_is_on_the_newest_of_many_pages(self):
        self.speak()
        self.say(author="john_doe")
        self.say(number=7)
        with self.small_pages():
            self.fail_to_tell(return_value=Page())
        self.assertEqual(self.feed().known_id, str(int(self.said()[2]) - 1))
        self.assertFalse(self.feed().walk_held_id)
        self.run_cron()
        self.assertEqual(self.kept(), self.said())

    def test_but_not_for_ever(self):
        self.speak()
        with patch.object(twitter_feed_keeping, "HELD_FOR", -timedelta(minutes=1)):
            self.fail_to_tell(return_value=Page())
        self.assertEqual(self.feed().known_id, self.said()[-1])

    def test_who_is_no_more_is_nobody_to_ask_for(self):
        post = Post("1", author_id="5")
        problem = Problem("resource-not-found", "user", "5", detail="Could not find")
        self.assertEqual(unnamed(Page((post,)), "9"), {"5"})
        self.assertEqual(unnamed(Page((post,), problems=(problem,)), "9"), set())
        self.assertEqual(unnamed(Page((post,)), "5"), set())


@tagged("post_install", "-at_install")
class TestShownLate(WalkingCase):
    """What X shows late is looked for from when a reading began."""

    def test_a_walk_that_was_stopped_and_ended_much_later(self):
        self.say(number=2)
        self.start()
        self.say(number=12)
        self.x.faults.add(MENTIONS, delay=0.01)  # the first page
        self.x.faults.add(MENTIONS, status=503, count=9)
        with self.small_pages():
            self.run_cron()
        self.x.faults.clear()
        feed = self.feed()
        self.assertTrue(feed.walk_bottom_id)
        begun_at = feed.walk_begun_at - timedelta(minutes=15)
        feed.walk_begun_at = begun_at
        with self.small_pages():
            self.env["twitter.feed"].browse(feed.id)._keep_page(
                feed._ask(feed._place()), feed._place(), 0
            )
            while self.feed().walk_bottom_id:
                feed._keep_page(feed._ask(feed._place()), feed._place(), 0)
        self.assertEqual(self.feed().known_at, begun_at)
        self.assertFalse(self.feed().walk_begun_at)
        template = self.x.posts.get(self.said()[0])
        late_id = str(id_at(begun_at - timedelta(minutes=1)))
        self.x.posts.keep(replace(template, id=late_id, versions=[]))
        self.run_cron()
        self.assertIn(late_id, self.kept())


@tagged("post_install", "-at_install")
class TestTryAgain(WalkingCase):
    """A click does not ask X for what it has just refused until later."""

    def setUp(self):
        super().setUp()
        self.start()
        self.say()

    def click_after_trouble(self, code):
        self.run_cron()
        self.assertEqual(self.feed().problem_code, code)
        self.x.calls.clear()
        return self.read_now()

    def check_held_back(self, code):
        answer = self.click_after_trouble(code)
        self.assertEqual(self.endpoints(), [])
        self.assertEqual((answer["read"], answer["problem"]["code"]), (0, code))
        self.assertEqual(answer["problem"], answer["feed"]["problem"])
        self.assertEqual(self.start()["problem"]["code"], code)
        self.assertEqual(self.endpoints(), [])

    def test_at_xs_limit_it_is_told_until_when(self):
        self.x.limits.set(MENTIONS, 1)
        self.run_cron()
        self.say()
        self.check_held_back("too_many")

    def test_out_of_credits_it_waits(self):
        self.x.credits = 0
        self.check_held_back("out_of_credits")

    def test_with_new_credits_it_goes_on_when_somebody_says_so(self):
        self.x.credits = 0
        self.run_cron()
        self.x.credits = 10
        self.feed().next_read_at = fields.Datetime.now()
        self.assertEqual(self.read_now()["problem"]["code"], "out_of_credits")
        self.env["twitter.limit"].with_user(self.salesperson).try_now()
        self.assertEqual(self.read_now()["read"], 1)

    def test_after_other_trouble_it_is_tried_at_once(self):
        self.x.faults.add(MENTIONS, status=503, count=3)
        answer = self.click_after_trouble("unavailable")
        self.assertEqual((answer["read"], answer["problem"]), (1, False))
