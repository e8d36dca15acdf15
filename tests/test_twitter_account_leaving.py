import time
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models import twitter_account_leaving
from ..models.encryption import encrypt
from .common import CrmTwitterCase

REVOKE = "POST /2/oauth2/revoke"


@tagged("post_install", "-at_install")
class TestTwitterAccountLeaving(CrmTwitterCase):
    """Keys to an X account go with the last who may use them."""

    def setUp(self):
        super().setUp()
        self.account = self.connect()
        self.permission = self.env.ref("crm_twitter.group_social_integration")

    def disconnect(self, user):
        return self.env["twitter.account"].with_user(user).disconnect()["message"]

    def take_permission(self, user):
        user.group_ids = self.env.ref("base.group_user")
        self.assertFalse(user.has_group("crm_twitter.group_social_integration"))

    def clean_up(self):
        self.env.flush_all()
        return self.env["twitter.account"]._gc_forsaken()

    @property
    def has_tokens(self):
        self.env.invalidate_all()
        row = self.account._stored_tokens()
        return bool(row["access_token"] or row["refresh_token"])

    @property
    def is_granted_at_x(self):
        return bool(self.x.authorizations.grants_of(self.x.people.named("marcdemo").id))

    # ------------------------------------------------------------
    # THE MEMBER
    # ------------------------------------------------------------

    def test_the_last_to_leave_revokes_at_x_and_erases_the_tokens(self):
        message = self.disconnect(self.salesperson)
        self.assertIn("X has revoked", message)
        self.assertFalse(self.is_granted_at_x)
        self.assertFalse(self.has_tokens)
        self.assertFalse(self.account.member_ids)

    def test_who_leaves_a_shared_connection_leaves_it_to_the_others(self):
        self.account.member_ids += self.colleague
        self.disconnect(self.salesperson)
        self.assertTrue(self.has_tokens)
        self.assertEqual(self.account.member_ids, self.colleague)
        account = self.account.with_user(self.colleague).sudo()
        with account._x_session() as x:
            self.assertEqual(x.me().handle, "marcdemo")

    def test_the_tokens_are_erased_although_x_cannot_be_told(self):
        self.x.faults.add(endpoint=REVOKE, status=503, count=9)
        message = self.disconnect(self.salesperson)
        self.assertIn("remove the app yourself", message)
        self.assertFalse(self.has_tokens)

    def test_tokens_nobody_can_read_are_not_said_to_be_revoked(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "a-copy")
        self.env.flush_all()
        message = self.disconnect(self.salesperson)
        self.assertIn("X could not be told", message)
        self.assertFalse(self.has_tokens)
        self.assertEqual(self.endpoints(), [])

    def test_who_lost_the_permission_may_take_his_keys_back(self):
        self.take_permission(self.salesperson)
        self.assertIn("X has revoked", self.disconnect(self.salesperson))
        self.assertFalse(self.has_tokens)

    def test_an_archived_user_does_nothing_any_more(self):
        self.salesperson.active = False
        with self.assertRaises(AccessError):
            self.disconnect(self.salesperson)
        self.assertTrue(self.has_tokens)

    # ------------------------------------------------------------
    # THE ADMINISTRATOR
    # ------------------------------------------------------------

    def test_an_administrator_ends_connections_for_all_members(self):
        self.account.member_ids += self.colleague + self.employee
        self.employee.active = False
        other = self.connect(self.admin, "ourcompany")
        both = (self.account + other).with_user(self.admin)
        params = both.action_disconnect()["params"]
        self.assertEqual(params["type"], "success")
        self.assertFalse(self.is_granted_at_x)
        self.assertEqual(self.endpoints().count(REVOKE), 2)
        self.assertFalse(self.has_tokens)
        members = (self.account + other).with_context(active_test=False).member_ids
        self.assertFalse(members)
        self.assertEqual(other.state, "reconnect")

    def test_the_administrator_is_told_where_x_could_not_be(self):
        self.x.faults.add(endpoint=REVOKE, status=503, count=9)
        params = self.account.with_user(self.admin).action_disconnect()["params"]
        self.assertIn("X could not be told", params["message"])
        self.assertEqual(params["type"], "warning")
        self.assertFalse(self.has_tokens)

    def test_only_an_administrator_ends_others_connections(self):
        for user in (self.salesperson, self.colleague, self.employee):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.account.with_user(user).action_disconnect()
        self.assertTrue(self.has_tokens)

    # ------------------------------------------------------------
    # NOBODY LEFT
    # ------------------------------------------------------------

    def test_keys_that_may_be_used_are_not_cleaned_up(self):
        self.account.member_ids += self.employee
        self.assertEqual(self.clean_up(), (0, 0))
        self.assertTrue(self.has_tokens)

    def test_the_keys_of_an_archived_user_are_cleaned_up_and_revoked(self):
        self.salesperson.active = False
        self.assertEqual(self.clean_up(), (1, 0))
        self.assertFalse(self.has_tokens or self.is_granted_at_x)

    def test_the_keys_of_who_lost_the_permission_are_cleaned_up_and_revoked(self):
        self.take_permission(self.salesperson)
        self.assertEqual(self.clean_up(), (1, 0))
        self.assertFalse(self.has_tokens or self.is_granted_at_x)

    def test_the_keys_are_cleaned_up_although_x_cannot_be_told(self):
        self.x.faults.add(endpoint=REVOKE, status=503, count=9)
        self.salesperson.active = False
        self.assertEqual(self.clean_up(), (1, 0))
        self.assertFalse(self.has_tokens)

    def test_a_companys_keys_stay_without_members(self):
        self.account.company_id = self.env.company
        self.salesperson.active = False
        self.assertEqual(self.clean_up(), (0, 0))
        self.salesperson.unlink()
        self.assertTrue(self.has_tokens)

    def test_x_is_not_waited_for_without_end(self):
        tokens = [encrypt(self.env, token) for token in ("one", "two", "three")]
        self.x.faults.add(REVOKE, kind="hang", count=9)
        self.counted["faults injected"] += 1
        begun = time.monotonic()
        with patch.object(twitter_account_leaving, "REVOCATION_TIME", 1):
            self.assertFalse(self.env["twitter.account"]._revoke(tokens))
        self.assertLess(time.monotonic() - begun, 2)

    def test_one_that_x_refuses_keeps_no_other(self):
        tokens = [encrypt(self.env, token) for token in ("one", "two", "three")]
        self.x.faults.add(REVOKE, status=503, count=1)
        self.counted["faults injected"] += 1
        self.assertFalse(self.env["twitter.account"]._revoke(tokens))
        self.assertEqual(self.endpoints(), [REVOKE] * 3)
