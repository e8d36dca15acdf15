import inspect

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .access_fields import FIELDS, READERS
from .access_roles import ROLES, Roles
from .access_secrets import Secrets
from .common import CrmTwitterCase
from .test_access import ADDON

#: Fields that nobody reads, and whose they are.
SECRET_FIELDS = {
    "twitter.account": ("access_token", "refresh_token"),
    "twitter.login": ("state_hash", "session_hash", "verifier"),
}
#: Where PostgreSQL keeps the stored ones, and nothing else may be.
COLUMNS = {
    ("twitter_account", "access_token"),
    ("twitter_account", "refresh_token"),
    ("twitter_login", "state_hash"),
    ("twitter_login", "session_hash"),
    ("twitter_login", "verifier"),
    ("ir_config_parameter", "value"),
}
# What a template or a filter of somebody without Odoo's right to write code may hold.
EXPRESSIONS = (
    "object.access_token",
    "object.sudo().access_token",
    "object._stored_tokens()",
    "object._valid_token(object._stored_tokens())",
    "object._oauth2_client()",
    "object._parameter('client_secret')",
    "object.env['ir.config_parameter'].sudo().get_param('crm_twitter.client_secret')",
)
# Where code that Odoo runs in its sandbox could look for one.
REACHED_FOR = (
    "account._stored_tokens()",
    "account._valid_token(account._stored_tokens())",
    "account._fresh_token()",
    "account._token_to_revoke()",
    "account.read(['access_token'])",
    "account._oauth2_client()._auth.password",
    "account._oauth2_client().__auth.password",
    "account._oauth2_client()._OAuth2Client__auth.password",
    "account._x_session().gen.send(None)._token",
    "account._x_session().gen.send(None)._renew(None)",
    "account._x_session().gen.send(None)._XClient__token",
    "account._compliance_session().gen.send(None)._bearer",
    "account._compliance_session().gen.send(None)._ComplianceClient__bearer",
    "account._parameter('client_secret')",
)
# How Odoo's sandbox refuses; an error within the code is a ValueError.
REFUSED = (NameError, ValueError, UserError)


