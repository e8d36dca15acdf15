from contextlib import ExitStack, contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..models import (
    twitter_feed_keeping,
    twitter_interaction_checking,
    twitter_interaction_keeping,
)
from ..models.own_transaction import Busy
from ..x_api import XClient
from .test_twitter_feed_checking import CheckingCase


@tagged("post_install", "-at_install")
class TestRows(CheckingCase):
    """Who else has the rows waits as little as can be, and is told of changes."""

    # ------------------------------------------------------------
    # ONE ORDER
    # ------------------------------------------------------------

    @contextmanager
    def locks(self, module):
        """Within, the tables are noted whose rows are locked, in order."""
        tables = []
        lock_rows, authors = module.lock_rows, type(self.env["twitter.author"])
        see = authors._see

        def noting(rows):
            tables.append(rows._table)
            lock_rows(rows)

        def seeing(rows, *args):
            tables.append(rows._table)
            see(rows, *args)

        with ExitStack() as stack:
            stack.enter_context(patch.object(module, "lock_rows", noting))
            stack.enter_context(patch.object(authors, "_see", seeing))
            yield tables

    def test_authors_come_before_what_they_said(self):
        self.x.posts.edit(self.ids[0], "Hi @ourcompany")
        with self.locks(twitter_interaction_keeping) as tables:
            self.run_cron()
        self.assertEqual(tables, ["twitter_author", "twitter_interaction"])

    def test_also_when_posts_are_read_again(self):
        self.age(self.rows(), hours=21)
        with self.locks(twitter_interaction_checking) as tables:
            self.check()
        self.assertEqual(tables, ["twitter_author", "twitter_interaction"])

    def test_whoever_is_in_the_way_when_posts_are_read_again_is_waited_for(self):
        self.age(self.rows(), hours=21)
        interactions = type(self.env["twitter.interaction"])
        keep, left, pauses = interactions._keep_answer, [Busy(self.env)] * 3, []

        def keep_once_free(*args):
            if left:
                raise left.pop()
            return keep(*args)

        with (
            patch.object(interactions, "_keep_answer", keep_once_free),
            patch.object(twitter_feed_keeping.time, "sleep", pauses.append),
        ):
            self.check()
        self.assertEqual(pauses, [0.5] * 3)
        self.assertEqual(len(self.asked("GET /2/tweets")), 1)
        lately = fields.Datetime.now() - timedelta(minutes=1)
        self.assertGreater(min(self.rows().mapped("verified_at")), lately)

    # ------------------------------------------------------------
    # AUTHORS
    # ------------------------------------------------------------

    def author_row(self):
        """Where PostgreSQL has the author's row: elsewhere after each write."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT ctid, seen_at FROM twitter_author WHERE id = %s",
            [self.rows().author_id.id],
        )
        return self.env.cr.fetchone()

    def see_again(self, **ago):
        self.rows().author_id.seen_at = fields.Datetime.now() - timedelta(**ago)
        before = self.author_row()
        self.say()
        # Without looking once more who recent authors are.
        self.make_due()
        self.feed()._read()
        self.assertEqual(self.kept(), self.said())
        return before, self.author_row()

    def test_who_was_seen_within_the_hour_is_not_written(self):
        before, after = self.see_again(minutes=55)
        self.assertEqual(after, before)

    def test_who_was_seen_before_is(self):
        _before, after = self.see_again(minutes=61)
        lately = fields.Datetime.now() - timedelta(minutes=1)
        self.assertGreater(after[1], lately)

    # ------------------------------------------------------------
    # BOARDS
    # ------------------------------------------------------------

    @contextmanager
    def boards(self):
        """Within, the companies are noted whose boards are told."""
        told = []
        interactions = type(self.env["twitter.interaction"])
        with patch.object(
            interactions, "_announce", lambda _rows, companies: told.extend(companies)
        ):
            yield told

    def test_boards_are_told_of_what_is_new(self):
        self.say()
        with self.boards() as told:
            self.run_cron()
        self.assertEqual(told, [self.env.company])

    def test_boards_are_told_of_edits(self):
        self.x.posts.edit(self.ids[0], "Hi @ourcompany")
        with self.boards() as told:
            self.run_cron()
        self.assertEqual(told, [self.env.company])

    def test_boards_are_told_of_words_that_are_dropped(self):
        self.x.people.protect("jane_doe")
        page = self.x_answer()
        with self.boards() as told:
            place = self.feed()._place()
            self.feed()._take_in(page, place, 0)
        self.assertFalse(any(self.rows().mapped("kept_text")))
        self.assertEqual(told, [self.env.company])

    def x_answer(self):
        """X's answer to who follows those who protect their posts."""
        person = self.x.people.named("jane_doe")
        self.x.people.named("ourcompany").follows.add(person.id)
        token = self.x.login("ourcompany")["access_token"]
        client = XClient(token, api_url=self.simulator.url)
        return client.mentions(self.brand.twitter_id)

    def test_boards_are_not_told_where_nothing_has_changed(self):
        page = self.x_answer()
        with self.boards() as told:
            self.feed()._take_in(page, self.feed()._place(), 0)
            self.age(self.rows(), hours=21)
            self.check()
        lately = fields.Datetime.now() - timedelta(minutes=1)
        self.assertGreater(min(self.rows().mapped("verified_at")), lately)
        self.assertEqual(told, [])

    def test_boards_are_told_what_shows_again(self):
        self.age(self.rows(), hours=25)
        with self.boards() as told:
            self.rows()._read_again()
        self.assertEqual(told, [self.env.company])
