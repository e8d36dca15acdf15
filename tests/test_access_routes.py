from typing import NamedTuple

from odoo.fields import Command
from odoo.http import _generate_routing_rules
from odoo.tests import tagged

from .access_methods import METHODS, NOBODY, PERMITTED
from .access_roles import ROLES, Roles
from .access_secrets import Secrets
from .common import CrmTwitterHttpCase

ANSWERING = ("manager", "administrator")
PERSON = "/crm_twitter/person/<string:model>/<int:record_id>"


class Door(NamedTuple):
    """A route, an address of it, and the roles that it answers."""

    route: str
    path: str
    model: str
    may: tuple


#: Each route of the addon, by each record that it takes.
DOORS = (
    # A login that nobody has begun: it says so, and calls nobody.
    Door(
        "/crm_twitter/oauth/callback",
        "/crm_twitter/oauth/callback?state=none&code=none",
        "twitter.login",
        (*PERMITTED, "administrator_without"),
    ),
    Door(
        "/crm_twitter/profile/<int:profile_id>/photo",
        "/crm_twitter/profile/%s/photo",
        "twitter.profile",
        PERMITTED,
    ),
    Door(PERSON, "/crm_twitter/person/crm.lead/%s", "crm.lead", ("manager",)),
    Door(PERSON, "/crm_twitter/person/res.partner/%s", "res.partner", ANSWERING),
    Door(
        PERSON,
        "/crm_twitter/person/twitter.profile/%s",
        "twitter.profile",
        ANSWERING,
    ),
    Door(PERSON, "/crm_twitter/person/res.users/%s", "res.users", NOBODY),
    Door(PERSON, "/crm_twitter/person/twitter.account/%s", "twitter.account", NOBODY),
    Door(
        f"{PERSON}/json",
        "/crm_twitter/person/crm.lead/%s/json",
        "crm.lead",
        ("manager",),
    ),
    Door(
        f"{PERSON}/json",
        "/crm_twitter/person/twitter.profile/%s/json",
        "twitter.profile",
        ANSWERING,
    ),
)
#: What Odoo's API with keys is asked for, and of what.
ASKED = (
    ("crm.lead", "twitter_panel"),
    ("twitter.account", "connection"),
    ("twitter.interaction", "board"),
    ("twitter.interaction", "twitter_panel"),
)
PRIVATE = ("_stored_tokens", "_valid_token", "_x_session", "_oauth2_client", "_end")


