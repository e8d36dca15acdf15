import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import config

from ..models import encryption
from ..models.encryption_masters import make_master_file
from .common import MASTER


@tagged("post_install", "-at_install")
class TestEncryption(TransactionCase):
    """Secrets can be read with this server's master, on this database, and nowhere
    else."""

    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(patch.dict(config.options, {"data_dir": str(self.folder)}))
        self.enterContext(patch.dict(os.environ, clear=False))
        os.environ.pop(encryption.MASTER_VARIABLE, None)
        self.parameters = self.env["ir.config_parameter"]
        self.parameters.set_param(encryption.FINGERPRINT_PARAMETER, False)

    @property
    def file(self):
        return self.folder / "crm_twitter" / "master.key"

    def test_a_secret_comes_back_and_is_not_kept_in_clear(self):
        encryption.adopt_master(self.env)
        token = encryption.encrypt(self.env, "secret")
        self.assertNotIn("secret", token)
        self.assertEqual(encryption.decrypt(self.env, token), "secret")

    def test_the_key_file_is_made_once_and_for_the_server_alone(self):
        encryption.adopt_master(self.env)
        first = self.file.read_bytes()
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(os.listdir(self.file.parent), ["master.key"])
        encryption.adopt_master(self.env, replace=True)
        self.assertEqual(self.file.read_bytes(), first)

    def test_whoever_comes_second_takes_the_first_ones_key(self):
        encryption.adopt_master(self.env)
        first = self.file.read_bytes()
        self.assertEqual(make_master_file(), first)

    def test_a_variable_takes_the_place_of_the_file(self):
        os.environ[encryption.MASTER_VARIABLE] = MASTER
        encryption.adopt_master(self.env)
        self.assertFalse(self.file.exists())
        token = encryption.encrypt(self.env, "secret")
        self.assertEqual(encryption.decrypt(self.env, token), "secret")

    def test_a_short_variable_is_refused_in_words(self):
        os.environ[encryption.MASTER_VARIABLE] = "short"
        with self.assertRaisesRegex(encryption.SecretUnreadable, "too short"):
            encryption.adopt_master(self.env)

    def test_a_short_or_empty_key_file_is_refused_in_words(self):
        self.file.parent.mkdir()
        for content in (b"", b"\n", b"short"):
            self.file.write_bytes(content)
            with self.assertRaisesRegex(encryption.SecretUnreadable, "too short"):
                encryption.adopt_master(self.env)
            self.assertEqual(self.file.read_bytes(), content)

    def test_a_key_file_that_may_not_be_read_is_refused_in_words(self):
        """Such as one that root has made; a folder is what root cannot read either."""
        encryption.adopt_master(self.env)
        for name in ("master.key", "old_master.key"):
            path = self.file.with_name(name)
            path.unlink(missing_ok=True)
            path.mkdir()
            with self.assertRaisesRegex(encryption.SecretUnreadable, f"{name} cannot"):
                encryption.encrypt(self.env, "secret")
            self.assertIn("user Odoo runs as", encryption.problem(self.env))
            path.rmdir()

    def test_the_key_is_on_the_disk_before_it_is_seen(self):
        done = []
        with (
            patch.object(
                os,
                "fsync",
                lambda file: done.append(("fsync", os.fstat(file).st_size > 0)),
            ),
            patch.object(
                os,
                "link",
                side_effect=lambda *names: done.append("link") or os.rename(*names),
            ),
            patch.object(Path, "unlink"),
        ):
            encryption.adopt_master(self.env)
        self.assertEqual(done, [("fsync", True), "link"])

    def test_another_master_is_refused_and_none_is_made_in_its_place(self):
        encryption.adopt_master(self.env)
        token = encryption.encrypt(self.env, "secret")
        self.file.unlink()
        with self.assertRaisesRegex(encryption.SecretUnreadable, "not on this server"):
            encryption.decrypt(self.env, token)
        with self.assertRaises(encryption.SecretUnreadable):
            encryption.encrypt(self.env, "another")
        self.assertFalse(self.file.exists())
        self.assertIn("not on this server", encryption.problem(self.env))

    def test_a_copied_database_cannot_read_the_originals_secrets(self):
        encryption.adopt_master(self.env)
        token = encryption.encrypt(self.env, "secret")
        self.parameters.set_param("database.uuid", "another-uuid")
        with self.assertRaisesRegex(encryption.SecretUnreadable, "is a copy"):
            encryption.decrypt(self.env, token)
