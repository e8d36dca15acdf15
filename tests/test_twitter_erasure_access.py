from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .erasure import ErasureCase


@tagged("post_install", "-at_install")
class TestErasureAccess(ErasureCase):
    """Who may erase, or see, all that is held of a person."""

    def methods(self):
        return [
            (record, method)
            for record in (self.contact, self.lead, self.profile)
            for method in ("action_twitter_erase", "action_twitter_export")
        ]

    def test_only_managers_and_administrators_with_the_permission(self):
        unpermitted = new_test_user(
            self.env,
            "x_unpermitted",
            groups="sales_team.group_sale_manager",
            company_ids=(self.company | self.other).ids,
        )
        permission = self.env.ref("crm_twitter.group_social_integration")
        self.env.ref("sales_team.group_sale_salesman").implied_ids -= permission
        unpermitted.group_ids -= permission
        for user in (self.salesperson, self.colleague, self.employee, unpermitted):
            for record, method in self.methods():
                self.counted["attacks tried"] += 1
                with (
                    self.subTest(user=user.login, model=record._name, method=method),
                    self.assertRaises(AccessError),
                ):
                    getattr(record.with_user(user), method)()
        self.assertTrue(self.profile.exists())

    def test_a_manager_and_an_administrator_may(self):
        for user in (self.manager, self.admin):
            user.company_ids |= self.company | self.other
            for record, method in self.methods():
                with self.subTest(user=user.login, method=method):
                    self.assertTrue(getattr(record.with_user(user), method)())

    def test_who_does_not_work_in_a_company_that_holds_something(self):
        there = self.connect_brand(self.other, "marcdemo")
        self.say("@marcdemo Hello", "zsentinel_jane", brand=there)
        self.manager.company_ids = self.company
        self.env.flush_all()
        for record, method in self.methods():
            self.counted["attacks tried"] += 1
            with self.assertRaises(AccessError) as caught:
                getattr(record.with_user(self.manager), method)()
            self.assertNotIn(self.other.name, str(caught.exception))

    def test_the_right_taken_while_the_dialog_is_open(self):
        action = self.contact.with_user(self.manager).action_twitter_erase()
        self.manager.group_ids = self.env.ref("sales_team.group_sale_salesman")
        wizard = self.env["twitter.erase"].with_user(self.manager)
        with self.assertRaises(AccessError):
            wizard.browse(action["res_id"]).action_erase()
        with self.assertRaises(AccessError):
            wizard.browse(action["res_id"]).sudo().with_user(
                self.salesperson
            ).action_erase()
        self.assertTrue(self.profile.exists())

    def test_another_managers_dialog_is_not_ones_own(self):
        action = self.contact.with_user(self.manager).action_twitter_erase()
        wizard = self.env["twitter.erase"].with_user(self.admin)
        self.env.flush_all()
        with self.assertRaises(AccessError):
            wizard.browse(action["res_id"]).read(["handles"])
        with self.assertRaises(AccessError):
            wizard.create({"profile_id": self.profile.id})
