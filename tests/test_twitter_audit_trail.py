from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models.twitter_audit_trail import PERSONAL
from .test_twitter_engagement_life import EngagementLifeCase

KEPT = (
    "user_id",
    "kind",
    "date",
    "account_handle",
    "route",
    "state",
    "cost",
    "company_id",
)


@tagged("post_install", "-at_install")
class TestAuditTrail(EngagementLifeCase):
    """What stays of an engagement when its records are deleted."""

    def assertWiped(self, row, was):
        for name in PERSONAL:
            self.assertFalse(row[name], name)
        self.assertNotIn("intention ", row.intention)
        for name, value in was.items():
            self.assertEqual(row[name], value, name)

    def kept(self, row):
        return {name: row[name] for name in KEPT}

    def test_the_person_goes_with_the_lead(self):
        was = self.kept(self.row)
        self.lead.unlink()
        self.assertFalse(self.row.lead_id)
        self.assertWiped(self.row, was)
        self.assertFalse(
            self.env["twitter.association"].search([("handle", "=", "jane_doe")])
        )

    def test_who_deletes_the_lead_needs_no_right_to_the_rows(self):
        manager = new_test_user(
            self.env, "x_manager", groups="sales_team.group_sale_manager"
        )
        was = self.kept(self.row)
        self.lead.with_user(manager).unlink()
        self.assertWiped(self.row, was)

    def test_the_contact_keeps_what_the_lead_had(self):
        person = self.env["res.partner"].create({"name": "Jane Doe"})
        self.lead.partner_id = person
        self.lead.unlink()
        self.assertEqual(self.row.text, "Hello Jane")
        self.assertEqual(person.twitter_touch_count, 1)
        was = self.kept(self.row)
        person.unlink()
        self.assertWiped(self.row, was)

    def test_the_lead_keeps_what_the_contact_had(self):
        person = self.env["res.partner"].create({"name": "Jane Doe"})
        self.lead.partner_id = person
        self.lead.partner_id = False
        person.unlink()
        self.assertEqual(self.row.lead_id, self.lead)
        self.assertEqual(self.row.text, "Hello Jane")

    def test_what_is_being_found_out_is_wiped_when_it_is_known(self):
        rows = self.reply(self.lead, state="unknown") + self.reply(
            self.lead, state="sending"
        )
        self.lead.unlink()
        self.assertEqual(rows.mapped("text"), ["Hello Jane"] * 2)
        rows[0].state = "done"
        self.env["twitter.engagement"]._gc_person()
        self.assertFalse(rows[0].text)
        self.assertEqual(rows[1].text, "Hello Jane")
        rows[1].date = fields.Datetime.now() - timedelta(days=4)
        self.env["twitter.engagement"]._gc_person()
        self.assertWiped(rows[1], {"state": "sending"})

    def test_what_was_wiped_is_not_asked_about_and_holds_nobody_up(self):
        account = self.connect()
        row = self.reply(
            self.lead,
            state="unknown",
            account_id=account.id,
            check_at=fields.Datetime.now(),
        )
        intention = row.intention
        self.lead.unlink()
        row.date = fields.Datetime.now() - timedelta(days=4)
        rows = self.env["twitter.engagement"]
        rows._gc_person()
        self.assertEqual(row.intention, f"forgotten:{row.id}")
        self.assertFalse(row.check_at)
        self.env.flush_all()
        self.env.ref("crm_twitter.ir_cron_settle_engagements").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.endpoints(), [])
        self.assertWiped(row, {"state": "unknown"})
        again = {"request_uid": "again", "intention": intention, "route": "api"}
        self.assertFalse(rows._already_there({**again, "kind": "reply"}))

    def test_a_user_who_is_deleted_leaves_the_trail(self):
        user = new_test_user(
            self.env, "x_leaver", groups="sales_team.group_sale_salesman"
        )
        row = self.reply(self.lead, user_id=user.id)
        user.unlink()
        self.env.invalidate_all()
        self.assertFalse(row.user_id)
        self.assertEqual(row.text, "Hello Jane")
        self.assertEqual(self.lead.twitter_touch_count, 2)
        for reader in (self.env.user, self.salesperson):
            self.assertTrue(row.with_user(reader).sudo().display_name)
        self.assertFalse(row.with_user(self.salesperson).search([("id", "=", row.id)]))

    def test_the_sweep_leaves_what_has_a_record(self):
        done, more = self.env["twitter.engagement"]._gc_person()
        self.assertEqual((done, more), (0, False))
        self.assertEqual(self.row.text, "Hello Jane")

    def test_the_trail_stays_with_its_user_and_managers(self):
        there = self.env["res.company"].create({"name": "There"})
        manager = new_test_user(
            self.env, "x_manager", groups="sales_team.group_sale_manager"
        )
        stranger = new_test_user(
            self.env,
            "x_manager_there",
            groups="sales_team.group_sale_manager",
            company_id=there.id,
            company_ids=[Command.set(there.ids)],
        )
        self.lead.unlink()
        self.env.flush_all()
        for user, expected in (
            (self.salesperson, True),
            (manager, True),
            (self.colleague, False),
            (stranger, False),
            (self.employee, False),
        ):
            with self.subTest(user.login):
                rows = self.row.with_user(user)
                try:
                    found = rows.search([("id", "=", self.row.id)])
                except AccessError:
                    found = rows.browse()
                self.assertEqual(bool(found), expected)

    def test_forgetting_a_person_leaves_the_history_of_the_record(self):
        self.lead.twitter_handle = False
        self.assertEqual(self.row.text, "Hello Jane")
        self.assertEqual(self.row.handle, "jane_doe")


@tagged("post_install", "-at_install")
class TestEngagementAccess(EngagementLifeCase):
    """A row of a lead and a contact is for who may read both."""

    def test_both_records_must_be_readable(self):
        person = self.env["res.partner"].create({"name": "SECRET PERSON"})
        self.lead.partner_id = person
        rows = self.row.with_user(self.salesperson)
        ids = [("id", "=", self.row.id)]
        self.assertTrue(rows.search(ids))
        there = self.env["res.company"].create({"name": "There"})
        person.company_id = there
        self.env.flush_all()
        self.assertFalse(rows.search(ids))
        self.env.invalidate_all()
        with self.assertRaises(AccessError) as caught:
            rows.read(["partner_id"])
        self.assertNotIn("SECRET", str(caught.exception))

    def test_rows_cannot_be_rewritten(self):
        row = self.row.with_user(self.salesperson)
        self.assertTrue(row.read(["kind"]))
        with self.assertRaises(AccessError):
            row.kind = "like"
        with self.assertRaises(AccessError):
            row.unlink()
        with self.assertRaises(AccessError):
            row.create({"kind": "like"})
