from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .access_fields import MAGIC
from .access_models import MODELS
from .access_roles import ROLES, Roles
from .common import CrmTwitterCase

# Odoo gives an archived user no environment: see test_access_routes.
PRESENT = [role for role in ROLES if role != "archived"]


@tagged("post_install", "-at_install")
class TestAccessModels(Roles, CrmTwitterCase):
    """Every role by reading, changing, making and deleting a row of every model."""

    def test_every_model_has_a_row(self):
        ours = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "crm_twitter" and not model._abstract
        }
        self.assertEqual(ours - MODELS.keys(), set(), "not in access_models.py")
        self.assertEqual(MODELS.keys() - ours, set(), "of what is not there any more")
        self.assertEqual(ours - self.rows.keys(), set(), "not in access_roles.py")

    def test_who_may_do_what_to_a_row(self):
        wrong = []
        for model, rights in MODELS.items():
            for role in PRESENT:
                for deed in ("read", "write", "create", "unlink"):
                    expected = role in getattr(rights, deed)
                    done = self.may(deed, role, model, rights)
                    if done != expected:
                        wrong.append(f"{deed} {model} as {role}: {done}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_a_row_that_may_not_be_read_is_not_found(self):
        """By no search, count, group, name or export."""
        found = []
        for model, rights in MODELS.items():
            for role in PRESENT:
                if role in rights.read:
                    continue
                for way in self.ways(model):
                    self.counted["attacks tried"] += 1
                    row = self.seen_as(role, model)
                    try:
                        told = way(row, [("id", "=", row.id)])
                    except UserError:  # AccessError, or a right to export
                        continue
                    if told:
                        found.append(f"{model} as {role}: {told}")
        self.assertFalse(found, "\n".join(found))

    def ways(self, model):
        name = self.field_of(self.env[model])
        ways = [
            lambda row, domain: row.search(domain).ids,
            lambda row, domain: row.search_count(domain),
            lambda row, domain: row.search_read(domain, ["id"]),
            lambda row, domain: row.name_search(domain=domain),
            lambda row, domain: row.web_search_read(domain, {"id": {}})["records"],
            lambda row, domain: row.export_data([name])["datas"],
            lambda row, domain: row.web_read({"display_name": {}}),
            lambda row, domain: row.copy_data(),
        ]
        if "create_uid" in self.env[model]._fields:
            ways.append(
                lambda row, domain: row.formatted_read_group(domain, ["create_uid"])
            )
        return ways

    def may(self, deed, role, model, rights):
        self.counted["attacks tried"] += 1
        row = self.seen_as(role, model)
        try:
            with self.env.cr.savepoint() as undone:
                getattr(self, f"try_{deed}")(row, rights)
                self.env.flush_all()
                undone.rollback()
        except AccessError:
            return False
        finally:
            self.env.invalidate_all()
        return True

    def try_read(self, row, rights):
        row.read(["display_name"])

    def try_write(self, row, rights):
        row.write(self.values_of(row, rights, False))

    def try_create(self, row, rights):
        row.browse().create(self.values_of(row, rights, True))

    def try_unlink(self, row, rights):
        row.unlink()

    def values_of(self, row, rights, is_new):
        """What a user could want to write, or else any value the row has already."""
        if rights.values:
            return rights.values(self, is_new)
        name = self.field_of(row)
        # sudo: own model - a value to try, whoever may read it
        [values] = row.sudo().read([name], load="")
        return {name: values[name]}

    def field_of(self, model):
        """Name of one of the model's columns that whoever reads the row may read."""
        return model._rec_name or next(
            name
            for name, field in model._fields.items()
            if field.store and not field.groups and name not in MAGIC
        )
