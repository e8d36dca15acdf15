from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import tagged

from ..models.x_problem import XProblem
from .common import CrmTwitterCase
from .two_companies import TwoCompanies

REVOKE = "POST /2/oauth2/revoke"


@tagged("post_install", "-at_install")
class TestTwitterAccountBrandSettings(TwoCompanies, CrmTwitterCase):
    """A company has one official account: connected, replaced and given up."""

    def test_another_account_takes_its_place(self):
        earlier = self.connect_brand()
        brand = self.connect_brand(self.company, "acme_corp")
        self.assertFalse(self.has_tokens(earlier))
        self.assertFalse(earlier.company_id)
        self.assertEqual(self.accounts(self.env.user)._brand_of(self.company), brand)

    def test_replaced_it_stays_with_those_who_logged_in_as_it(self):
        earlier = self.connect(self.salesperson, "ourcompany")
        self.connect_brand()
        self.connect_brand(self.company, "acme_corp")
        self.assertTrue(self.has_tokens(earlier))
        self.assertFalse(earlier.company_id)
        own = self.accounts(self.salesperson)._of_user()
        self.assertEqual(own.username, "ourcompany")

    def test_another_companys_account_is_refused(self):
        theirs = self.connect_brand(self.other, "acme_corp")
        ours = self.connect_brand()
        with self.assertRaisesRegex(XProblem, "of another company"):
            self.connect_brand(self.company, "acme_corp")
        self.env.invalidate_all()
        self.assertEqual(theirs.company_id, self.other)
        self.assertEqual(ours.company_id, self.company)
        self.assertTrue(self.has_tokens(ours))

    def test_the_same_account_again_is_the_same(self):
        brand = self.connect_brand()
        self.assertEqual(self.connect_brand(), brand)
        self.assertEqual(brand.company_id, self.company)
        self.assertTrue(self.has_tokens(brand))

    def settings(self, user=None, company=None):
        settings = self.env["res.config.settings"].with_user(user or self.administrator)
        if company:
            settings = settings.with_context(allowed_company_ids=company.ids)
        self.env.flush_all()
        self.env.invalidate_all()
        return settings.create({})

    def test_the_settings_show_the_companys_own(self):
        self.assertFalse(self.settings().twitter_brand_handle)
        self.connect_brand()
        settings = self.settings()
        self.assertEqual(settings.twitter_brand_handle, "@ourcompany")
        self.assertEqual(settings.twitter_brand_state, "connected")
        self.assertTrue(settings.twitter_brand_since)
        self.assertIn("Post and repost", settings.twitter_brand_permissions)
        theirs = self.settings(self.other_administrator)
        self.assertFalse(theirs.twitter_brand_handle)

    def test_on_a_copied_database_the_settings_ask_to_connect_it_again(self):
        self.connect_brand()
        self.env["ir.config_parameter"].set_param("database.uuid", "a-copy")
        self.assertEqual(self.settings().twitter_brand_state, "reconnect")

    def test_just_connected_the_settings_say_so_and_not_for_long(self):
        self.assertFalse(self.settings().twitter_brand_is_new)
        brand = self.connect_brand()
        self.assertTrue(self.settings().twitter_brand_is_new)
        brand.connected_at = fields.Datetime.now() - timedelta(minutes=10)
        self.assertFalse(self.settings().twitter_brand_is_new)

    def page(self):
        """The settings as the web client gets them."""
        settings = self.env["res.config.settings"].with_user(self.admin)
        view = self.env.ref("crm.res_config_settings_view_form")
        return etree.fromstring(settings.get_view(view.id, "form")["arch"])

    def test_who_searches_the_settings_finds_it(self):
        [block] = self.page().xpath("//block[@name='crm_twitter_container']")
        for word in ("social", "x", "twitter"):
            self.assertIn(word, block.get("title").lower())
        # What Odoo's search looks through.
        [setting] = block.xpath("setting[@id='crm_twitter_brand']")
        words = f"{setting.get('string')},{setting.get('help')}".lower()
        for word in ("official", "company account", "brand", "post as the company"):
            self.assertIn(word, words)

    def test_the_page_of_the_settings_has_it(self):
        arch = self.page()
        [setting] = arch.xpath("//setting[@id='crm_twitter_brand']")
        names = {button.get("name") for button in setting.iter("button")}
        self.assertGreaterEqual(
            names, {"action_twitter_connect_brand", "action_twitter_disconnect_brand"}
        )

    def test_given_up_in_the_settings(self):
        brand = self.connect_brand()
        theirs = self.connect_brand(self.other, "acme_corp")
        action = self.settings().action_twitter_disconnect_brand()
        self.assertEqual(action["params"]["type"], "success")
        self.assertFalse(self.has_tokens(brand) or self.granted_to("ourcompany"))
        self.assertFalse(brand.company_id)
        self.assertTrue(self.has_tokens(theirs))
        self.assertEqual(self.endpoints(), [REVOKE])

    def test_given_up_it_stays_with_those_who_logged_in_as_it(self):
        own = self.connect(self.salesperson, "ourcompany")
        self.connect_brand()
        self.settings().action_twitter_disconnect_brand()
        self.assertTrue(self.has_tokens(own))
        self.assertEqual(self.accounts(self.salesperson)._of_user(), own)
        self.assertEqual(self.endpoints(), [])

    def test_a_member_who_leaves_takes_no_companys_keys_along(self):
        brand = self.connect_brand()
        self.connect(self.salesperson, "ourcompany")
        self.accounts(self.salesperson).disconnect()
        self.assertTrue(self.has_tokens(brand))
        self.connect(self.salesperson, "ourcompany")
        self.connect(self.salesperson, "marcdemo")
        self.assertTrue(self.has_tokens(brand))
        self.assertFalse(brand.member_ids)
