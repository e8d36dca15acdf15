from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..models.twitter_cache import SEEN_BY
from .common import SCOPES, CrmTwitterPanelCase


class TwitterCacheCase(CrmTwitterPanelCase):
    """Jane Doe with two posts, a lead of hers, and a colleague who sees it, too."""

    def setUp(self):
        super().setUp()
        self.x.posts.add(author="jane_doe", text="A post of Jane's")
        self.x.people.add("friend", "A Friend")
        self.x.people.follow(
            self.x.people.named("friend"), self.x.people.named("jane_doe")
        )
        self.theirs = self.connect(self.colleague, "mitchelladmin")
        self.x.calls.clear()

    def of_colleague(self):
        return self.lead.with_user(self.colleague)

    def keys(self, prefix=""):
        self.env.invalidate_all()
        rows = self.env["twitter.cache"].search([("key", "=like", f"{prefix}%")])
        return set(rows.mapped("key"))

    def texts(self, answer):
        return [
            "".join(part["text"] for part in post["segments"])
            for post in answer["posts"]["items"]
        ]


@tagged("post_install", "-at_install")
class TestTwitterCache(TwitterCacheCase):
    """What X told today is the team's; what depends on who asks is not."""

    # ------------------------------------------------------------
    # THE TEAM'S
    # ------------------------------------------------------------

    def test_the_day_ends_at_midnight_in_utc(self):
        self.associate()
        self.lead.twitter_read()
        rows = self.env["twitter.cache"].search([])
        self.assertTrue(rows)
        midnight = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        ends = set(rows.mapped("expires_at"))
        self.assertEqual(ends, {midnight + timedelta(days=1)})
        rows.expires_at = fields.Datetime.now()
        self.assertFalse(self.lead.twitter_panel()["posts"])

    def test_a_quoted_post_that_was_read_today_is_free(self):
        quoted = self.x.posts.add(author="friend", text="A friend's post")
        self.x.posts.add(author="jane_doe", text="Look!", quote_of=quoted.id)
        self.associate()
        post = self.lead.twitter_read()["posts"]["items"][0]
        self.assertEqual(post["quoted_id"], quoted.id)
        self.assertFalse(post["quoted_kept"])
        self.lead.twitter_post(quoted.id)
        post = self.of_colleague().twitter_panel()["posts"]["items"][0]
        self.assertTrue(post["quoted_kept"])

    def test_what_need_not_be_asked_for_is_told(self):
        self.connect(scopes=SCOPES)
        for number in range(25):
            self.x.posts.add(author="jane_doe", text=f"Post {number}")
        self.associate()
        self.assertEqual(
            self.lead.twitter_panel()["kept"],
            {"followers": False, "following": False, "reposts": False},
        )
        first = self.lead.twitter_read()["posts"]
        self.assertFalse(first["next_kept"])
        self.lead.twitter_followers()
        self.lead.twitter_posts(reposts=True)
        second = self.lead.twitter_posts(next_token=first["next_token"])["posts"]
        self.assertFalse(second["next_kept"])
        panel = self.of_colleague().twitter_panel()
        self.assertTrue(panel["posts"]["next_kept"])
        self.assertEqual(
            panel["kept"], {"followers": True, "following": False, "reposts": True}
        )
        self.x.calls.clear()
        colleague = self.of_colleague()
        self.assertTrue(colleague.twitter_posts(reposts=True)["posts"])
        self.assertTrue(colleague.twitter_posts(first["next_token"])["posts"])
        self.assertEqual(self.endpoints(), [])

    def test_refresh_goes_past_it_and_ends_the_pages_that_followed(self):
        self.associate()
        self.lead.twitter_read()
        self.lead.twitter_posts(reposts=True)
        self.x.posts.add(author="jane_doe", text="News")
        self.assertIn("News", self.texts(self.lead.twitter_read(refresh=True)))
        self.assertFalse(self.lead.twitter_panel()["kept"]["reposts"])
        self.assertIn("News", self.texts(self.lead.twitter_posts(reposts=True)))

    # ------------------------------------------------------------
    # NOT THE TEAM'S
    # ------------------------------------------------------------

    def test_what_is_withheld_somewhere_is_for_who_asked(self):
        [post] = self.x.posts.of(self.x.people.named("jane_doe"))
        self.x.posts.withhold(post.id, "DE")
        self.associate()
        self.assertTrue(self.lead.twitter_read()["posts"]["items"])
        self.assertTrue(self.lead.twitter_panel()["posts"])
        self.assertFalse(self.of_colleague().twitter_panel()["posts"])
        self.x.calls.clear()
        self.assertTrue(self.of_colleague().twitter_read()["posts"]["items"])
        self.assertIn("GET /2/users/:id/tweets", self.endpoints())
        self.assertEqual(len(self.keys("posts:")), 2)

    def test_a_withheld_post_that_is_quoted_is_for_who_asked(self):
        [post] = self.x.posts.of(self.x.people.named("jane_doe"))
        self.x.posts.withhold(post.id, "DE")
        self.associate()
        self.assertTrue(self.lead.twitter_post(post.id)["post"])
        self.x.calls.clear()
        self.assertTrue(self.of_colleague().twitter_post(post.id)["post"])
        self.assertTrue(self.lead.twitter_post(post.id)["post"])
        self.assertEqual(self.endpoints(), ["GET /2/tweets"])

    def test_a_withheld_candidate_is_for_who_asked(self):
        self.x.people.withhold("jane_doe", "DE")
        self.lead.twitter_search()
        self.x.calls.clear()
        self.lead.twitter_search()
        self.assertEqual(self.endpoints(), [])
        self.of_colleague().twitter_search()
        self.assertEqual(self.endpoints(), ["GET /2/users/search"])

    def test_protected_posts_are_for_whom_x_lets_see_them(self):
        me = self.x.people.named("marcdemo")
        self.x.people.follow(me, self.x.people.named("jane_doe"))
        self.x.people.protect("jane_doe")
        self.associate()
        self.assertTrue(self.lead.twitter_read()["posts"]["items"])
        self.assertTrue(all(SEEN_BY in key for key in self.keys("posts:")))
        self.assertFalse(self.of_colleague().twitter_panel()["posts"])
        self.assertFalse(self.of_colleague().twitter_read()["posts"])

    # ------------------------------------------------------------
    # PURGED WITH THE PROFILE
    # ------------------------------------------------------------

    def about_jane(self):
        """The keys of all that has something of Jane Doe's."""
        jane = self.x.people.named("jane_doe")
        self.env.invalidate_all()
        return {
            row.key
            for row in self.env["twitter.cache"].search([])
            if "Jane" in str(row.value) or jane.id in str(row.value)
        }

    def test_nothing_of_a_person_stays_when_no_record_links_them(self):
        [post] = self.x.posts.of(self.x.people.named("jane_doe"))
        self.x.posts.add(author="friend", text=post.text, repost_of=post.id)
        lead_id = self.make_lead("A Friend", twitter_handle="friend").id
        self.lead.browse(lead_id).twitter_read()
        self.lead.browse(lead_id).twitter_posts(reposts=True)
        self.lead.browse(lead_id).twitter_following()
        self.lead.twitter_search()
        self.lead.twitter_look_up("Jane_Doe")
        self.associate()
        self.lead.twitter_read()
        self.lead.twitter_post(post.id)
        self.lead.twitter_followers()
        kinds = {key.partition(":")[0] for key in self.about_jane()}
        self.assertLessEqual(
            {"posts", "profile", "handle", "search", "post", "following"}, kinds
        )
        self.lead.twitter_disassociate()
        left = self.about_jane()
        self.assertEqual({key.partition(":")[0] for key in left}, {"search"})
        for row in self.env["twitter.cache"].search([("key", "in", list(left))]):
            self.assertEqual(set(row.value), {"ids"}, "of a search, ids alone")
        self.assertTrue(self.keys("posts:"), "the friend's own posts stay")

    def test_whom_x_has_suspended_leaves_all_that_was_kept(self):
        self.associate()
        self.lead.twitter_read()
        self.lead.twitter_search()
        self.x.people.suspend("jane_doe")
        self.lead.twitter_read(refresh=True)
        self.assertFalse(
            {key for key in self.about_jane() if not key.startswith("search:")}
        )
        self.assertFalse(self.lead.twitter_panel()["search"], "asked anew")

    def test_a_search_is_whole_or_asked_anew(self):
        self.x.people.add("janedoe2", "Jane Doe")
        found = self.lead.twitter_search()["search"]["candidates"]
        self.assertEqual(len(found), 2)
        other = self.make_lead("Jane Doe")
        self.lead.twitter_reject(found[0]["twitter_id"], found[0]["handle"])
        self.assertEqual(len(self.lead.twitter_panel()["search"]["candidates"]), 1)
        self.assertFalse(other.twitter_panel()["search"])
        self.x.billing.reset()
        self.assertEqual(len(other.twitter_search()["search"]["candidates"]), 2)
