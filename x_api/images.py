"""Pictures: which X takes, and fetching one from its image host, and nowhere else."""

from __future__ import annotations

import re
import time
from collections.abc import Collection
from datetime import datetime, timezone
from urllib.parse import urljoin, urlsplit

import requests

from .errors import XGone, XRefused, XUnavailable
from .refusals import error_of
from .site import Site
from .transport import (
    MAX_BYTES,
    TIMEOUT,
    PlainSession,
    PublicDoor,
    Timeout,
    naming_failures,
    through_door,
)

_ENDPOINT = "GET image"
_REDIRECTS = 3
# Whatever the host says says nothing about a token: none is sent.
_GONE = frozenset(range(400, 500)) - {408, 429}
# By its first bytes: what a host calls an image may be a page or a script.
_SIGNATURES = (
    ("image/jpeg", rb"\xff\xd8\xff"),
    ("image/png", rb"\x89PNG\r\n\x1a\n"),
    ("image/gif", rb"GIF8[79]a"),
    ("image/webp", rb"RIFF.{4}WEBP"),
)
# https://docs.x.com/x-api/media/quickstart/best-practices
_LARGEST = {"image/gif": 15_000_000}
_LARGEST_PICTURE = 5_000_000


def check_image(data: bytes) -> str:
    """The media type of a picture that X takes: JPEG, PNG, GIF or WebP.

    XRefused, ``kind`` "not-an-image" or "too-large", for what X would not take: 5 MB
    at most, a GIF 15 MB.
    """
    mimetype = _mimetype(data)
    if not mimetype:
        reason = "X takes JPG, PNG, GIF and WEBP pictures."
        raise XRefused("picture: no image", kind="not-an-image", reason=reason)
    largest = _LARGEST.get(mimetype, _LARGEST_PICTURE)
    if len(data) > largest:
        reason = f"X takes up to {largest // 1_000_000} MB of this kind of picture."
        raise XRefused("picture: too large", kind="too-large", reason=reason)
    return mimetype


def fetch_image(
    url: str,
    *,
    allowed_hosts: Collection[str],
    trusted_hosts: Collection[str] = (),
    max_bytes: int = MAX_BYTES,
    timeout: Timeout = TIMEOUT,
) -> tuple[bytes, str]:
    """A JPEG, PNG, GIF or WebP and its media type.

    ``allowed_hosts`` are names, or name:port, of where it and whatever it
    redirects to may be. XRefused for other hosts, for those whose name leads into
    another network than the public one (on this machine: off it), unless they are
    ``trusted_hosts`` as well, and for what is no image; XUnavailable for what is too
    large, XUnreachable for no answer. All of it takes three times the read timeout at
    most.
    """
    until = time.monotonic() + 3 * timeout[1]
    for _hop in range(_REDIRECTS + 1):
        site = _site(url, allowed_hosts)
        door = PublicDoor(
            site, timeout, max_bytes, until=until, trusted_hosts=trusted_hosts
        )
        response = _get(url, site, door)
        if not response.is_redirect:
            return _image(response)
        url = urljoin(url, response.headers["Location"])
    raise XUnavailable(f"{_ENDPOINT}: too many redirects")


def _get(url: str, site: Site, door: PublicDoor) -> requests.Response:
    session = through_door(PlainSession(), door, site)
    secure_url = site.secure_url + url.split(urlsplit(url).netloc, 1)[1]
    with naming_failures(_ENDPOINT):
        return session.get(secure_url, headers={"Accept": "image/*"})


def _site(url: str, allowed_hosts: Collection[str]) -> Site:
    try:
        parts = urlsplit(url)
        site = Site.at(f"{parts.scheme}://{parts.netloc}")
    except ValueError:
        raise XRefused(f"{_ENDPOINT}: not an address to fetch from") from None
    if site.host not in allowed_hosts:
        raise XRefused(f"{_ENDPOINT}: not one of X's image hosts")
    return site


def _image(response: requests.Response) -> tuple[bytes, str]:
    if response.status_code != 200:
        if response.status_code in _GONE:
            status = response.status_code
            raise XGone(f"{_ENDPOINT}: {status}", status=status)
        raise error_of(
            response.status_code,
            None,
            response.headers,
            endpoint=_ENDPOINT,
            now=datetime.now(timezone.utc),
        )
    content = response.content
    announced = response.headers.get("Content-Type", "").lower()
    mimetype = _mimetype(content)
    if announced.startswith("image/") and mimetype:
        return content, mimetype
    raise XRefused(f"{_ENDPOINT}: not an image")


def _mimetype(content: bytes) -> str:
    """By the first bytes; "" for what is none of the four."""
    for mimetype, signature in _SIGNATURES:
        if re.match(signature, content, re.DOTALL):
            return mimetype
    return ""
