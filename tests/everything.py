"""All that can be done with the addon, done once: what it asks X then is looked at."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user

from odoo.addons.base.models.ir_autovacuum import is_autovacuum

from ..simulator.view import avatar_url
from .access_methods import METHODS
from .board import Board

ALL_SCOPES = (
    *("tweet.read", "users.read", "offline.access", "tweet.write", "media.write"),
    *("follows.read", "follows.write", "like.read", "like.write"),
)
# What methods need to get as far as X; of others, what the access matrix has will do.
TO_X = {
    "twitter_act": lambda test: (str(uuid4()), "post", "", "Hello"),
    "twitter_check": lambda test: test.unknown.ids,
    "twitter_look_up": ("somebody_else",),
    "twitter_post": lambda test: (test.post.id,),
    "twitter_read": (True,),
}


class RolledBack(Exception):
    """Ends what was tried; nothing of it stays."""


class Everything(Board):
    """A database in use: accounts, a board, a lead of somebody on X, things to settle.

    ``user`` may do everything there is.
    """

    def setUp(self):
        super().setUp()
        groups = (
            *("base.group_system", "sales_team.group_sale_manager"),
            *("base.group_partner_manager", "crm_twitter.group_post_as_company"),
        )
        self.user = new_test_user(self.env, "x_everything", groups=",".join(groups))
        self.account = self.connect(self.user, scopes=ALL_SCOPES)
        self.brand = self.connect_brand(scopes=ALL_SCOPES)
        self.x.set_app(bearer_token="the-apps-bearer-token")
        self.env["twitter.account"]._set_bearer_token("the-apps-bearer-token")
        for name in ("read_in_background", "refresh_in_background", "search_on_open"):
            self.env["ir.config_parameter"].set_param(f"crm_twitter.{name}", "True")
        self.user.twitter_share_connection = True
        self._make_jane()
        self._make_rows()
        self.x.calls.clear()

    def _make_jane(self):
        """Jane Doe, who has spoken to the company, and a lead of hers."""
        self.row = self.say()
        self.lead = self.make_lead(
            "Jane Doe", twitter_handle="jane_doe", user_id=self.user.id
        ).with_user(self.user)
        self.contact = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        )
        self.post = self.x.posts.add("jane_doe", "A post of hers")
        # Nobody knows who they are on X; and one is new.
        self.nameless = [
            self.make_lead(name) for name in ("Jane Doe", "Jacques Dunagan")
        ]
        self.make_lead("A New One", twitter_handle="mitchelladmin")
        profile = self.lead.sudo().twitter_profile_id
        yesterday = fields.Datetime.now() - timedelta(days=1, hours=1)
        profile.write(
            {
                "looked_at": yesterday,
                "fetched_at": yesterday,
                "image_url": avatar_url(self.x, self.x.people.named("jane_doe")),
            }
        )

    def _make_rows(self):
        """What waits to be asked of X by what runs by itself."""
        now = fields.Datetime.now()
        self.env["twitter.feed"].with_user(self.user).start_reading(self.env.company.id)
        self.env["twitter.feed"].search([]).next_read_at = False
        self.row.verified_at = now - timedelta(hours=21)
        self.unknown = self.env["twitter.engagement"].create(
            {
                "kind": "mention",
                "route": "api",
                "state": "unknown",
                "request_uid": str(uuid4()),
                "intention": "something",
                "user_id": self.user.id,
                "account_id": self.account.id,
                "company_id": self.env.company.id,
                "lead_id": self.lead.id,
                "profile_id": self.lead.sudo().twitter_profile_id.id,
                "text": "Hello @jane_doe",
                "date": now - timedelta(minutes=9),
                "check_at": now - timedelta(minutes=1),
            }
        )
        self.rows = {"twitter.engagement": self.unknown}
        self.env.flush_all()

    # ------------------------------------------------------------
    # DOING IT
    # ------------------------------------------------------------

    def do_everything(self):
        """Try every public method, scheduled action and clean-up there is.

        :return: how many
        """
        tried = self.call_methods()
        tried += self.run_by_themselves()
        profile = self.lead.sudo().twitter_profile_id
        profiles = self.env["twitter.profile"].with_user(self.user)
        tried += self.try_(profiles._photo, profile.id)
        tried += self.try_(self.env["twitter.account"]._revoke_all)
        return tried

    def call_methods(self):
        """Each on each of its records, as somebody who may."""
        tried = 0
        for model, methods in METHODS.items():
            for name, call in methods.items():
                arguments = TO_X.get(name, call.arguments)
                if callable(arguments):
                    arguments = arguments(self)
                for record in self.records_of(self.env[model]):
                    method = getattr(record.with_user(self.user), name)
                    tried += self.try_(method, *arguments)
        return tried

    def run_by_themselves(self):
        """Run all scheduled actions, server actions' own, and the autovacuum."""
        tried = 0
        for cron in self.scheduled_actions():
            tried += self.try_(cron.method_direct_trigger)
        for name in sorted(self.env.registry):
            if name.startswith("twitter."):
                model = self.env[name]
                for attribute in dir(type(model)):
                    if is_autovacuum(getattr(type(model), attribute, None)):
                        tried += self.try_(getattr(model, attribute))
        return tried

    def scheduled_actions(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "crm_twitter"), ("model", "=", "ir.cron")]
        )
        return self.env["ir.cron"].browse(data.mapped("res_id"))

    def try_(self, method, *arguments):
        """Do it, whatever the addon says to it; nothing of it stays.

        :return: 1
        """
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                # A refusal in words is well: what X was asked is looked at.
                with suppress(UserError):
                    method(*arguments)
                raise RolledBack
        except RolledBack:
            self.env.invalidate_all()
            self.env.registry.clear_all_caches()
        return 1

    def records_of(self, model):
        """What the methods of a model are called on."""
        profile = self.lead.sudo().twitter_profile_id
        if model._transient:
            return [self.wizard_of(model, profile)]
        of_the_scene = {
            "crm.lead": [self.lead, *self.nameless],
            "res.partner": [self.contact],
            "res.users": [self.user],
            "twitter.account": [self.account],
            "twitter.engagement": [self.unknown],
            "twitter.interaction": [self.row],
            "twitter.profile": [profile],
        }
        return of_the_scene.get(model._name) or [model.search([], limit=1)]

    def wizard_of(self, model, profile):
        values = {
            "twitter.profile.look.up": {"profile_ids": profile.ids},
            "twitter.erase": {"profile_id": profile.id},
            "twitter.erase.all": {"confirmation": "ERASE ALL"},
        }
        # As its action makes it: who may use it need not be let make any other.
        wizards = model.with_user(self.user).sudo()
        return wizards.create(values.get(model._name, {}))
