import contextlib
import io
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged
from odoo.tools import config

from ..cli import crm_twitter_key
from ..models import encryption, encryption_rotation
from ..models.encryption import SecretUnreadable
from ..models.encryption_masters import fingerprint
from ..models.encryption_rotation import Unfinished
from ..models.x_problem import XProblem
from .common import CLIENT_SECRET, MASTER, CrmTwitterCase

NEW_MASTER = "the new master key, for tests only, never for a real server"
THIRD_MASTER = "a third master key, for tests only, never for a real server"


@tagged("post_install", "-at_install")
class TestEncryptionRotation(CrmTwitterCase):
    """The master is replaced, and nobody has to log in with X again."""

    def setUp(self):
        super().setUp()
        # No file of this server's is a key.
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.enterContext(patch.dict(config.options, {"data_dir": folder}))
        self.enterContext(patch.dict(os.environ))
        # The transaction of the tests themselves is one from before.
        waiting = patch.object(encryption_rotation, "_wait_for_older")
        self.waiting = self.enterContext(waiting)
        self.account = self.connect()
        self.env["twitter.account"]._set_bearer_token("the-bearer-token")
        logins = self.env["twitter.login"].with_user(self.salesperson)
        self.login = self.env["twitter.login"].browse(
            logins.start(["read"], False)["login"]
        )
        self.secrets = self.decrypted()

    def keys(self, master, old=None):
        """What this server has, once it has been started anew."""
        os.environ[encryption.MASTER_VARIABLE] = master
        os.environ.pop(encryption.OLD_MASTER_VARIABLE, None)
        if old:
            os.environ[encryption.OLD_MASTER_VARIABLE] = old

    def stored(self):
        """Every secret as it is in the database."""
        self.env.flush_all()
        self.env.invalidate_all()
        tokens = self.account._stored_tokens()
        names = ("client_secret", "bearer_token")
        parameters = [self.account._parameter(name) for name in names]
        self.env.cr.execute(
            "SELECT verifier FROM twitter_login WHERE id = %s", [self.login.id]
        )
        [verifier] = self.env.cr.fetchone()
        return [tokens["access_token"], tokens["refresh_token"], *parameters, verifier]

    def decrypted(self):
        return [encryption.decrypt(self.env, secret) for secret in self.stored()]

    def rotate(self):
        self.env.flush_all()
        with self.registry.cursor() as cr:
            return encryption_rotation.rotate(api.Environment(cr, SUPERUSER_ID, {}))

    def parameter(self, name):
        return self.env["ir.config_parameter"].get_param(name)

    def test_every_secret_is_read_with_the_new_key_alone(self):
        before = self.stored()
        self.keys(NEW_MASTER, MASTER)
        counted = self.rotate()
        self.assertEqual(dict(counted), {"renewed": 5})
        self.waiting.assert_called_once()
        self.keys(NEW_MASTER)
        self.assertEqual(self.decrypted(), self.secrets)
        self.assertIn(CLIENT_SECRET, self.secrets)
        self.assertFalse(set(before) & set(self.stored()))
        self.assertFalse(self.parameter(encryption.OLD_FINGERPRINT_PARAMETER))
        self.keys(MASTER)
        with self.assertRaisesRegex(SecretUnreadable, "not on this server"):
            self.decrypted()

    def test_the_command_says_how_it_ended(self):
        self.keys(NEW_MASTER)
        told, _written = self.command()
        self.assertRegex(told, "Not done: The key .* is not on this server")
        self.keys(NEW_MASTER, MASTER)
        told, written = self.command()
        self.assertIsNone(told)
        self.assertIn("Done: 5 secrets encrypted with the new key", written)
        self.assertIn("old key is not needed any more", written)

    def command(self):
        """(what it told, what it wrote)"""
        self.env.flush_all()
        with (
            contextlib.redirect_stdout(io.StringIO()) as out,
            self.registry.cursor() as cr,
        ):
            env = api.Environment(cr, SUPERUSER_ID, {})
            return crm_twitter_key._rotate(env), out.getvalue()

    def test_without_a_new_key_none_is_made_and_nothing_is_done(self):
        """One that is made on this server alone would lock all others out."""
        stored = self.stored()
        self.keys(MASTER, MASTER)
        os.environ.pop(encryption.MASTER_VARIABLE)
        told, written = self.command()
        self.assertRegex(told, "Not done: There is no new key on this server")
        self.assertEqual(written, "")
        self.assertEqual(os.listdir(config["data_dir"]), [])
        self.assertEqual(self.stored(), stored)
        self.assertFalse(self.parameter(encryption.OLD_FINGERPRINT_PARAMETER))

    def test_a_key_that_is_missing_makes_no_secret_unreadable(self):
        """Another process has tied the database to one that this one does not have."""
        renew = encryption_rotation._renew

        def disturbed(env, *given):
            third = fingerprint(THIRD_MASTER.encode())
            parameters = env["ir.config_parameter"]
            parameters.set_param(encryption.FINGERPRINT_PARAMETER, third)
            return renew(env, *given)

        self.keys(NEW_MASTER, MASTER)
        with patch.object(encryption_rotation, "_renew", disturbed):
            told, written = self.command()
        self.assertRegex(told, "Not done: The key .* is not on this server")
        self.assertEqual(written, "")
        self.assertTrue(self.parameter(encryption.OLD_FINGERPRINT_PARAMETER))

    def test_run_again_it_finds_nothing_to_do(self):
        self.keys(NEW_MASTER, MASTER)
        self.rotate()
        stored = self.stored()
        self.keys(NEW_MASTER)
        self.assertEqual(self.rotate()["kept"], 5)
        self.assertEqual(self.stored(), stored)

    def test_every_place_of_a_secret_is_known(self):
        """A column that holds something encrypted is one that is renewed."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE (table_name LIKE 'twitter%' OR table_name = 'ir_config_parameter')"
            "   AND table_schema = current_schema"
            "   AND data_type IN ('character varying', 'text')"
        )
        found = set()
        for table, column in self.env.cr.fetchall():
            self.env.cr.execute(
                f"SELECT 1 FROM {table} WHERE {column} LIKE 'gAAAA%%' LIMIT 1"
            )
            if self.env.cr.fetchone():
                found.add((table, column))
        known = {place[:2] for place in encryption_rotation.PLACES}
        self.assertEqual(found, known)

    def test_before_the_command_a_server_with_the_new_key_writes_for_the_others(self):
        """Servers are restarted one after the other; those left have the old key."""
        self.keys(NEW_MASTER, MASTER)
        self.assertEqual(self.decrypted(), self.secrets)
        token = encryption.encrypt(self.env, "written meanwhile")
        self.keys(MASTER)
        self.assertEqual(encryption.decrypt(self.env, token), "written meanwhile")

    def test_what_was_encrypted_before_is_read_and_nothing_new_is_with_the_old(self):
        self.keys(NEW_MASTER, MASTER)
        old = encryption.encrypt(self.env, "from before")
        self.rotate()
        self.assertEqual(encryption.decrypt(self.env, old), "from before")
        new = encryption.encrypt(self.env, "from after")
        self.keys(NEW_MASTER)
        self.assertEqual(encryption.decrypt(self.env, new), "from after")

    def test_stopped_in_the_middle_it_goes_on_and_nobody_notices(self):
        renew, done = encryption_rotation._renew, []

        def stop(*given):
            if len(done) == 2:
                raise KeyboardInterrupt
            done.append(given)
            return renew(*given)

        self.keys(NEW_MASTER, MASTER)
        # Without `assertRaises`, which takes back what was written.
        with contextlib.suppress(KeyboardInterrupt):
            with patch.object(encryption_rotation, "_renew", stop):
                self.rotate()
            self.fail("It was not stopped.")
        self.assertEqual(self.decrypted(), self.secrets)
        self.assertTrue(self.parameter(encryption.OLD_FINGERPRINT_PARAMETER))
        counted = self.rotate()
        self.assertEqual((counted["renewed"], counted["kept"]), (3, 2))
        self.keys(NEW_MASTER)
        self.assertEqual(self.decrypted(), self.secrets)

    def test_without_the_old_key_too_early_nothing_is_lost(self):
        self.tie_to(NEW_MASTER, MASTER)
        self.keys(NEW_MASTER)
        self.assertIn("being replaced", self.account._secrets_problem())
        self.assertIn("CRM_TWITTER_OLD_MASTER_KEY", self.account._secrets_problem())
        with self.assertRaisesRegex(SecretUnreadable, "being replaced"):
            self.rotate()
        self.env.cr.execute("UPDATE twitter_account SET expires_at = '2020-01-01'")
        try:
            with self.account.with_user(self.salesperson).sudo()._x_session():
                self.fail("it was used")
        except XProblem as problem:
            self.assertEqual(problem.code, "no_keys")
        self.assertEqual(self.endpoints(), [])
        self.keys(NEW_MASTER, MASTER)
        self.assertEqual(self.decrypted(), self.secrets)
        self.assertEqual(self.account.state, "connected")

    def tie_to(self, new, old):
        """As the command leaves it that was killed right at its beginning."""
        self.keys(new, old)
        self.env.flush_all()
        encryption_rotation._tie_to_new_master(self.env(su=True))

    def test_starting_over_ends_a_replacement_as_well(self):
        self.tie_to(NEW_MASTER, MASTER)
        self.keys(NEW_MASTER)
        self.account._start_over_with_this_key()
        self.assertEqual(self.account._secrets_problem(), "")
        self.assertFalse(self.parameter(encryption.OLD_FINGERPRINT_PARAMETER))

    def test_one_replacement_after_the_other(self):
        self.tie_to(NEW_MASTER, MASTER)
        self.keys(MASTER, NEW_MASTER)
        with self.assertRaisesRegex(Unfinished, "earlier replacement"):
            self.rotate()
        self.keys(THIRD_MASTER, NEW_MASTER)
        with self.assertRaisesRegex(SecretUnreadable, "being replaced"):
            self.rotate()

    def test_what_neither_key_reads_is_left_alone_and_said(self):
        self.env.cr.execute(
            "UPDATE twitter_login SET verifier = 'gAAAAA' WHERE id = %s",
            [self.login.id],
        )
        self.keys(NEW_MASTER, MASTER)
        told, written = self.command()
        self.assertIsNone(told)
        self.assertRegex(written, "Done: 4 .*, 1 could not be read .* Keep the old key")
        self.assertEqual(self.stored()[-1], "gAAAAA")

    def test_the_old_key_may_be_in_a_file_as_well(self):
        self.keys(MASTER)
        folder = Path(config["data_dir"]) / "crm_twitter"
        folder.mkdir()
        (folder / "old_master.key").write_text(MASTER)
        os.environ.pop(encryption.MASTER_VARIABLE)
        self.assertEqual(self.decrypted(), self.secrets)
        self.make_file()
        self.assertEqual(self.decrypted(), self.secrets)
        self.rotate()
        (folder / "old_master.key").unlink()
        self.assertEqual(self.decrypted(), self.secrets)

    def make_file(self):
        """By the command, which replaces no key that is there."""
        path = Path(config["data_dir"]) / "crm_twitter" / "master.key"
        with contextlib.redirect_stdout(io.StringIO()) as out:
            self.assertIsNone(crm_twitter_key._make_file())
        self.assertIn(f"A new key is in {path}. Copy it", out.getvalue())
        made = path.read_bytes()
        self.assertIn("there is a key in", crm_twitter_key._make_file())
        with patch.dict(os.environ, {encryption.MASTER_VARIABLE: MASTER}):
            self.assertIn("no file would be read", crm_twitter_key._make_file())
        self.assertEqual(path.read_bytes(), made)
