from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models import encryption
from ..models.x_problem import XProblem
from .common import CrmTwitterCase


@tagged("post_install", "-at_install")
class TestTwitterAccount(CrmTwitterCase):
    """A connection: whose it is, how it renews itself, and how it ends."""

    def setUp(self):
        super().setUp()
        self.account = self.connect()
        self.lead = self.make_lead(twitter_handle="marcdemo")

    def expire(self):
        self.account.expires_at = fields.Datetime.now() + timedelta(minutes=1)

    def use(self, user=None):
        account = self.account.with_user(user or self.salesperson).sudo()
        with account._x_session() as x:
            return x.me()

    def renewals(self):
        return len(self.x.authorizations._access) - 1

    # ------------------------------------------------------------
    # RENEWAL
    # ------------------------------------------------------------

    def test_a_token_that_is_good_is_used_as_it_is(self):
        self.assertEqual(self.use().handle, "marcdemo")
        self.assertEqual(self.renewals(), 0)

    def test_a_token_near_its_end_is_renewed_once_and_the_new_pair_kept(self):
        before = self.account._stored_tokens()
        self.expire()
        self.assertEqual(self.use().handle, "marcdemo")
        after = self.account._stored_tokens()
        self.assertNotEqual(before["refresh_token"], after["refresh_token"])
        self.assertGreater(after["expires_at"], fields.Datetime.now())
        self.use()
        self.assertEqual(self.renewals(), 1)

    def test_a_token_x_refuses_before_its_time_is_renewed_once(self):
        self.x.authorizations._access.clear()
        self.assertEqual(self.use().handle, "marcdemo")
        self.assertEqual(len(self.x.authorizations._access), 1)
        self.assertEqual(self.account.state, "connected")

    def test_x_down_at_the_renewal_ends_nothing(self):
        self.expire()
        self.x.faults.add(endpoint="POST /2/oauth2/token", status=503)
        with self.assertRaises(XProblem) as caught:
            self.use()
        self.assertEqual(caught.exception.code, "unavailable")
        self.account.invalidate_recordset()
        self.assertEqual(self.account.state, "connected")
        self.assertEqual(self.use().handle, "marcdemo")

    def test_wrong_keys_of_the_app_end_nothing(self):
        self.expire()
        self.x.set_app(client_secret="changed at X")
        with self.assertRaises(XProblem) as caught:
            self.use()
        self.assertEqual(caught.exception.code, "keys_refused")
        self.account.invalidate_recordset()
        self.assertEqual(self.account.state, "connected")

    def test_the_login_tells_the_picture_and_how_long_posts_may_be(self):
        self.assertEqual(self.account.limit, 25_000, "a subscriber's")
        self.assertTrue(self.account.image_url.startswith(self.simulator.url))
        self.assertEqual(self.connect(self.colleague, "robinsmith").limit, 280)
        self.x.people.change("marcdemo", verified_type="none")
        self.connect()
        self.account.invalidate_recordset()
        self.assertEqual(self.account.limit, 280, "he subscribes no longer")

    # ------------------------------------------------------------
    # THE END
    # ------------------------------------------------------------

    def test_revoked_at_x_the_user_is_told_in_words_and_by_an_activity(self):
        self.x.revoke("marcdemo")
        answer = self.lead.twitter_read(refresh=True)
        self.assertEqual(answer["problem"]["code"], "reconnect")
        self.assertEqual(answer["problem"]["action"], "login")
        self.account.invalidate_recordset()
        self.assertEqual(self.account.state, "reconnect")
        self.assertFalse(self.account._stored_tokens()["refresh_token"])
        activity = self.account.activity_ids
        self.assertEqual(activity.user_id, self.salesperson)
        self.assertEqual(activity.summary, "Log in with X again")
        self.assertEqual(self.lead.twitter_handle, "marcdemo")
        self.assertEqual(self.lead.twitter_panel()["connection"]["state"], "reconnect")

    def test_revoked_at_x_the_members_are_told_once(self):
        self.x.revoke("marcdemo")
        self.lead.twitter_read(refresh=True)
        self.lead.twitter_read(refresh=True)
        self.lead.twitter_search("Somebody Else")
        self.account.invalidate_recordset()
        self.assertEqual(len(self.account.activity_ids), 1)

    def test_members_who_may_not_use_it_are_not_told(self):
        self.account.member_ids += self.employee + self.colleague
        self.account._mark_reconnect()
        told = self.account.activity_ids.user_id
        self.assertEqual(told, self.salesperson + self.colleague)

    def test_each_member_is_told_in_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.account.member_ids += self.colleague
        self.colleague.lang = "fr_FR"
        translated = {("fr_FR", "Log in with X again"): "Reconnectez-vous à X"}

        def get_text(env, source, *args, **kwargs):
            return translated.get((env.lang, str(source)), str(source))

        with patch.object(type(self.env), "_", get_text):
            self.account._mark_reconnect()
        said = {row.user_id: row.summary for row in self.account.activity_ids}
        self.assertEqual(said[self.colleague], "Reconnectez-vous à X")
        self.assertEqual(said[self.salesperson], "Log in with X again")

    def test_a_new_login_takes_our_activity_away_and_no_other(self):
        call = self.account.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.admin.id
        )
        mine = self.account.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.admin.id, automated=False
        )
        self.x.revoke("marcdemo")
        self.lead.twitter_read(refresh=True)
        self.account.invalidate_recordset()
        self.assertEqual(len(self.account.activity_ids), 3)
        self.connect()
        self.account.invalidate_recordset()
        self.assertEqual(self.account.state, "connected")
        self.assertEqual(self.account.activity_ids, call + mine)

    def test_the_way_to_log_in_again_is_on_the_form(self):
        form = self.account.with_user(self.salesperson).get_view(view_type="form")
        arch = etree.fromstring(form["arch"])
        [button] = arch.xpath("//button[@name='action_open_preferences']")
        self.assertEqual(
            button.get("invisible"), "state != 'reconnect' or uid not in member_ids"
        )
        action = self.account.with_user(self.salesperson).action_open_preferences()
        self.assertEqual(action["res_id"], self.salesperson.id)
        view = self.env["ir.ui.view"].browse(action["views"][0][0])
        arch = self.salesperson.with_user(self.salesperson).get_view(view.id)["arch"]
        self.assertIn('<widget name="twitter_connection"', arch)

    def test_a_copied_database_asks_to_connect_again(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "a-copy")
        self.assertEqual(self.lead.twitter_panel()["connection"]["state"], "reconnect")
        answer = self.lead.twitter_read(refresh=True)
        self.assertIn(answer["problem"]["action"], ("login", "settings"))
        self.assertEqual(self.renewals(), 0, "the original's token was used")

    def test_a_neutralized_database_asks_nothing_of_x(self):
        self.env["ir.config_parameter"].set_param("database.is_neutralized", True)
        self.assertFalse(self.lead.twitter_panel()["keys"]["configured"])
        self.assertEqual(
            self.lead.twitter_read(refresh=True)["problem"]["code"], "no_keys"
        )
        self.assertEqual(self.endpoints(), [])

    # ------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------

    def test_without_the_permission_the_connection_is_of_no_use(self):
        self.salesperson.group_ids -= self.env.ref("sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.use()
        self.assertEqual(self.endpoints(), [])

    def test_an_archived_user_cannot_use_his_connection(self):
        self.salesperson.active = False
        with self.assertRaises(AccessError):
            self.use()

    def test_nobody_acts_with_a_colleagues_connection(self):
        with self.assertRaises(AccessError):
            self.use(self.colleague)
        answer = self.lead.with_user(self.colleague).twitter_search()
        self.assertEqual(answer["problem"]["code"], "not_connected")
        self.assertEqual(self.endpoints(), [])

    def test_no_user_reads_a_token(self):
        for user in (self.salesperson, self.admin):
            account = self.account.with_user(user)
            for column in ("access_token", "refresh_token"):
                with self.assertRaises(AccessError):
                    account.read([column])
                with self.assertRaises(AccessError):
                    account.search([(column, "=like", "g%")])
                self.assertNotIn(column, account.fields_get())
                self.assertNotIn(column, account.read()[0])

    def test_no_token_is_exported(self):
        with self.assertRaisesRegex(AccessError, "access_token"):
            self.account.with_user(self.admin).export_data(["access_token"])

    def test_a_user_sees_his_own_connection_alone(self):
        accounts = self.env["twitter.account"]
        self.assertEqual(accounts.with_user(self.salesperson).search([]), self.account)
        self.assertFalse(accounts.with_user(self.colleague).search([]))
        self.assertEqual(accounts.with_user(self.admin).search([]), self.account)

    # ------------------------------------------------------------
    # KEYS
    # ------------------------------------------------------------

    def test_the_keys_are_tested_at_no_cost(self):
        accounts = self.env["twitter.account"]
        self.assertTrue(accounts._check_keys()["ok"])
        self.x.set_app(client_secret="another")
        outcome = accounts._check_keys()
        self.assertFalse(outcome["ok"])
        self.assertIn("not the API key", outcome["message"])
        self.assertEqual(self.x.spent(), 0)

    def test_starting_over_gives_up_every_secret(self):
        accounts = self.env["twitter.account"]
        parameter = encryption.FINGERPRINT_PARAMETER
        self.env["ir.config_parameter"].set_param(parameter, "another server's")
        self.assertIn("not on this server", accounts._secrets_problem())
        accounts._start_over_with_this_key()
        self.assertEqual(accounts._secrets_problem(), "")
        self.assertFalse(accounts._has_client_secret())
        self.assertEqual(self.account.state, "reconnect")