@tagged("post_install", "-at_install")
class TestAccessSecrets(Secrets, Roles, CrmTwitterCase):
    """No field and no method gives out a token, a verifier or a secret, to nobody."""

    def setUp(self):
        super().setUp()
        self.make_secrets()

    def test_the_search_for_secrets_finds_them(self):
        for name, value in self.secrets.items():
            self.assertIn(name, self.told({"somewhere": [f"in a {value} text"]}))

    def test_nothing_that_is_read_holds_one(self):
        for model in FIELDS:
            for role in READERS[model]:
                self.counted["attacks tried"] += 1
                row = self.seen_as(role, model)
                names = row.fields_get(self.fields_of(model), attributes=["type"])
                answers = [
                    row.fields_get(),
                    row.read(list(names)),
                    self.read_nested(row, names),
                    row.search_read([], list(names)),
                    row.default_get(list(names)),
                    row.get_metadata() if "create_uid" in names else "",
                ]
                self.assertEqual(self.told(answers), [], f"{model} as {role}")

    def read_nested(self, row, names):
        try:
            return row.web_read({name: self.nested(row, name) for name in names})
        except AccessError as error:
            # What the row leads to is not all for its reader.
            return str(error)

    def fields_of(self, model):
        """All of a model of the addon's, and the addon's of another."""
        if model.startswith("twitter."):
            return list(self.env[model]._fields)
        return " ".join(FIELDS[model].values()).split()

    def nested(self, row, name):
        """All that may be read of a row of ours that this field leads to."""
        field = row._fields[name]
        if field.comodel_name not in FIELDS or not field.relational:
            return {}
        comodel = row.env[field.comodel_name]
        if not comodel.has_access("read"):
            return {}
        names = self.fields_of(field.comodel_name)
        return {"fields": {each: {} for each in comodel.fields_get(names, [])}}

    def paths(self):
        """(model, path) of every way that leads to a field nobody reads."""
        for model, names in SECRET_FIELDS.items():
            for name in names:
                yield model, name
            for comodel in sorted(self.env.registry):
                if self.env[comodel]._abstract:
                    continue
                for field in self.env[comodel]._fields.values():
                    if field.comodel_name == model and field.name in self.asked(field):
                        for name in names:
                            yield comodel, f"{field.name}.{name}"

    def asked(self, field):
        """The field's own name, if Odoo can search by it at all."""
        return [field.name] if field.store or field.search else []

    def test_nobody_asks_for_one_by_any_path(self):
        """Not to have it, nor to guess it letter by letter."""
        got, paths = [], list(self.paths())
        self.assertGreater(len(paths), 10)
        for model, path in paths:
            for role in ("administrator", "sales"):
                records = self.env[model].with_user(self.users[role])
                for way, ask in self.ways(records, path).items():
                    self.counted["attacks tried"] += 1
                    try:
                        told = ask()
                    except (ValueError, UserError):  # AccessError is one of these
                        continue
                    # No rows to show it of are no refusal, unless one searches by it.
                    if told or way != "web":
                        got.append(f"{model}: {path} as {role} by {way}: {told}")
        self.assertFalse(got, "\n".join(got))

    def ways(self, records, path):
        name, _dot, rest = path.partition(".")
        spec = {name: {"fields": {rest: {}}}} if rest else {name: {}}
        either = ["|", ("id", "=", 0), (path, "=like", "g%")]
        return {
            "search": lambda: records.search([(path, "=like", "gAAAA%")]),
            "is": lambda: records.search([(path, "=", self.secrets["state"])]),
            "either": lambda: records.search(either),
            "count": lambda: records.search_count([(path, "!=", False)]),
            "order": lambda: records.search([], order=f"{path} desc"),
            "group": lambda: records.formatted_read_group([], [path], ["__count"]),
            "most": lambda: records.formatted_read_group([], [], [f"{path}:max"]),
            "all": lambda: records.formatted_read_group([], [], [f"{path}:array_agg"]),
            "web": lambda: records.web_search_read([], {**spec, "id": {}})["records"],
            "names": lambda: records.name_search(domain=[(path, "!=", False)]),
        }

    def test_nobody_exports_one(self):
        """Nor by Odoo's own names of fields that lead there."""
        for model, path in self.paths():
            self.counted["attacks tried"] += 1
            rows = self.env[model].with_user(self.users["administrator"]).search([])
            try:
                told = rows.export_data([path.replace(".", "/")])
            except (AccessError, ValueError, KeyError):
                continue
            self.assertEqual(self.told(told), [], f"{model}: {path}")
            self.assertFalse(any(any(row) for row in told["datas"]), f"{model}: {path}")

    def test_a_field_an_administrator_makes_leads_to_none(self):
        """Odoo has related fields read in superuser mode; these stay forbidden."""
        fields = self.env["ir.model.fields"].with_user(self.users["administrator"])
        model = self.env["ir.model"]._get("twitter.feed")
        for number, groups in enumerate(([], [self.env.ref("base.group_user").id])):
            self.counted["attacks tried"] += 1
            name = f"x_token_{number}"
            made = fields.create(
                {
                    "name": name,
                    "field_description": f"Token {number}",
                    "model_id": model.id,
                    "ttype": "char",
                    "related": "account_id.access_token",
                    "store": False,
                    "groups": groups,
                }
            )
            with self.assertRaises(AccessError):
                self.seen_as("administrator", "twitter.feed").read([name])
            # As long as it is there, all models have it.
            made.unlink()

    def test_nobody_calls_what_is_ours_alone(self):
        """Methods that handle secrets are private, as are all that check nobody."""
        tried, open_to_all = 0, []
        for model in (self.env[name] for name in sorted(self.env.registry)):
            ours = {
                name
                for cls in type(model).__mro__
                if cls.__module__.startswith(ADDON)
                for name, method in vars(cls).items()
                if name.startswith("_") and not name.startswith("__")
                if inspect.isfunction(getattr(method, "__func__", method))
            }
            for name in sorted(ours):
                tried += 1
                try:
                    get_public_method(model, name)
                except (AccessError, AttributeError):
                    continue
                open_to_all.append(f"{model._name}.{name}")
        self.assertFalse(open_to_all)
        self.assertGreater(tried, 500)
        self.counted["attacks tried"] += tried

    def test_settings_do_not_send_back_what_was_typed(self):
        typed = "a-secret-that-was-just-typed-0123456789"
        for name in ("twitter_client_secret", "twitter_bearer_token"):
            settings = self.env["res.config.settings"].with_user(self.admin)
            row = settings.create({})
            answer = row.web_save({name: typed}, {name: {}, "twitter_plan": {}})
            row.execute()
            self.env.flush_all()
            answers = [answer, row.read(), settings.default_get([name])]
            self.assertNotIn(typed, repr(answers))
            self.assertEqual(self.columns_with(typed), set())

    def test_templates_of_those_who_write_no_code_hold_none(self):
        """Odoo lets administrators alone write expressions, and whoever gives out
        access rights, and so may have them all; see docs/security.md."""
        for role in ROLES:
            mixin = self.env["mail.render.mixin"].with_user(self.users[role])
            if mixin.env.is_admin() or role == "archived":
                continue
            for expression in EXPRESSIONS:
                for engine, template in (
                    ("inline_template", "{{ %s }}"),
                    ("qweb", '<t t-out="%s"/>'),
                ):
                    self.counted["attacks tried"] += 1
                    with self.subTest(role, expression=expression, engine=engine):
                        # Odoo wraps an AccessError of the expression in one of these.
                        with self.assertRaises(UserError):
                            mixin._render_template(
                                template % expression,
                                "twitter.account",
                                self.account.ids,
                                engine=engine,
                            )

    def test_code_an_administrator_writes_has_none_in_clear(self):
        """It can use a connection, and see what is stored: encrypted."""
        action = self.env["ir.actions.server"].create(
            {
                "name": "Look for a secret",
                "model_id": self.env["ir.model"]._get_id("twitter.account"),
                "state": "code",
            }
        )
        told = {}
        for reached in REACHED_FOR:
            self.counted["attacks tried"] += 1
            code = reached.replace("account.", "record.sudo().")
            in_context = action.with_context(
                active_model="twitter.account", active_id=self.account.id
            )
            try:
                action.code = f"action = {{'told': repr({code})}}"
                told[reached] = in_context.run()["told"]
            except REFUSED as error:
                told[reached] = str(error)
        found = {
            (reached, name)
            for reached, answer in told.items()
            for name, value in self.clear.items()
            if value in answer
        }
        self.assertEqual(found, set())
        # The code did run, where Odoo lets it.
        stored = self.secrets["access_token of @marcdemo, stored"]
        self.assertIn(stored, told[REACHED_FOR[0]])
        self.assertIn(stored, told[REACHED_FOR[2]])

    # ------------------------------------------------------------
    # WHAT IS WRITTEN DOWN
    # ------------------------------------------------------------

    def test_nothing_that_is_written_down_holds_one(self):
        """Chatter, activities, mails, the bus, tracked values, logs in the database:
        every text of every table; the stored ones are where they belong alone."""
        self.account.sudo()._mark_reconnect()
        self.make_secrets()
        self.env["twitter.account"].with_user(self.admin).connection()
        self.seen_as("sales", "crm.lead").twitter_panel()
        self.seen_as("sales", "crm.lead").twitter_act(
            "0000-0000-0000-0000", "post", "", "Hello"
        )
        self.flush_tracking()
        for name, value in self.secrets.items():
            self.counted["attacks tried"] += 1
            expected = COLUMNS if name not in self.clear else set()
            self.assertLessEqual(self.columns_with(value), expected, name)
