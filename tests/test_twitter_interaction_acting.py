from uuid import uuid4

from odoo.tests import tagged

from .board import Board
from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestTwitterInteractionActing(Board, CrmTwitterCase):
    """From a card one acts on X by the panel's own methods and outbox."""

    def setUp(self):
        super().setUp()
        self.post = self.said_by_jane()
        self.row = self.say(self.post.text, post_id=self.post.id)
        self.x.calls.clear()

    def said_by_jane(self):
        self.x.people.find("jane_doe") or self.x.people.add("jane_doe", "Jane Doe")
        return self.x.posts.add("jane_doe", "@ourcompany Do you sell roses?")

    def act(self, kind, text="", user=None, uid=None, **values):
        row = self.seen_by(user or self.poster, self.row)
        return row.twitter_act(uid or str(uuid4()), kind, self.post.id, text, **values)

    def rows(self):
        self.env.invalidate_all()
        return self.env["twitter.engagement"].search([])

    def test_the_company_replies_once(self):
        uid = str(uuid4())
        for _click in range(2):
            update = self.act("reply", "@jane_doe We do!", uid=uid)
        self.assertEqual(update["engagement"]["state"], "done")
        posts = [
            post
            for post in self.x.posts.of(self.x.people.named("ourcompany"))
            if post.reply_to == self.post.id
        ]
        self.assertEqual([post.text for post in posts], ["@jane_doe We do!"])
        row = self.rows()
        self.assertEqual(row.interaction_id, self.row)
        self.assertEqual((row.account_id, row.is_brand), (self.brand, True))
        self.assertEqual(row.profile_id, self.row.author_id.profile_id)
        self.assertTrue(row.is_touch)
        [touch] = update["post"]["touches"]
        self.assertIn(self.poster.name, touch["label"])

    def test_what_is_done_is_on_the_record_one_may_read(self):
        deal = self.make_lead(
            "Jane",
            twitter_handle="jane_doe",
            type="opportunity",
            user_id=self.poster.id,
        ).sudo()
        notes = len(deal.message_ids)
        self.act("reply", "@jane_doe We do!")
        self.assertEqual(self.rows().lead_id, deal)
        self.env.invalidate_all()
        self.assertEqual(len(deal.message_ids), notes + 1)
        self.assertIn("We do!", deal.message_ids[0].body)

    def test_what_is_done_is_on_no_record_one_may_not_read(self):
        deal = self.make_lead("Jane", twitter_handle="jane_doe", type="opportunity")
        self.act("repost")
        self.assertFalse(self.rows().lead_id)
        self.assertFalse(deal.sudo().twitter_engagement_ids)

    def test_nothing_is_in_the_chatter_until_somebody_acts(self):
        deal = self.make_lead("Jane", twitter_handle="jane_doe").sudo()
        self.flush_tracking()
        before = deal.message_ids
        self.say()
        self.seen_by(self.salesperson, self.row).action_handle()
        self.flush_tracking()
        self.assertEqual(deal.message_ids, before)

    def test_what_x_does_not_allow_opens_on_its_own_page(self):
        self.connect(self.poster)
        own = self.env["twitter.account"].with_user(self.poster)._of_user()
        update = self.act("like", account_id=own.id)
        self.assertFalse(update["engagement"])
        self.assertEqual(update["post"]["actions"]["like"]["route"], "intent")
        row = self.seen_by(self.poster, self.row)
        opened = row.twitter_open_intent(
            str(uuid4()), "like", self.post.id, account_id=own.id
        )["engagement"]
        self.assertEqual(opened["state"], "opened")
        card = self.seen_by(self.poster, self.row).card
        self.assertEqual([row["id"] for row in card["pending"]], [opened["id"]])
        row = self.seen_by(self.poster, self.row)
        row.twitter_answer(opened["id"], True)
        self.assertEqual(self.rows().state, "done")

    def test_an_answer_that_got_lost_is_found_by_its_request(self):
        uid = str(uuid4())
        self.x.faults.add("POST /2/tweets", status=500, after=True)
        update = self.act("reply", "@jane_doe We do!", uid=uid)
        self.assertEqual(update["engagement"]["state"], "unknown")
        row = self.seen_by(self.poster, self.row)
        self.assertEqual(
            row.twitter_engagement_state(uid)["engagement"]["state"], "unknown"
        )
        row.twitter_check(self.rows().id)
        self.assertEqual(self.rows().state, "done")

    def test_colleagues_boards_are_told_what_was_done(self):
        self.env["bus.bus"].search([]).unlink()
        self.act("reply", "@jane_doe We do!")
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].search([("message", "like", "crm_twitter/")])
        self.assertTrue(told)

    def test_the_price_of_a_reply_to_who_asked(self):
        row = self.seen_by(self.poster, self.row)
        checked = row.twitter_check_text("reply", "@jane_doe We do!", self.post.id)
        self.assertEqual(checked["price"], 0.01)

    def test_what_was_done_stays_with_the_card(self):
        """Also when no lead is left, and the sweep comes by."""
        self.act("reply", "@jane_doe We do!")
        self.env["twitter.engagement"]._gc_person()
        self.assertEqual(self.rows().text, "@jane_doe We do!")
