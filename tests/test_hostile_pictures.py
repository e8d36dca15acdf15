import base64
import io
import random
import struct
import time
import zlib
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CrmTwitterPanelCase

SCRIPT = b"<script>alert(1)</script><svg onload=alert(1)>"
CORRUPTIONS = 200


def chunk(name, data):
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check


def png(width, height, *chunks, data=b""):
    """A PNG that says it is as large; `data` are its pixels, packed."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", head), *chunks, chunk(b"IDAT", data), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def drawn(kind, size=(60, 60)):
    target = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(target, kind)
    return target.getvalue()


BOMB = zlib.compress(b"\0" * 60_000_000)
REFUSED = {
    "so large that Pillow refuses it": png(60_000, 60_000, data=zlib.compress(b"\0")),
    "so large that Pillow warns of it": png(12_000, 12_000, data=BOMB),
    "as large as Odoo takes": png(7_000, 7_000, data=BOMB),
    "a line as long as the sea": png(2**31 - 1, 1, data=BOMB),
    "without pixels": png(0, 0),
    "without anything behind its head": b"\x89PNG\r\n\x1a\n",
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a page": b"<!DOCTYPE html>" + SCRIPT,
    "a page that begins as a GIF": b"GIF89a/*" + SCRIPT,
    "a page that begins as a JPEG": b"\xff\xd8\xff\xe0" + SCRIPT,
    "what Odoo would keep as it is": b"RIFF\x24\0\0\0WEBPVP8 " + SCRIPT,
    "nothing": b"",
}
POLYGLOTS = {
    "a JPEG with a page behind": drawn("JPEG") + SCRIPT,
    "a PNG with a page behind": drawn("PNG") + SCRIPT,
    "a GIF with an archive behind": drawn("GIF") + b"PK\x03\x04" + SCRIPT,
    "a PNG with words in it": png(
        1, 1, chunk(b"tEXt", b"a\0" + SCRIPT), data=zlib.compress(b"\0" * 4)
    ),
}
TEXT_BOMB = png(1, 1, chunk(b"zTXt", b"a\0\0" + BOMB), data=zlib.compress(b"\0" * 4))


@tagged("post_install", "-at_install")
class TestHostilePictures(CrmTwitterPanelCase):
    """Of a picture that is taken from X its pixels are kept, and nothing else."""

    def decoded(self, picture):
        self.counted["attacks tried"] += 1
        return self.env["twitter.photo"]._decoded(picture)

    # Pillow warns of what claims to be as large.
    @mute_logger("py.warnings")
    def test_what_is_no_picture_is_refused_in_words_and_at_once(self):
        for name, picture in REFUSED.items():
            with self.subTest(name):
                started = time.process_time()
                with self.assertRaisesRegex(UserError, "cannot be read as an image"):
                    self.decoded(picture)
                self.assertLess(time.process_time() - started, 2)

    def test_words_that_unpack_to_gigabytes(self):
        started = time.process_time()
        try:
            self.assertNotIn(b"zTXt", self.decoded(TEXT_BOMB))
        except UserError as refused:
            self.assertIn("cannot be read", refused.args[0])
        self.assertLess(time.process_time() - started, 2)

    def test_nothing_but_pixels_is_kept(self):
        for name, picture in POLYGLOTS.items():
            with self.subTest(name):
                kept = self.decoded(picture)
                self.assertTrue(kept.startswith(b"\xff\xd8\xff"))
                for secret in (b"script", b"onload", b"PK\x03\x04"):
                    self.assertNotIn(secret, kept)

    def test_files_that_were_damaged(self):
        """Anything may be in a file: it is a picture or it is refused."""
        chance = random.Random(6)
        for kind in ("JPEG", "PNG", "GIF"):
            whole = drawn(kind)
            for _time in range(CORRUPTIONS // 4):
                damaged = bytearray(whole)
                for _spot in range(chance.randint(1, 8)):
                    damaged[chance.randrange(len(damaged))] = chance.randrange(256)
                self.assert_picture_or_refused(bytes(damaged))
                self.assert_picture_or_refused(whole[: chance.randrange(len(whole))])

    def assert_picture_or_refused(self, picture):
        try:
            kept = self.decoded(picture)
        except UserError:
            return
        self.assertTrue(kept.startswith(b"\xff\xd8\xff"))

    @mute_logger("py.warnings")
    def test_a_user_is_told_and_the_contact_stays_as_it_was(self):
        jane = self.env["res.partner"].create(
            {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        )
        self.env.flush_all()
        jane = jane.with_user(self.salesperson)
        jane.twitter_read()
        self.env.invalidate_all()
        accounts = type(self.env["twitter.account"])
        bomb = REFUSED["so large that Pillow refuses it"]
        with patch.object(accounts, "_fetch_image", return_value=(bomb, "image/png")):
            self.assertFalse(jane.twitter_fetch_photo()["problem"])
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "cannot be read as an image"):
            jane.twitter_use_photo()
        self.assertFalse(base64.b64decode(jane.image_1920 or b""))
