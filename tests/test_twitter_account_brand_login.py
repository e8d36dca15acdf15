from urllib.parse import parse_qs, urlsplit

import requests

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import SALESPERSON, CrmTwitterHttpCase
from .two_companies import ADMINISTRATOR, POSTER, TwoCompanies

NEEDED = ("tweet.read", "users.read", "offline.access")
REVOKE = "POST /2/oauth2/revoke"


@tagged("post_install", "-at_install")
class TestTwitterAccountBrandLogin(TwoCompanies, CrmTwitterHttpCase):
    """An administrator connects the company's account, from the click on, over HTTP."""

    def setUp(self):
        super().setUp()
        self.own = self.connect(self.administrator, "marcdemo")
        self.authenticate(ADMINISTRATOR, ADMINISTRATOR)

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def start(self, company=None):
        """Click the button; return the address on X one is sent to."""
        context = {"allowed_company_ids": (company or self.company).ids}
        [settings] = self.call("res.config.settings", "create", [{}], context=context)
        action = self.call(
            "res.config.settings",
            "action_twitter_connect_brand",
            [settings],
            context=context,
        )
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.assertEqual(action["target"], "self")
        return action["url"]

    def allow(self, url, username="ourcompany"):
        """Allow it on X, and come back."""
        response = requests.post(
            url,
            data={"username": username, "decision": "allow"},
            allow_redirects=False,
            timeout=10,
        )
        parts = urlsplit(response.headers["Location"])
        return self.url_open(f"{parts.path}?{parts.query}", allow_redirects=False)

    def brand_of(self, company):
        self.env.invalidate_all()
        return self.env["twitter.account"]._brand_of(company)

    def test_he_is_back_in_the_settings_and_no_member(self):
        response = self.allow(self.start())
        self.assertEqual(response.status_code, 303)
        address = urlsplit(response.headers["Location"])
        self.assertEqual(address.path, "/odoo/action-crm.crm_config_settings_action")
        # The web client scrolls there.
        self.assertEqual(address.fragment, "crm_twitter_brand")
        brand = self.brand_of(self.company)
        self.assertEqual(brand.username, "ourcompany")
        self.assertEqual(brand.state, "connected")
        self.assertTrue(brand.connected_at)
        self.assertTrue(brand.image_url)
        self.assertFalse(brand.member_ids)
        self.assertEqual(self.own.member_ids, self.administrator)
        self.assertEqual(self.own.state, "connected")
        self.assertTrue(self.granted_to("marcdemo"))

    def test_he_may_connect_what_he_logged_in_as_himself(self):
        self.allow(self.start(), "marcdemo")
        self.assertEqual(self.brand_of(self.company), self.own)
        self.assertEqual(self.own.member_ids, self.administrator)

    def test_all_is_asked_for_that_the_plan_lets_apps_do(self):
        def scopes():
            return set(parse_qs(urlsplit(self.start()).query)["scope"][0].split())

        selfserve = {*NEEDED, "tweet.write", "media.write", "follows.read"}
        self.assertEqual(scopes(), selfserve)
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", "enterprise")
        more = {"follows.write", "like.read", "like.write"}
        self.assertEqual(scopes(), selfserve | more)

    def test_another_login_replaces_it(self):
        self.allow(self.start())
        self.allow(self.start(), "acme_corp")
        self.assertEqual(self.brand_of(self.company).username, "acme_corp")
        self.assertFalse(self.granted_to("ourcompany"), "not revoked at X")
        self.assertEqual(self.endpoints().count(REVOKE), 1)

    def test_another_companys_is_refused_in_words(self):
        theirs = self.connect_brand(self.other, "acme_corp")
        page = self.allow(self.start(), "acme_corp")
        self.assertIn("official X account of another company", page.text)
        self.assertIn("/odoo/action-crm.crm_config_settings_action", page.text)
        self.assertFalse(self.brand_of(self.company))
        self.assertEqual(self.brand_of(self.other), theirs)
        # X may end all that was granted for an account with one of its tokens.
        self.assertNotIn(REVOKE, self.endpoints())
        self.assertTrue(self.granted_to("acme_corp"), "theirs holds")
        self.assertTrue(self.has_tokens(theirs))

    def test_who_is_no_administrator_any_more_connects_nothing(self):
        url = self.start()
        self.administrator.group_ids = self.env.ref("sales_team.group_sale_salesman")
        page = self.allow(url)
        self.assertIn("Only administrators", page.text)
        self.assertFalse(self.brand_of(self.company))
        self.assertNotIn("POST /2/oauth2/token", self.endpoints())

    def test_who_left_the_company_connects_nothing_for_it(self):
        self.administrator.company_ids += self.other
        url = self.start(self.other)
        self.administrator.company_ids -= self.other
        self.assertIn("Only administrators", self.allow(url).text)
        self.assertFalse(self.brand_of(self.other))

    def test_an_administrator_without_social_integration_can_do_it(self):
        system = self.env.ref("base.group_system")
        social = self.env.ref("crm_twitter.group_social_integration")
        system.implied_ids -= social
        self.assertFalse(
            self.administrator.has_group("crm_twitter.group_social_integration")
        )
        self.allow(self.start())
        self.assertTrue(self.brand_of(self.company))

    @mute_logger("odoo.http")
    def test_a_salesperson_cannot_begin(self):
        self.authenticate(SALESPERSON, SALESPERSON)
        for method in (
            "action_twitter_connect_brand",
            "action_twitter_disconnect_brand",
        ):
            with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                self.call("res.config.settings", method, [])

    @mute_logger("odoo.http")
    def test_under_another_address_nothing_begins(self):
        self.env["ir.config_parameter"].set_param(
            "crm_twitter.callback_url", "https://crm.example.com/callback"
        )
        with self.assertRaisesRegex(JsonRpcException, "UserError"):
            self.start()

    def test_by_rpc_a_salesperson_sees_his_own_alone(self):
        self.connect_brand()
        own = self.connect(self.salesperson, "acme_corp")
        self.authenticate(SALESPERSON, SALESPERSON)
        found = self.call("twitter.account", "search_read", [], ["username"])
        self.assertEqual([row["id"] for row in found], own.ids)
        with (
            self.assertRaisesRegex(JsonRpcException, "AccessError"),
            mute_logger("odoo.http"),
        ):
            self.call("twitter.account", "write", own.ids, {"company_id": 1})

    def test_by_rpc_who_posts_as_the_company_sees_its_account(self):
        brand = self.connect_brand()
        self.connect_brand(self.other, "acme_corp")
        self.authenticate(POSTER, POSTER)
        found = self.call(
            "twitter.account",
            "search_read",
            [],
            ["username"],
            context={"allowed_company_ids": self.company.ids},
        )
        self.assertEqual([row["id"] for row in found], brand.ids)
