import inspect

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .board import Board
from .common import CrmTwitterCase

ADDON = "odoo.addons.crm_twitter."

# How each public method of ours is called. One that is missing here fails the test: who
# adds a method decides who may call it.
ARGUMENTS = {
    "action_create_contact": (),
    "action_create_lead": (),
    "action_open_twitter_engagements": (),
    "action_open_twitter_interactions": (),
    "action_open_twitter_panel": (),
    "action_take_published": (),
    "action_try_now": (),
    "action_twitter_budgets": (),
    "action_twitter_connect_brand": (),
    "action_twitter_disconnect_brand": (),
    "action_twitter_grant": (),
    "action_twitter_remove": (),
    "action_twitter_remove_bearer_token": (),
    "action_twitter_remove_keys": (),
    "action_twitter_start_over": (),
    "action_twitter_test_connection": (),
    "action_twitter_try_now": (),
    "action_twitter_use_present_callback": (),
    "action_disconnect": (),
    "action_handle": (),
    "action_ignore": (),
    "action_reopen": (),
    "board": (),
    "change_state": ("handled", {}),
    "action_done": (),
    "action_not_done": (),
    "action_look_up": (),
    "cancel": (1,),
    "connection": (),
    "new_count": (),
    "poll": (1,),
    "read_now": (1,),
    "start": (["post"], True),
    "start_reading": (1,),
    "suggestions": (),
    "try_now": (),
    "twitter_act": ("00000000-0000-0000", "post", "", "Hello"),
    "twitter_answer": (1, True),
    "twitter_check": (1,),
    "twitter_check_text": ("post", "Hello"),
    "twitter_engagement_state": ("00000000-0000-0000",),
    "twitter_followers": (),
    "twitter_following": (),
    "twitter_open_intent": ("00000000-0000-0000", "post"),
    "twitter_associate": ("jack", "given"),
    "twitter_disassociate": (),
    "twitter_fetch_photo": (),
    "twitter_fill_website": (),
    "twitter_load_again": (),
    "twitter_look_up": ("jack",),
    "twitter_panel": (),
    "twitter_post": ("1",),
    "twitter_posts": (),
    "twitter_read": (),
    "twitter_reject": ("1", "jack"),
    "twitter_search": (),
    "twitter_undo_photo": (),
    "twitter_use_photo": (),
}
# Open to every employee, on purpose, with the reason.
OPEN = {
    "action_open_preferences": "opens the caller's own preferences",
    "disconnect": "whoever lost the permission may still leave his connection",
}


def public_methods(model):
    """Names of the methods of a model that this addon adds and RPC may call."""
    ours, others = set(), set()
    for cls in type(model).__mro__:
        names = {
            name
            for name, method in vars(cls).items()
            if inspect.isfunction(method)
            and not name.startswith("_")
            and not getattr(method, "_api_private", False)
        }
        (ours if cls.__module__.startswith(ADDON) else others).update(names)
    return ours - others


@tagged("post_install", "-at_install")
class TestAccess(Board, CrmTwitterCase):
    """Every public method of the addon refuses who lacks the permission."""

    def setUp(self):
        super().setUp()
        self.account = self.connect()

    def record_of(self, model):
        """A record the employee could otherwise work with."""
        if model._name == "crm.lead":
            return self.make_lead().sudo()
        if model._name == "res.partner":
            return self.env["res.partner"].create({"name": "Jack"})
        if model._name in ("twitter.profile.look.up", "res.config.settings"):
            return model.create({})
        if model._name == "twitter.account":
            return self.account
        if model._name == "twitter.price":
            return model.search([], limit=1)
        if model._name == "twitter.interaction":
            return self.say()
        return model

    def test_every_public_method_refuses_without_the_permission(self):
        called = set()
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract:
                continue
            for method in public_methods(model):
                called.add(method)
                if method in OPEN:
                    continue
                self.assertIn(method, ARGUMENTS, f"{name}.{method} is not covered")
                record = self.record_of(model).with_user(self.employee)
                with (
                    self.subTest(model=name, method=method),
                    self.assertRaises(AccessError),
                ):
                    getattr(record, method)(*ARGUMENTS[method])
        self.assertGreaterEqual(called, ARGUMENTS.keys() | OPEN.keys())
        self.assertEqual(self.endpoints(), [])