@tagged("post_install", "-at_install")
class TestAccessRoutes(Secrets, Roles, CrmTwitterHttpCase):
    """Every role by every HTTP route, and by Odoo's own doors to the same."""

    def setUp(self):
        super().setUp()
        self.make_secrets()
        jane = self.x.people.named("jane_doe")
        picture = f"{jane.id}/{jane.avatar}_normal.png"
        profile = self.rows["twitter.profile"]
        profile.image_url = f"{self.simulator.url}/pbs/profile_images/{picture}"
        self.env.flush_all()

    def test_every_route_has_a_row(self):
        rules = _generate_routing_rules(["crm_twitter"], nodb_only=False)
        found = {route for route, _endpoint in rules}
        self.assertEqual(found, {door.route for door in DOORS})

    def log_in(self, role):
        """Be that user in the browser; with the session of before, for who left."""
        user = self.users[role]
        if role == "public":
            return self.authenticate(None, None)
        has_left = not user.active
        if has_left:
            user.active = True
        self.authenticate(user.login, user.login)
        if has_left:
            user.active = False
            self.env.flush_all()
        return None

    def test_who_is_answered_by_which_route(self):
        wrong = []
        for role in ROLES:
            self.log_in(role)
            for door in DOORS:
                self.counted["attacks tried"] += 1
                self.x.calls.clear()
                path = door.path
                if "%s" in path:
                    path %= self.rows[door.model].id
                answer = self.url_open(path, allow_redirects=False)
                is_answered = answer.status_code == 200
                if is_answered != (role in door.may):
                    wrong.append(f"{path} as {role}: {answer.status_code}")
                if not is_answered:
                    self.assertIn(answer.status_code, (303, 403, 404), path)
                    self.assertNotIn("Jane", answer.text, f"{path} as {role}")
                    self.assertEqual(self.endpoints(), [])
                self.assertEqual(self.told(answer.text), [])
        self.assertFalse(wrong, "\n".join(wrong))

    # ------------------------------------------------------------
    # ODOO'S OWN DOORS
    # ------------------------------------------------------------

    def key_of(self, role):
        """An API key of that user's, made while they were there."""
        keys = self.env["res.users.apikeys"].with_user(self.users[role]).sudo()
        key = keys._generate("rpc", "matrix", None)
        self.env.flush_all()
        return key

    def json_2(self, key, model, method, **arguments):
        headers = {"Authorization": f"Bearer {key}"}
        url = f"/json/2/{model}/{method}"
        body = {"context": {}, **arguments}
        return self.url_open(url, json=body, headers=headers)

    def test_keys_open_no_more_than_their_users(self):
        for role in ROLES:
            if role in ("public", "portal"):  # who have no keys
                continue
            key = self.key_of(role)
            for model, method in ASKED:
                self.counted["attacks tried"] += 1
                row, may = self.rows[model], METHODS[model][method].may
                ids = {} if method in ("board", "connection") else {"ids": row.ids}
                answer = self.json_2(key, model, method, **ids)
                with self.subTest(role, model=model, method=method):
                    expected = {200} if role in may else {401, 403}
                    self.assertIn(answer.status_code, expected, answer.text[:300])
                    self.assertEqual(self.told(answer.text), [])

    def test_keys_open_nothing_private(self):
        key = self.key_of("administrator")
        for method in PRIVATE:
            self.counted["attacks tried"] += 1
            answer = self.json_2(key, "twitter.account", method, ids=self.brand.ids)
            with self.subTest(method):
                self.assertIn(answer.status_code, (403, 404, 422))
                self.assertEqual(self.told(answer.text), [])

    def call(self, model, method, *arguments):
        """What the web client is answered."""
        url = f"/web/dataset/call_kw/{model}/{method}"
        given = {"model": model, "method": method, "args": arguments, "kwargs": {}}
        return self.url_open(url, json={"params": given})

    def test_an_open_dialog_ends_with_the_permission(self):
        """The session goes on; what is asked of X and of the CRM does not."""
        self.log_in("sales")
        lead = self.rows["crm.lead"]
        self.assertIn("result", self.call("crm.lead", "twitter_panel", lead.ids).json())
        self.salesperson.group_ids = [
            *(Command.unlink(group.id) for group in self.permission_groups())
        ]
        self.env.flush_all()
        self.x.calls.clear()
        for method, call in METHODS["crm.lead"].items():
            self.counted["attacks tried"] += 1
            arguments = call.arguments
            if callable(arguments):
                arguments = arguments(self)
            answer = self.call("crm.lead", method, lead.ids, *arguments).json()
            with self.subTest(method):
                name = answer["error"]["data"]["name"]
                self.assertEqual(name, "odoo.exceptions.AccessError")
        self.assertEqual(self.endpoints(), [])
        answer = self.call("twitter.account", "disconnect").json()
        self.assertIn("message", answer["result"])

    def permission_groups(self):
        permission = self.env.ref("crm_twitter.group_social_integration")
        return self.salesperson.group_ids.filtered(
            lambda group: permission in group.all_implied_ids
        )

    def test_no_door_of_odoos_hands_out_a_secret(self):
        """Files, pictures, exports, metadata: asked for by an administrator."""
        self.log_in("administrator")
        for model, name in (
            ("twitter.account", "access_token"),
            ("twitter.account", "refresh_token"),
            ("twitter.login", "verifier"),
        ):
            row_id = self.rows[model].id
            for path in (
                f"/web/content/{model}/{row_id}/{name}",
                f"/web/image/{model}/{row_id}/{name}",
                f"/web/content?model={model}&id={row_id}&field={name}",
                f"/odoo/{model}/{row_id}",
            ):
                self.counted["attacks tried"] += 1
                with self.subTest(path):
                    self.assertEqual(self.told(self.url_open(path).text), [])
            for method, arguments in (
                ("get_views", [[[False, "form"], [False, "list"]]]),
                ("search_read", [[], [name]]),
                ("export_data", [[row_id], [name]]),
                ("web_search_read", [[], {name: {}}]),
            ):
                self.counted["attacks tried"] += 1
                answer = self.call(model, method, *arguments)
                with self.subTest(model, method=method):
                    self.assertEqual(self.told(answer.text), [])
        for path in ("/web/session/get_session_info", "/web/webclient/load_menus"):
            answer = self.url_open(path, json={"params": {}})
            self.assertEqual(self.told(answer.text), [])
