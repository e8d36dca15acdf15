import inspect

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .access_methods import METHODS, UID
from .access_roles import Roles
from .common import CrmTwitterCase

# Needed before what is tried: (arguments, in the order of the methods').
FIRST = {
    "engagement_id": 1,
    "done": True,
    "handle": "jack",
    "kind": "post",
    "post_id": "1",
    "request_uid": UID,
    "text": "Hello",
    "twitter_id": "1",
}


@tagged("post_install", "-at_install")
class TestAccessStrangers(Roles, CrmTwitterCase):
    """Who may come in names what is somebody else's: by its number, in a command, in a
    context."""

    def assertRefused(self, call, *arguments, **named):
        self.counted["attacks tried"] += 1
        self.x.calls.clear()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            call(*arguments, **named)
            self.env.flush_all()
        self.assertEqual(self.endpoints(), [])

    # ------------------------------------------------------------
    # NUMBERS
    # ------------------------------------------------------------

    def test_nobody_acts_as_somebody_elses_account(self):
        """By any method that takes an account."""
        tried = 0
        others = {
            "sales": (self.brand, self.connection_of("revoked")),
            "manager": (self.brand, self.account),
            "poster": (self.account,),
        }
        for model, methods in METHODS.items():
            for method in methods:
                function = getattr(self.env.registry[model], method)
                names = inspect.signature(function).parameters
                if "account_id" not in names:
                    continue
                arguments = self.arguments_for(names)
                for role, accounts in others.items():
                    for account in accounts:
                        tried += 1
                        row = self.seen_as(role, model)
                        with self.subTest(model, method=method, role=role):
                            self.assertRefused(
                                getattr(row, method), *arguments, account_id=account.id
                            )
        self.assertGreater(tried, 50)

    def arguments_for(self, names):
        needed = [
            name
            for name, parameter in names.items()
            if parameter.default is inspect.Parameter.empty and name != "self"
        ]
        return [FIRST[name] for name in needed]

    def connection_of(self, role):
        domain = [("member_ids", "=", self.users[role].id)]
        return self.env["twitter.account"].search(domain)

    def test_a_login_is_its_users(self):
        login = self.rows["twitter.login"]
        for role in ("manager", "administrator"):
            logins = self.env["twitter.login"].with_user(self.users[role])
            for ask in (logins.poll, logins.cancel):
                self.counted["attacks tried"] += 1
                self.assertEqual(
                    ask(login.id),
                    {"state": "expired", "message": "", "handle": ""}
                    | {"message": ask(0)["message"]},
                )
        self.env.invalidate_all()
        self.assertEqual(login.state, "pending")

    def test_a_request_is_its_users(self):
        self.seen_as("sales", "crm.lead").twitter_open_intent(UID, "follow")
        lead = self.seen_as("manager", "crm.lead")
        self.assertFalse(lead.twitter_engagement_state(UID)["engagement"])
        self.assertRefused(lead.twitter_open_intent, UID, "follow")

    def test_what_was_done_on_one_record_is_not_answered_on_another(self):
        other = self.make_lead("Somebody Else", user_id=False)
        self.env.flush_all()
        engagement = self.rows["twitter.engagement"]
        for method, arguments in (("twitter_answer", (True,)), ("twitter_check", ())):
            self.counted["attacks tried"] += 1
            with self.assertRaises(UserError):
                getattr(other, method)(engagement.id, *arguments)
        self.assertEqual(engagement.state, "opened")

    def test_each_company_reads_its_own(self):
        feeds = self.env["twitter.feed"].with_user(
            self.users["administrator_elsewhere"]
        )
        for ask in (feeds.read_now, feeds.start_reading):
            for company_id in (self.company.id, 0, -1, 10**9, False):
                with self.subTest(company_id):
                    self.assertRefused(ask, company_id)

    def test_companies_are_not_taken_from_the_context(self):
        """Odoo itself looks after what the browser says."""
        for role in ("elsewhere", "administrator_elsewhere"):
            for model in ("twitter.interaction", "twitter.account", "twitter.budget"):
                row = self.seen_as(role, model)
                row = row.with_context(allowed_company_ids=self.company.ids)
                self.assertRefused(row.read, ["display_name"])
        board = self.env["twitter.interaction"].with_user(self.users["elsewhere"])
        board = board.with_context(allowed_company_ids=self.company.ids)
        self.assertRefused(board.board)

    # ------------------------------------------------------------
    # COMMANDS AND CONTEXTS
    # ------------------------------------------------------------

    def test_no_command_on_a_record_writes_what_the_server_writes(self):
        engagement = self.rows["twitter.engagement"]
        new = {"kind": "post", "route": "api", "state": "done", "intention": "x"}
        commands = (
            Command.create({**new, "request_uid": "made-by-hand-0123"}),
            Command.update(engagement.id, {"state": "done"}),
            Command.delete(engagement.id),
        )
        for model in ("crm.lead", "res.partner"):
            for command in commands:
                row = self.seen_as("sales", model)
                with self.subTest(model, command=command[0]):
                    self.assertRefused(row.write, {"twitter_engagement_ids": [command]})
        user = self.seen_as("administrator", "res.users")
        self.assertRefused(user.write, {"twitter_engagement_ids": [commands[0]]})

    def test_no_command_makes_anybody_a_member(self):
        account = self.seen_as("poster", "twitter.account")
        link = [Command.link(self.poster.id)]
        self.assertRefused(account.write, {"member_ids": link})
        self.assertRefused(account.write, {"company_id": self.other.id})
        for role in ("administrator", "sales"):
            accounts = self.env["twitter.account"].with_user(self.users[role])
            self.assertRefused(
                accounts.create,
                {"twitter_id": "7", "username": "me", "member_ids": link},
            )

    def test_what_was_said_to_another_company_is_made_into_no_lead(self):
        post = self.rows["twitter.interaction"]
        leads = self.env["crm.lead"].with_user(self.users["elsewhere"])
        values = {"name": "Mine", "company_id": self.other.id}
        self.assertRefused(leads.create, {**values, "twitter_interaction_id": post.id})
        told = leads.with_context(default_twitter_interaction_id=post.id)
        self.assertRefused(told.create, values)

    def test_the_servers_own_words_are_not_taken_from_a_browser(self):
        """What stands in a context of the server's only."""
        row = self.seen_as("sales", "twitter.profile")
        self.assertRefused(row.with_context(twitter_erasing=True).unlink)
        lead = self.seen_as("sales", "crm.lead").with_context(
            twitter_clicked_by=self.admin.id, twitter_origin="board"
        )
        self.assertEqual(
            lead.env["twitter.account"]._payer().user_id, self.salesperson.id
        )
        lead.twitter_handle = "jack"
        self.env.flush_all()
        self.assertEqual(self.ledger(lead)[-1][2], "field")

    def test_those_who_see_a_post_write_only_who_handles_it(self):
        row = self.seen_as("manager", "twitter.interaction")
        for name in sorted(row.fields_get(attributes=["readonly"])):
            field = row._fields[name]
            if field.readonly and "crm_twitter" in field._modules:
                with self.subTest(name):
                    self.assertRefused(row.write, {name: False})

    def test_administrators_write_limits_and_not_what_was_spent(self):
        row = self.seen_as("administrator", "twitter.budget")
        for name in ("company_id", "day", "day_spent", "month", "month_spent", "told"):
            with self.subTest(name):
                self.assertRefused(row.write, {name: False})
        user = {"user_id": self.salesperson.id}
        self.assertRefused(row.browse().create, {**user, "day_spent": -1000})
