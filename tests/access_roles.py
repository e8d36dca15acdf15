"""Who may come: the roles of the access matrix, and what there is for them to touch.

The setting that lets all salespeople and administrators use X is off here, so that
there are some with the permission and some without.
"""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from ..models.twitter_account import PERMISSION
from .board import Board
from .two_companies import POST_AS_COMPANY

SALES = "sales_team.group_sale_salesman"
MANAGER = "sales_team.group_sale_manager"
SYSTEM = "base.group_system"

#: ``{role: groups of a new user}``; None for those who are there already.
ROLES = {
    "public": None,
    "portal": "base.group_portal",
    # Internal users without the permission.
    "employee": "base.group_user",
    "sales_without": SALES,
    "access_manager": "base.group_erp_manager",
    "administrator_without": SYSTEM,
    # Those who have it, through nothing else and in addition. The administrator, and
    # who posts as the company, work in both companies.
    "permission": PERMISSION,
    "sales": None,
    "manager": f"{MANAGER},{PERMISSION}",
    "poster": None,
    "administrator": f"{SYSTEM},{PERMISSION}",
    # Of another company of the same database.
    "elsewhere": f"{MANAGER},{POST_AS_COMPANY}",
    "administrator_elsewhere": f"{SYSTEM},{PERMISSION}",
    # Who had it: left the company; and had it taken while a dialog was open.
    "archived": f"{MANAGER},{POST_AS_COMPANY}",
    "revoked": f"{SALES},{PERMISSION}",
}
ELSEWHERE = ("elsewhere", "administrator_elsewhere")


