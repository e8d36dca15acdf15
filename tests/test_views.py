from lxml import etree

from odoo.tests import new_test_user, tagged

from odoo.addons.http_routing.tests.common import MockRequest

from .common import CrmTwitterCase

FORMS = ("crm.crm_lead_view_form", "base.view_partner_form")
LISTS = (
    "crm.crm_case_tree_view_leads",
    "crm.crm_case_tree_view_oppor",
    "base.view_partner_tree",
)
SEARCHES = (
    "crm.view_crm_case_leads_filter",
    "crm.view_crm_case_opportunities_filter",
    "base.view_res_partner_filter",
)
PREFERENCES = "base.view_users_form_simple_modif"


@tagged("post_install", "-at_install")
class TestViews(CrmTwitterCase):
    """Members get the widget and the buttons, everybody else the plain handle."""

    def arch(self, xmlid, user):
        """The view as the web client of `user` gets it."""
        view = self.env.ref(xmlid)
        model = self.env[view.model].with_user(user)
        return etree.fromstring(model.get_view(view.id, view.type)["arch"])

    def test_members_see_the_widget(self):
        for xmlid in FORMS + LISTS:
            with self.subTest(xmlid):
                arch = self.arch(xmlid, self.salesperson)
                handles = arch.xpath("//field[@name='twitter_handle']")
                self.assertTrue(handles)
                for node in handles:
                    self.assertEqual(node.get("widget"), "twitter_handle")

    def test_others_see_plain_text_and_no_button(self):
        for xmlid in FORMS + LISTS:
            with self.subTest(xmlid):
                arch = self.arch(xmlid, self.employee_reading(xmlid))
                handles = arch.xpath("//field[@name='twitter_handle']")
                self.assertTrue(handles)
                for node in handles:
                    self.assertIsNone(node.get("widget"))
                self.assertFalse(arch.xpath("//*[@name='action_open_twitter_panel']"))

    def employee_reading(self, xmlid):
        """A user without the permission who may see the view's model."""
        if self.env.ref(xmlid).model == "crm.lead":
            self.env["ir.model.access"].create(
                {
                    "name": "employees read leads, for this test",
                    "model_id": self.env.ref("crm.model_crm_lead").id,
                    "group_id": self.env.ref("base.group_user").id,
                    "perm_read": True,
                }
            )
        return self.employee

    def test_members_see_the_stat_button(self):
        for xmlid in FORMS:
            arch = self.arch(xmlid, self.salesperson)
            buttons = arch.xpath("//*[@name='action_open_twitter_panel']")
            self.assertEqual(len(buttons), 1, xmlid)

    def test_places_of_the_lead_form(self):
        arch = self.arch("crm.crm_lead_view_form", self.salesperson)
        for place in (
            "//group[@name='lead_partner']",
            "//group[@name='opportunity_partner']",
            "//page[@name='lead']",
        ):
            for field in ("twitter_handle", "twitter_basis"):
                nodes = arch.xpath(f"{place}//field[@name='{field}']")
                self.assertEqual(len(nodes), 1, f"{place} {field}")

    def test_ids_are_unique(self):
        """Two fields of one id would share their label."""
        for user in (self.salesperson, self.employee_reading("crm.crm_lead_view_form")):
            arch = self.arch("crm.crm_lead_view_form", user)
            ids = [
                node.get("id") or node.get("name")
                for node in arch.xpath(
                    "//field[@name='twitter_handle' or @name='twitter_basis']"
                )
            ]
            self.assertEqual(len(ids), len(set(ids)), ids)

    def test_contacts_of_a_company_have_the_handle(self):
        for user, widget in (
            (self.salesperson, "twitter_handle"),
            (self.employee, None),
        ):
            arch = self.arch("base.view_partner_form", user)
            nodes = arch.xpath(
                "//field[@name='child_ids']/form//field[@name='twitter_handle']"
            )
            self.assertEqual([node.get("widget") for node in nodes], [widget])

    def test_searches(self):
        for xmlid in SEARCHES:
            with self.subTest(xmlid):
                arch = self.arch(xmlid, self.salesperson)
                self.assertTrue(arch.xpath("//field[@name='twitter_handle']"))
                for name in ("with_twitter_handle", "without_twitter_handle"):
                    self.assertTrue(arch.xpath(f"//filter[@name='{name}']"), name)

    def test_preferences_page(self):
        page = "//page[@name='crm_twitter']//widget[@name='twitter_connection']"
        share = "//field[@name='twitter_share_connection']"
        arch = self.arch(PREFERENCES, self.salesperson)
        self.assertTrue(arch.xpath(page))
        self.assertTrue(arch.xpath(share))
        arch = self.arch(PREFERENCES, self.employee)
        self.assertFalse(arch.xpath(page))
        self.assertFalse(arch.xpath(share))

    def test_settings_page(self):
        arch = self.arch("crm.res_config_settings_view_form", self.admin)
        block = arch.xpath("//block[@name='crm_twitter_container']")
        self.assertEqual(len(block), 1)
        secret = block[0].xpath(".//field[@name='twitter_client_secret']")
        self.assertEqual([node.get("password") for node in secret], ["True"])

    def test_menus_reach_those_they_are_for(self):
        def user(login, *groups):
            return new_test_user(self.env, login, groups=",".join(groups))

        allowed = "crm_twitter.group_social_integration"
        accounts = "crm_twitter.twitter_account_menu"
        profiles = "crm_twitter.twitter_profile_menu"
        done = "crm_twitter.twitter_engagement_menu"
        matched = "crm_twitter.twitter_association_menu"
        erased = "crm_twitter.menu_erasures"
        # The board: in CRM, or beside it.
        board, alone = "crm_twitter.menu_social", "crm_twitter.menu_social_root"
        administrator = user("x_administrator", "base.group_system")
        administrator.group_ids -= self.env.ref("sales_team.group_sale_manager")
        for subject, expected in (
            (administrator, {accounts, profiles, alone}),
            (
                user("x_manager", "sales_team.group_sale_manager"),
                {profiles, done, matched, erased, board},
            ),
            (self.salesperson, {profiles, done, matched, board}),
            (user("x_allowed", "base.group_user", allowed), {profiles, alone}),
            (user("x_rights", "base.group_erp_manager"), set()),
            (self.employee, set()),
        ):
            with self.subTest(subject.login):
                self.assertEqual(self.menus_of(subject), expected)

    def menus_of(self, user):
        """Our menus in what the web client of `user` loads, from an app down."""
        loaded = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        reached, todo = set(), list(loaded["root"]["children"])
        while todo:
            menu = loaded[todo.pop()]
            reached.add(menu["xmlid"])
            todo += menu["children"]
        return {xmlid for xmlid in reached if xmlid.startswith("crm_twitter.")}

    def test_own_models_have_views_for_their_readers(self):
        for model, user in (
            ("twitter.account", self.admin),
            ("twitter.profile", self.salesperson),
            ("twitter.engagement", self.salesperson),
            ("twitter.erasure", self.admin),
        ):
            for kind in ("list", "form", "search"):
                arch = self.env[model].with_user(user).get_view(view_type=kind)["arch"]
                self.assertIn("<field", arch, f"{model} {kind}")


