from odoo import fields

from .common import CrmTwitterHttpCase
from .test_tours_acting import EVERYTHING
from .two_companies import POSTER, TwoCompanies

WORDS = "Do you make chairs for giants?"


class BoardTours(TwoCompanies, CrmTwitterHttpCase):
    """A board on which somebody has said WORDS to the company, with X over HTTP."""

    def setUp(self):
        super().setUp()
        self.x.plan = "payg"
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", "payg")
        self.brand = self.connect_brand(scopes=EVERYTHING)
        self.poster.company_ids = self.company

    def start(self):
        answer = (
            self.env["twitter.feed"]
            .with_user(self.poster)
            .start_reading(self.company.id)
        )
        self.assertFalse(answer["problem"])

    def arrive(self):
        """Somebody says WORDS to the company, and the feed's cron reads it."""
        self.start()
        self.x.people.add("tall_tim", "Tim Tall")
        post = self.x.posts.add("tall_tim", f"@ourcompany {WORDS}")
        feed = self.env["twitter.feed"].search([])
        feed.next_read_at = fields.Datetime.now()
        self.env.ref("crm_twitter.ir_cron_read_mentions").method_direct_trigger()
        self.env.invalidate_all()
        self.row = self.env["twitter.interaction"].search([("post_id", "=", post.id)])
        self.assertEqual(self.row.relation, "other")
        self.assertEqual(self.row.state, "new")
        self.x.calls.clear()
        self.env.flush_all()

    def tour(self, name, url="/odoo/social"):
        self.start_tour(url, name, login=POSTER)
        self.env.invalidate_all()
