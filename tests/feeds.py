from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from ..models import twitter_feed_walking

POST_AS_COMPANY = "crm_twitter.group_post_as_company"
MENTIONS = "GET /2/users/:id/mentions"
POSTS = "GET /2/tweets"


class Feeds:
    """A company whose account is spoken to; ``poster`` may post as it."""

    def setUp(self):
        super().setUp()
        # What the stand-in's world has is not what these tests are about.
        for post in self.x.posts.mentioning(self.x.people.named("ourcompany")):
            self.x.posts.delete(post.id)
        self.x.people.add("jane_doe", "Jane Doe", description="Gardener")
        # Whose app it is would pay a fifth.
        self.x.set_app(owner="")
        self.brand = self.connect_brand()
        self.poster = new_test_user(
            self.env,
            "x_feed_poster",
            groups=f"sales_team.group_sale_salesman,{POST_AS_COMPANY}",
        )
        self.env.flush_all()

    # ------------------------------------------------------------
    # ON X
    # ------------------------------------------------------------

    def say(self, text="Hello @ourcompany", author="jane_doe", number=1, **values):
        """Have somebody speak to the company; return X's ids, oldest first."""
        return [
            self.x.posts.add(author, f"{text} {count}", **values).id
            for count in range(number)
        ]

    def said(self, to="ourcompany"):
        """X's ids of what was said, as X has it, sorted as numbers."""
        posts = self.x.posts.mentioning(self.x.people.named(to))
        return sorted((post.id for post in posts), key=int)

    # ------------------------------------------------------------
    # HERE
    # ------------------------------------------------------------

    def feeds(self, user=None, *companies):
        """The model as a new request of `user` has it."""
        self.env.flush_all()
        self.env.invalidate_all()
        feeds = self.env["twitter.feed"].with_user(user or self.poster)
        if companies:
            ids = [company.id for company in companies]
            feeds = feeds.with_context(allowed_company_ids=ids)
        return feeds

    def start(self, company=None):
        return self.feeds().start_reading((company or self.env.company).id)

    def read_now(self, company=None):
        return self.feeds().read_now((company or self.env.company).id)

    def feed(self):
        self.env.invalidate_all()
        return self.env["twitter.feed"].search([("account_id", "=", self.brand.id)])

    def rows(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["twitter.interaction"].search(
            [("account_id", "=", self.brand.id)]
        )

    def kept(self):
        """X's ids of what is here, sorted as numbers, each as often as it is."""
        return sorted(self.rows().mapped("post_id"), key=int)

    def row(self, post_id):
        return self.rows().filtered(lambda row: row.post_id == post_id)

    def make_due(self):
        self.env.invalidate_all()
        self.env["twitter.feed"].search([]).next_read_at = False
        self.env.flush_all()

    def run_cron(self, name="read_mentions", due=True):
        if due:
            self.make_due()
        self.env.flush_all()
        with mute_logger("x"):
            self.env.ref(f"crm_twitter.ir_cron_{name}").method_direct_trigger()
        self.env.invalidate_all()

    def small_pages(self):
        """Five mentions in a page of X's, so that few make many pages."""
        return patch.object(twitter_feed_walking, "PAGE", 5)

    def age(self, rows, **ago):
        """Let X have told of these as long ago, and their authors been seen then."""
        when = fields.Datetime.now() - timedelta(**ago)
        rows.verified_at = when
        rows.author_id.seen_at = when
        self.env.flush_all()
        self.env.invalidate_all()

    def asked(self, endpoint=MENTIONS):
        return [call for call in self.x.calls if call.endpoint == endpoint]
