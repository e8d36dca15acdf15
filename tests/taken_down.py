"""What the tests of what X takes down have in common."""

import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tools import SQL

from .common import SCOPES, CrmTwitterCase
from .feeds import Feeds

# What Jane Doe says on X, each to be found by its value wherever it is kept.
POSTED, SAID, BIO = "of-her-post", "to-the-company", "of-her-bio"
PICTURE = "the picture"
READ = (*SCOPES, "follows.read")


class TakenDownCase(Feeds, CrmTwitterCase):
    """Jane Doe is shown wherever somebody can be; ``ahead`` moves Odoo's clock.

    She has posted, a friend has quoted and reposted it, she follows the friend, and has
    spoken to the company; a salesperson has looked at all of that, and her contact has
    her picture.
    """

    def setUp(self):
        super().setUp()
        self.ahead = timedelta()
        now = fields.Datetime.now
        self.startPatcher(
            patch.object(fields.Datetime, "now", lambda *_args: now() + self.ahead)
        )
        self.me = self.connect(scopes=READ)
        self._happen()
        self.jane = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        )
        self.stranger = self.make_lead("Jane Doe")
        self.friend = self.make_lead("A Friend", twitter_handle="friend")
        self.look()
        self.start()
        self.env.flush_all()
        answer = self.mine(self.jane).twitter_fetch_photo()
        self.assertFalse(answer["problem"])
        self.mine(self.jane).twitter_use_photo()
        self.x.calls.clear()

    def _happen(self):
        people, posts = self.x.people, self.x.posts
        people.change("jane_doe", description=f"Words {BIO}", location="Leuven")
        people.add("friend", "A Friend")
        people.follow(people.named("jane_doe"), people.named("friend"))
        people.follow(people.named("marcdemo"), people.named("jane_doe"))
        self.post = posts.add("jane_doe", f"Words {POSTED}")
        posts.add("friend", "Look at this", quote_of=self.post.id)
        posts.add("friend", "", repost_of=self.post.id)
        [self.said_id] = self.say(f"Words {SAID} @ourcompany")

    def mine(self, record, user=None):
        """The record as a new request of the salesperson's finds it."""
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_user(user or self.salesperson)

    def look(self):
        """Look at all that can be looked at."""
        for record in (self.jane, self.friend):
            self.mine(record).twitter_read(refresh=True)
            self.mine(record).twitter_posts(reposts=True)
        self.mine(self.friend).twitter_followers()
        self.mine(self.friend).twitter_post(self.post.id)
        self.mine(self.stranger).twitter_search("Jane Doe")

    # ------------------------------------------------------------
    # WHERE IT IS SHOWN
    # ------------------------------------------------------------

    def places(self):
        """``{place: what is shown there}``, to the salesperson, by now."""
        jane, friend, stranger = self.jane, self.friend, self.stranger
        rows = self.rows().with_user(self.salesperson)
        shown = {
            "panel: profile": self.mine(jane).twitter_panel()["profile"],
            "panel: posts": self.mine(jane).twitter_panel()["posts"],
            "panel: posts and reposts": self.mine(jane).twitter_posts(reposts=True),
            "panel: a friend's reposts": self.mine(friend).twitter_posts(reposts=True),
            "panel: a quoted post": self.mine(friend).twitter_post(self.post.id),
            "panel: a friend's followers": self.mine(friend).twitter_followers(),
            "panel: found by name": self.mine(stranger).twitter_panel()["search"],
            "board: the card": rows.mapped("card"),
            "board: its words": rows.mapped("text"),
            "board: found by a word": [
                SAID for _row in rows.search([("text", "ilike", SAID)])
            ],
            "the contact's image": PICTURE if self.image() else "",
        }
        return {place: json.dumps(value) for place, value in shown.items()}

    def tables(self):
        """``{table: its rows}`` of the addon, as text."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("SELECT tablename FROM pg_tables WHERE tablename LIKE %s", "twitter%")
        )
        return {
            table: "\n".join(
                text
                for (text,) in self.env.execute_query(
                    SQL("SELECT row::text FROM %s row", SQL.identifier(table))
                )
            )
            for (table,) in rows
        }

    def image(self):
        self.env.invalidate_all()
        return self.jane.with_context(bin_size=False).image_1920

    def assertShown(self, places, *words):
        """Or the absence of it later would prove nothing."""
        for word in words:
            self.assertTrue(any(word in shown for shown in places.values()), word)

    def assertGone(self, places, *words):
        for place, shown in places.items():
            for word in words:
                self.assertFalse(word in shown, f"{place}: {word}")

    # ------------------------------------------------------------
    # TIME
    # ------------------------------------------------------------

    def tell(self):
        """X is asked for what is shown, and says what it has by now."""
        self.look()
        self.age(self.rows(), hours=21)
        self.tidy()

    def tidy(self):
        """What runs by itself, runs."""
        self.run_cron("check_interactions", due=False)
        self.run_cron("follow_renamed", due=False)
        self.env["twitter.cache"]._gc_expired()
        self.env.flush_all()

    def a_day_later(self):
        """A day passes, and X is not asked for anything."""
        self.env["ir.config_parameter"].set_param("crm_twitter.client_id", False)
        self.ahead = timedelta(hours=24, minutes=15)
        self.x.calls.clear()
        self.tidy()