@tagged("post_install", "-at_install")
class TestLoginResult(CrmTwitterCase):
    """The page X sends the browser back to."""

    def render(self, **values):
        values = {
            "title": "Logged in",
            "message": "You are connected as <b>@one</b>.",
            "login_id": 7,
            "state": "connected",
            "close": False,
            "return_url": "",
            "error": False,
            **values,
        }
        with MockRequest(self.env):
            html = self.env["ir.qweb"]._render("crm_twitter.login_result", values)
        return etree.fromstring(html, etree.HTMLParser())

    def test_popup_tells_the_panel_and_closes(self):
        page = self.render(close=True)
        result = page.xpath("//*[@id='crm_twitter_login_result']")[0]
        self.assertEqual(result.get("data-login"), "7")
        self.assertEqual(result.get("data-state"), "connected")
        sources = page.xpath("//script/@src")
        self.assertIn("/crm_twitter/static/login_result/login_result.js", sources)

    def test_same_tab_leads_back(self):
        page = self.render(return_url="/odoo/crm.lead/1")
        self.assertIn("/odoo/crm.lead/1", page.xpath("//a/@href"))
        self.assertFalse(page.xpath("//script[contains(@src, 'login_result')]"))

    def test_words_are_text(self):
        page = self.render()
        self.assertFalse(page.xpath("//b"))
        self.assertIn("<b>@one</b>", page.xpath("string(//*[@role='status'])"))

    def test_error_is_announced(self):
        page = self.render(error=True)
        self.assertTrue(page.xpath("//*[@role='alert']"))


@tagged("post_install", "-at_install")
class TestTerms(CrmTwitterCase):
    """What translators get of our views is whole sentences."""

    def terms(self):
        views = self.env["ir.model.data"].search(
            [("module", "=", "crm_twitter"), ("model", "=", "ir.ui.view")]
        )
        for view in self.env["ir.ui.view"].browse(views.mapped("res_id")):
            for term in (
                self.env["ir.ui.view"]._fields["arch_db"].get_trans_terms(view.arch_db)
            ):
                yield view.name, " ".join(term.split())

    def test_no_sentence_is_cut(self):
        terms = list(self.terms())
        said = [term for _view, term in terms]
        self.assertIn("One click reads 1,000 profiles at most.", said)
        for view, term in terms:
            with self.subTest(view):
                self.assertNotRegex(term, r"^(?!e\.g\.|https:)[a-z,.;]")
                self.assertNotRegex(term, r"(,|\b(at|to|and|or|for|of))$")
