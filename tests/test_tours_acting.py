from odoo.tests import tagged

from .test_tours import ToursCase

NEEDED = ("tweet.read", "users.read", "offline.access")
EVERYTHING = (
    *NEEDED,
    *("tweet.write", "media.write", "like.read", "like.write"),
    *("follows.read", "follows.write"),
)


@tagged("post_install", "-at_install")
class TestToursActing(ToursCase):
    """What a salesperson does on X, each action by each route; what arrived there."""

    def setUp(self):
        super().setUp()
        self.allow_popups()
        self.lead.twitter_handle = "jacquesdunagan"
        self.jacques = self.x.people.named("jacquesdunagan")
        self.marc = self.x.people.named("marcdemo")
        self.before = {post.id for post in self.x.posts.of(self.marc)}
        self.post = self.x.posts.add("jacquesdunagan", "Des chaises, enfin.")

    def use_plan(self, plan):
        self.x.plan = plan
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", plan)

    def done(self):
        """What is in the database, in order: ``[(kind, route, state)]``."""
        rows = self.env["twitter.engagement"].search([], order="id")
        self.assertLessEqual(rows.lead_id, self.lead)
        self.assertLessEqual(rows.user_id, self.salesperson)
        return [(row.kind, row.route, row.state) for row in rows]

    def writes(self):
        """What X was asked to change, in order."""
        return [each for each in self.endpoints() if not each.startswith("GET")]

    def made(self):
        """Texts of what Marc has on X since the test began, oldest first."""
        posts = sorted(self.x.posts.of(self.marc), key=lambda post: int(post.id))
        return [post.text for post in posts if post.id not in self.before]

    def notes(self):
        return " ".join(str(message.body) for message in self.lead.message_ids)

    def read_twice(self):
        """Who Jacques is, and then also how Marc and he stand to each other."""
        lead = self.lead.with_user(self.salesperson)
        lead.twitter_read()
        self.env.invalidate_all()
        lead.twitter_read(refresh=True)
        self.env.flush_all()
        self.x.calls.clear()

    def link_mitchell(self):
        """A follower of Jacques' is in the CRM."""
        mitchell = self.make_lead("Mitchell Admin", name="Mitchell's coffee").sudo()
        mitchell.twitter_handle = "mitchelladmin"
        mitchell.twitter_profile_id.twitter_id = self.x.people.named("mitchelladmin").id

    def test_by_the_api_on_the_enterprise_plan(self):
        self.use_plan("enterprise")
        self.connect(scopes=EVERYTHING)
        self.x.people.unfollow(self.marc, self.jacques)
        self.link_mitchell()
        self.tour("crm_twitter_act_enterprise")
        kinds = ["follow", "like", "repost", "unfollow", "unlike", "unrepost"]
        kinds += ["reply", "quote", "post", "mention", "delete"]
        self.assertEqual(self.done(), [(kind, "api", "done") for kind in kinds])
        self.assertEqual(
            self.writes(),
            [
                "POST /2/users/:id/following",
                "POST /2/users/:id/likes",
                "POST /2/users/:id/retweets",
                "DELETE /2/users/:source_user_id/following/:target_user_id",
                "DELETE /2/users/:id/likes/:tweet_id",
                "DELETE /2/users/:id/retweets/:source_tweet_id",
                *["POST /2/tweets"] * 4,
                "DELETE /2/tweets/:id",
            ],
        )
        self.assertNotIn(self.jacques.id, self.marc.follows)
        self.assertEqual(self.post.liked_by, [])
        self.assertEqual(
            self.made(),
            [
                "@jacquesdunagan A reply by tour",
                "A quote by tour",
                "A post by tour",
            ],
        )
        self.assertIn("GET /2/users/:id/followers", self.endpoints())
        for text in ("A reply by tour", "A quote by tour", "a mention by tour"):
            self.assertIn(text, self.notes())

    def test_by_the_api_and_on_xs_pages_on_the_pay_per_use_plan(self):
        self.use_plan("payg")
        self.connect(scopes=EVERYTHING)
        self.link_mitchell()
        self.read_twice()
        self.tour("crm_twitter_act_payg")
        self.assertEqual(
            self.done(),
            [
                ("unfollow", "intent", "done"),
                ("like", "intent", "done"),
                ("reply", "intent", "done"),
                ("repost", "api", "done"),
                ("post", "api", "done"),
                ("unrepost", "api", "done"),
                ("mention", "api", "done"),
                ("delete", "api", "done"),
            ],
        )
        self.assertEqual(
            self.writes(),
            [
                "POST /2/users/:id/retweets",
                "POST /2/tweets",
                "DELETE /2/users/:id/retweets/:source_tweet_id",
                "POST /2/tweets",
                "DELETE /2/tweets/:id",
            ],
        )
        self.assertEqual(self.made(), ["A post by tour"])
        self.assertIn("GET /2/users/:id/followers", self.endpoints())

    def test_on_xs_pages_without_keys(self):
        self.connect(scopes=EVERYTHING)
        self.x.people.unfollow(self.marc, self.jacques)
        self.lead.with_user(self.salesperson).twitter_read()
        self.x.calls.clear()
        self.env["ir.config_parameter"].set_param("crm_twitter.client_id", False)
        self.tour("crm_twitter_act_no_keys")
        kinds = ["follow", "like", "repost", "unlike", "unrepost"]
        kinds += ["reply", "quote", "post", "mention"]
        self.assertEqual(
            self.done(),
            [
                (kind, "intent", "not_done" if kind == "unlike" else "done")
                for kind in kinds
            ],
        )
        self.assertEqual(self.endpoints(), [])

    def test_not_at_all_as_a_company_that_may_only_read(self):
        scopes = (*NEEDED, "follows.write", "like.write")
        account = self.connect(username="ourcompany", scopes=scopes)
        account.write({"company_id": self.env.company.id, "member_ids": False})
        self.salesperson.group_ids += self.env.ref("crm_twitter.group_post_as_company")
        self.tour("crm_twitter_act_unavailable")
        self.assertEqual(self.done(), [])
        self.assertEqual(self.writes(), [])
