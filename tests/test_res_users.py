from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import CrmTwitterCase

PERMISSION = "crm_twitter.group_social_integration"


@tagged("post_install", "-at_install")
class TestUsers(CrmTwitterCase):
    """Giving and taking the permission, and a user's own preference."""

    def test_grant(self):
        action = self.employee.with_user(self.admin).action_twitter_grant()
        self.assertTrue(self.employee.has_group(PERMISSION))
        self.assertEqual(action["params"]["type"], "success")
        self.assertIn(self.employee.name, action["params"]["message"])

    def test_portal_users_are_named_and_left_alone(self):
        portal = new_test_user(self.env, "portal_x", groups="base.group_portal")
        both = (portal + self.employee).with_user(self.admin)
        params = both.action_twitter_grant()["params"]
        self.assertTrue(self.employee.has_group(PERMISSION))
        self.assertFalse(portal.has_group(PERMISSION))
        self.assertEqual(params["type"], "warning")
        self.assertIn(f"Portal users cannot have it: {portal.name}.", params["message"])

    def test_remove(self):
        self.employee.with_user(self.admin).action_twitter_grant()
        params = self.employee.with_user(self.admin).action_twitter_remove()["params"]
        self.assertFalse(self.employee.has_group(PERMISSION))
        self.assertEqual(params["type"], "success")

    def test_remove_names_the_group_it_stays_through(self):
        salesperson = self.salesperson.with_user(self.admin)
        params = salesperson.action_twitter_remove()["params"]
        self.assertTrue(self.salesperson.has_group(PERMISSION))
        self.assertEqual(params["type"], "warning")
        self.assertIn(self.salesperson.name, params["message"])
        for group in self.salesperson._twitter_permission_sources():
            self.assertIn(group.full_name, params["message"])

    def test_only_who_manages_access_rights(self):
        for user in (self.salesperson, self.employee):
            for name in ("action_twitter_grant", "action_twitter_remove"):
                subject = self.employee.with_user(user)
                with (
                    self.subTest(name, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    getattr(subject, name)()
        self.assertFalse(self.employee.has_group(PERMISSION))

    def test_list_actions_are_offered_to_those_alone(self):
        names = {"Grant Social Integration", "Remove Social Integration"}

        def offered(user):
            bindings = self.env["ir.actions.actions"].with_user(user)
            found = bindings.get_bindings("res.users").get("action", ())
            return names & {action["name"] for action in found}

        self.assertEqual(offered(self.admin), names)
        self.assertFalse(offered(self.salesperson))

    def test_list_action_grants_for_many(self):
        others = self.env["res.users"].concat(
            *(new_test_user(self.env, f"many_{n}") for n in range(3))
        )
        action = self.env.ref("crm_twitter.action_twitter_grant").with_user(self.admin)
        action.with_context(active_model="res.users", active_ids=others.ids).run()
        self.assertTrue(all(user.has_group(PERMISSION) for user in others))

    def test_sharing_is_the_users_own_choice_and_off_at_first(self):
        me = self.salesperson.with_user(self.salesperson)
        self.assertFalse(me.twitter_share_connection)
        me.write({"twitter_share_connection": True})
        self.assertTrue(
            me.read(["twitter_share_connection"])[0]["twitter_share_connection"]
        )
        with self.assertRaises(AccessError):
            self.salesperson.with_user(self.employee).write(
                {"twitter_share_connection": False}
            )

    def test_a_copied_user_shares_nothing(self):
        self.salesperson.twitter_share_connection = True
        copy = self.salesperson.copy({"login": "x_copy"})
        self.assertFalse(copy.twitter_share_connection)