class Roles(Board):
    """A user of each role, and a row of each kind to touch.

    Everything is the company's of most users, and what belongs to a user is that of
    ``sales``; what those of another company may do to it says whether companies are
    apart.
    """

    @classmethod
    def _make_people(cls):
        result = super()._make_people()
        permission = cls.env.ref(PERMISSION)
        for group in (SALES, SYSTEM):
            cls.env.ref(group).implied_ids = [Command.unlink(permission.id)]
        cls.salesperson.group_ids += permission
        cls.users = {
            "public": cls.env.ref("base.public_user"),
            "sales": cls.salesperson,
            "poster": cls.poster,
        }
        for role in ROLES.keys() - cls.users.keys():
            cls.users[role] = cls._make_user(role)
        cls.users["administrator"].company_ids += cls.other
        return result

    @classmethod
    def _make_user(cls, role):
        company = cls.other if role in ELSEWHERE else cls.company
        return new_test_user(
            cls.env,
            f"x_role_{role}",
            groups=ROLES[role],
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.account = self.connect()
        for role, username in (("archived", "jdunagan"), ("revoked", "jack")):
            self.connect(self.users[role], username=self._person(username))
        self.users["archived"].active = False
        self.users["revoked"].group_ids -= self.env.ref(PERMISSION)
        self.rows = self._make_rows()
        self.env.flush_all()
        self.x.calls.clear()

    def _person(self, handle):
        """Somebody of the simulator's world, added if need be."""
        if not self.x.people.find(handle):
            self.x.people.add(handle, handle.title())
        return handle

    # ------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------

    def _make_rows(self):
        """``{model: row}``: one of each model of the addon's, and of each it adds to.

        Whoever adds a model adds a row here.
        """
        interaction = self.say()
        profile = interaction.author_id.profile_id
        lead, contact = self._make_records(profile)
        found = self.env["twitter.association"].search([("lead_id", "=", lead.id)])
        return {
            "crm.lead": lead,
            "res.partner": contact,
            "res.users": self.salesperson,
            "res.company": self.company,
            "twitter.account": self.brand,
            "twitter.association": found[:1],
            "twitter.author": interaction.author_id,
            "twitter.engagement": self._make_engagement(lead, profile),
            "twitter.interaction": interaction,
            "twitter.profile": profile,
            "twitter.price": self.env["twitter.price"].search([], limit=1),
            "twitter.profile.look.up": self._make_dialog(profile),
            "twitter.erase": self._make_erase_dialog(lead),
            "twitter.erase.all": self._make_erase_all_dialog(),
            "twitter.erasure": self.env["twitter.erasure"].create({}),
            "res.config.settings": self.env["res.config.settings"].create({}),
            **self._make_server_rows(profile, contact),
            **self._make_money_rows(),
        }

    def _make_records(self, profile):
        """A lead nobody has taken yet, and a contact; both of the company."""
        known = {
            "company_id": self.company.id,
            "twitter_handle": profile.handle,
            "twitter_profile_id": profile.id,
        }
        lead = self.make_lead("Jane Doe", user_id=False, **known)
        lead = lead.with_env(self.env)
        contact = self.env["res.partner"].create({"name": "Jane Doe", **known})
        self.env.flush_all()
        ledger = self.env["twitter.association"].search(
            [("profile_id", "=", profile.id)]
        )
        ledger.user_id = self.salesperson
        return lead, contact

    def _make_dialog(self, profile):
        dialogs = self.env["twitter.profile.look.up"].with_user(self.salesperson)
        dialog = dialogs.create({"profile_ids": [Command.set(profile.ids)]})
        return dialog.with_env(self.env)

    def _make_erase_dialog(self, lead):
        opened = lead.with_user(self.users["manager"]).action_twitter_erase()
        return self.env["twitter.erase"].browse(opened["res_id"])

    def _make_erase_all_dialog(self):
        dialogs = self.env["twitter.erase.all"].with_user(self.users["administrator"])
        return dialogs.create({"confirmation": "ERASE ALL"}).with_env(self.env)

    def _make_engagement(self, lead, profile):
        return self.env["twitter.engagement"].create(
            {
                "kind": "follow",
                "route": "intent",
                "state": "opened",
                "request_uid": "0123456789abcdef-role",
                "intention": "intent:0123456789abcdef-role",
                "user_id": self.salesperson.id,
                "company_id": self.company.id,
                "account_id": self.account.id,
                "account_handle": self.account.username,
                "lead_id": lead.id,
                "profile_id": profile.id,
                "handle": profile.handle,
            }
        )

    def _make_server_rows(self, profile, contact):
        """What the server alone writes, and most people never see."""
        now = fields.Datetime.now()
        logins = self.env["twitter.login"]
        started = logins.with_user(self.salesperson).start([], True)
        feed = {"account_id": self.brand.id, "company_id": self.company.id}
        return {
            "twitter.login": logins.browse(started["login"]),
            "twitter.feed": self.env["twitter.feed"].create(feed),
            "twitter.compliance.job": self.env["twitter.compliance.job"].create(
                {"job_id": "1", "state": "created", "asked_at": now}
            ),
            "twitter.cache": self.env["twitter.cache"].create(
                {
                    "key": "role",
                    "value": {"id": "1"},
                    "profile_id": profile.id,
                    "read_at": now,
                    "expires_at": now + timedelta(hours=1),
                }
            ),
            "twitter.photo": self.env["twitter.photo"].create(
                {"partner_id": contact.id, "profile_id": profile.id, "checksum": "1"}
            ),
        }

    def _make_money_rows(self):
        now = fields.Datetime.now()
        usage = {"day": now.date(), "kind": "post", "payer": "role"}
        reserved = {"endpoint": "GET /2/users/me", "amount": 1, "reserved_at": now}
        return {
            "twitter.budget": self.env["twitter.budget"].search(
                [("company_id", "=", self.company.id)]
            ),
            "twitter.usage": self.env["twitter.usage"].create(
                {**usage, "company_id": self.company.id}
            ),
            "twitter.reservation": self.env["twitter.reservation"].create(
                {**reserved, "company_id": self.company.id, "expires_at": now}
            ),
            "twitter.limit": self.env["twitter.limit"].create(
                {"key": "role", "account_id": self.brand.id}
            ),
            "twitter.billed.resource": self.env["twitter.billed.resource"].create(
                {"day": now.date(), "kind": "post", "resource_id": "1"}
            ),
        }

    def seen_as(self, role, model):
        """The row of a model as a new request of that role's finds it.

        Settings are a dialog: everybody who opens them has a row of their own.
        """
        self.env.flush_all()
        self.env.invalidate_all()
        user = self.users[role]
        if model == "res.config.settings":
            # sudo: res.config.settings - as if the user had made it
            own = self.env[model].with_user(user).sudo().create({})
            return own.sudo(False)
        return self.rows[model].with_user(user)
