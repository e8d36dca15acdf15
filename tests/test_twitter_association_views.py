import csv
import io
import json

from lxml import etree

from odoo import http
from odoo.tests import new_test_user, tagged

from .common import CrmTwitterCase, CrmTwitterHttpCase

# What the ledger has to say of each event.
COLUMNS = (
    "date",
    "kind",
    "handle",
    "lead_id",
    "partner_id",
    "basis",
    "origin",
    "user_id",
)
ACTIONS = {
    "crm.lead": "crm_twitter.twitter_association_lead_action",
    "res.partner": "crm_twitter.twitter_association_partner_action",
}


@tagged("post_install", "-at_install")
class TestTwitterAssociationViews(CrmTwitterCase):
    """The ledger is in the menu, and opened from a record."""

    def test_the_list_shows_all_that_an_event_has(self):
        for user in (self.salesperson, self.admin):
            rows = self.env["twitter.association"].with_user(user)
            arch = etree.fromstring(rows.get_view(view_type="list")["arch"])
            shown = {
                node.get("name")
                for node in arch.iter("field")
                if node.get("optional") != "hide"
                and node.get("column_invisible") is None
            }
            self.assertEqual(shown, set(COLUMNS))
            for change in ("create", "edit", "delete", "import", "duplicate"):
                self.assertEqual(arch.get(change), "0", change)
            self.assertNotEqual(arch.get("export_xlsx"), "0")

    def test_the_menu_is_for_who_may_see_the_ledger(self):
        menu = self.env.ref("crm_twitter.twitter_association_menu")
        for user, expected in (
            (self.salesperson, True),
            (self.admin, True),
            (self.employee, False),
        ):
            with self.subTest(user.login):
                visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                self.assertEqual(menu.id in visible, expected)

    def test_it_is_opened_from_the_record(self):
        manager = new_test_user(
            self.env, "x_ledger_manager", groups="sales_team.group_sale_manager"
        )
        lead = self.make_lead(twitter_handle="jane_doe").sudo()
        partner = self.env["res.partner"].create(
            {"name": "Jane", "twitter_handle": "jane_doe"}
        )
        for record in (lead, partner):
            with self.subTest(record._name):
                domain = self.domain_for(record)
                rows = self.env["twitter.association"].with_user(manager).search(domain)
                self.assertEqual(rows[record._twitter_column()], record)
                self.assertIn(
                    ACTIONS[record._name],
                    self.bound_actions(record._name, self.salesperson),
                )
                self.assertNotIn(
                    ACTIONS[record._name],
                    self.bound_actions(record._name, self.employee),
                )

    def domain_for(self, record):
        [action] = self.env.ref(ACTIONS[record._name]).read(["domain"])
        [(field, operator, ids)] = json.loads(
            action["domain"]
            .replace("(", "[")
            .replace(")", "]")
            .replace("active_ids", json.dumps(record.ids))
        )
        return [(field, operator, ids)]

    def bound_actions(self, model, user):
        bindings = self.env["ir.actions.actions"].with_user(user).get_bindings(model)
        ids = {action["id"] for action in bindings.get("action", ())}
        return {xmlid for xmlid in ACTIONS.values() if self.env.ref(xmlid).id in ids}

    def test_a_form_leads_to_it_beside_the_basis(self):
        for model, xmlid in ACTIONS.items():
            action = self.env.ref(xmlid)
            form = "crm.crm_lead_view_form"
            if model == "res.partner":
                form = "base.view_partner_form"
            view = self.env.ref(form)
            arch = self.env[model].with_user(self.salesperson).get_view(view.id)["arch"]
            arch = etree.fromstring(arch)
            bases = arch.xpath("//field[@name='twitter_basis']")
            self.assertTrue(bases)
            for node in bases:
                [button] = node.getparent().findall("button")
                self.assertEqual(button.get("name"), str(action.id))
                self.assertTrue(button.get("aria-label"))


@tagged("post_install", "-at_install")
class TestTwitterAssociationExport(CrmTwitterHttpCase):
    """Odoo's export of the list gives the whole ledger that one may see."""

    def exported(self, user):
        fields = [{"name": name, "label": name} for name in COLUMNS]
        params = {
            "import_compat": False,
            "context": {},
            "domain": [("handle", "=", "jane_doe")],
            "fields": fields,
            "groupby": [],
            "ids": False,
            "model": "twitter.association",
        }
        self.authenticate(user.login, user.login)
        answer = self.url_open(
            "/web/export/csv",
            data={
                "data": json.dumps(params),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        answer.raise_for_status()
        return list(csv.DictReader(io.StringIO(answer.text)))

    def test_the_export_has_all_columns_of_the_rows_one_may_see(self):
        self.salesperson.group_ids += self.env.ref("base.group_allow_export")
        self.colleague.group_ids += self.env.ref("base.group_allow_export")
        lead = self.make_lead(name="A deal")
        lead.write({"twitter_handle": "jane_doe", "twitter_basis": "consent"})
        partner = self.env["res.partner"].create({"name": "Jane Doe"})
        partner.with_user(self.salesperson).twitter_handle = "jane_doe"
        self.env.flush_all()
        rows = self.exported(self.salesperson)
        self.assertEqual(len(rows), 2)
        of_partner, of_lead = rows
        self.assertEqual(
            {name: of_lead[name] for name in COLUMNS if name != "date"},
            {
                "kind": "Associated",
                "handle": "jane_doe",
                "lead_id": "A deal",
                "partner_id": "",
                "basis": "Consent",
                "origin": "Field",
                "user_id": self.salesperson.name,
            },
        )
        self.assertEqual(of_partner["partner_id"], "Jane Doe")
        for row in rows:
            self.assertRegex(row["date"], r"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$")
        self.assertEqual(self.exported(self.colleague), [])
