"""Reading an answer's body: whole, in time, and not more than was allowed."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator

import requests
import urllib3

from .errors import XUnavailable

_PIECE = 65_536


class TruncatedBody(Exception):
    """The connection ended before the body did."""


def read_whole(
    response: requests.Response, max_bytes: int, deadline: float
) -> requests.Response:
    """``response`` with its content read, which returns its connection.

    ``max_bytes`` bounds what was unpacked, ``deadline`` is on the monotonic
    clock. Raises XUnavailable, TruncatedBody or requests' exceptions.
    """
    try:
        content = b"".join(pieces(response, max_bytes, deadline))
    except BaseException:
        response.close()
        raise
    # Where requests keeps what it has read itself. Reading it there would
    # neither bound the size nor the time.
    response._content, response._content_consumed = content, True
    return response


def pieces(
    response: requests.Response, max_bytes: int, deadline: float
) -> Iterator[bytes]:
    """The content bit by bit, for what is too large to be held; as `read_whole`."""
    unpack = _unpacker(response.headers.get("Content-Encoding", ""))
    left = max_bytes
    for piece in _packed(response, deadline):
        plain = unpack(piece, left + 1)
        left -= len(plain)
        if left < 0:
            raise XUnavailable("an answer that is too large")
        yield plain
    if not unpack.is_at_end():
        raise TruncatedBody


def _packed(response: requests.Response, deadline: float) -> Iterator[bytes]:
    # read1 of urllib3 2 returns what is there, so that time can be watched; 1.26
    # can only wait for a whole piece.
    read = getattr(response.raw, "read1", None) or response.raw.read
    received = 0
    try:
        while piece := read(_PIECE, decode_content=False):
            received += len(piece)
            yield piece
            if time.monotonic() > deadline:
                raise requests.exceptions.ReadTimeout("too slow")
    except urllib3.exceptions.ProtocolError as error:
        if "IncompleteRead" in repr(error) or "InvalidChunkLength" in repr(error):
            raise TruncatedBody from None
        raise
    # urllib3 1.26 leaves this to its caller.
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and received < int(announced):
        raise TruncatedBody


class _AsIs:
    """Nothing to unpack."""

    def __call__(self, piece: bytes, at_most: int) -> bytes:
        return piece

    def is_at_end(self) -> bool:
        return True


class _Unzip:
    """Gzip or zlib, never more at a time than asked for."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def __call__(self, piece: bytes, at_most: int) -> bytes:
        try:
            return self._stream.decompress(piece, at_most)
        except zlib.error:
            raise requests.exceptions.ContentDecodingError("not gzip") from None

    def is_at_end(self) -> bool:
        return self._stream.eof


def _unpacker(encoding: str) -> _AsIs | _Unzip:
    """We ask for gzip only: others unpack to any size from nearly nothing."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _AsIs()
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Unzip()
    raise requests.exceptions.ContentDecodingError("unknown encoding")
