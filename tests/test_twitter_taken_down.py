import base64
import json
from datetime import timedelta

from odoo.tests import tagged

from .taken_down import BIO, PICTURE, POSTED, READ, SAID, TakenDownCase


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

    def check_background(self, event, state, *words):
        """By the reading of many at once: lists, and what runs by itself."""
        event()
        profile = self.jane.twitter_profile_id
        profile.with_user(self.salesperson)._look_up(self.me)
        self.env.invalidate_all()
        self.assertEqual(profile.state, state)
        self.run_cron("follow_renamed", due=False)
        self.assertGone(self.places(), *words)

    def test_a_read_in_the_background_does_so_too(self):
        self.check_background(self.suspend, "suspended", POSTED, SAID, BIO, PICTURE)
        self.assertEqual(self.row(self.said_id).absence, "gone")

    def test_a_read_in_the_background_of_who_protects_her_posts_does_so_too(self):
        self.check_background(self.protect, "protected", SAID)
        self.assertEqual(self.row(self.said_id).absence, "protected")

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
