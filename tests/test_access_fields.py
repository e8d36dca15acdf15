from odoo.exceptions import UserError
from odoo.tests import tagged

from .access_fields import ALL, FIELDS, MAGIC, READERS
from .access_roles import Roles
from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestAccessFields(Roles, CrmTwitterCase):
    """Every role by every field of the addon, as access_fields.py has it."""

    def test_every_field_has_a_row(self):
        for name, model in self.env.registry.items():
            if model._abstract:
                continue
            ours = {
                field.name
                for field in self.env[name]._fields.values()
                if "crm_twitter" in field._modules and field.name not in MAGIC
            }
            rows = " ".join(FIELDS.get(name, {}).values()).split()
            with self.subTest(name):
                self.assertEqual(sorted(rows), sorted(ours))

    def roles_and_fields(self):
        """(model, role, fields that role may read, fields it may not) of all readers
        of the rows."""
        for model, rows in FIELDS.items():
            for role in READERS[model]:
                may, not_may = set(), set()
                for roles, names in rows.items():
                    readable = roles == ALL or role in roles
                    (may if readable else not_may).update(names.split())
                yield model, role, may, not_may

    def test_fields_are_offered_to_those_who_may_read_them(self):
        for model, role, may, not_may in self.roles_and_fields():
            offered = self.seen_as(role, model).fields_get(attributes=["type"])
            with self.subTest(model, role=role):
                self.assertEqual(offered.keys() & (may | not_may), may)

    def test_fields_are_read_by_those_who_may(self):
        for model, role, may, _not_may in self.roles_and_fields():
            with self.subTest(model, role=role):
                [values] = self.seen_as(role, model).read(sorted(may))
                self.assertEqual(values.keys() - {"id"}, may)

    def test_others_get_no_field_by_any_way(self):
        got = []
        for model, role, _may, not_may in self.roles_and_fields():
            row = self.seen_as(role, model)
            for name in sorted(not_may):
                for way, ask in self.ways(row, name).items():
                    self.counted["attacks tried"] += 1
                    try:
                        told = ask()
                    except (UserError, ValueError):
                        continue
                    if told:
                        got.append(f"{model}.{name} as {role} by {way}: {told}")
        self.assertFalse(got, "\n".join(got))

    def ways(self, row, name):
        """``{way: asks for the field}``.

        An AccessError is one of Odoo's UserErrors, as is that for who may not export; a
        ValueError is for what cannot be sorted or grouped by.
        """
        here = [("id", "=", row.id)]
        return {
            "read": lambda: row.read([name]),
            "attribute": lambda: row[name],
            "web_read": lambda: row.web_read({name: {}})[0].get(name),
            "search": lambda: row.search([*here, (name, "!=", False)]).ids,
            "no": lambda: row.search([*here, (name, "=", False)]).ids,
            "order": lambda: row.search(here, order=name).ids,
            "group": lambda: row.formatted_read_group(here, [name]),
            "aggregate": lambda: row.formatted_read_group(here, [], [f"{name}:max"]),
            "array": lambda: row.formatted_read_group(here, [], [f"{name}:array_agg"]),
            "export": lambda: row.export_data([name])["datas"],
            "mapped": lambda: row.mapped(name),
            "filtered": lambda: row.filtered_domain([(name, "!=", False)]).ids,
        }
