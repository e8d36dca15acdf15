from datetime import timedelta

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

    def test_a_new_login_takes_the_activity_away(self):
        self.x.revoke("marcdemo")
        self.lead.twitter_read(refresh=True)
        self.connect()
        self.account.invalidate_recordset()
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.account.activity_ids)

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
    # LEAVING
    # ------------------------------------------------------------

    def disconnect(self, user):
        return self.env["twitter.account"].with_user(user).disconnect()["message"]

    def test_the_last_to_leave_revokes_at_x_and_erases_the_tokens(self):
        message = self.disconnect(self.salesperson)
        self.assertIn("X has revoked", message)
        self.assertFalse(
            self.x.authorizations.grants_of(self.x.people.named("marcdemo").id)
        )
        self.account.invalidate_recordset()
        self.assertFalse(self.account.member_ids)
        row = self.account._stored_tokens()
        self.assertFalse(row["access_token"] or row["refresh_token"])

    def test_who_leaves_a_shared_connection_leaves_it_to_the_others(self):
        self.account.member_ids += self.colleague
        self.disconnect(self.salesperson)
        self.account.invalidate_recordset()
        self.assertEqual(self.account.member_ids, self.colleague)
        self.assertEqual(self.use(self.colleague).handle, "marcdemo")

    def test_the_tokens_are_erased_although_x_cannot_be_told(self):
        self.x.faults.add(endpoint="POST /2/oauth2/revoke", status=503, count=9)
        message = self.disconnect(self.salesperson)
        self.assertIn("remove the app yourself", message)
        self.account.invalidate_recordset()
        self.assertFalse(self.account._stored_tokens()["refresh_token"])

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
