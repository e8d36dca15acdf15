import base64
import hashlib
import logging
import secrets
from dataclasses import replace
from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

import requests

from odoo.tests import tagged

from ..models import log_masks, twitter_login
from ..models.twitter_account_tokens import within
from ..models.twitter_login import CALLBACK_ROUTE
from ..models.x_problem import XProblem
from ..x_api import Tokens
from .common import COLLEAGUE, SALESPERSON, CrmTwitterHttpCase
from .login_browser import LoginBrowser

NEEDED = {"tweet.read", "users.read", "offline.access"}
TOKEN = "POST /2/oauth2/token"
REVOKE = "POST /2/oauth2/revoke"
EVIL = "evil.example"
# What an attacker may try to be sent on by; the first three are X's own.
PARAMETERS = (
    "state",
    "code",
    "error",
    "error_description",
    "redirect",
    "redirect_uri",
    "return_path",
    "return_url",
    "next",
    "url",
    "db",
    "debug",
)
HEADERS = (
    {"Host": EVIL},
    {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "https"},
    {"Forwarded": f"host={EVIL};proto=https"},
    {"X-Original-URL": f"//{EVIL}/", "X-Rewrite-URL": f"//{EVIL}/"},
    {"Referer": f"https://{EVIL}/", "Origin": f"https://{EVIL}"},
)


def changed(address, **parameters):
    """The address with parameters changed, or left out where they are None."""
    parts = urlsplit(address)
    query = {name: value[0] for name, value in parse_qs(parts.query).items()}
    query.update(parameters)
    query = {name: value for name, value in query.items() if value is not None}
    return urlunsplit(parts._replace(query=urlencode(query, quote_via=quote)))


def given(address, name):
    return parse_qs(urlsplit(address).query)[name][0]


class AttackCase(LoginBrowser, CrmTwitterHttpCase):
    """Somebody wants another's connection, or another to have his."""

    def setUp(self):
        super().setUp()
        self.counted["attacks tried"] = 0

    def attack(self, address, told="Not connected"):
        """Open the callback, in vain; return the page."""
        self.counted["attacks tried"] += 1
        page = self.come_back(address)
        self.assertEqual(page.status_code, 200)
        self.assertIn(told, page.text)
        self.assertFalse(self.account)
        return page

    def authorize(self, address, username="marcdemo"):
        """The status of X's answer to a consent, which is X's refusal."""
        self.counted["attacks tried"] += 1
        return requests.post(
            address,
            data={"username": username, "decision": "allow"},
            allow_redirects=False,
            timeout=10,
        ).status_code

    def asked_of_x(self):
        return [endpoint for endpoint in self.endpoints() if endpoint != REVOKE]


