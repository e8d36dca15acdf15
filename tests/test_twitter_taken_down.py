import base64
import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
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


@tagged("post_install", "-at_install")
class TestTakenDown(TakenDownCase):
    """What happens on X, by where it is shown here: gone at the next read, and within
    a day without one."""

    def delete_posts(self):
        self.x.posts.delete(self.post.id)
        self.x.posts.delete(self.said_id)
        return POSTED, SAID

    def edit_posts(self):
        self.x.posts.edit(self.post.id, "Something else")
        self.x.posts.edit(self.said_id, "Something else @ourcompany")
        return POSTED, SAID

    def protect(self):
        self.x.people.protect("jane_doe")
        self.x.people.unfollow(*self._marc_and_jane())
        return POSTED, SAID

    def suspend(self):
        self.x.people.suspend("jane_doe")
        return POSTED, SAID, BIO, PICTURE

    def close_account(self):
        self.x.people.delete("jane_doe")
        return POSTED, SAID, BIO, PICTURE

    def block(self):
        """Jane lets neither the salesperson nor the company see her any more."""
        self.x.people.block("jane_doe", "marcdemo")
        self.x.people.block("jane_doe", "ourcompany")
        return (POSTED,)

    def _marc_and_jane(self):
        return self.x.people.named("marcdemo"), self.x.people.named("jane_doe")

    # ------------------------------------------------------------
    # THE TABLE
    # ------------------------------------------------------------

    def check_read(self, event, *untold):
        """
        :param untold: places of which a read tells nothing: the stored answer goes when
            the day ends
        """
        words = event()
        self.tell()
        places = self.places()
        for place in untold:
            del places[place]
        self.assertGone(places, *words)

    def check_day(self, event):
        words = set(event()) - {PICTURE}
        self.a_day_later()
        self.assertGone(self.places(), *words)
        self.assertGone(self.tables(), *words)
        self.assertEqual(self.endpoints(), [], "X was not asked")

    def test_it_is_shown_before(self):
        self.assertShown(self.places(), POSTED, SAID, BIO, PICTURE)
        shown = {place for place, text in self.places().items() if POSTED in text}
        self.assertGreaterEqual(
            shown,
            {
                "panel: posts",
                "panel: posts and reposts",
                "panel: a friend's reposts",
                "panel: a quoted post",
            },
        )
        shown = {place for place, text in self.places().items() if BIO in text}
        self.assertGreaterEqual(
            shown,
            {"panel: profile", "panel: a friend's followers", "panel: found by name"},
        )

    def test_deleted_and_read(self):
        self.check_read(self.delete_posts, "panel: a quoted post")

    def test_deleted_a_day_ago(self):
        self.check_day(self.delete_posts)

    def test_edited_and_read(self):
        # A repost is of the version there was.
        reposts = "panel: a friend's reposts"
        self.check_read(self.edit_posts, "panel: a quoted post", reposts)

    def test_edited_a_day_ago(self):
        self.check_day(self.edit_posts)

    def test_protected_and_read(self):
        self.check_read(self.protect)

    def test_protected_a_day_ago(self):
        self.check_day(self.protect)

    def test_suspended_and_read(self):
        self.check_read(self.suspend)
        self.assertFalse(self.jane.twitter_profile_id.name)

    def test_suspended_a_day_ago(self):
        self.check_day(self.suspend)

    def test_closed_and_read(self):
        self.check_read(self.close_account)
        self.assertFalse(self.jane.twitter_profile_id.name)

    def test_closed_a_day_ago(self):
        self.check_day(self.close_account)

    def test_blocked_and_read(self):
        self.check_read(self.block)

    def test_blocked_a_day_ago(self):
        self.check_day(self.block)

    # ------------------------------------------------------------
    # WHAT ONE READ TELLS
    # ------------------------------------------------------------

    def check_board(self, event, absence):
        event()
        self.mine(self.jane).twitter_read(refresh=True)
        self.assertGone(self.places(), SAID)
        self.assertEqual(self.row(self.said_id).absence, absence)

    def test_who_is_read_as_protected_is_off_the_board_at_once(self):
        self.check_board(self.protect, "protected")

    def test_who_is_read_as_suspended_is_off_the_board_at_once(self):
        self.check_board(self.suspend, "gone")

    def test_a_read_in_the_background_does_so_too(self):
        self.suspend()
        profile = self.jane.twitter_profile_id
        profile.with_user(self.salesperson)._look_up(self.me)
        self.env.invalidate_all()
        self.assertEqual(profile.state, "suspended")
        self.run_cron("follow_renamed", due=False)
        self.assertGone(self.places(), POSTED, SAID, BIO, PICTURE)

    def test_the_image_there_was_comes_back(self):
        self.mine(self.jane).twitter_undo_photo()
        dot = base64.b64encode(self.env["ir.binary"]._placeholder())
        self.jane.image_1920 = dot
        mine = self.image()
        self.mine(self.jane).twitter_fetch_photo()
        self.mine(self.jane).twitter_use_photo(replace=True)
        self.assertNotEqual(self.image(), mine)
        self.suspend()
        self.mine(self.jane).twitter_read(refresh=True)
        self.run_cron("follow_renamed", due=False)
        self.assertEqual(self.image(), mine)

    def test_who_is_renamed_is_found_by_the_new_handle_alone(self):
        self.x.people.rename("jane_doe", "jane_new")
        self.tell()
        self.env.invalidate_all()
        self.assertEqual(self.jane.twitter_handle, "jane_new")
        profile = json.loads(self.places()["panel: profile"])
        self.assertEqual(profile["handle"], "jane_new")
        self.assertNotIn("jane_doe", self.places()["board: the card"])
        self.assertIn("jane_new", self.places()["board: the card"])

    def test_what_is_done_here_keeps_none_of_their_words(self):
        """An engagement has X's ids, and the words of the user."""
        self.mine(self.jane).twitter_act(
            "a-request-of-the-test", "repost", self.post.id, account_id=self.me.id
        )
        self.env.flush_all()
        rows = self.env["twitter.engagement"].search([])
        self.assertIn(self.post.id, rows.mapped("post_id"))
        tables = self.tables()
        tables = {"twitter_engagement": tables["twitter_engagement"]}
        self.assertGone(tables, POSTED, SAID, BIO)
        notes = {"chatter": repr(self.jane.message_ids.mapped("body"))}
        self.assertGone(notes, POSTED, SAID, BIO)

    def test_withheld_is_shown_to_nobody_but_who_reads_it(self):
        self.x.people.withhold("jane_doe", "DE")
        self.mine(self.jane).twitter_read(refresh=True)
        self.assertIn(POSTED, self.places()["panel: posts"])
        self.connect(self.colleague, "mitchelladmin", scopes=READ)
        theirs = self.mine(self.jane, self.colleague).twitter_panel()
        self.assertGone({"the colleague's panel": repr(theirs["posts"])}, POSTED)

    # ------------------------------------------------------------
    # WORDS NOBODY HAS CONFIRMED
    # ------------------------------------------------------------

    def test_who_somebody_is_stays_without_a_read_and_their_words_do_not(self):
        self.a_day_later()
        profile = self.jane.twitter_profile_id
        self.assertEqual((profile.name, profile.handle), ("Jane Doe", "jane_doe"))
        self.assertTrue(profile.image_url)
        self.assertFalse(profile.description or profile.location or profile.url)
        self.assertEqual(profile.state, "active")

    def test_what_is_read_in_time_stays(self):
        self.ahead = timedelta(hours=20)
        self.x.people.change("jane_doe", description=f"Words {BIO} still")
        self.mine(self.jane).twitter_read(refresh=True)
        self.ahead = timedelta(hours=30)
        self.tidy()
        profile = json.loads(self.places()["panel: profile"])
        self.assertEqual(profile["description"], f"Words {BIO} still")

    def test_words_that_are_too_old_are_not_shown_until_they_are_dropped(self):
        self.ahead = timedelta(hours=24, minutes=1)
        self.assertTrue(self.jane.twitter_profile_id.description)
        profile = json.loads(self.places()["panel: profile"])
        self.assertEqual(
            [profile[name] for name in ("description", "location", "url")], [""] * 3
        )
        self.assertEqual(profile["description_segments"], [])


