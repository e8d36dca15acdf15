"""Pictures, drawn when asked for: real PNG files, made with zlib alone."""

import hashlib
import re
import struct
import zlib
from functools import lru_cache

__all__ = ["format_of", "picture", "size_of"]

_SIZES = {"normal": 48, "bigger": 73, "mini": 24, "400x400": 400, "": 512}
_AVATAR = re.compile(
    r"^(?P<folder>profile_images/(?P<id>\d+)/[a-z]+|sticky/default_profile_images/"
    r"default_profile)(?:_(?P<size>normal|bigger|mini|400x400))?\.png$"
)
_MEDIA = re.compile(r"^media/(?P<key>\d+_\d+)\.png$")
_GREY = (207, 217, 222)
_WHITE = (247, 249, 249)
# A head and shoulders in five by five squares, for who has set no picture.
_HEAD = ("00100", "01110", "00100", "01110", "11111")
# How the files that X takes begin.
_BEGINNINGS = (
    (rb"\xff\xd8\xff", "image/jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "image/png"),
    (rb"GIF8[79]a", "image/gif"),
    (rb"RIFF....WEBP", "image/webp"),
)


def format_of(data: bytes) -> str:
    """The media type of a JPG, PNG, GIF or WEBP by its content, or ""."""
    return next((t for begin, t in _BEGINNINGS if re.match(begin, data, re.S)), "")


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or a GIF, where its head is whole."""
    if data[12:16] == b"IHDR" and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data[:4] == b"GIF8" and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    return None


@lru_cache(maxsize=256)
def picture(path: str) -> bytes | None:
    """The PNG at that path below /pbs/, or None if X would have none there."""
    if match := _AVATAR.match(path):
        size = _SIZES[match["size"] or ""]
        if not match["id"]:
            return _squares(_HEAD, size, _WHITE, _GREY)
        return _identicon(match["folder"], size)
    if match := _MEDIA.match(path):
        return _gradient(match["key"], 1200, 675)
    return None


def _identicon(seed: str, size: int) -> bytes:
    digest = hashlib.sha256(seed.encode()).digest()
    colour = tuple(60 + byte % 130 for byte in digest[:3])
    rows = []
    for row in range(5):
        half = "".join("01"[digest[3 + row * 3 + i] & 1] for i in range(3))
        rows.append(half + half[1::-1])
    return _squares(tuple(rows), size, colour, _WHITE)


def _squares(rows: tuple[str, ...], size: int, colour, ground) -> bytes:
    """Five by five squares and a margin of half of one."""
    lines = []
    for y in range(size):
        row = y * 6 * 2 // size - 1
        line = bytearray()
        for x in range(12):
            inside = 0 <= row < 10 and 1 <= x <= 10
            on = inside and rows[row // 2][(x - 1) // 2] == "1"
            width = (x + 1) * size // 12 - x * size // 12
            line += bytes(colour if on else ground) * width
        lines.append(bytes(line))
    return _png(size, size, lines)


def _gradient(seed: str, width: int, height: int) -> bytes:
    digest = hashlib.sha256(seed.encode()).digest()
    pairs = list(zip(digest[:3], digest[3:6], strict=True))
    lines = []
    for y in range(height):
        part = y / height
        colour = bytes(int(a + (b - a) * part) for a, b in pairs)
        lines.append(colour * width)
    return _png(width, height, lines)


def _png(width: int, height: int, lines: list[bytes]) -> bytes:
    """Rows of RGB bytes as a PNG file."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + line for line in lines), 6)
    chunks = (b"IHDR", header), (b"IDAT", data), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