@tagged("post_install", "-at_install")
class TestAttackCodes(AttackCase):
    """What belongs to one login is good for no other."""

    def test_a_code_of_the_attackers_own_login_is_refused(self):
        """Code injection: X binds it to the challenge of the login it was given for."""
        self.authenticate(COLLEAGUE, COLLEAGUE)
        theirs = given(self.decide(self.start()["url"], "ourcompany"), "code")
        self.authenticate(SALESPERSON, SALESPERSON)
        started = self.start()
        address = self.decide(started["url"])
        self.attack(changed(address, code=theirs))
        self.assertEqual(self.poll(started["login"])["state"], "failed")
        self.assertEqual(self.asked_of_x(), [TOKEN])

    def test_codes_of_two_logins_of_one_user_are_not_interchangeable(self):
        first = self.decide(self.start()["url"], "marcdemo")
        second = self.decide(self.start()["url"], "ourcompany")
        # The first was given up when the second began.
        self.attack(changed(first, code=given(second, "code")))
        self.assertEqual(self.endpoints(), [])
        self.attack(changed(second, code=given(first, "code")))
        self.assertEqual(self.asked_of_x(), [TOKEN])

    def test_a_code_made_up_is_refused_by_x_and_the_login_is_over(self):
        started = self.start()
        address = self.decide(started["url"])
        self.attack(changed(address, code=secrets.token_urlsafe(48)))
        self.assertEqual(self.poll(started["login"])["state"], "failed")
        # Nor is the real one taken afterwards: a state is good once.
        self.attack(address)
        self.assertEqual(self.asked_of_x(), [TOKEN])

    def test_a_used_code_is_not_taken_in_another_login(self):
        used = given(self.decide(self.start()["url"]), "code")
        self.come_back(changed(self.decide(self.start()["url"]), code=None))
        self.attack(changed(self.decide(self.start()["url"]), code=used))

    def test_an_error_and_a_code_together_are_an_error(self):
        address = self.decide(self.start()["url"])
        self.attack(changed(address, error="access_denied"))
        self.assertEqual(self.endpoints(), [])

    def test_a_login_for_the_user_does_not_end_as_one_for_the_company(self):
        """For whom a login is stands in its row, and nowhere in the address."""
        address = self.decide(self.start()["url"], "ourcompany")
        self.counted["attacks tried"] += 1
        self.come_back(changed(address, company_id=str(self.env.company.id)))
        self.assertEqual(self.account.username, "ourcompany")
        self.assertFalse(self.account.company_id)

    def test_a_copy_of_the_database_completes_no_login_of_the_original(self):
        """Not even with its users, its sessions and its row of the login."""
        address = self.decide(self.start()["url"])
        self.env["ir.config_parameter"].set_param("database.uuid", "that of a copy")
        self.env.flush_all()
        self.attack(address, "This database is a copy")
        self.assertEqual(self.endpoints(), [])


@tagged("post_install", "-at_install")
class TestAttackPeople(AttackCase):
    """Nobody is made to have another's connection, nor another to have his."""

    def test_who_is_led_to_anothers_answer_is_not_connected_as_them(self):
        """Login CSRF: the attacker's own answer of X, opened in the victim's browser.

        The victim's own login is not disturbed by it.
        """
        self.authenticate(COLLEAGUE, COLLEAGUE)
        theirs = self.decide(self.start()["url"], "ourcompany")
        self.authenticate(SALESPERSON, SALESPERSON)
        started = self.start()
        address = self.decide(started["url"])
        self.attack(theirs, "belongs to no login")
        self.assertEqual(self.poll(started["login"])["state"], "pending")
        self.come_back(address)
        self.assertEqual(self.account.username, "marcdemo")

    def test_who_is_not_logged_in_is_sent_to_log_in_without_code_and_state(self):
        address = self.decide(self.start()["url"])
        self.authenticate(None, None)
        self.counted["attacks tried"] += 1
        response = self.come_back(address)
        self.assertEqual(response.status_code, 303)
        target = urlsplit(response.headers["Location"])
        self.assertEqual((target.netloc, target.path), ("", "/web/login"))
        self.assertEqual(target.query, f"redirect={quote(CALLBACK_ROUTE, safe='')}")
        self.assertEqual(self.endpoints(), [])
        # Nor does a later session of the same user have the login.
        self.authenticate(SALESPERSON, SALESPERSON)
        self.attack(address, "belongs to no login")

    def test_nobody_begins_a_login_for_another_by_a_form(self):
        """A page elsewhere can send forms; Odoo takes JSON, which it cannot send."""
        route = "/web/dataset/call_kw/twitter.login/start"
        for options in ({"data": {"popup": "1"}}, {}):
            self.counted["attacks tried"] += 1
            response = self.url_open(route, **options)
            self.assertGreaterEqual(response.status_code, 400)
        self.assertFalse(self.env["twitter.login"].search([]))

    def test_nobody_cancels_anothers_login(self):
        started = self.start()
        self.authenticate(COLLEAGUE, COLLEAGUE)
        self.counted["attacks tried"] += 1
        status = self.call("twitter.login", "cancel", started["login"])
        self.assertEqual(status["state"], "expired")
        row = self.env["twitter.login"].browse(started["login"])
        self.assertEqual(row.state, "pending")

    def test_who_loses_the_permission_meanwhile_is_not_connected(self):
        address = self.decide(self.start()["url"])
        group = self.env.ref("crm_twitter.group_social_integration")
        self.env.ref("sales_team.group_sale_salesman").implied_ids -= group
        self.salesperson.group_ids -= group
        self.env.flush_all()
        self.counted["attacks tried"] += 1
        self.assertEqual(self.come_back(address).status_code, 403)
        self.assertFalse(self.account)
        self.assertEqual(self.endpoints(), [])


