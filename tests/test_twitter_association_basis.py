from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.twitter_association import BASES
from .board import Board
from .common import CrmTwitterCase

IMPORT = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8"}


@tagged("post_install", "-at_install")
class TestTwitterAssociationBasis(Board, CrmTwitterCase):
    """Whatever way a match is made, the ledger says on what basis."""

    def setUp(self):
        super().setUp()
        # No way may make do without a basis, nor with what another one had.
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("crm_twitter.default_basis", "given")

    def assertMatched(self, record, basis, origin, handle="jane_doe"):
        """The record shows the basis, and the last event of its ledger has it."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(record.twitter_handle, handle)
        self.assertEqual(record.twitter_basis, basis)
        last = self.ledger(record.sudo())[-1]
        self.assertEqual(last, ("associated", handle, origin, basis))

    def assertNotMatched(self):
        rows = self.env["twitter.association"]
        self.assertFalse(rows.search([("handle", "=", "jane_doe")]))

    # ------------------------------------------------------------
    # BY HAND
    # ------------------------------------------------------------

    def test_the_field(self):
        for model, values in (
            ("crm.lead", {"name": "A deal"}),
            ("res.partner", {"name": "Jane"}),
        ):
            record = self.env[model].create(values)
            with self.subTest(model), Form(record) as form:
                form.twitter_handle = "@jane_doe"
            self.assertMatched(record, "given", "field")

    def test_the_field_with_a_basis(self):
        with Form(self.make_lead()) as form:
            form.twitter_handle = "@jane_doe"
            form.twitter_basis = "consent"
        self.assertMatched(form.record, "consent", "field")

    def test_the_panel_asks_for_one_and_takes_no_other(self):
        lead = self.make_lead()
        for basis in ("", None, False, "bought", "Bought list", "rented"):
            with self.subTest(basis=basis), self.assertRaises(UserError):
                lead.twitter_associate("jane_doe", basis)
        self.assertFalse(lead.twitter_handle)
        lead.twitter_associate("jane_doe", "consent", origin="search")
        self.assertMatched(lead, "consent", "search")

    def test_undo_brings_back_the_basis_there_was(self):
        lead = self.make_lead()
        lead.twitter_associate("jane_doe", "consent")
        lead.twitter_associate(**lead.twitter_disassociate()["undo"])
        self.assertMatched(lead, "consent", "typed")

    def test_a_match_from_the_board(self):
        row = self.say()
        lead = self.make_lead()
        profile = row.author_id.profile_id
        lead.twitter_associate(
            "jane_doe", "consent", profile.twitter_id, "board", row.id
        )
        self.assertMatched(lead, "consent", "board")

    # ------------------------------------------------------------
    # BY PROGRAMS
    # ------------------------------------------------------------

    def test_the_api(self):
        for model, values in (
            ("crm.lead", {"name": "A deal"}),
            ("res.partner", {"name": "Jane"}),
        ):
            with self.subTest(model):
                records = self.env[model]
                made = records.create({**values, "twitter_handle": "jane_doe"})
                self.assertMatched(made, "given", "field")
                written = records.create(values)
                written.write({"twitter_handle": "jane_doe", "twitter_basis": False})
                self.assertMatched(written, "given", "field")
                written.twitter_basis = "consent"
                self.assertMatched(written, "consent", "field")
                written.twitter_basis = False
                self.assertMatched(written, "consent", "field")

    def test_another_persons_basis_is_not_taken_over(self):
        lead = self.make_lead(twitter_handle="somebody", twitter_basis="consent")
        lead.twitter_handle = "jane_doe"
        self.assertMatched(lead, "given", "field")

    def test_no_other_basis_is_a_choice(self):
        lead = self.make_lead(twitter_handle="jane_doe")
        for basis in ("bought", "list", "purchased"):
            with self.subTest(basis):
                with self.assertRaises(ValueError):
                    lead.twitter_basis = basis
                with self.assertRaises(ValueError):
                    self.make_lead(twitter_handle="jane_doe", twitter_basis=basis)
        self.assertEqual({value for value, _ in BASES}, {"given", "consent", "public"})

    def test_who_chooses_learns_why_a_bought_list_is_no_basis(self):
        for model in ("crm.lead", "res.partner"):
            told = self.env[model].fields_get(["twitter_basis"])["twitter_basis"]
            self.assertIn("bought list", told["help"])
            labels = " ".join(label for _value, label in told["selection"])
            self.assertNotIn("ought", labels)
        arch = self.env["res.config.settings"].get_view()["arch"]
        self.assertIn("A bought list is no basis", arch)

    def test_a_default_that_is_none_is_not_used(self):
        parameters = self.env["ir.config_parameter"]
        for value in ("bought", "", False):
            with self.subTest(value):
                parameters.set_param("crm_twitter.default_basis", value)
                lead = self.make_lead(twitter_handle="jane_doe")
                self.assertMatched(lead, "public", "field")

    def test_the_database_takes_no_match_without_a_basis(self):
        lead = self.make_lead(twitter_handle="jane_doe")
        row = lead.sudo(), lead.sudo().twitter_profile_id
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.env["twitter.association"]._log([("associated", *row, "field", "")])

    # ------------------------------------------------------------
    # IMPORTS
    # ------------------------------------------------------------

    def imported(self, model, text, columns):
        wizard = self.env["base_import.import"].create(
            {
                "res_model": model,
                "file": text.encode(),
                "file_name": "people.csv",
                "file_type": "text/csv",
            }
        )
        answer = wizard.execute_import(columns, columns, IMPORT)
        return answer, self.env[model].browse(answer["ids"] or [])

    def test_an_import_with_the_column(self):
        text = "name,handle,basis\nA,@jane_doe,Consent\nB,@jane_doe,\n"
        columns = ["name", "twitter_handle", "twitter_basis"]
        for model in ("crm.lead", "res.partner"):
            with self.subTest(model):
                answer, records = self.imported(model, text, columns)
                self.assertFalse(answer["messages"])
                self.assertMatched(records[0], "consent", "import")
                self.assertMatched(records[1], "given", "import")

    def test_an_import_without_the_column_has_the_administrators_default(self):
        columns = ["name", "twitter_handle"]
        for model in ("crm.lead", "res.partner"):
            with self.subTest(model):
                _answer, records = self.imported(
                    model, "name,handle\nA,@jane_doe\n", columns
                )
                self.assertMatched(records, "given", "import")

    def test_a_bought_list_is_not_imported(self):
        text = 'name,handle,basis\nA,@jane_doe,"Bought list"\n'
        columns = ["name", "twitter_handle", "twitter_basis"]
        for model in ("crm.lead", "res.partner"):
            with self.subTest(model):
                answer, records = self.imported(model, text, columns)
                self.assertFalse(records)
                self.assertIn("Bought list", answer["messages"][0]["message"])
        self.assertNotMatched()

    def test_a_bought_list_is_not_imported_by_odoos_own_choices(self):
        """ "Set to empty" would leave it to the default; to skip the row is fine."""
        columns = ["name", "twitter_handle", "twitter_basis"]
        bought = [["A", "@jane_doe", "Bought list"]]
        for model in ("crm.lead", "res.partner"):
            records = self.env[model].with_context(import_file=True)
            with self.subTest(model):
                emptied = records.with_context(
                    import_set_empty_fields=["website", "twitter_basis"]
                )
                answer = emptied.load(columns, bought)
                self.assertFalse(answer["ids"])
                self.assertIn("Bought list", answer["messages"][0]["message"])
                skipped = records.with_context(import_skip_records=["twitter_basis"])
                self.assertFalse(skipped.load(columns, bought)["ids"])
        self.assertNotMatched()

    def test_nor_below_another_record(self):
        company = self.env["res.partner"].with_context(
            import_file=True,
            import_set_empty_fields=["child_ids/twitter_basis", "twitter_basis"],
        )
        answer = company.load(
            [
                "name",
                "child_ids/name",
                "child_ids/twitter_handle",
                "child_ids/twitter_basis",
            ],
            [["A", "B", "@jane_doe", "Bought list"]],
        )
        self.assertFalse(answer["ids"])
        self.assertNotMatched()

    # ------------------------------------------------------------
    # THE LIFE OF RECORDS
    # ------------------------------------------------------------

    def test_a_website_form_makes_a_lead(self):
        """As Odoo's does: in superuser mode, with no user of ours."""
        leads = self.env["crm.lead"].with_user(self.env.ref("base.public_user"))
        leads = leads.sudo().with_context(mail_create_nosubscribe=True)
        lead = leads.create({"name": "Hello", "twitter_handle": "jane_doe"})
        self.assertMatched(lead.with_user(self.env.user), "given", "field")

    def test_a_lead_takes_its_customers_basis_over(self):
        values = {"twitter_handle": "jane_doe", "twitter_basis": "consent"}
        partner = self.env["res.partner"].create({"name": "Jane", **values})
        made = self.make_lead(partner_id=partner.id).sudo()
        self.assertMatched(made, "consent", "customer")
        tied = self.make_lead().sudo()
        tied.partner_id = partner
        self.assertMatched(tied, "consent", "customer")

    def test_a_converted_lead_gives_its_basis_on(self):
        lead = self.make_lead(twitter_handle="jane_doe", twitter_basis="consent")
        lead = lead.sudo()
        lead._handle_partner_assignment(create_missing=True)
        self.assertEqual(lead.partner_id.twitter_basis, "consent")
        self.assertEqual(
            self.ledger(lead.partner_id)[-1][::3], ("associated", "consent")
        )

    def test_merges_keep_it(self):
        values = {"twitter_handle": "jane_doe", "twitter_basis": "consent"}
        leads = self.env["crm.lead"].create([{"name": "A"}, {"name": "B", **values}])
        kept = leads._merge_opportunity(auto_unlink=True)
        self.assertEqual(kept.twitter_basis, "consent")
        self.assertIn("consent", self.ledger(kept)[-1])
        partners = self.env["res.partner"].create(
            [{"name": "A"}, {"name": "B", **values}]
        )
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge(partners.ids, partners[0], extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(partners[0].twitter_basis, "consent")
        self.assertIn("consent", self.ledger(partners[0])[-1])

    def test_a_copy_is_no_match(self):
        values = {"twitter_handle": "jane_doe", "twitter_basis": "consent"}
        for record in (
            self.make_lead(**values).sudo(),
            self.env["res.partner"].create({"name": "Jane", **values}),
        ):
            copy = record.copy()
            self.assertFalse(copy.twitter_basis or copy.twitter_handle)
            self.assertEqual(self.ledger(copy), [])

    def test_following_a_new_handle_keeps_it(self):
        lead = self.make_lead(twitter_handle="jane_doe", twitter_basis="consent")
        profile = lead.sudo().twitter_profile_id
        profile.write(
            {"twitter_id": "77", "handle": "jane", "former_handles": ["jane_doe"]}
        )
        self.env.flush_all()
        lead.sudo()._twitter_follow()
        self.assertMatched(lead, "consent", "renamed", handle="jane")
