from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .test_twitter_cache import TwitterCacheCase


@tagged("post_install", "-at_install")
class TestTwitterPanelRefused(TwitterCacheCase):
    """Whom X refuses what it shows to colleagues is not given their copy."""

    def setUp(self):
        super().setUp()
        self.mine = self.env["twitter.account"].search([("username", "=", "marcdemo")])
        self.associate()
        self.lead.twitter_read()
        self.x.people.block("jane_doe", "mitchelladmin")
        self.x.calls.clear()

    def assertBlocked(self, answer, part):
        self.assertFalse(answer[part])
        self.assertEqual(answer["problem"]["code"], "blocked")
        self.assertIn("@mitchelladmin", answer["problem"]["message"])

    def test_posts(self):
        self.assertBlocked(self.of_colleague().twitter_read(refresh=True), "posts")
        self.x.calls.clear()
        self.assertFalse(self.of_colleague().twitter_panel()["posts"])
        answer = self.of_colleague().twitter_read()
        self.assertBlocked(answer, "posts")
        self.assertEqual(answer["profile"]["name"], "Jane Doe")
        self.assertBlocked(self.of_colleague().twitter_posts(reposts=True), "posts")
        self.assertBlocked(self.of_colleague().twitter_followers(), "people")
        self.assertEqual(self.endpoints(), [], "X is not asked again today")
        self.assertEqual(len(self.lead.twitter_panel()["posts"]["items"]), 1)

    def test_people(self):
        self.lead.twitter_followers()
        self.x.faults.add(
            "GET /2/users/:id/following",
            status=403,
            body={"detail": "You have been blocked by the user.", "status": 403},
        )
        self.assertBlocked(self.of_colleague().twitter_following(), "people")
        self.assertBlocked(self.of_colleague().twitter_followers(), "people")
        self.assertTrue(self.lead.twitter_followers()["people"])

    def test_what_xs_plan_forbids_is_no_matter_of_the_author(self):
        plan = {"title": "Client Forbidden", "reason": "client-not-enrolled"}
        self.x.faults.add("GET /2/users/:id/followers", status=403, body=plan)
        code = self.of_colleague().twitter_followers()["problem"]["code"]
        self.assertEqual(code, "not_allowed")
        self.assertTrue(self.of_colleague().twitter_panel()["posts"])

    def test_a_refusal_without_a_reason_is_taken_for_one_of_this_account(self):
        self.x.faults.add("GET /2/users/:id/followers", status=403)
        self.of_colleague().twitter_followers()
        self.assertFalse(self.of_colleague().twitter_panel()["posts"])
        self.assertTrue(self.lead.twitter_panel()["posts"], "X shows it to others")

    def test_a_quoted_post(self):
        [post] = self.x.posts.of(self.x.people.named("jane_doe"))
        self.assertTrue(self.lead.twitter_post(post.id)["post"])
        self.of_colleague().twitter_read(refresh=True)
        self.x.calls.clear()
        answer = self.of_colleague().twitter_post(post.id)
        self.assertFalse(answer["post"])
        self.assertEqual(self.endpoints(), ["GET /2/tweets"])
        own = self.of_colleague()
        self.assertIsNone(own._twitter_shown_post(post.id, self.theirs))
        self.assertTrue(self.lead._twitter_shown_post(post.id, self.mine))

    def test_a_quoted_post_that_a_colleague_reads_later(self):
        [post] = self.x.posts.of(self.x.people.named("jane_doe"))
        self.assertFalse(self.of_colleague().twitter_post(post.id)["post"])
        self.assertTrue(self.lead.twitter_post(post.id)["post"])
        self.assertFalse(self.of_colleague().twitter_post(post.id)["post"])
        self.x.people.unblock("jane_doe", "mitchelladmin")
        self.assertTrue(self.of_colleague().twitter_post(post.id)["post"])
        self.x.calls.clear()
        self.assertTrue(self.of_colleague().twitter_post(post.id)["post"])
        self.assertEqual(self.endpoints(), [])

    def test_what_somebody_else_has_reposted(self):
        [post] = self.x.posts.of(self.x.people.named("jane_doe"))
        self.x.posts.add(author="friend", text=post.text, repost_of=post.id)
        self.x.posts.add(author="friend", text="A friend's own")
        lead_id = self.make_lead("A Friend", twitter_handle="friend").id
        self.lead.browse(lead_id).twitter_read()
        shown = self.lead.browse(lead_id).twitter_posts(reposts=True)
        self.assertEqual(len(self.texts(shown)), 2)
        self.of_colleague().twitter_read(refresh=True)
        theirs = self.of_colleague().browse(lead_id).twitter_posts(reposts=True)
        self.assertEqual(self.texts(theirs), ["A friend's own"])

    def test_refresh_asks_anew(self):
        self.of_colleague().twitter_read(refresh=True)
        self.x.people.unblock("jane_doe", "mitchelladmin")
        self.assertBlocked(self.of_colleague().twitter_read(), "posts")
        answer = self.of_colleague().twitter_read(refresh=True)
        self.assertTrue(answer["posts"]["items"])
        self.assertFalse(answer["problem"])
        self.assertTrue(self.of_colleague().twitter_panel()["posts"])

    def test_what_x_shows_again_is_not_asked_for_in_an_older_snapshot(self):
        self.of_colleague().twitter_read(refresh=True)
        self.x.people.unblock("jane_doe", "mitchelladmin")
        cache = type(self.env["twitter.cache"])
        refused = self.env["twitter.cache"]._refused
        jane = self.x.people.named("jane_doe").id
        before = refused([jane], self.theirs)
        self.assertEqual(before, {jane})
        # As the request's transaction goes on seeing it, which began before.
        with patch.object(
            cache, "_refused", lambda _self, names, _account: before & set(names)
        ):
            answer = self.of_colleague().twitter_read(refresh=True)
        self.assertEqual(self.texts(answer), ["A post of Jane's"])

    def test_who_protects_the_posts_since_has_blocked_nobody(self):
        self.x.people.unblock("jane_doe", "mitchelladmin")
        self.x.people.named("jane_doe").protected = True
        # Not known here yet: the profile is not read along.
        answer = self.of_colleague().twitter_posts(reposts=True)
        self.assertFalse(answer["posts"])
        self.assertNotIn("most likely", answer["problem"]["message"])
        self.assertIn("protected", answer["problem"]["message"])
        self.assertTrue(self.keys("refused:"))
        answer = self.of_colleague().twitter_read(refresh=True)
        self.assertEqual(answer["problem"]["code"], "protected")
        self.assertFalse(self.keys("refused:"), "the profile says it now")
        answer = self.of_colleague().twitter_read()
        self.assertEqual(answer["problem"]["code"], "protected")

    def test_that_is_said_of_the_profile_is_not_called_a_refusal(self):
        self.of_colleague().twitter_read(refresh=True)
        self.assertTrue(self.keys("refused:"))
        self.lead.sudo().twitter_profile_id.state = "suspended"
        answer = self.of_colleague().twitter_read()
        self.assertEqual(answer["problem"]["code"], "suspended")

    def test_it_holds_until_the_day_ends(self):
        self.of_colleague().twitter_read(refresh=True)
        [row] = self.env["twitter.cache"].search([("key", "=like", "refused:%")])
        self.assertEqual(row.expires_at.hour + row.expires_at.minute, 0)
        row.expires_at -= timedelta(days=1)
        self.assertTrue(self.of_colleague().twitter_panel()["posts"])

    def test_who_is_forgotten_takes_the_refusal_along(self):
        self.of_colleague().twitter_read(refresh=True)
        self.lead.twitter_disassociate()
        self.assertFalse(self.keys("refused:"))
