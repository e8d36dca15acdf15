from datetime import timedelta
from types import SimpleNamespace

from odoo import fields
from odoo.modules.db import FunctionStatus
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ..models.res_partner import _trigrams_of_name
from ..models.twitter_account import PERMISSION
from ..models.twitter_interaction_suggesting import _typed_domain
from .board import Board
from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestSuggestions(Board, CrmTwitterCase):
    """Whom a card's author may be already; what one may not write is not offered."""

    def setUp(self):
        super().setUp()
        self.row = self.say()

    def suggestions(self, query="", user=None, row=None):
        row = self.seen_by(user or self.salesperson, row or self.row)
        return row.suggestions(query)

    def offered(self, query="", **values):
        return [
            (entry["model"], entry["id"]) for entry in self.suggestions(query, **values)
        ]

    def contact(self, **values):
        return self.env["res.partner"].create({"name": "Jane Doe", **values})

    def entry(self, record):
        return record._name, record.id

    def test_nobody(self):
        self.assertEqual(self.suggestions(), [])

    def test_the_same_handle_typed_in_another_way(self):
        lead = self.make_lead("Somebody", twitter_handle="jane_doe (on X!)")
        self.assertFalse(lead.twitter_profile_id)
        self.make_lead("Another", twitter_handle="mary_jane_doe (on X!)")
        [entry] = self.suggestions()
        self.assertEqual(
            entry,
            {
                "model": "crm.lead",
                "id": lead.id,
                "name": lead.name,
                "kind": "lead",
                "reason": "Same handle.",
                "handle": "jane_doe (on X!)",
            },
        )

    def test_the_same_name(self):
        contact = self.contact(name="doe, JANE")
        lead = self.make_lead("Jane Doe")
        theirs = self.make_lead("", partner_id=contact.id)
        self.make_lead("Jane Doering")
        self.contact(name="Jane")
        entries = self.suggestions()
        self.assertEqual({entry["reason"] for entry in entries}, {"Same name."})
        self.assertEqual(
            {(entry["model"], entry["id"]) for entry in entries},
            {self.entry(record) for record in (contact, lead, theirs)},
        )

    def test_the_same_name_at_a_company(self):
        company = self.contact(name="Acme", is_company=True)
        contact = self.contact(parent_id=company.id)
        self.assertEqual(self.offered(), [self.entry(contact)])

    def test_the_same_name_in_other_letters(self):
        for number, (name, ours) in enumerate(
            (
                ("胡博静", "Bojing Hú"),
                ("Bo Li", "Li Bo"),
                ("Дженнин Джоббинс", "Dzhennin Dzhobbins"),
                ("José García", "Jose Garcia"),
                ("Dr. John M. Brown", "John Brown"),
                ("王伟", "王伟"),
            )
        ):
            with self.subTest(name):
                handle = f"somebody_{number}"
                row = self.say(handle=handle)
                row.author_id.profile_id.name = name
                lead = self.make_lead(ours)
                self.assertEqual(self.offered(row=row), [self.entry(lead)])

    def test_a_name_that_may_not_be_shown_is_not_looked_for(self):
        self.make_lead("Jane Doe")
        self.row.author_id.seen_at = fields.Datetime.now() - timedelta(hours=25)
        self.assertEqual(self.suggestions(), [])

    def test_who_is_known_as_somebody_is_left_out(self):
        self.make_lead("Jane Doe", twitter_handle="jane_doe")
        self.make_lead("Jane Doe", twitter_handle="another_jane")
        self.assertEqual(self.suggestions(), [])
        lead = self.make_lead("Jane Doe")
        self.assertEqual(self.offered(), [self.entry(lead)])
        lead.twitter_reject(self.row.author_id.profile_id.twitter_id, "jane_doe")
        self.assertEqual(self.offered(), [])

    def test_a_search(self):
        acme = self.contact(name="Acme", is_company=True)
        lead = self.make_lead("Jim Beam", partner_name="ACME Corporation")
        other = self.make_lead("Jill", name="Acme: desks", twitter_handle="jill")
        self.make_lead("Jane Doe", partner_name="Acme", twitter_handle="jane_doe")
        entries = {
            (entry["model"], entry["id"]): entry["reason"]
            for entry in self.suggestions("acme")
        }
        self.assertEqual(
            entries,
            {
                self.entry(acme): "Found by “acme”.",
                self.entry(lead): "Found by “acme”.",
                self.entry(other): "Found by “acme”. Has @jill now.",
            },
        )

    def test_a_search_by_e_mail(self):
        contact = self.contact(name="J", email="jane@acme.example.com")
        lead = self.make_lead("J", email_from="JANE@acme.example.com")
        self.assertEqual(
            set(self.offered("jane@acme")), {self.entry(contact), self.entry(lead)}
        )

    def test_at_most_ten(self):
        for _number in range(12):
            self.contact()
        self.assertEqual(len(self.suggestions()), 10)
        self.assertEqual(len(self.suggestions("jane")), 10)

    def test_records_of_others_are_not_named(self):
        theirs = self.make_lead("Jane Doe", user_id=self.colleague.id)
        self.assertEqual(self.suggestions(), [])
        self.assertEqual(self.suggestions("jane"), [])
        self.assertEqual(self.offered(user=self.colleague), [self.entry(theirs)])

    def test_what_one_may_only_read_is_not_offered(self):
        self.contact()
        mine = self.contact(user_id=self.salesperson.id)
        self.env["ir.rule"].create(
            {
                "name": "contacts are changed by their salesperson, for this test",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": "[('user_id', '=', user.id)]",
                "perm_read": False,
            }
        )
        self.assertEqual(self.offered(), [self.entry(mine)])
        self.assertEqual(self.offered("jane"), [self.entry(mine)])
        member = new_test_user(self.env, "x_member", f"base.group_user,{PERMISSION}")
        self.assertEqual(self.offered(user=member), [])
        self.assertEqual(self.offered("jane", user=member), [])

    def test_records_of_another_company_are_not_offered(self):
        self.contact(company_id=self.other.id)
        mine = self.contact(company_id=self.env.company.id)
        row = self.seen_by(self.poster, self.row, self.env.company, self.other)
        entries = row.suggestions()
        self.assertEqual([entry["id"] for entry in entries], [mine.id])

    def test_what_is_offered_can_be_associated(self):
        lead = self.make_lead("Jane Doe")
        [entry] = self.suggestions()
        record = self.env[entry["model"]].with_user(self.salesperson)
        record.browse(entry["id"]).twitter_associate(
            "jane_doe",
            "public",
            twitter_id=self.row.author_id.profile_id.twitter_id,
            origin="typed",
        )
        self.assertEqual(lead.sudo().twitter_profile_id, self.row.author_id.profile_id)
        self.assertEqual(self.row.relation, "known")
        self.assertEqual(self.suggestions(), [])

    def test_as_many_queries_for_many(self):
        def queries():
            row = self.seen_by(self.salesperson, self.row)
            before = self.env.cr.sql_log_count
            row.suggestions()
            return self.env.cr.sql_log_count - before

        for number in range(3):
            self.contact()
            self.make_lead("Jane Doe", twitter_handle=f"jane_doe #{number}")
        queries()
        few = queries()
        for number in range(30):
            self.contact()
            self.make_lead("Jane Doe", twitter_handle=f"jane_doe ##{number}")
        self.assertLessEqual(queries(), few)

    def test_what_was_typed_is_found_by_its_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for model in ("crm.lead", "res.partner"):
            records = self.env[model].with_context(active_test=False)
            query = records._search(_typed_domain("jane_doe"))
            [(plan,)] = self.env.execute_query(
                SQL("EXPLAIN (FORMAT JSON) %s", query.select())
            )
            self.assertIn(f"{records._table}_twitter_typed_index", str(plan))

    def test_contacts_are_looked_for_by_trigrams_where_there_are_any(self):
        def definition(has_trigram, has_unaccent):
            registry = SimpleNamespace(
                has_trigram=has_trigram,
                has_unaccent=has_unaccent,
                unaccent="unaccent({})".format,
            )
            return _trigrams_of_name(registry)

        self.assertEqual(definition(False, FunctionStatus.MISSING), "")
        self.assertEqual(
            definition(True, FunctionStatus.PRESENT),
            "USING gin (complete_name gin_trgm_ops)",
        )
        self.assertEqual(
            definition(True, FunctionStatus.INDEXABLE),
            "USING gin (unaccent(complete_name) gin_trgm_ops)",
        )
