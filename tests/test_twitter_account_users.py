from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ..models.own_transaction import Busy
from ..models.twitter_account_forsaken import GIVE_UP_CRON
from .common import CrmTwitterCase

REVOKE = "POST /2/oauth2/revoke"


@tagged("post_install", "-at_install")
class TestTwitterAccountUsers(CronMixinCase, CrmTwitterCase):
    """A user who is archived or deleted is disconnected in the same moment."""

    def setUp(self):
        super().setUp()
        self.account = self.connect()
        self.cron = self.env.ref(GIVE_UP_CRON)

    @property
    def members(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.account.with_context(active_test=False).member_ids

    @property
    def has_tokens(self):
        row = self.account._stored_tokens()
        return bool(row["access_token"] or row["refresh_token"])

    @property
    def is_granted_at_x(self):
        return bool(self.x.authorizations.grants_of(self.x.people.named("marcdemo").id))

    def run_cron(self):
        self.env.flush_all()
        self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def delete(self, user):
        user.active = False
        user.unlink()

    def test_archived_the_membership_ends_and_x_is_told_soon_after(self):
        with self.capture_triggers(GIVE_UP_CRON) as triggers:
            self.salesperson.action_archive()
        self.assertFalse(self.members)
        self.assertEqual(self.endpoints(), [], "X is not told in the request")
        self.assertEqual(len(triggers.records), 1)
        self.run_cron()
        self.assertEqual(self.endpoints(), [REVOKE])
        self.assertFalse(self.has_tokens or self.is_granted_at_x)
        self.assertEqual(self.account.state, "reconnect")

    def test_deleted_likewise(self):
        with self.capture_triggers(GIVE_UP_CRON) as triggers:
            self.salesperson.unlink()
        self.assertEqual(len(triggers.records), 1)
        self.assertEqual(self.endpoints(), [])
        self.run_cron()
        self.assertEqual(self.endpoints(), [REVOKE])
        self.assertFalse(self.has_tokens or self.is_granted_at_x)

    def test_a_shared_connection_stays_with_the_others(self):
        self.account.member_ids += self.colleague
        for end in (lambda user: user.action_archive(), self.delete):
            end(self.salesperson)
            self.run_cron()
            self.assertEqual(self.members, self.colleague)
            self.assertTrue(self.has_tokens and self.is_granted_at_x)
            self.salesperson = self.colleague.copy({"login": "x_third"})
            self.account.member_ids += self.salesperson

    def test_who_has_no_connection_is_archived_without_ado(self):
        with self.capture_triggers(GIVE_UP_CRON) as triggers:
            self.colleague.action_archive()
            self.employee.unlink()
        self.assertFalse(triggers.records)
        self.assertEqual(self.members, self.salesperson)

    def test_reactivated_he_has_to_log_in_again(self):
        self.salesperson.action_archive()
        self.salesperson.action_unarchive()
        accounts = self.env["twitter.account"].with_user(self.salesperson)
        self.assertFalse(accounts._of_user())
        self.run_cron()
        self.assertFalse(self.has_tokens)

    def test_other_changes_of_a_user_end_nothing(self):
        self.salesperson.write({"active": True, "signature": "Kind regards"})
        self.assertEqual(self.members, self.salesperson)

    def test_his_activity_goes_with_him(self):
        self.account._mark_reconnect()
        self.assertTrue(self.account.activity_ids)
        self.salesperson.action_archive()
        self.account.invalidate_recordset()
        self.assertFalse(self.account.activity_ids)

    def test_a_companys_account_stays(self):
        self.account.company_id = self.env.company
        self.salesperson.action_archive()
        self.run_cron()
        self.assertFalse(self.members)
        self.assertTrue(self.has_tokens)

    def test_a_connection_in_use_is_looked_at_once_more(self):
        self.salesperson.action_archive()
        self.env.flush_all()
        now = fields.Datetime.now()
        accounts = type(self.env["twitter.account"])
        with (
            patch.object(accounts, "_give_up", side_effect=Busy(self.env)),
            self.capture_triggers(GIVE_UP_CRON) as triggers,
        ):
            self.env["twitter.account"]._cron_give_up_forsaken()
        self.assertTrue(self.has_tokens)
        self.assertGreater(triggers.records.call_at, now)

    def test_without_the_cron_users_are_archived_all_the_same(self):
        self.cron.unlink()
        self.salesperson.action_archive()
        self.assertFalse(self.members)
        self.env.flush_all()
        self.assertEqual(self.env["twitter.account"]._gc_forsaken(), (1, 0))
        self.assertFalse(self.has_tokens)
