from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import twitter_interaction_checking
from ..x_api import Page, Problem
from .common import CrmTwitterCase
from .feeds import POSTS, Feeds


class CheckingCase(Feeds, CrmTwitterCase):
    """Some mentions that were read, and what X has of them since."""

    def setUp(self):
        super().setUp()
        self.ids = self.say(number=3)
        self.start()
        self.x.calls.clear()
        self.x.billing.reset()

    def check(self):
        self.run_cron("check_interactions", due=False)

    def words(self):
        """``{X's id: whether there are words}``, as users see it."""
        return {
            row.post_id: bool(row.with_user(self.salesperson).text)
            for row in self.rows()
        }

    def handle(self, *post_ids):
        for post_id in post_ids:
            self.row(post_id).with_user(self.salesperson).action_handle()
        self.env.flush_all()


@tagged("post_install", "-at_install")
class TestChecking(CheckingCase):
    """Nothing is shown that X has not confirmed within a day."""

    # ------------------------------------------------------------
    # READ AGAIN
    # ------------------------------------------------------------

    def test_what_x_told_today_is_not_read_again(self):
        self.age(self.rows(), hours=19)
        self.check()
        self.assertEqual(self.endpoints(), [])
        self.assertEqual(self.words(), dict.fromkeys(self.ids, True))

    def test_open_cards_are_read_again_before_a_day_is_over(self):
        self.age(self.rows(), hours=21)
        self.check()
        [call] = self.asked(POSTS)
        self.assertEqual(set(call.query["ids"].split(",")), set(self.ids))
        self.assertEqual(self.x.spent(), Decimal("0.015"), "posts, and nobody else")
        for row in self.rows():
            self.assertAlmostEqual(
                row.verified_at, fields.Datetime.now(), delta=timedelta(seconds=30)
            )
            self.assertEqual(row.author_id.seen_at, row.verified_at)

    def test_a_hundred_in_a_call(self):
        self.age(self.rows(), hours=21)
        with patch.object(twitter_interaction_checking, "BATCH", 2):
            self.check()
        asked = [len(call.query["ids"].split(",")) for call in self.asked(POSTS)]
        self.assertEqual(asked, [2, 1])
        self.check()
        self.assertEqual(len(self.asked(POSTS)), 2, "once a day")

    def test_handled_ignored_and_older_cards_are_not_read_again(self):
        self.handle(self.ids[0])
        self.row(self.ids[1]).with_user(self.salesperson).action_ignore()
        self.row(self.ids[2]).posted_at = fields.Datetime.now() - timedelta(days=8)
        self.age(self.rows(), hours=21)
        self.check()
        self.assertEqual(self.endpoints(), [])
        self.assertEqual(self.words(), dict.fromkeys(self.ids, True))
        self.age(self.rows(), hours=24)
        self.check()
        self.assertEqual(self.endpoints(), [])
        for row in self.rows():
            self.assertFalse(row.kept_text or row.content)
            self.assertTrue(row.verified_at and row.posted_at and row.author_id)
        row = self.row(self.ids[0])
        self.assertEqual((row.state, row.handled_by_id), ("handled", self.salesperson))

    def test_an_edited_post_is_told_as_it_is_now(self):
        edited = self.x.posts.edit(self.ids[0], "Goodbye @ourcompany")
        row = self.row(self.ids[0])
        self.age(self.rows(), hours=21)
        self.check()
        self.assertEqual(row.post_id, edited.id)
        self.assertEqual(row.kept_text, "Goodbye @ourcompany")

    # ------------------------------------------------------------
    # GONE
    # ------------------------------------------------------------

    def check_lost(self, absence, lost):
        self.age(self.rows(), hours=21)
        self.check()
        self.assertEqual(
            self.words(), {post_id: post_id not in lost for post_id in self.ids}
        )
        for post_id in lost:
            row = self.row(post_id)
            self.assertFalse(row.kept_text or row.content)
            self.assertEqual((row.absence, row.state), (absence, "new"))
        self.x.calls.clear()
        self.age(self.rows(), hours=21)
        self.check()
        asked = {i for call in self.asked(POSTS) for i in call.query["ids"].split(",")}
        self.assertEqual(asked, set(self.ids) - set(lost), "not asked for again")

    def test_what_was_deleted_loses_its_words(self):
        self.x.posts.delete(self.ids[1])
        self.check_lost("gone", self.ids[1:2])

    def test_what_a_suspended_person_said_loses_its_words(self):
        self.x.people.suspend("jane_doe")
        self.check_lost("gone", self.ids)

    def test_what_a_protected_person_said_loses_its_words(self):
        self.x.people.protect("jane_doe")
        self.check_lost("protected", self.ids)

    def answering(self, *problems):
        """X gives none of what it is asked for again."""
        answer = Page(problems=problems)
        return patch.object(
            twitter_interaction_checking, "_newest_of", lambda *_args: answer
        )

    def check_untouched(self, *problems):
        self.age(self.rows(), hours=21)
        before = {row.id: row.verified_at for row in self.rows()}
        asked = []
        again = type(self.rows())._read_again
        with (
            self.answering(*problems),
            patch.object(
                type(self.rows()),
                "_read_again",
                lambda rows: asked.append(rows) or again(rows),
            ),
        ):
            self.check()
        self.assertEqual(len(asked), 1, "once in a run")
        self.assertEqual({row.id: row.verified_at for row in self.rows()}, before)
        self.assertFalse(any(self.rows().mapped("absence")))
        self.assertEqual(self.words(), dict.fromkeys(self.ids, True))
        self.age(self.rows(), hours=25)
        self.assertEqual(self.words(), dict.fromkeys(self.ids, False))
        self.check()
        self.assertEqual(self.words(), dict.fromkeys(self.ids, True), "asked again")

    def test_what_x_leaves_out_silently_is_not_gone(self):
        self.check_untouched()

    def test_what_x_gives_another_reason_for_is_not_gone(self):
        kind = "https://api.x.com/2/problems/operational"
        self.check_untouched(
            *(Problem(kind, "tweet", post_id, "Oops") for post_id in self.ids)
        )

    def test_nor_is_it_said_to_be(self):
        with self.answering():
            answer = self.load(self.ids[0])
        self.assertEqual(answer["problem"]["code"], "unavailable")
        self.assertFalse(self.row(self.ids[0]).absence)

    # ------------------------------------------------------------
    # ONE AND THE OTHERS
    # ------------------------------------------------------------

    def test_a_mistake_of_ours_with_one_feed_keeps_no_other_waiting(self):
        other = self.env["res.company"].create({"name": "Another"})
        self.poster.company_ids += other
        self.x.people.add("othercompany", "The Other Company")
        brand = self.connect_brand(other, "othercompany")
        self.say("Hello @othercompany")
        self.start(other)
        rows = self.env["twitter.interaction"].search([])
        self.age(rows, hours=21)
        again = type(rows)._read_again

        def read_again_but_one(some):
            if some.account_id == self.brand:
                raise KeyError("a mistake")
            return again(some)

        with (
            patch.object(type(rows), "_read_again", read_again_but_one),
            mute_logger(twitter_interaction_checking.__name__),
        ):
            self.check()
        lately = fields.Datetime.now() - timedelta(minutes=1)
        theirs = rows.filtered(lambda row: row.account_id == brand)
        self.assertGreater(theirs.verified_at, lately)
        self.assertEqual(self.feed().problem_code, "unavailable")

    def test_words_are_dropped_before_x_is_waited_for(self):
        self.handle(*self.ids)
        self.age(self.rows(), hours=25)
        left = []

        def check_feed(_rows, _feed):
            left.extend(self.rows().filtered("kept_text"))
            return True

        with patch.object(type(self.rows()), "_check_feed", check_feed):
            self.check()
        self.assertEqual(left, [])

    # ------------------------------------------------------------
    # NOTHING UNVERIFIED IS SHOWN
    # ------------------------------------------------------------

    def test_out_of_credits_nothing_is_shown_after_a_day(self):
        self.x.credits = 0
        self.age(self.rows(), hours=21)
        self.check()
        self.assertEqual(len(self.asked(POSTS)), 1)
        self.check()
        self.assertEqual(len(self.asked(POSTS)), 1, "it is paused")
        self.assertEqual(
            self.words(), dict.fromkeys(self.ids, True), "a day is not over"
        )
        self.age(self.rows(), hours=24)
        self.assertEqual(self.words(), dict.fromkeys(self.ids, False))
        [feed] = self.feeds()._feeds()
        self.assertEqual(feed["unverified"], 3)
        self.assertEqual(feed["problem"]["code"], "out_of_credits")
        self.check()
        self.assertFalse(any(row.kept_text or row.content for row in self.rows()))
        # With credits again, open cards come back.
        self.x.credits = 10
        self.env["twitter.limit"].with_user(self.admin).try_now()
        self.check()
        self.assertEqual(self.words(), dict.fromkeys(self.ids, True))
        [feed] = self.feeds()._feeds()
        self.assertEqual(feed["unverified"], 0)

    def test_a_brand_nobody_connects_again_shows_nothing_after_a_day(self):
        self.x.revoke("ourcompany")
        self.age(self.rows(), hours=21)
        self.check()
        self.age(self.rows(), hours=25)
        self.check()
        self.assertFalse(any(row.kept_text or row.content for row in self.rows()))

    def test_boards_are_told_of_what_is_gone(self):
        told = []
        interactions = type(self.env["twitter.interaction"])
        self.x.posts.delete(self.ids[1])
        self.age(self.rows(), hours=21)
        with patch.object(
            interactions, "_announce", lambda _rows, companies: told.append(companies)
        ):
            self.check()
        self.assertIn(self.env.company, [one for each in told for one in each])

    # ------------------------------------------------------------
    # LOAD AGAIN
    # ------------------------------------------------------------

    def load(self, post_id, user=None):
        row = self.row(post_id).with_user(user or self.salesperson)
        return row.twitter_load_again()

    def test_one_post_is_loaded_again_at_its_price(self):
        self.handle(self.ids[0])
        self.age(self.rows(), hours=25)
        self.check()
        self.x.calls.clear()
        self.x.billing.reset()
        answer = self.load(self.ids[0])
        self.assertFalse(answer["problem"])
        self.assertTrue(answer["card"]["post"])
        self.assertEqual(self.x.spent(), Decimal("0.005"))
        [call] = self.asked(POSTS)
        self.assertEqual(call.query["ids"], self.ids[0])
        self.assertNotIn("author_id", call.query.get("expansions", ""))
        row = self.row(self.ids[0])
        self.assertTrue(row.kept_text and row.is_shown)
        self.assertEqual(row.state, "handled")

    def test_words_come_back_with_the_name_and_picture_beside_them(self):
        """Which have gone where X has not told of the author for a day."""
        self.handle(*self.ids)
        self.age(self.rows(), hours=26)
        author = self.row(self.ids[0]).author_id
        author.seen_at = fields.Datetime.now() - timedelta(hours=26)
        self.env.flush_all()
        self.check()
        self.env.invalidate_all()
        self.assertFalse(author.profile_id.name)
        self.x.calls.clear()
        self.x.billing.reset()
        card = self.row(self.ids[0]).with_user(self.salesperson).card
        self.assertEqual(card["load_price"], 0.015)
        card = self.load(self.ids[0])["card"]
        self.assertEqual(self.x.spent(), Decimal("0.015"))
        person = self.x.people.get(author.profile_id.twitter_id)
        self.assertEqual(card["author"]["name"], person.name)
        self.assertEqual(card["post"]["author"]["name"], person.name)
        self.assertTrue(card["author"]["avatar_url"])

    def test_what_is_gone_is_said_to_be(self):
        self.x.posts.delete(self.ids[0])
        answer = self.load(self.ids[0])
        self.assertEqual(answer["problem"]["code"], "gone")
        self.assertFalse(answer["card"]["post"])
        self.assertEqual(self.row(self.ids[0]).absence, "gone")

    def test_what_is_protected_is_not_asked_for(self):
        self.row(self.ids[0])._wipe("protected")
        answer = self.load(self.ids[0])
        self.assertEqual(answer["problem"]["code"], "protected")
        self.assertFalse(answer["card"]["can_load"])
        self.assertEqual(self.endpoints(), [])

    def test_where_x_fails_it_is_said(self):
        self.x.faults.add(POSTS, status=503, count=9)
        answer = self.load(self.ids[0])
        self.assertEqual(answer["problem"]["code"], "unavailable")

    def test_who_may_not_see_it_does_not_load_it(self):
        with self.assertRaises(AccessError):
            self.load(self.ids[0], self.employee)
        other = self.env["res.company"].create({"name": "Another"})
        self.colleague.write(
            {"company_ids": [(6, 0, other.ids)], "company_id": other.id}
        )
        with self.assertRaises(AccessError):
            self.load(self.ids[0], self.colleague)
        self.assertEqual(self.endpoints(), [])