@tagged("post_install", "-at_install")
class TestAttackAddresses(AttackCase):
    """Nobody is sent elsewhere, whatever is in the address or its headers."""

    def setUp(self):
        super().setUp()
        # The browser goes by the name in the header.
        self.opener.cookies.set("session_id", self.session.sid, domain=EVIL)

    def assertStaysHere(self, response):
        self.counted["attacks tried"] += 1
        self.assertLess(response.status_code, 500)
        for address in (response.headers.get("Location", "/"), response.text):
            self.assertNotIn(EVIL, address)
        target = urlsplit(response.headers.get("Location", "/"))
        self.assertIn(target.netloc, ("", urlsplit(self.base_url()).netloc))

    def test_no_parameter_of_the_callback_leads_elsewhere(self):
        for parameter in PARAMETERS:
            for target in (f"https://{EVIL}/", f"//{EVIL}", rf"/\{EVIL}"):
                with self.subTest(parameter, target=target):
                    query = urlencode({parameter: target})
                    self.assertStaysHere(
                        self.url_open(
                            f"{CALLBACK_ROUTE}?{query}", allow_redirects=False
                        )
                    )

    def test_no_parameter_leads_a_finished_login_elsewhere(self):
        address = self.decide(self.start(popup=False)["url"])
        extra = {
            name: f"https://{EVIL}/"
            for name in PARAMETERS
            if name not in ("state", "code", "error")
        }
        response = self.come_back(changed(address, **extra))
        self.assertStaysHere(response)
        self.assertEqual(
            urlsplit(response.headers["Location"]).path,
            f"/odoo/crm.lead/{self.lead.id}",
        )
        self.assertEqual(self.account.username, "marcdemo")

    def test_no_header_leads_elsewhere(self):
        for headers in HEADERS:
            with self.subTest(headers):
                address = self.decide(self.start(popup=False)["url"])
                parts = urlsplit(address)
                response = self.url_open(
                    f"{parts.path}?{parts.query}",
                    headers=headers,
                    allow_redirects=False,
                )
                self.assertStaysHere(response)
                self.assertTrue(self.account)

    def test_no_header_changes_where_x_sends_the_browser(self):
        parameters = self.env["ir.config_parameter"]
        for stored in (self._callback_url(), False):
            parameters.set_param("crm_twitter.callback_url", stored)
            for headers in HEADERS:
                with self.subTest(headers, stored=stored):
                    self.counted["attacks tried"] += 1
                    started = self.make_jsonrpc_request(
                        "/web/dataset/call_kw/twitter.login/start",
                        {
                            "model": "twitter.login",
                            "method": "start",
                            "args": [[], True],
                            "kwargs": {},
                        },
                        headers=headers,
                    )
                    self.assertEqual(
                        given(started["url"], "redirect_uri"), self._callback_url()
                    )


