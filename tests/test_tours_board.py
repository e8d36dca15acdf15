from odoo.tests import tagged

from .board_tours import BoardTours

ANSWER = "Up to three metres"


@tagged("post_install", "-at_install")
class TestToursBoard(BoardTours):
    """A salesperson's day on the board, with X over HTTP; what is left of it."""

    def answers(self):
        """What the company said in answer to the post, as X has it."""
        company = self.x.people.named("ourcompany")
        return [
            post.text
            for post in self.x.posts.of(company)
            if post.reply_to == self.row.post_id
        ]

    def assert_lead_was_made(self):
        lead = self.env["crm.lead"].search(
            [("twitter_interaction_id", "=", self.row.id)]
        )
        self.assertEqual(lead.contact_name, "Tim Tall")
        self.assertEqual(lead.twitter_handle, "tall_tim")
        self.assertEqual(lead.source_id.name, "X")
        self.assertEqual(lead.user_id, self.poster)
        self.assertEqual(lead.type, "opportunity")
        self.assertIn(self.row.post_id, lead.description)
        self.assertNotIn("giants", lead.description)
        self.assertEqual(
            [row[1:] for row in self.ledger(lead)], [("tall_tim", "board", "public")]
        )
        self.assertEqual(self.row.relation, "potential")

    def assert_answered_once(self):
        self.assertEqual([text[-len(ANSWER) :] for text in self.answers()], [ANSWER])
        engagement = self.env["twitter.engagement"].search([])
        self.assertEqual(engagement.interaction_id, self.row)
        self.assertEqual(engagement.account_id, self.brand)
        self.assertEqual(engagement.user_id, self.poster)
        self.assertEqual(
            (engagement.kind, engagement.route, engagement.state),
            ("reply", "api", "done"),
        )

    def assert_handled(self):
        self.assertEqual(self.row.state, "handled")
        self.assertEqual(self.row.handled_by_id, self.poster)

    def test_the_first_reading_is_one_click(self):
        self.tour("crm_twitter_board_start")
        self.assertTrue(self.env["twitter.interaction"].search_count([]))
        self.assertEqual(self.endpoints(), ["GET /2/users/:id/mentions"])

    def test_a_day(self):
        self.arrive()
        self.tour("crm_twitter_board_day")
        self.assert_lead_was_made()
        self.assert_answered_once()
        self.assert_handled()
        self.assertEqual(self.endpoints(), ["POST /2/tweets"])

    def test_a_day_by_the_keyboard_alone(self):
        self.arrive()
        self.tour("crm_twitter_board_keys")
        self.assert_lead_was_made()
        self.assert_answered_once()
        self.assert_handled()