@tagged("post_install", "-at_install")
class TestLostAccess(TakenDownCase):
    """An account X shows no protected posts any more loses what it saw."""

    def setUp(self):
        super().setUp()
        self.x.people.protect("jane_doe")
        self.look()
        self.assertShown(self.places(), POSTED)
        self.x.calls.clear()

    def own(self):
        """Keys of what X gave to the account alone."""
        self.env.invalidate_all()
        rows = self.env["twitter.cache"].search(
            [("key", "=like", f"%:as:{self.me.id}")]
        )
        theirs = rows.filtered(lambda row: self.jane_id in (row.people or []))
        return set(theirs.mapped("key"))

    @property
    def jane_id(self):
        return self.x.people.named("jane_doe").id

    def lose(self):
        marc, jane = self.x.people.named("marcdemo"), self.x.people.named("jane_doe")
        self.x.people.unfollow(marc, jane)

    def test_it_was_seen(self):
        self.assertTrue(self.own())

    def test_at_the_next_read_of_the_panel(self):
        self.lose()
        answer = self.mine(self.jane).twitter_read(refresh=True)
        self.assertFalse(answer["posts"])
        self.assertEqual(answer["problem"]["code"], "protected")
        self.assertEqual(self.own(), set())
        self.assertGone(self.places(), POSTED)

    def test_at_the_next_read_of_more_posts(self):
        self.lose()
        answer = self.mine(self.jane).twitter_posts(next_token="anything")
        self.assertFalse(answer["posts"])
        self.assertEqual(self.own(), set())
        self.assertGone(self.places(), POSTED)

    def test_a_repost_of_theirs_is_for_who_was_given_it(self):
        self.connect(self.colleague, "mitchelladmin", scopes=READ)
        shown = self.mine(self.friend).twitter_posts(reposts=True)
        self.assertIn(POSTED, repr(shown))
        theirs = self.mine(self.friend, self.colleague).twitter_posts(reposts=True)
        self.assertTrue(theirs["posts"]["items"])
        self.assertNotIn(POSTED, repr(theirs))

    def test_at_the_next_read_of_people(self):
        self.lose()
        self.assertFalse(self.mine(self.jane).twitter_following()["people"])
        self.assertEqual(self.own(), set())

    def test_where_it_is_blocked(self):
        self.x.people.block("jane_doe", "marcdemo")
        self.mine(self.jane).twitter_read(refresh=True)
        self.assertEqual(self.own(), set())
        self.assertGone(self.places(), POSTED)

    def test_x_failing_takes_nothing(self):
        self.x.faults.add("GET /2/users/:id/tweets", status=503, count=9)
        before = self.own()
        answer = self.mine(self.jane).twitter_read(refresh=True)
        self.assertIn(POSTED, repr(answer["posts"]))
        self.assertEqual(self.own(), before)

    def test_what_the_plan_forbids_takes_nothing(self):
        plan = {"title": "Client Forbidden", "reason": "client-not-enrolled"}
        self.x.faults.add("GET /2/users/:id/tweets", status=403, body=plan, count=9)
        before = self.own()
        self.mine(self.jane).twitter_read(refresh=True)
        self.assertEqual(self.own(), before)

    def test_another_accounts_copy_stays(self):
        theirs = self.connect(self.colleague, "mitchelladmin", scopes=READ)
        people = self.x.people
        people.protect("jane_doe", False)
        people.follow(people.named("mitchelladmin"), people.named("jane_doe"))
        people.protect("jane_doe")
        self.mine(self.jane, self.colleague).twitter_read(refresh=True)
        self.lose()
        self.mine(self.jane).twitter_read(refresh=True)
        panel = self.mine(self.jane, self.colleague).twitter_panel(theirs.id)
        self.assertIn(POSTED, repr(panel["posts"]))