@tagged("post_install", "-at_install")
class TestAttackX(AttackCase):
    """The address on X, changed on the way there; and X itself, granting otherwise."""

    def test_x_sends_nobody_to_an_address_the_app_has_not_registered(self):
        url = self.start()["url"]
        callback = self._callback_url()
        for target in (
            f"https://{EVIL}{CALLBACK_ROUTE}",
            f"{callback}/..",
            f"{callback}?next=https://{EVIL}",
            callback.replace("127.0.0.1", f"127.0.0.1.{EVIL}"),
            callback.replace("://", f"://{EVIL}@"),
            None,
        ):
            with self.subTest(target):
                address = changed(url, redirect_uri=target)
                self.assertEqual(self.authorize(address), 400)

    def test_a_code_given_for_another_address_is_refused(self):
        """Of the app's two callbacks, the code was made for the one not asked for."""
        url = self.start()["url"]
        other = f"{self._callback_url()}/other"
        self.x.set_app(callbacks=[self._callback_url(), other])
        address = self.decide(changed(url, redirect_uri=other))
        self.attack(address.replace("/other?", "?"))
        self.assertEqual(self.asked_of_x(), [TOKEN])

    def test_the_challenge_is_that_of_a_verifier_only_the_server_has(self):
        started = self.start()
        self.assertEqual(given(started["url"], "code_challenge_method"), "S256")
        self.come_back(self.decide(started["url"]))
        [verifier] = self.x.authorizations.verifiers
        digest = hashlib.sha256(verifier.encode()).digest()
        self.assertEqual(
            base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            given(started["url"], "code_challenge"),
        )
        self.assertGreaterEqual(len(verifier), 43)

    def test_a_weaker_challenge_does_not_help(self):
        """PKCE downgrade: the attacker knows the verifier of the code he will use."""
        for change in (
            {"code_challenge_method": "plain"},
            {"code_challenge_method": None},
            {"code_challenge_method": "plain", "code_challenge": "a" * 43},
            {"code_challenge": "b" * 43},
        ):
            with self.subTest(change):
                self.attack(self.decide(changed(self.start()["url"], **change)))
        for change in ({"code_challenge": None}, {"code_challenge_method": "none"}):
            with self.subTest(change):
                self.assertEqual(
                    self.authorize(changed(self.start()["url"], **change)), 400
                )

    def test_more_scopes_than_were_asked_for_do_not_count(self):
        address = changed(
            self.start([])["url"], scope=" ".join([*NEEDED, "tweet.write", "dm.write"])
        )
        self.counted["attacks tried"] += 1
        self.come_back(self.decide(address))
        self.assertEqual(set(self.account.scope.split()), NEEDED)
        routes = self.call("twitter.account", "connection")["connection"]
        self.assertEqual(routes["permissions_text"], ["See profiles and posts"])

    def test_fewer_scopes_than_were_asked_for_are_what_counts(self):
        started = self.start(["post"])
        self.counted["attacks tried"] += 1
        self.come_back(self.decide(changed(started["url"], scope=" ".join(NEEDED))))
        self.assertEqual(self.poll(started["login"])["state"], "connected")
        self.assertEqual(set(self.account.scope.split()), NEEDED)

    def test_less_than_a_connection_needs_is_refused_and_revoked(self):
        for lost in sorted(NEEDED):
            with self.subTest(lost):
                started = self.start()
                address = changed(started["url"], scope=" ".join(NEEDED - {lost}))
                self.attack(self.decide(address))
                self.assertEqual(self.poll(started["login"])["state"], "failed")
                marc = self.x.people.named("marcdemo").id
                live = [
                    token
                    for token, (grant, _end) in self.x.authorizations._access.items()
                    if grant.user_id == marc and self.x.authorizations.holder(token)
                ]
                self.assertEqual(live, [], "not revoked")

    def test_a_renewal_takes_permissions_away_and_gives_none(self):
        tokens = Tokens("access", "refresh", 7200, ("users.read", "dm.write"))
        self.counted["attacks tried"] += 2
        self.assertEqual(within(tokens, "tweet.read users.read").scope, ("users.read",))
        silent = replace(tokens, scope=())
        self.assertEqual(
            within(silent, "tweet.read users.read").scope, ("tweet.read", "users.read")
        )
        account = self.connect()
        for grant in self.x.authorizations.grants:
            grant.scopes = (*NEEDED, "dm.write")
        self.expire(account)
        self.assertIsNone(self.use(account))
        account.invalidate_recordset()
        self.assertEqual(set(account.scope.split()), NEEDED)

    def test_a_refresh_token_used_already_ends_the_connection_once(self):
        """As after an old backup was restored, or where somebody else has used it."""
        account = self.connect()
        old = account._stored_tokens()["refresh_token"]
        self.expire(account)
        account._fresh_token()
        self.env.cr.execute(
            "UPDATE twitter_account SET refresh_token = %s WHERE id = %s",
            [old, account.id],
        )
        self.expire(account)
        self.x.calls.clear()
        self.counted["attacks tried"] += 1
        codes = [self.use(account), self.use(account)]
        self.assertEqual(codes, ["reconnect", "reconnect"])
        self.assertEqual(self.endpoints().count(TOKEN), 1)
        self.env.invalidate_all()
        self.assertEqual(account.state, "reconnect")
        self.assertFalse(account._stored_tokens()["refresh_token"])

    def use(self, account):
        """Use the connection; return the code of the problem, or None.

        Without `assertRaises`, which takes back what was written.
        """
        try:
            with account.with_user(self.salesperson).sudo()._x_session() as x:
                x.me()
        except XProblem as problem:
            return problem.code
        return None

    def expire(self, account):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE twitter_account SET expires_at = now() - interval '1 hour'"
            " WHERE id = %s",
            [account.id],
        )
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestAttackLogs(AttackCase):
    """Codes, states and typed secrets are in none of Odoo's logs."""

    def test_the_access_log_has_neither_code_nor_state(self):
        address = self.decide(self.start()["url"])
        secret = [given(address, "code"), given(address, "state")]
        logged = self.logged(lambda: self.come_back(address), "werkzeug")
        self.assertIn(f"GET {CALLBACK_ROUTE}?…", logged)
        for value in secret:
            self.counted["attacks tried"] += 1
            self.assertNotIn(value, logged)

    def test_addresses_that_quote_the_callback_are_masked_too(self):
        quoted = quote(f"{CALLBACK_ROUTE}?state=the-state&code=the-code", safe="")
        for address in (
            f"{CALLBACK_ROUTE}?state=the-state&code=the-code",
            f"/web/login?redirect={quoted}",
            f"/web/login?redirect={quote(quoted)}",
            f"{CALLBACK_ROUTE.upper()}?code=the-code",
            f"/a{CALLBACK_ROUTE} ?code=the-code",
        ):
            with self.subTest(address):
                self.counted["attacks tried"] += 1
                logged = self.written(
                    "werkzeug", '"%s" %s -', f"GET {address} HTTP/1.1", 200
                )
                self.assertNotIn("the-", logged)
                self.assertTrue(logged.endswith('HTTP/1.1" 200 -'), logged)
        other = self.written("werkzeug", '"%s"', "GET /odoo?code=theirs HTTP/1.1")
        self.assertEqual(other, '"GET /odoo?code=theirs HTTP/1.1"')

    def written(self, name, message, *args):
        record = logging.LogRecord(name, logging.INFO, "", 0, message, args, None)
        self.assertTrue(logging.getLogger(name).filter(record))
        return record.getMessage()

    def logged(self, deed, name):
        logger = logging.getLogger(name)
        self.addCleanup(logger.setLevel, logger.level)
        logger.setLevel(logging.DEBUG)
        with self.assertLogs(name, logging.DEBUG) as logs:
            deed()
        return "\n".join(record.getMessage() for record in logs.records)

    def test_a_secret_that_is_typed_is_in_no_log_of_calls(self):
        self.authenticate("admin", "admin")
        values = {
            "twitter_client_id": "the-id",
            "twitter_client_secret": "the-secret",
            "twitter_bearer_token": "the-bearer",
        }
        fields = {name: {} for name in values}
        settings = "res.config.settings"

        def typed():
            self.call(
                settings, "onchange", [], values, ["twitter_client_secret"], fields
            )
            self.call(settings, "create", [values])
            self.call(settings, "web_save", [], values, specification=fields)

        logged = self.logged(typed, log_masks.CALLS_LOGGER)
        self.assertIn("web_save", logged)
        self.assertIn("'the-id'", logged)
        for secret in ("the-secret", "the-bearer"):
            self.counted["attacks tried"] += 1
            self.assertNotIn(secret, logged)

    def test_the_fields_that_are_masked_exist(self):
        fields = self.env["res.config.settings"]._fields
        self.assertLessEqual(log_masks.SECRET_FIELDS, set(fields))
        self.assertEqual(twitter_login.CALLBACK_ROUTE, "/crm_twitter/oauth/callback")
