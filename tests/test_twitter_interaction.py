import json
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .board import Board
from .common import CrmTwitterCase

RELATIONS = ["potential", "customer", "known", "other"]


@tagged("post_install", "-at_install")
class TestTwitterInteraction(Board, CrmTwitterCase):
    """What somebody said to the company: what users may do with it, and see of it."""

    def setUp(self):
        super().setUp()
        self.row = self.say("@ourcompany Do you sell Gießkannen?")

    @property
    def card(self):
        return self.seen_by(self.salesperson, self.row)

    def age(self, hours):
        """As many hours have gone by since X told of it."""
        self.row.verified_at = fields.Datetime.now() - timedelta(hours=hours)
        self.env.flush_all()

    def find(self, *condition):
        rows = self.env["twitter.interaction"].with_user(self.salesperson)
        return rows.search([condition])

    # ------------------------------------------------------------
    # COLUMNS
    # ------------------------------------------------------------

    def groups(self, **context):
        rows = self.env["twitter.interaction"].with_user(self.salesperson)
        groups = rows.with_context(**context).formatted_read_group(
            [], ["relation"], ["__count"]
        )
        return [(group["relation"], group["__count"]) for group in groups]

    def test_the_columns_stand_in_order_also_the_empty_ones(self):
        self.make_lead("John", twitter_handle="john_doe")
        self.say(handle="john_doe")
        self.assertEqual(
            self.groups(read_group_expand=True),
            list(zip(RELATIONS, (0, 0, 1, 1), strict=True)),
        )

    def test_a_column_has_its_cards_newest_first(self):
        older = self.say(posted_at=fields.Datetime.now() - timedelta(days=2))
        newest = self.say(posted_at=fields.Datetime.now())
        found = self.find("relation", "=", "other")
        self.assertEqual(found.ids, [newest.id, self.row.id, older.id])

    # ------------------------------------------------------------
    # WHAT USERS WRITE
    # ------------------------------------------------------------

    def test_handled_says_by_whom_and_can_be_undone(self):
        self.card.action_handle()
        card = self.card
        self.assertEqual(card.state, "handled")
        self.assertEqual(card.handled_by_id, self.salesperson)
        self.assertTrue(card.handled_at)
        card.action_reopen()
        card = self.card
        self.assertEqual(
            (card.state, card.handled_by_id.id, card.handled_at), ("new", False, False)
        )

    def test_handled_twice_stays_the_firsts(self):
        self.card.action_handle()
        self.seen_by(self.poster, self.row).action_handle()
        self.assertEqual(self.card.handled_by_id, self.salesperson)

    def change(self, state, seen, user=None):
        row = self.seen_by(user or self.salesperson, self.row)
        return row.change_state(state, seen)

    def seen(self):
        card = self.card.card
        return {"state": card["state"], "handled_at": card["handled_at"]}

    def test_what_a_colleague_decided_meanwhile_stays(self):
        seen = self.seen()
        self.seen_by(self.poster, self.row).action_ignore()
        answer = self.change("handled", seen)
        self.assertFalse(answer["changed"])
        self.assertIn(self.poster.name, answer["message"])
        self.assertEqual(answer["card"]["state"], "ignored")
        self.assertEqual(self.card.handled_by_id, self.poster)

    def test_undoing_gives_back_what_was_before(self):
        self.seen_by(self.poster, self.row).action_ignore()
        self.assertTrue(self.change("handled", self.seen())["changed"])
        self.assertTrue(self.change("ignored", self.seen())["changed"])
        self.assertEqual(self.card.state, "ignored")

    def test_undoing_does_not_take_back_what_a_colleague_did_since(self):
        self.change("handled", self.seen())
        seen = self.seen()
        self.row.handled_at -= timedelta(minutes=1)
        self.assertFalse(self.change("new", seen)["changed"])
        self.assertEqual(self.card.state, "handled")

    def test_what_x_told_cannot_be_written_by_users(self):
        for name, value in {
            "post_id": "1",
            "kind": "quote",
            "posted_at": fields.Datetime.now(),
            "verified_at": fields.Datetime.now(),
            "kept_text": "Forged",
            "content": {},
            "author_id": self.make_author("john_doe").id,
            "handled_by_id": self.poster.id,
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                self.card.write({name: value})
        with self.assertRaises(AccessError):
            self.card.unlink()
        with self.assertRaises(AccessError):
            self.card.create({"post_id": "1"})

    def test_its_words_are_read_through_what_may_be_shown_alone(self):
        for name in ("kept_text", "content"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.card.read([name])
            with self.subTest(name), self.assertRaises(AccessError):
                self.find(name, "!=", False)

    def test_one_post_to_one_account_is_one_row(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.say(post_id=self.row.post_id)

    def test_the_handler_is_notified(self):
        self.row.with_user(self.poster).write({"user_id": self.salesperson.id})
        self.flush_tracking()
        message = self.env["mail.message"].search(
            [
                ("model", "=", self.row._name),
                ("res_id", "=", self.row.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertEqual(
            message.notification_ids.res_partner_id, self.salesperson.partner_id
        )
        self.assertNotIn("Gießkannen", message.body)

    def test_nobody_is_asked_to_look_after_it_who_cannot(self):
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "x_portal",
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        for user in (portal, self.employee, self.other_administrator):
            with self.subTest(user.login), self.assertRaises(ValidationError):
                self.card.write({"user_id": user.id})

    def test_a_list_that_is_edited_does_not_take_it_from_who_handled_it(self):
        other = self.say(handle="john_doe")
        self.seen_by(self.poster, self.row).action_handle()
        (self.card | other.with_user(self.salesperson)).write({"state": "handled"})
        self.assertEqual(self.card.handled_by_id, self.poster)
        self.assertEqual(other.handled_by_id, self.salesperson)

    def test_no_name_that_x_may_take_back_stays_in_activities_and_messages(self):
        self.card.activity_schedule("mail.mail_activity_data_todo")
        self.row.with_user(self.poster).write({"user_id": self.salesperson.id})
        self.flush_tracking()
        on_it = [("res_id", "=", self.row.id)]
        messages = self.env["mail.message"].search(
            [("model", "=", self.row._name), *on_it]
        )
        activities = self.env["mail.activity"].search(
            [("res_model", "=", self.row._name), *on_it]
        )
        told = [*messages.mapped("subject"), *messages.mapped("body")]
        told += [*activities.mapped("res_name"), self.card.display_name]
        self.assertIn("@jane_doe", str(told))
        self.assertNotIn("Jane Doe", str(told))

    def test_who_is_associated_from_the_board_is_so_in_the_ledger(self):
        lead = self.make_lead("Jane")
        profile = self.row.author_id.profile_id
        about = {"twitter_id": profile.twitter_id, "origin": "board"}
        there = self.say(handle="john_doe")
        for row, origin in ((there, "typed"), (self.row, "board")):
            self.env.flush_all()
            lead.twitter_associate("jane_doe", "public", interaction_id=row.id, **about)
            self.assertEqual(self.ledger(lead)[-1][2], origin)
            lead.twitter_disassociate()

    def test_an_activity_is_scheduled_on_it(self):
        activity = self.card.activity_schedule(
            "mail.mail_activity_data_todo", summary="Call her"
        )
        self.assertEqual(self.card.activity_ids, activity)

    # ------------------------------------------------------------
    # ITS WORDS
    # ------------------------------------------------------------

    def test_words_nobody_verified_for_a_day_are_not_shown(self):
        self.age(23)
        self.assertEqual(self.card.text, "@ourcompany Do you sell Gießkannen?")
        self.age(25)
        self.assertFalse(self.card.text)
        self.assertFalse(self.card.is_shown)
        self.assertFalse(self.card.card["post"])
        self.assertNotIn("Gießkannen", str(self.card.card))
        self.assertIn("24 hours", self.card.card["note"])

    def test_words_that_are_not_shown_are_not_found(self):
        self.assertEqual(self.find("text", "ilike", "gießkannen"), self.row)
        self.assertFalse(self.find("text", "ilike", "roses"))
        self.age(25)
        self.assertFalse(self.find("text", "ilike", "gießkannen"))

    def test_it_is_found_by_the_names_of_records_one_may_read(self):
        lead = self.make_lead("Jane", twitter_handle="jane_doe", name="Garden party")
        self.assertEqual(self.find("record_name", "ilike", "garden"), self.row)
        self.assertEqual(self.card.record_name, "Garden party")
        lead.sudo().user_id = self.poster
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.find("record_name", "ilike", "garden"))
        self.assertFalse(self.card.record_name)

    # ------------------------------------------------------------
    # OPEN BOARDS
    # ------------------------------------------------------------

    def announced(self):
        self.env.cr.precommit.run()
        bus = self.env["bus.bus"].search([("message", "like", "crm_twitter/")])
        return [(row.channel, row.message) for row in bus]

    def test_boards_are_told_that_something_changed_and_nothing_of_x(self):
        self.announced()
        self.env["bus.bus"].search([]).unlink()
        self.card.action_handle()
        [(channel, message)] = self.announced()
        self.assertIn(f'"res.company",{self.env.company.id},', channel)
        payload = json.loads(message)["payload"]
        self.assertEqual(payload, {"company_id": self.env.company.id})
        self.assertNotIn("jane", message)
