from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestTwitterLedgerAccess(CrmTwitterCase):
    """A row of the ledger is for those alone who may read its lead or contact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = cls.env["res.company"].create({"name": "Company There"})
        cls.manager = new_test_user(
            cls.env, "x_manager", groups="sales_team.group_sale_manager"
        )
        cls.manager_there = new_test_user(
            cls.env,
            "x_manager_there",
            groups="sales_team.group_sale_manager",
            company_id=cls.there.id,
            company_ids=[Command.set(cls.there.ids)],
        )

    def setUp(self):
        super().setUp()
        self.lead = self.make_lead(
            name="SECRET DEAL", company_id=self.env.company.id, twitter_handle="jack"
        ).sudo()
        self.contact = self.env["res.partner"].create(
            {
                "name": "SECRET PERSON",
                "company_id": self.env.company.id,
                "twitter_handle": "jill",
            }
        )
        self.env.flush_all()
        self.of_lead = self.rows("lead_id", self.lead)
        self.of_contact = self.rows("partner_id", self.contact)
        self.assertTrue(self.of_lead and self.of_contact)
        # The rows are the salesperson's own.
        (self.of_lead + self.of_contact).user_id = self.salesperson
        self.env.flush_all()

    def rows(self, field, record):
        return self.env["twitter.association"].search([(field, "=", record.id)])

    def test_the_records_are_looked_up_by_the_rows(self):
        """And not all leads and contacts there are, for one row."""
        # What PostgreSQL would choose where the tables are large.
        for way in ("seqscan", "bitmapscan"):
            self.env.cr.execute(f"SET LOCAL enable_{way} = off")
        for model in ("twitter.association", "twitter.engagement"):
            rows = self.env[model].with_user(self.salesperson)
            query = rows._search([("lead_id", "=", self.lead.id)])
            plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            plan = "\n".join(line for (line,) in plan)
            for field in ("lead_id", "partner_id"):
                with self.subTest(model, field=field):
                    self.assertRegex(
                        plan, rf"Index Cond: \(id = {rows._table}\.{field}\)"
                    )

    def assertReadable(self, rows, user, expected):
        """`user` sees `rows` by every way there is, or by none."""
        ledger = self.env["twitter.association"].with_user(user)
        ids = [("id", "in", rows.ids)]
        found = rows if expected else rows.browse()
        self.assertEqual(ledger.search(ids), found)
        self.assertEqual(ledger.search_count(ids), len(found))
        grouped = ledger.formatted_read_group(ids, ["lead_id"], ["__count"])
        self.assertEqual(sum(group["__count"] for group in grouped), len(found))
        self.assertEqual(rows.with_user(user)._filtered_access("read"), found)
        self.env.invalidate_all()
        if expected:
            names = rows.with_user(user).read(["lead_id", "partner_id"])
            self.assertIn("SECRET", repr(names))
            return
        for field in ("lead_id", "partner_id", "handle"):
            with self.assertRaises(AccessError) as caught:
                rows.with_user(user).read([field])
            self.assertNotIn("SECRET", str(caught.exception))

    def test_a_manager_sees_what_he_may_read(self):
        for rows in (self.of_lead, self.of_contact):
            self.assertReadable(rows, self.manager, True)

    def test_a_manager_of_another_company_does_not(self):
        for rows in (self.of_lead, self.of_contact):
            self.assertReadable(rows, self.manager_there, False)

    def test_a_salesperson_sees_his_own(self):
        for rows in (self.of_lead, self.of_contact):
            self.assertReadable(rows, self.salesperson, True)
            self.assertReadable(rows, self.colleague, False)

    def test_a_salesperson_whose_lead_was_given_to_another_does_not(self):
        self.lead.user_id = self.colleague
        self.env.flush_all()
        self.assertReadable(self.of_lead, self.salesperson, False)
        self.assertReadable(self.of_contact, self.salesperson, True)

    def test_who_may_read_no_lead_at_all_sees_none_of_their_rows(self):
        self.employee.group_ids += self.env.ref("crm_twitter.group_social_integration")
        (self.of_lead + self.of_contact).user_id = self.employee
        self.env.flush_all()
        self.assertReadable(self.of_lead, self.employee, False)
        self.assertReadable(self.of_contact, self.employee, True)

    def test_a_lost_leads_rows_stay_with_who_may_read_it(self):
        self.lead.active = False
        self.env.flush_all()
        self.assertReadable(self.of_lead, self.manager, True)
        self.assertReadable(self.of_lead, self.manager_there, False)
