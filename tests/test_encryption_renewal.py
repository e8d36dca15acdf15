import os
from unittest.mock import patch

from odoo.tests import tagged

from ..models import encryption
from ..models.encryption_masters import fingerprint
from ..models.x_problem import XProblem
from ..x_api import OAuth2Client
from .common import MASTER, CrmTwitterCase

NEW_MASTER = "the new master key, for tests only, never for a real server"
TOKEN = "POST /2/oauth2/token"


@tagged("post_install", "-at_install")
class TestEncryptionRenewal(CrmTwitterCase):
    """No refresh token is spent or given up where a server lacks one of the keys."""

    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(os.environ))
        self.account = self.connect()
        self.env.flush_all()
        self.env.cr.execute("UPDATE twitter_account SET expires_at = '2020-01-01'")
        self.env.invalidate_all()
        # What a worker has cached, and keeps until it is told.
        self.assertEqual(encryption.problem(self.env), "")

    def tie_elsewhere(self):
        """As another server does it; nobody here is told."""
        for name, master in (
            (encryption.FINGERPRINT_PARAMETER, NEW_MASTER),
            (encryption.OLD_FINGERPRINT_PARAMETER, MASTER),
        ):
            self.env.cr.execute(
                "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [name, fingerprint(master.encode())],
            )

    def encrypt_elsewhere(self):
        """As the command does it to both tokens."""
        keys = fingerprint(NEW_MASTER.encode()), None
        with patch.dict(os.environ, {encryption.MASTER_VARIABLE: NEW_MASTER}):
            keys = encryption._keys(self.env, keys)
        stored = self.account._stored_tokens()
        for name in ("access_token", "refresh_token"):
            secret = encryption.decrypt(self.env, stored[name])
            self.env.cr.execute(
                f"UPDATE twitter_account SET {name} = %s WHERE id = %s",
                [encryption.encrypt(self.env, secret, keys), self.account.id],
            )

    def use(self):
        """The code of the problem in its way, or None."""
        try:
            with self.account.with_user(self.salesperson).sudo()._x_session() as x:
                x.me()
        except XProblem as problem:
            return problem.code
        return None

    def use_with_both(self):
        """Once every server has both keys and its caches are up to date."""
        os.environ[encryption.MASTER_VARIABLE] = NEW_MASTER
        os.environ[encryption.OLD_MASTER_VARIABLE] = MASTER
        self.env.registry.clear_cache("stable")
        self.env.invalidate_all()
        return self.use()

    def test_the_key_is_replaced_while_x_renews_with_the_old_one_here(self):
        refresh = OAuth2Client.refresh

        def slow(client, token):
            renewed = refresh(client, token)
            self.tie_elsewhere()
            return renewed

        with patch.object(OAuth2Client, "refresh", slow):
            self.assertIsNone(self.use())
        self.assertIsNone(self.use_with_both())
        self.assertEqual(self.endpoints().count(TOKEN), 1)
        self.assertEqual(self.account.state, "connected")

    def test_who_has_the_old_key_only_asks_x_nothing(self):
        self.tie_elsewhere()
        self.assertEqual(self.use(), "no_keys")
        self.assertEqual(self.endpoints(), [])
        self.assertIsNone(self.use_with_both())

    def test_who_has_the_old_key_only_gives_up_nothing_written_with_the_new(self):
        self.encrypt_elsewhere()
        self.tie_elsewhere()
        before = self.account._stored_tokens()
        self.assertEqual(self.use(), "no_keys")
        self.assertEqual(self.account._stored_tokens(), before)
        self.assertEqual(self.endpoints(), [])
        self.assertIsNone(self.use_with_both())
        self.assertEqual(self.account.state, "connected")
