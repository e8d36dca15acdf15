from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models import twitter_account
from ..models.x_problem import XProblem
from .common import CrmTwitterCase
from .two_companies import POST_AS_COMPANY, TwoCompanies

NEEDED = ("tweet.read", "users.read", "offline.access")


@tagged("post_install", "-at_install")
class TestTwitterAccountBrand(TwoCompanies, CrmTwitterCase):
    """Whom a user may act as: himself, and with the permission his companies."""

    def use(self, account):
        with account._x_session() as x:
            return x.me().handle

    def problem_of(self, account):
        """What using it ends in; `assertRaises` would take back what was kept."""
        try:
            self.use(account)
        except XProblem as problem:
            return problem
        return self.fail("X took it")

    # ------------------------------------------------------------
    # WHO
    # ------------------------------------------------------------

    def test_only_with_the_permission(self):
        brand = self.connect_brand()
        self.assertFalse(self.accounts(self.salesperson)._may_act_as())
        self.assertFalse(self.accounts(self.administrator)._may_act_as())
        self.assertEqual(self.accounts(self.poster)._may_act_as(), brand)
        self.poster.group_ids -= self.env.ref(POST_AS_COMPANY)
        self.assertFalse(self.accounts(self.poster)._may_act_as())

    def test_each_company_has_its_own_the_main_one_first(self):
        ours = self.connect_brand(self.company, "ourcompany")
        theirs = self.connect_brand(self.other, "acme_corp")
        for companies, brands in (
            ((self.company, self.other), ours + theirs),
            ((self.other, self.company), theirs + ours),
            ((self.company,), ours),
            ((self.other,), theirs),
        ):
            found = self.accounts(self.poster, *companies)._brands_of_user()
            self.assertEqual(found.ids, brands.ids)

    def test_a_company_one_does_not_work_in_is_none_of_ones_own(self):
        self.connect_brand(self.other, "acme_corp")
        self.salesperson.group_ids += self.env.ref(POST_AS_COMPANY)
        accounts = self.accounts(self.salesperson, self.other)
        with self.assertRaises(AccessError):
            accounts._brands_of_user()
        self.assertFalse(accounts.sudo()._brands_of_user())

    def test_the_own_connection_comes_first(self):
        brand = self.connect_brand()
        own = self.connect(self.poster)
        accounts = self.accounts(self.poster)
        self.assertEqual(accounts._may_act_as().ids, [own.id, brand.id])
        self.assertEqual(accounts._may_act_as()._chosen(), own)
        self.assertEqual(accounts._may_act_as()._chosen(brand.id), brand)

    def test_a_member_of_a_companys_account_needs_no_other_permission(self):
        own = self.connect(self.salesperson, "ourcompany")
        self.assertEqual(self.connect_brand(), own)
        accounts = self.accounts(self.salesperson)
        self.assertEqual(accounts._of_user(), own)
        self.assertEqual(accounts._may_act_as().ids, own.ids)
        self.assertEqual(self.use(accounts._may_act_as()._chosen()), "ourcompany")
        self.assertEqual(accounts._connection_of_user()["handle"], "ourcompany")

    def test_a_strangers_account_is_refused(self):
        colleagues = self.connect(self.colleague)
        theirs = self.connect_brand(self.other, "acme_corp")
        ours = self.connect_brand()
        accounts = self.accounts(self.poster, self.company)
        self.assertEqual(accounts._may_act_as()._chosen(ours.id), ours)
        for stranger in (colleagues, theirs):
            with self.assertRaises(AccessError):
                accounts._may_act_as()._chosen(stranger.id)
        with self.assertRaises(AccessError):
            self.accounts(self.salesperson)._may_act_as()._chosen(ours.id)

    def test_nobody_to_act_as(self):
        self.assertFalse(self.accounts(self.salesperson)._may_act_as()._chosen())

    def test_x_is_asked_as_the_company_by_whom_may_alone(self):
        brand = self.connect_brand()
        self.assertEqual(
            self.use(self.accounts(self.poster)._may_act_as()._chosen()), "ourcompany"
        )
        self.x.calls.clear()
        for user in (self.salesperson, self.administrator, self.employee):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.use(brand.with_user(user).sudo())
        self.poster.active = False
        with self.assertRaises(AccessError):
            self.use(brand.with_user(self.poster).sudo())
        self.assertEqual(self.endpoints(), [])

    def test_in_the_background_the_companys_goes_first(self):
        own = self.connect()
        self.salesperson.twitter_share_connection = True
        brand = self.connect_brand()
        self.assertEqual(self.accounts(self.env.user)._for_background(), brand + own)

    def test_scopes(self):
        account = self.connect(scopes=(*NEEDED, "tweet.write"))
        self.assertTrue(account._has_scopes("tweet.write", "users.read"))
        self.assertFalse(account._has_scopes("tweet.write", "media.write"))
        self.assertFalse(account.browse()._has_scopes("tweet.write"))

    # ------------------------------------------------------------
    # WHO SEES IT
    # ------------------------------------------------------------

    def test_each_sees_his_own_and_those_of_his_companies(self):
        own = self.connect()
        ours = self.connect_brand()
        theirs = self.connect_brand(self.other, "acme_corp")
        self.assertEqual(self.accounts(self.salesperson).search([]), own)
        self.assertFalse(self.accounts(self.colleague).search([]))
        both = self.accounts(self.poster, self.company, self.other)
        self.assertEqual(both.search([]), ours + theirs)
        self.assertEqual(self.accounts(self.poster, self.other).search([]), theirs)
        self.assertEqual(self.accounts(self.administrator).search([]), own + ours)
        found = self.accounts(self.other_administrator).search([])
        self.assertEqual(found, own + theirs)

    def test_what_one_logged_in_as_is_seen_whosever_brand_it_is(self):
        own = self.connect(self.salesperson, "acme_corp")
        self.connect_brand(self.other, "acme_corp")
        self.assertEqual(self.accounts(self.salesperson).search([]), own)

    def test_another_companys_account_is_not_an_administrators_to_end(self):
        theirs = self.connect_brand(self.other, "acme_corp")
        subject = theirs.with_user(self.administrator).sudo(False)
        with self.assertRaises(AccessError):
            subject.with_context(
                allowed_company_ids=self.company.ids
            ).action_disconnect()
        self.assertTrue(self.has_tokens(theirs))
        self.assertEqual(theirs.company_id, self.other)

    def test_ended_by_an_administrator_it_is_the_companys_no_longer(self):
        brand = self.connect_brand()
        brand.with_user(self.administrator).sudo(False).action_disconnect()
        self.assertFalse(self.has_tokens(brand) or self.granted_to("ourcompany"))
        self.assertFalse(brand.company_id)

    # ------------------------------------------------------------
    # REVOKED AT X
    # ------------------------------------------------------------

    def test_administrators_are_told_and_who_posts_hears_of_them(self):
        brand = self.connect_brand()
        self.x.revoke("ourcompany")
        problem = self.problem_of(self.accounts(self.poster)._may_act_as()._chosen())
        self.assertEqual(problem.to_dict()["action"], "settings")
        self.assertIn("An administrator has to", problem.to_dict()["message"])
        self.env.invalidate_all()
        self.assertEqual(brand.state, "reconnect")
        told = brand.activity_ids.user_id
        self.assertIn(self.administrator, told)
        self.assertFalse(told & (self.other_administrator + self.poster))
        for activity in brand.activity_ids:
            self.assertIn("in the settings of the CRM", activity.note)
        self.connect_brand()
        self.env.invalidate_all()
        self.assertFalse(brand.activity_ids)

    def test_given_up_the_administrators_are_asked_nothing_any_more(self):
        brand = self.connect_brand()
        brand._mark_reconnect()
        self.assertTrue(brand.activity_ids)
        self.accounts(self.env.user)._give_up_brand(self.company)
        self.env.invalidate_all()
        self.assertFalse(brand.activity_ids)

    # ------------------------------------------------------------
    # LAST USE
    # ------------------------------------------------------------

    def test_the_last_use_is_kept_once_an_hour_at_most(self):
        account = self.connect()
        own = self.accounts(self.salesperson)._of_user()
        self.assertFalse(own.last_used_at)
        written = []
        transaction = twitter_account.own_transaction

        def counted(*args):
            written.append(args)
            return transaction(*args)

        with patch.object(twitter_account, "own_transaction", counted):
            for minutes, writes in ((None, 1), (0, 1), (59, 1), (61, 2)):
                if minutes is not None:
                    past = fields.Datetime.now() - timedelta(minutes=minutes)
                    account.last_used_at = past
                self.env.flush_all()
                self.use(own)
                self.env.invalidate_all()
                self.assertEqual(len(written), writes, f"{minutes} minutes")
        age = fields.Datetime.now() - account.last_used_at
        self.assertLess(age, timedelta(minutes=1))

    def test_a_connection_that_has_ended_is_not_used(self):
        account = self.connect()
        self.x.revoke("marcdemo")
        account.expires_at = fields.Datetime.now()
        self.env.flush_all()
        problem = self.problem_of(self.accounts(self.salesperson)._of_user())
        self.assertEqual(problem.to_dict()["action"], "login")
        self.env.invalidate_all()
        self.assertEqual(account.state, "reconnect")
        self.assertFalse(account.last_used_at)
