import json
import logging
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo import fields
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..models import twitter_login, twitter_login_callback
from ..models.own_transaction import Busy, own_transaction
from ..models.twitter_login import CALLBACK_ROUTE
from .common import COLLEAGUE, EMPLOYEE, SALESPERSON, CrmTwitterHttpCase
from .login_browser import LoginBrowser

NEEDED = ("tweet.read", "users.read", "offline.access")
REVOKE = "POST /2/oauth2/revoke"
SEE = "See profiles and posts"


@tagged("post_install", "-at_install")
class TestTwitterLogin(LoginBrowser, CrmTwitterHttpCase):
    """Logging in with X, from the click to the connection, with X over HTTP."""

    # ------------------------------------------------------------
    # THE WAY THERE
    # ------------------------------------------------------------

    def test_x_is_asked_as_x_wants_to_be_asked(self):
        started = self.start(["post"])
        parts = urlsplit(started["url"])
        query = {key: value[0] for key, value in parse_qs(parts.query).items()}
        self.assertEqual(parts.path, "/i/oauth2/authorize")
        self.assertEqual(query["code_challenge_method"], "S256")
        self.assertEqual(query["redirect_uri"], self._callback_url())
        self.assertEqual(
            set(query["scope"].split()),
            {"tweet.read", "users.read", "offline.access", "tweet.write"},
        )
        self.assertNotIn("+", parts.query, "X wants blanks as %20")

    def test_the_handle_field_is_told_where_x_is(self):
        for login, site_url in (
            (SALESPERSON, self.simulator.url),
            (EMPLOYEE, None),
        ):
            self.authenticate(login, login)
            info = self.make_jsonrpc_request("/web/session/get_session_info")
            self.assertEqual(info.get("twitter_site_url"), site_url)

    def test_a_page_under_another_address_says_where_logins_come_back_to(self):
        def other_origin():
            panel = self.call("crm.lead", "twitter_panel", [self.lead.id])
            return panel["keys"]["other_origin"]

        self.assertEqual(other_origin(), "")
        self.env["ir.config_parameter"].set_param(
            "crm_twitter.callback_url", f"https://crm.example.com{CALLBACK_ROUTE}"
        )
        self.assertEqual(other_origin(), "https://crm.example.com")

    def test_like_and_follow_are_asked_for_on_the_enterprise_plan_alone(self):
        def scopes():
            url = self.start(["like", "follow"])["url"]
            return set(parse_qs(urlsplit(url).query)["scope"][0].split())

        self.assertFalse(scopes() & {"like.write", "follows.write"})
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", "enterprise")
        self.assertGreaterEqual(scopes(), {"like.write", "like.read", "follows.write"})

    def test_allowed_in_a_popup_the_panel_learns_it_from_the_server(self):
        started = self.start()
        self.assertEqual(self.poll(started["login"])["state"], "pending")
        page = self.come_back(self.decide(started["url"]))
        self.assertEqual(page.status_code, 200)
        self.assertIn("@marcdemo", page.text)
        self.assertIn("login_result.js", page.text)
        self.assertEqual(
            self.poll(started["login"]),
            {
                "state": "connected",
                "message": "You are connected to X.",
                "handle": "marcdemo",
            },
        )
        self.assertEqual(self.account.username, "marcdemo")
        self.assertEqual(self.account.member_ids, self.salesperson)
        self.assertIn("tweet.write", self.account.scope)

    def test_allowed_in_the_same_tab_the_browser_is_back_on_the_record(self):
        started = self.start(popup=False)
        response = self.come_back(self.decide(started["url"]))
        self.assertEqual(response.status_code, 303)
        self.assertEqual(
            urlsplit(response.headers["Location"]).path,
            f"/odoo/crm.lead/{self.lead.id}",
        )

    def test_the_tokens_are_kept_encrypted_and_work(self):
        self.come_back(self.decide(self.start()["url"]))
        row = self.account._stored_tokens()
        with self.account.with_user(self.salesperson).sudo()._x_session() as x:
            self.assertEqual(x.me().handle, "marcdemo")
        sent = [call for call in self.x.calls if call.endpoint == "GET /2/users/me"]
        self.assertEqual(len(sent), 2)
        for column in ("access_token", "refresh_token"):
            self.assertTrue(row[column].startswith("gAAAA"), "not encrypted")

    # ------------------------------------------------------------
    # WHAT GOES OTHERWISE
    # ------------------------------------------------------------

    def test_refused_at_x_ends_in_a_sentence(self):
        started = self.start()
        page = self.come_back(self.decide(started["url"], decision="refuse"))
        self.assertIn("You did not allow the access", page.text)
        self.assertEqual(self.poll(started["login"])["state"], "refused")
        self.assertFalse(self.account)

    def test_a_code_is_exchanged_once(self):
        address = self.decide(self.start()["url"])
        self.come_back(address)
        self.come_back(address)
        self.assertEqual(self.endpoints().count("GET /2/users/me"), 1)
        self.assertEqual(self.account.state, "connected")

    def test_a_state_that_was_never_given_is_refused(self):
        page = self.url_open(f"{CALLBACK_ROUTE}?state=forged&code=abc")
        self.assertIn("belongs to no login", page.text)
        page = self.url_open(CALLBACK_ROUTE)
        self.assertIn("belongs to no login", page.text)
        self.assertEqual(self.endpoints(), [])

    def test_a_state_of_another_user_is_refused(self):
        address = self.decide(self.start()["url"])
        self.authenticate(COLLEAGUE, COLLEAGUE)
        self.assertIn("belongs to no login", self.come_back(address).text)
        self.assertFalse(self.env["twitter.account"].search([]))
        self.assertEqual(self.endpoints(), [])

    def test_a_state_of_another_session_of_the_same_user_is_refused(self):
        address = self.decide(self.start()["url"])
        self.authenticate(SALESPERSON, SALESPERSON)
        self.assertIn("belongs to no login", self.come_back(address).text)
        self.assertEqual(self.endpoints(), [])

    def test_a_login_ends_after_ten_minutes(self):
        started = self.start()
        address = self.decide(started["url"])
        login = self.env["twitter.login"].browse(started["login"])
        self.env.cr.execute(
            "UPDATE twitter_login SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(minutes=10, seconds=1), login.id],
        )
        self.assertIn("longer than ten minutes", self.come_back(address).text)
        self.assertEqual(self.poll(started["login"])["state"], "expired")
        self.assertEqual(self.endpoints(), [])

    def test_a_cancelled_login_is_not_taken_up(self):
        started = self.start()
        address = self.decide(started["url"])
        self.call("twitter.login", "cancel", started["login"])
        self.assertIn("was cancelled", self.come_back(address).text)
        self.assertFalse(self.account)

    def test_cancelling_gives_up_every_window_that_was_opened(self):
        first = self.decide(self.start()["url"])
        second = self.start()
        self.assertIn("was cancelled", self.come_back(first).text)
        self.call("twitter.login", "cancel", second["login"])
        self.assertIn("was cancelled", self.come_back(self.decide(second["url"])).text)
        self.assertFalse(self.account)

    def test_x_down_at_the_exchange_ends_in_a_sentence_and_a_way_on(self):
        started = self.start()
        address = self.decide(started["url"])
        self.x.faults.add(endpoint="POST /2/oauth2/token", status=503, count=9)
        page = self.come_back(address)
        self.assertEqual(page.status_code, 200)
        self.assertIn("X has a problem", page.text)
        self.assertEqual(self.poll(started["login"])["state"], "failed")

    def test_an_unforeseen_error_after_the_exchange_is_no_traceback(self):
        started = self.start()
        address = self.decide(started["url"])
        accounts = type(self.env["twitter.account"])
        with (
            patch.object(accounts, "_join", side_effect=ValueError("unforeseen")),
            mute_logger("odoo.addons.crm_twitter.models.twitter_login_callback"),
        ):
            page = self.come_back(address)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self.poll(started["login"])["state"], "failed")

    def test_an_end_that_cannot_be_kept_is_told_all_the_same(self):
        address = self.decide(self.start()["url"])
        self.x.faults.add(endpoint="POST /2/oauth2/token", status=503, count=9)
        given = []

        def lock_after_the_first(env, *args):
            given.append(env)
            if len(given) > 1:
                raise Busy(env)
            return own_transaction(env, *args)

        with patch.object(
            twitter_login_callback, "own_transaction", lock_after_the_first
        ):
            page = self.come_back(address)
        self.assertEqual(len(given), 2)
        self.assertIn("X has a problem", page.text)

    def test_old_logins_are_cleaned_up_a_number_at_a_time(self):
        logins = self.env["twitter.login"].browse(
            [self.start()["login"] for _one in range(4)]
        )
        self.env.cr.execute(
            "UPDATE twitter_login SET create_date = %s WHERE id IN %s",
            [fields.Datetime.now() - timedelta(days=2), tuple(logins[:3].ids)],
        )
        with patch.object(twitter_login, "GC_LIMIT", 2):
            self.assertEqual(logins._gc_logins(), (2, True))
            self.assertEqual(logins._gc_logins(), (1, False))
        self.assertEqual(logins.exists(), logins[3])

    def test_a_user_polls_his_own_logins_only(self):
        login = self.start()["login"]
        self.authenticate(COLLEAGUE, COLLEAGUE)
        self.assertEqual(self.poll(login)["state"], "expired")

    def test_the_return_address_is_built_here(self):
        logins = self.env["twitter.login"].with_user(self.salesperson)
        preferences = f"/odoo/my-preferences/{self.salesperson.id}"
        for model, id_ in (
            ("//evil.example", 1),
            ("ir.config_parameter", 1),
            ("", 0),
            ("crm.lead", 0),
        ):
            self.assertEqual(logins._return_path(model, id_), preferences)

    @mute_logger("odoo.http")
    def test_without_the_permission_nothing_begins(self):
        self.authenticate(EMPLOYEE, EMPLOYEE)
        with self.assertRaisesRegex(JsonRpcException, "AccessError"):
            self.start()
        self.assertEqual(self.url_open(f"{CALLBACK_ROUTE}?state=a").status_code, 403)

    def test_without_keys_the_user_is_told_who_can_help(self):
        self.env["ir.config_parameter"].set_param("crm_twitter.client_id", False)
        with (
            self.assertRaisesRegex(JsonRpcException, "XProblem"),
            mute_logger("odoo.http"),
        ):
            self.start()

    # ------------------------------------------------------------
    # SEVERAL USERS, ONE ACCOUNT
    # ------------------------------------------------------------

    def test_two_users_share_the_official_account(self):
        self.come_back(self.decide(self.start()["url"], "ourcompany"))
        self.authenticate(COLLEAGUE, COLLEAGUE)
        self.come_back(self.decide(self.start([])["url"], "ourcompany"))
        self.assertEqual(len(self.account), 1)
        self.assertEqual(self.account.member_ids, self.salesperson + self.colleague)

    def test_a_colleagues_narrower_login_is_said(self):
        self.come_back(self.decide(self.start(["post"])["url"], "ourcompany"))
        self.authenticate(COLLEAGUE, COLLEAGUE)
        started = self.start([])
        self.come_back(self.decide(started["url"], "ourcompany"))
        self.assertIn("Post and repost for you", self.poll(started["login"])["message"])

    def test_what_the_users_connection_may_do_is_asked_for_and_shown_so(self):
        self.connect(self.salesperson, "ourcompany", (*NEEDED, "media.write"))
        choices = {
            choice["code"]: choice
            for choice in self.call("twitter.account", "connection")["permissions"]
        }
        pictures = choices["pictures"]
        self.assertTrue(pictures["needed"] and pictures["ticked"])
        self.assertIn("disconnect first", pictures["help"])
        self.assertFalse(choices["post"]["needed"])
        self.assertEqual(self.scopes_asked([]), {*NEEDED, "media.write"})

    def test_what_an_action_needs_is_ticked_for_whoever_comes_for_it(self):
        """Also where the connection was made without it."""
        self.connect(self.salesperson, "marcdemo", NEEDED)
        connection = self.call("twitter.account", "connection")
        self.assertEqual(connection["connection"]["permissions_text"], [SEE])
        for plan, more in (("payg", set()), ("enterprise", {"follow", "like"})):
            self.env["ir.config_parameter"].set_param("crm_twitter.plan", plan)
            choices = self.call("twitter.account", "connection")["permissions"]
            ticked = {choice["code"] for choice in choices if choice["ticked"]}
            with self.subTest(plan):
                self.assertEqual(
                    ticked, {"read", "post", "pictures", "followers"} | more
                )
                optional = {
                    choice["code"] for choice in choices if not choice["needed"]
                }
                self.assertEqual(optional - ticked, {"follow", "like"} - more)

    def test_nothing_is_asked_for_that_was_not_shown(self):
        """Not what others' connections may do, nor half of a permission."""
        account = self.connect(self.colleague, "ourcompany", (*NEEDED, "media.write"))
        account.member_ids += self.admin
        self.assertEqual(self.scopes_asked([]), set(NEEDED))
        self.connect(self.salesperson, "marcdemo", (*NEEDED, "like.read"))
        self.assertEqual(self.scopes_asked([]), set(NEEDED))

    def scopes_asked(self, permissions):
        url = self.start(permissions)["url"]
        return set(parse_qs(urlsplit(url).query)["scope"][0].split())

    def test_another_x_account_replaces_the_users_connection(self):
        self.come_back(self.decide(self.start()["url"], "marcdemo"))
        earlier = self.account
        self.come_back(self.decide(self.start()["url"], "ourcompany"))
        self.assertEqual(self.account.username, "ourcompany")
        self.assertFalse(earlier._stored_tokens()["refresh_token"])
        self.assertFalse(self.granted_to("marcdemo"), "not revoked at X")
        self.assertTrue(self.granted_to("ourcompany"))

    def granted_to(self, username):
        return self.x.authorizations.grants_of(self.x.people.named(username).id)

    def test_another_x_account_is_taken_although_x_cannot_be_told_of_the_old(self):
        self.come_back(self.decide(self.start()["url"], "marcdemo"))
        self.x.faults.add(endpoint=REVOKE, status=503, count=9)
        started = self.start()
        page = self.come_back(self.decide(started["url"], "ourcompany"))
        self.assertIn("Connected as @ourcompany", page.text)
        self.assertEqual(self.poll(started["login"])["state"], "connected")
        self.assertIn(REVOKE, self.endpoints())

    def test_a_grant_nobody_keeps_of_an_account_in_use_is_not_revoked(self):
        """X may end with it what it granted the others."""
        theirs = self.connect(self.colleague)
        started = self.start()
        address = self.decide(started["url"])
        accounts = type(self.env["twitter.account"])
        self.enterContext(patch.object(accounts, "_join", side_effect=Busy(self.env)))
        self.assertIn("Not connected", self.come_back(address).text)
        self.assertEqual(self.poll(started["login"])["state"], "failed")
        self.assertNotIn(REVOKE, self.endpoints())
        self.assertTrue(self.granted_to("marcdemo"))
        self.assertEqual(theirs.member_ids, self.colleague)

    def test_a_grant_nobody_keeps_is_revoked(self):
        def x_fails():
            self.x.faults.add(endpoint="GET /2/users/me", status=503, count=9)

        def storing_fails():
            accounts = type(self.env["twitter.account"])
            self.enterContext(patch.object(accounts, "_join", side_effect=busy))

        busy = Busy(self.env)
        for fail in (x_fails, storing_fails):
            with self.subTest(fail.__name__):
                started = self.start()
                address = self.decide(started["url"])
                fail()
                self.assertIn("Not connected", self.come_back(address).text)
                self.assertEqual(self.poll(started["login"])["state"], "failed")
                self.assertFalse(self.granted_to("marcdemo"))
                self.assertIn(REVOKE, self.endpoints())
                self.x.reset()

    # ------------------------------------------------------------
    # NOTHING LEAKS
    # ------------------------------------------------------------

    def test_no_secret_reaches_the_log(self):
        address = self.decide(self.start()["url"])
        code = parse_qs(urlsplit(address).query)["code"][0]
        odoo_logger = logging.getLogger("odoo")
        self.addCleanup(odoo_logger.setLevel, odoo_logger.level)
        odoo_logger.setLevel(logging.DEBUG)
        with self.assertLogs(level=logging.DEBUG) as logs:
            self.come_back(address)
        tokens = self.given_tokens()
        own = "\n".join(
            record.getMessage()
            for record in logs.records
            # Odoo's access log and this test's own request name the address X sent
            # the browser to; the code in it is used up by then.
            if CALLBACK_ROUTE not in record.getMessage()
            and not record.name.startswith("odoo.sql_db")
        )
        self.assertIn("POST /2/oauth2/token", own)
        for secret in (code, *tokens):
            self.assertNotIn(secret, own)

    def test_no_answer_holds_a_token(self):
        started = self.start()
        self.come_back(self.decide(started["url"]))
        answers = json.dumps(
            [
                started,
                self.poll(started["login"]),
                self.call("twitter.account", "connection"),
                self.call("crm.lead", "twitter_panel", [self.lead.id]),
            ]
        )
        for secret in self.given_tokens():
            self.assertNotIn(secret, answers)
