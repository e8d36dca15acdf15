from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .board import Board
from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestTwitterInteractionCard(Board, CrmTwitterCase):
    """What the board shows of an interaction, to whom."""

    def card(self, row, user=None, **context):
        row = self.seen_by(user or self.salesperson, row)
        return row.with_context(**context).card

    def test_a_card_has_what_x_wants_shown(self):
        row = self.say(post={"likes": 3, "created_at": None})
        card = self.card(row)
        self.assertEqual(card["author"]["handle"], "jane_doe")
        self.assertEqual(card["author"]["name"], "Jane Doe")
        self.assertEqual(card["author"]["url"], f"{self.simulator.url}/jane_doe")
        post = card["post"]
        self.assertEqual(
            post["segments"],
            [{"kind": "text", "text": "@ourcompany Hello", "href": ""}],
        )
        self.assertEqual(
            post["url"], f"{self.simulator.url}/jane_doe/status/{row.post_id}"
        )
        self.assertEqual(post["likes"], 3)
        self.assertEqual(card["brand"], "ourcompany")
        self.assertEqual((card["relation"], card["state"]), ("other", "new"))

    def test_a_card_without_words_keeps_who_when_and_what_we_did(self):
        row = self.say()
        self.env["twitter.engagement"].create(
            {
                "kind": "repost",
                "route": "api",
                "state": "done",
                "request_uid": "0123456789abcdef",
                "intention": "x",
                "user_id": self.salesperson.id,
                "company_id": self.env.company.id,
                "profile_id": row.author_id.profile_id.id,
                "post_id": row.post_id,
                "interaction_id": row.id,
                "done_at": fields.Datetime.now(),
            }
        )
        row.write({"content": False, "kept_text": False})
        card = self.card(row)
        self.assertFalse(card["post"])
        self.assertEqual(card["author"]["name"], "jane_doe")
        self.assertFalse(card["author"]["avatar_url"])
        self.assertTrue(card["posted_at"])
        self.assertIn(self.salesperson.name, card["touches"][0]["label"])
        self.assertEqual((card["can_load"], card["load_price"]), (True, 0.005))
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", "enterprise")
        card = self.card(row)
        self.assertEqual((card["can_load"], card["load_price"]), (True, 0))

    def test_what_it_answers(self):
        answers = {
            "In reply to your post": {"kind": "reply", "reply_to_id": "77"},
            "In reply to a post": {"kind": "mention", "reply_to_id": "77"},
            "Quotes your post": {"kind": "quote", "quoted_id": "77"},
            "Quotes a post": {"kind": "mention", "quoted_id": "77"},
        }
        for label, values in answers.items():
            answered = self.card(self.say(**values))["answers"]
            self.assertEqual(answered["label"], label)
            self.assertEqual(answered["url"], f"{self.simulator.url}/i/web/status/77")
        self.assertFalse(self.card(self.say())["answers"])

    # ------------------------------------------------------------
    # RECORDS
    # ------------------------------------------------------------

    def test_records_one_may_read_are_named_who_decides_first(self):
        contact = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        )
        lead = self.make_lead("Jane", twitter_handle="jane_doe")
        deal = self.make_lead("Jane", twitter_handle="jane_doe", type="opportunity")
        card = self.card(self.say())
        self.assertEqual(
            [(record["model"], record["id"]) for record in card["records"]],
            [
                ("crm.lead", deal.id),
                ("crm.lead", lead.id),
                ("res.partner", contact.id),
            ],
        )
        self.assertFalse(card["hidden_records"])

    def test_a_lost_lead_is_one_still(self):
        deal = self.make_lead("Jane", twitter_handle="jane_doe", type="opportunity")
        row = self.say()
        deal.action_set_lost()
        card = self.card(row)
        self.assertEqual(card["relation"], "known")
        self.assertEqual([record["id"] for record in card["records"]], [deal.id])
        rows = self.env["twitter.interaction"].with_user(self.salesperson)
        found = rows.search([("record_name", "ilike", deal.name)])
        self.assertEqual(found, row)
        deal.sudo().probability = 10
        self.assertEqual(self.card(row)["records"], [])

    def test_the_names_of_others_are_not_shown(self):
        self.make_lead(
            "Jane",
            name="SECRET",
            twitter_handle="jane_doe",
            type="opportunity",
            user_id=self.poster.id,
        )
        row = self.say()
        card = self.card(row)
        self.assertEqual((card["records"], card["hidden_records"]), ([], True))
        self.assertEqual(card["relation"], "potential")
        self.assertNotIn("SECRET", str(card))
        self.assertEqual(len(self.card(row, self.poster)["records"]), 1)

    def test_leads_made_from_it_are_named_to_whom_may_read_them(self):
        row = self.say()
        lead = self.make_lead("Jane", twitter_interaction_id=row.id, name="Made")
        self.assertEqual(self.card(row)["leads"], [{"id": lead.id, "name": "Made"}])
        lead.sudo().user_id = self.poster
        self.assertEqual(self.card(row)["leads"], [])

    def test_another_companys_records_are_none_of_this_one(self):
        self.make_lead(
            "Jane",
            name="THERE",
            twitter_handle="jane_doe",
            company_id=self.other.id,
            user_id=False,
            team_id=False,
        )
        self.poster.group_ids = [
            Command.link(self.env.ref("sales_team.group_sale_manager").id)
        ]
        row = self.seen_by(self.poster, self.say(), self.env.company, self.other)
        self.assertEqual(row.card["records"], [])
        self.assertEqual(row.card["company"], self.env.company.name)

    # ------------------------------------------------------------
    # AS WHOM
    # ------------------------------------------------------------

    def test_whoever_may_post_as_the_company_answers_as_it(self):
        own = self.connect(self.poster, username="marcdemo")
        row = self.say()
        actions = self.card(row, self.poster)["post"]["actions"]
        self.assertEqual(actions["reply"]["route"], "api")
        panel = self.seen_by(self.poster, row).twitter_panel()
        self.assertEqual(panel["acting"], self.brand.id)
        self.assertEqual(
            [account["id"] for account in panel["accounts"]], [self.brand.id, own.id]
        )
        mine = self.card(row, self.poster, twitter_account_id=own.id)
        # The post does not name Marc: X lets the company reply by its API, not him.
        self.assertEqual(mine["post"]["actions"]["reply"]["route"], "intent")

    def test_who_may_not_acts_as_oneself(self):
        self.connect()
        row = self.say()
        panel = self.seen_by(self.salesperson, row).twitter_panel()
        self.assertEqual([a["handle"] for a in panel["accounts"]], ["marcdemo"])

    def test_the_brand_of_another_company_is_not_offered(self):
        there = self.connect_brand(self.other, username="acme_corp")
        row = self.seen_by(self.poster, self.say(), self.env.company, self.other)
        offered = [account["id"] for account in row.twitter_panel()["accounts"]]
        self.assertEqual(offered, [self.brand.id])
        card = row.with_context(twitter_account_id=there.id).card
        self.assertEqual(card["post"]["actions"]["reply"]["route"], "api")

    # ------------------------------------------------------------
    # A PAGE OF THEM
    # ------------------------------------------------------------

    def test_eighty_cards_take_as_many_queries_as_eight(self):
        self.connect()
        rows = self.env["twitter.interaction"]
        for number in range(80):
            handle = f"somebody_{number}"
            self.make_lead(handle, twitter_handle=handle)
            rows |= self.say(handle=handle)
        counts = []
        # The first has what is cached for longer than a request.
        for page in (rows[:8], rows[:8], rows):
            page = self.seen_by(self.salesperson, page)
            before = self.env.cr.sql_log_count
            page.web_read({"card": {}, "state": {}, "user_id": {"fields": {}}})
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])
        self.assertEqual(self.endpoints(), [])

    def test_a_card_of_long_ago(self):
        row = self.say(posted_at=fields.Datetime.now() - timedelta(days=300))
        row.with_user(self.salesperson).action_ignore()
        self.assertIn(self.salesperson.name, self.card(row)["handled"])
