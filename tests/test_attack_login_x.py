import base64
import hashlib
from dataclasses import replace

from odoo.tests import tagged

from ..models.twitter_account_tokens import within
from ..models.twitter_login import CALLBACK_ROUTE
from ..models.x_problem import XProblem
from ..x_api import Tokens
from .attacks import EVIL, TOKEN, AttackCase, changed, given

NEEDED = {"tweet.read", "users.read", "offline.access"}


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
