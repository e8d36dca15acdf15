from datetime import timedelta
from itertools import count

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ..models.twitter_engagement import TOUCH_DOMAIN
from ..models.twitter_profile_mixin import SHOWN
from .common import CrmTwitterCase

_numbers = count(1)


class EngagementsCase(CrmTwitterCase):
    """Records on which something was done on X."""

    def done(self, record, kind="reply", days=0, **values):
        """Something the salesperson did `days` ago, as the server writes it down."""
        number = next(_numbers)
        record = record.sudo()
        row = self.env["twitter.engagement"].create(
            {
                "kind": kind,
                "route": "api",
                "state": "done",
                "request_uid": f"request {number}",
                "intention": f"intention {number}",
                "user_id": self.salesperson.id,
                "company_id": self.env.company.id,
                "account_handle": "marcdemo",
                record._twitter_column(): record.id,
                "profile_id": record.twitter_profile_id.id,
                "handle": record.twitter_handle,
                "date": fields.Datetime.now() - timedelta(days=days),
                **values,
            }
        )
        self.env.flush_all()
        return row


@tagged("post_install", "-at_install")
class TestTwitterTouch(EngagementsCase):
    """When, and how often, the team reached out to somebody on X."""

    def setUp(self):
        super().setUp()
        self.never, self.old, self.new = self.leads = self.env["crm.lead"].create(
            [
                {"name": name, "user_id": self.salesperson.id, "twitter_handle": name}
                for name in ("never", "old", "new")
            ]
        )
        self.done(self.old, days=40)
        self.done(self.new, "like", days=50)
        self.done(self.new, "follow", days=3, user_id=self.colleague.id)

    def found(self, *conditions, user=None):
        leads = self.env["crm.lead"].with_user(user or self.salesperson)
        domain = Domain.AND(Domain(*condition) for condition in conditions)
        found = leads.search(domain & Domain("id", "in", self.leads.ids), order="id")
        return found.mapped("name")

    # ------------------------------------------------------------
    # WHAT COUNTS
    # ------------------------------------------------------------

    def test_counts_what_the_whole_team_did(self):
        leads = self.leads.with_user(self.salesperson)
        self.assertEqual(leads.mapped("twitter_touch_count"), [0, 1, 2])
        self.assertFalse(leads[0].twitter_last_touch)
        today = fields.Datetime.now()
        self.assertEqual((today - leads[2].twitter_last_touch).days, 3)
        self.assertEqual(leads.mapped("twitter_touched_by_me"), [False, True, True])
        colleague = self.leads.with_user(self.colleague)
        self.assertEqual(
            colleague.mapped("twitter_touched_by_me"), [False, False, True]
        )

    def test_what_reaches_nobody_does_not_count(self):
        for kind in ("post", "unrepost", "unlike", "unfollow", "delete"):
            self.done(self.never, kind)
        for state in ("opened", "sending", "not_done", "refused", "unknown"):
            self.done(self.never, state=state)
        self.done(self.never, deleted_at=fields.Datetime.now())
        self.done(self.never, refusal="already")
        self.done(self.never, profile_id=False)
        self.assertEqual(self.never.twitter_touch_count, 0)
        touches = TOUCH_DOMAIN & Domain("lead_id", "in", self.leads.ids)
        counted = sum(self.leads.mapped("twitter_touch_count"))
        self.assertEqual(self.env["twitter.engagement"].search_count(touches), counted)
        self.assertIn("never", self.found(("twitter_last_touch", "=", False)))

    def test_an_answer_makes_it_count_at_once(self):
        row = self.done(self.never, route="intent", state="opened")
        self.assertEqual(self.never.twitter_touch_count, 0)
        row.state = "done"
        self.assertEqual(self.never.twitter_touch_count, 1)
        row.deleted_at = fields.Datetime.now()
        self.assertEqual(self.never.twitter_touch_count, 0)

    def test_a_contacts_touches_are_its_own(self):
        partner = self.env["res.partner"].create(
            {"name": "Jane", "twitter_handle": "jane"}
        )
        self.done(partner)
        self.assertEqual(partner.twitter_touch_count, 1)
        partners = self.env["res.partner"].with_user(self.salesperson)
        self.assertEqual(partners.search([("twitter_touch_count", ">", 0)]), partner)

    # ------------------------------------------------------------
    # SEARCHING
    # ------------------------------------------------------------

    def test_search_by_the_last_touch(self):
        month = fields.Datetime.now() - timedelta(days=30)
        moment = self.new.twitter_last_touch
        for operator, value, expected in (
            ("<", month, ["old"]),
            ("<=", moment, ["old", "new"]),
            (">", month, ["new"]),
            (">=", moment, ["new"]),
            ("=", False, ["never"]),
            ("!=", False, ["old", "new"]),
            ("=", moment, ["new"]),
            ("!=", moment, ["never", "old"]),
            ("in", [False, moment], ["never", "new"]),
            ("not in", [False, moment], ["old"]),
            ("<", "now -30d", ["old"]),
        ):
            with self.subTest(operator=operator, value=value):
                found = self.found(("twitter_last_touch", operator, value))
                self.assertEqual(found, expected)

    def test_search_by_the_number_of_touches(self):
        for operator, value, expected in (
            ("=", 0, ["never"]),
            ("=", False, ["never"]),
            ("!=", 0, ["old", "new"]),
            ("=", 2, ["new"]),
            ("!=", 2, ["never", "old"]),
            (">", 0, ["old", "new"]),
            (">=", 0, ["never", "old", "new"]),
            (">=", 2, ["new"]),
            ("<", 2, ["never", "old"]),
            ("<=", 0, ["never"]),
            ("<", 0, []),
            ("in", [0, 2], ["never", "new"]),
            ("not in", [0, 2], ["old"]),
        ):
            with self.subTest(operator=operator, value=value):
                found = self.found(("twitter_touch_count", operator, value))
                self.assertEqual(found, expected)

    def test_search_by_who_reached_out(self):
        mine = ("twitter_touched_by_me", "=", True)
        self.assertEqual(self.found(mine), ["old", "new"])
        self.assertEqual(self.found(mine, user=self.colleague), ["new"])
        self.assertEqual(self.found(("twitter_touched_by_me", "=", False)), ["never"])
        self.assertEqual(self.found(("twitter_touched_by_me", "!=", True)), ["never"])

    def test_a_search_looks_no_lead_up_in_the_list_of_all_touches(self):
        """Which PostgreSQL does for ``NOT IN``, each time from its beginning."""
        leads = self.env["crm.lead"].with_user(self.salesperson)
        for condition in (
            ("twitter_last_touch", "=", False),
            ("twitter_touch_count", "=", 0),
            ("twitter_touch_count", "<", 2),
            ("twitter_touched_by_me", "=", False),
        ):
            with self.subTest(condition):
                query = leads._search([condition])
                plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
                plan = "\n".join(line for (line,) in plan)
                self.assertIn("Anti Join", plan)
                self.assertNotIn("SubPlan", plan)

    def test_both_answers_are_all_records(self):
        self.assertEqual(
            self.found(("twitter_touched_by_me", "in", [True, False])),
            ["never", "old", "new"],
        )

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    def test_without_the_permission_there_are_no_touches(self):
        partner = self.env["res.partner"].create({"name": "Jane"})
        mine = partner.with_user(self.employee)
        for name in ("twitter_last_touch", "twitter_touch_count", "twitter_avatar_url"):
            with self.subTest(name):
                for names in ([name], [name, "name"]):
                    with self.assertRaises(AccessError):
                        mine.read(names)
                    with self.assertRaises(AccessError):
                        mine._read_format(names)
                with self.assertRaises(AccessError):
                    mine.search([(name, "!=", False)])

    def test_the_list_behind_the_button_is_what_the_user_may_read(self):
        lead = self.new.with_user(self.salesperson)
        self.assertEqual(lead.twitter_engagement_count, 1, "of two")
        action = lead.action_open_twitter_engagements()
        rows = self.env["twitter.engagement"].with_user(self.salesperson)
        self.assertEqual(rows.search(action["domain"]).kind, "like")
        manager = new_test_user(
            self.env, "x_manager", groups="sales_team.group_sale_manager"
        )
        self.assertEqual(self.new.with_user(manager).twitter_engagement_count, 2)

    def test_what_names_a_contact_one_may_not_read_is_not_counted(self):
        there = self.env["res.company"].create({"name": "There"})
        theirs = self.env["res.partner"].create(
            {"name": "Jane", "company_id": there.id}
        )
        self.done(self.new, partner_id=theirs.id)
        lead = self.new.with_user(self.salesperson)
        found = self.env["twitter.engagement"].with_user(self.salesperson)
        readable = found.search_count([("lead_id", "=", lead.id)])
        self.assertEqual((lead.twitter_engagement_count, readable), (1, 1))
        theirs.company_id = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(lead.twitter_engagement_count, 2)

    def test_whether_anything_was_done_is_told_to_nobody(self):
        for user in (self.salesperson, self.employee):
            with self.assertRaises(AccessError):
                self.env["crm.lead"].with_user(user)._check_field_access(
                    self.new._fields["twitter_has_done"], "read"
                )

    def test_lists_are_told_what_the_records_have(self):
        none = self.env["crm.lead"].create(
            {"name": "none", "user_id": self.salesperson.id}
        )
        leads = (self.leads | none).with_user(self.salesperson)
        leads[0].twitter_handle = "somebody"
        leads[0].twitter_basis = False
        names = ["name", *sorted(SHOWN)]
        self.env.invalidate_all()
        told = leads.read(names, load=None)
        expected = [
            {"id": lead.id, **{name: lead[name] for name in names}} for lead in leads
        ]
        self.assertEqual(told, expected)
        gone = leads.browse(none.id)
        none.unlink()
        self.assertEqual(len((leads - gone).read(names)), 3)
        self.assertEqual(gone.read(names), [])

    def test_the_button_counts_what_was_done(self):
        for state in ("opened", "sending", "not_done", "refused", "unknown"):
            self.done(self.new, state=state)
        lead = self.new.with_user(self.salesperson)
        self.assertEqual(lead.twitter_engagement_count, 1)
        context = lead.action_open_twitter_engagements()["context"]
        self.assertEqual(context, {"search_default_done": 1})
        view = self.env.ref("crm_twitter.twitter_engagement_view_search")
        self.assertIn('name="done"', view.arch)

    def test_another_companys_manager_sees_none_of_it(self):
        there = self.env["res.company"].create({"name": "There"})
        stranger = new_test_user(
            self.env,
            "x_manager_there",
            groups="sales_team.group_sale_manager",
            company_id=there.id,
            company_ids=[Command.set(there.ids)],
        )
        self.leads.company_id = self.env.company
        self.env.flush_all()
        rows = self.env["twitter.engagement"].with_user(stranger)
        self.assertFalse(rows.search([("lead_id", "in", self.leads.ids)]))
        self.assertEqual(self.found(("id", ">", 0), user=stranger), [])
        with self.assertRaises(AccessError):
            self.new.with_user(stranger).action_open_twitter_engagements()

    def test_the_number_of_queries_does_not_grow_with_the_records(self):
        def queries(leads):
            self.env.invalidate_all()
            leads = leads.with_user(self.salesperson)
            leads.mapped("name")
            before = self.env.cr.sql_log_count
            leads.mapped("twitter_touch_count")
            leads.mapped("twitter_last_touch")
            return self.env.cr.sql_log_count - before

        queries(self.leads)
        self.assertEqual(queries(self.leads[:1]), queries(self.leads))
