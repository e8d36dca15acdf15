from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .board_tours import BoardTours


@tagged("post_install", "-at_install")
class TestToursBoardDeeds(BoardTours):
    """Single deeds on the board, most of them without a mouse; what is left of them."""

    def setUp(self):
        super().setUp()
        self.arrive()

    def make_tims_lead(self):
        return self.make_lead(
            "Tim Tall", name="Big chairs", type="opportunity", user_id=self.poster.id
        ).sudo()

    def test_who_it_is(self):
        lead = self.make_tims_lead()
        self.tour("crm_twitter_board_associate")
        self.assertEqual(lead.twitter_handle, "tall_tim")
        self.assertEqual(
            self.ledger(lead), [("associated", "tall_tim", "board", "public")]
        )
        self.assertEqual(self.row.relation, "potential")
        self.assertEqual(self.endpoints(), [])

    def test_a_contact(self):
        self.tour("crm_twitter_board_contact")
        contact = self.env["res.partner"].search([("twitter_handle", "=", "tall_tim")])
        self.assertEqual(contact.name, "Tim Tall")
        self.assertEqual(self.row.relation, "known")
        self.assertEqual(self.endpoints(), [])

    def test_reposted_and_assigned(self):
        self.tour("crm_twitter_board_reposted")
        engagement = self.env["twitter.engagement"].search([])
        self.assertEqual(
            (engagement.kind, engagement.state, engagement.interaction_id),
            ("repost", "done", self.row),
        )
        self.assertEqual(self.row.user_id, self.poster)
        self.assertEqual(self.endpoints(), ["POST /2/users/:id/retweets"])

    def test_loaded_again(self):
        self.row.verified_at = fields.Datetime.now() - timedelta(hours=25)
        self.row.state = "handled"
        self.row.state = "new"
        self.tour("crm_twitter_board_load")
        self.assertTrue(self.row.is_shown)
        self.assertEqual(self.endpoints(), ["GET /2/tweets"])

    def test_an_activity(self):
        self.tour("crm_twitter_board_activity")
        self.assertEqual(self.row.activity_ids.summary, "Send the catalogue")

    def test_a_colleague_was_there_since(self):
        self.tour("crm_twitter_board_undo")
        self.assertEqual(self.row.state, "ignored")

    def test_what_a_lead_has_said(self):
        lead = self.make_tims_lead()
        lead.twitter_handle = "tall_tim"
        self.tour("crm_twitter_board_said", f"/odoo/crm.lead/{lead.id}")
