from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import convert_file

from .common import CLIENT_ID, CrmTwitterCase

SECRET = "a-secret-nobody-should-see"


@tagged("post_install", "-at_install")
class TestSettings(CrmTwitterCase):
    """The settings page: what is kept, what is never given back, who may use it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Settings = cls.env["res.config.settings"].with_user(cls.admin)
        cls.parameters = cls.env["ir.config_parameter"].sudo()
        cls.group = cls.env.ref("crm_twitter.group_social_integration")

    def save(self, **values):
        settings = self.Settings.create(values)
        settings.execute()
        return settings

    def parameter(self, name):
        return self.parameters.get_param(f"crm_twitter.{name}")

    # ------------------------------------------------------------
    # KEYS
    # ------------------------------------------------------------

    def test_secret_is_stored_encrypted(self):
        self.save(twitter_client_id="id", twitter_client_secret=SECRET)
        stored = self.parameter("client_secret")
        self.assertTrue(stored)
        self.assertNotIn(SECRET, stored)
        self.assertTrue(self.env["twitter.account"]._has_client_secret())

    def test_secret_is_never_sent_back(self):
        asked = {"twitter_client_secret": {}, "twitter_client_secret_is_set": {}}
        settings = self.Settings.create({"twitter_client_id": "id"})
        answers = settings.web_save({"twitter_client_secret": SECRET}, asked)
        answers += self.Settings.create({"twitter_client_secret": SECRET}).web_read(
            asked
        )
        answers += [self.Settings.default_get(list(self.Settings._fields))]
        answers += [self.Settings.onchange({}, [], asked)["value"]]
        self.assertNotIn(SECRET, repr(answers))
        self.assertTrue(answers[0]["twitter_client_secret_is_set"])

    def test_secret_is_no_column(self):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'res_config_settings'"
        )
        columns = {row[0] for row in self.env.cr.fetchall()}
        self.assertIn("twitter_client_id", columns)
        self.assertNotIn("twitter_client_secret", columns)

    def test_saving_an_empty_secret_keeps_the_stored_one(self):
        self.save(twitter_client_id="id", twitter_client_secret=SECRET)
        before = self.parameter("client_secret")
        self.save(twitter_client_secret=False)
        self.assertEqual(self.parameter("client_secret"), before)

    def test_clearing_the_client_id_removes_the_secret(self):
        self.save(twitter_client_id="id", twitter_client_secret=SECRET)
        self.save(twitter_client_id=False)
        self.assertFalse(self.parameter("client_id"))
        self.assertFalse(self.parameter("client_secret"))

    def test_remove_keys(self):
        self.save(twitter_client_id="id", twitter_client_secret=SECRET)
        self.Settings.create({}).action_twitter_remove_keys()
        self.assertFalse(self.parameter("client_id"))
        self.assertFalse(self.parameter("client_secret"))

    # ------------------------------------------------------------
    # TEST OF THE CONNECTION
    # ------------------------------------------------------------

    def test_test_of_good_keys(self):
        params = self.Settings.create({}).action_twitter_test_connection()["params"]
        self.assertEqual(params["type"], "success", params["message"])
        self.assertFalse(self.simulator.x.ledger, "The test costs nothing")

    def test_test_of_wrong_keys(self):
        self.save(twitter_client_secret="wrong")
        params = self.Settings.create({}).action_twitter_test_connection()["params"]
        self.assertEqual(params["type"], "danger")
        self.assertIn("Client ID and Secret", params["message"])

    def test_test_saves_what_is_typed_and_tests_it(self):
        settings = self.Settings.create({"twitter_client_id": "another"})
        params = settings.action_twitter_test_connection()["params"]
        self.assertEqual(params["type"], "danger")
        self.assertEqual(self.parameter("client_id"), "another")
        settings = self.Settings.create({"twitter_client_id": CLIENT_ID})
        params = settings.action_twitter_test_connection()["params"]
        self.assertEqual(params["type"], "success")

    def test_test_says_in_an_administrators_words_what_is_wrong(self):
        self.x.faults.add(endpoint="POST /2/oauth2/token", kind="reset", count=9)
        params = self.Settings.create({}).action_twitter_test_connection()["params"]
        self.assertIn("cannot reach X at", params["message"])
        self.x.faults.clear()
        self.save(twitter_client_id=False)
        params = self.Settings.create({}).action_twitter_test_connection()["params"]
        self.assertIn("Enter the OAuth 2.0 Client ID", params["message"])

    def test_a_privacy_policy_is_a_page_one_can_open(self):
        self.save(twitter_privacy_url="www.example.com/privacy")
        self.assertEqual(
            self.parameter("privacy_url"), "https://www.example.com/privacy"
        )
        for address in ("javascript://x", "https://", "ftp://example.com"):
            with self.assertRaises(ValidationError):
                self.save(twitter_privacy_url=address)

    # ------------------------------------------------------------
    # CALLBACK ADDRESS
    # ------------------------------------------------------------

    def at(self, base_url):
        self.parameters.set_param("web.base.url", base_url)

    def test_callback_is_stored_once(self):
        self.parameters.set_param("crm_twitter.callback_url", False)
        self.at("https://crm.example.com")
        self.save(twitter_client_id="id")
        address = "https://crm.example.com/crm_twitter/oauth/callback"
        self.assertEqual(self.parameter("callback_url"), address)
        self.at("https://elsewhere.example.com")
        self.save()
        self.assertEqual(self.parameter("callback_url"), address)

    def test_changed_site_is_told_and_taken_on_demand(self):
        self.parameters.set_param(
            "crm_twitter.callback_url", "https://old.example.com/callback"
        )
        self.at("https://new.example.com")
        settings = self.Settings.create({})
        self.assertEqual(
            settings.twitter_callback_url, "https://old.example.com/callback"
        )
        new = "https://new.example.com/crm_twitter/oauth/callback"
        self.assertEqual(settings.twitter_callback_present, new)
        settings.action_twitter_use_present_callback()
        self.assertEqual(self.parameter("callback_url"), new)
        self.assertFalse(self.Settings.create({}).twitter_callback_present)

    def test_callback_x_refuses(self):
        self.parameters.set_param("crm_twitter.callback_url", False)
        for base_url, is_refused in (
            ("https://crm.example.com", False),
            ("http://127.0.0.1:8069", False),
            ("http://localhost:8069", True),
            ("http://crm.example.com", True),
        ):
            with self.subTest(base_url):
                self.at(base_url)
                settings = self.Settings.create({})
                self.assertEqual(settings.twitter_callback_is_refused, is_refused)

    # ------------------------------------------------------------
    # OTHER VALUES
    # ------------------------------------------------------------

    def test_defaults(self):
        for name in ("plan", "search_on_open", "read_in_background", "default_basis"):
            self.parameters.set_param(f"crm_twitter.{name}", False)
        settings = self.Settings.create({})
        self.assertEqual(settings.twitter_plan, "payg")
        self.assertTrue(settings.twitter_search_on_open)
        self.assertFalse(settings.twitter_read_in_background)
        self.assertEqual(settings.twitter_default_basis, "public")

    def test_search_on_open_stays_off(self):
        self.save(twitter_search_on_open=False)
        self.assertEqual(self.parameter("search_on_open"), "False")
        self.assertFalse(self.Settings.create({}).twitter_search_on_open)
        self.save(twitter_search_on_open=True)
        self.assertTrue(self.Settings.create({}).twitter_search_on_open)

    def test_prices_are_shown(self):
        settings = self.Settings.create({})
        self.assertEqual(settings.twitter_profile_price, "$0.01 for each new profile.")
        self.assertEqual(
            settings.twitter_search_price,
            "Up to $0.10 for each record, once a day at most.",
        )

    # ------------------------------------------------------------
    # WHO
    # ------------------------------------------------------------

    def test_permission_is_on_by_default(self):
        for xmlid in ("sales_team.group_sale_salesman", "base.group_system"):
            self.assertIn(self.group, self.env.ref(xmlid).all_implied_ids)
        self.assertTrue(self.Settings.create({}).group_twitter_social_integration)

    def test_switched_off_it_stays_with_those_it_was_given_to(self):
        permission = "crm_twitter.group_social_integration"
        self.employee.group_ids += self.group
        another = new_test_user(self.env, "x_administrator", groups="base.group_system")
        self.assertTrue(self.salesperson.has_group(permission))
        self.assertTrue(another.has_group(permission))
        self.save(group_twitter_social_integration=False)
        self.assertFalse(self.salesperson.has_group(permission))
        self.assertFalse(another.has_group(permission))
        self.assertTrue(self.employee.has_group(permission))
        self.save(group_twitter_social_integration=True)
        self.assertTrue(self.salesperson.has_group(permission))
        self.assertTrue(another.has_group(permission))

    def test_switched_off_it_stays_with_who_may_post_as_the_company(self):
        self.employee.group_ids += self.env.ref("crm_twitter.group_post_as_company")
        self.save(group_twitter_social_integration=False)
        for user in (self.employee, self.admin):
            self.assertTrue(user.has_group("crm_twitter.group_social_integration"))

    def test_to_post_as_the_company_has_a_line_of_its_own_on_the_users_form(self):
        group = self.env.ref("crm_twitter.group_post_as_company")
        social = self.group.privilege_id
        self.assertEqual(group.privilege_id.name, "Post as the company")
        self.assertEqual(group.privilege_id.category_id, social.category_id)
        self.assertEqual(social.group_ids, self.group)

    def test_after_an_upgrade_it_is_there_and_who_lost_it_gets_it_not_back(self):
        group = self.env.ref("crm_twitter.group_post_as_company")
        line = group.privilege_id
        # As it was: another level of the same selection.
        group.write({"name": "Earlier", "privilege_id": self.group.privilege_id.id})
        group.user_ids -= self.admin
        convert_file(
            self.env,
            "crm_twitter",
            "security/crm_twitter_groups.xml",
            {},
            mode="update",
        )
        self.assertEqual(group.privilege_id, line)
        self.assertEqual(group.name, "Allowed")
        self.assertNotIn(self.admin, group.all_user_ids)

    def test_switched_off_it_stays_off_after_an_upgrade(self):
        self.save(group_twitter_social_integration=False)
        convert_file(
            self.env,
            "crm_twitter",
            "security/crm_twitter_groups.xml",
            {},
            mode="update",
        )
        self.assertFalse(
            self.salesperson.has_group("crm_twitter.group_social_integration")
        )

    def test_start_over_gives_up_the_stored_secret(self):
        self.save(twitter_client_id="id", twitter_client_secret=SECRET)
        self.parameters.set_param("crm_twitter.master_fingerprint", "another server's")
        settings = self.Settings.create({})
        self.assertTrue(settings.twitter_secrets_problem)
        settings.action_twitter_start_over()
        settings = self.Settings.create({})
        self.assertFalse(settings.twitter_secrets_problem)
        self.assertFalse(settings.twitter_client_secret_is_set)

    def test_only_administrators(self):
        settings = self.Settings.create({})
        before = self.parameter("client_secret")
        for user in (self.salesperson, self.employee):
            for name in (
                "action_twitter_test_connection",
                "action_twitter_remove_keys",
                "action_twitter_use_present_callback",
                "action_twitter_start_over",
                "action_twitter_connect_brand",
                "action_twitter_disconnect_brand",
            ):
                subject = settings.with_user(user)
                with (
                    self.subTest(name, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    getattr(subject, name)()
            with self.assertRaises(AccessError):
                self.Settings.with_user(user).create({"twitter_client_secret": SECRET})
        self.assertEqual(self.parameter("client_secret"), before)
