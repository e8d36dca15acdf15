"""The files of a compliance job: ids up, verdicts down, a line each.

They lie at addresses that X gives out, signed, in a store that is not X's API:
no token goes there, and nothing follows where it points.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from urllib.parse import urlsplit

import requests

from . import fields
from .ask import ids as checked
from .body import pieces
from .errors import XError, XGone, XRefused, XUnavailable
from .refusals import error_of
from .site import API_URL, Site
from .transport import (
    OpenDoor,
    PlainSession,
    PublicDoor,
    Timeout,
    naming_failures,
    through_door,
)

UPLOAD = "PUT compliance ids"
DOWNLOAD = "GET compliance results"
# A million ids of posts; each that is gone is a line of some 170 bytes.
MAX_UPLOAD = 25_000_000
MAX_DOWNLOAD = 250_000_000
_LONGEST_LINE = 10_000
_FILE_SECONDS = 60.0
_WHOLE_SECONDS = 600.0
# What the store answers where a signature is no longer good, or nothing is there.
_GONE = (400, 401, 403, 404, 410)


@dataclass(frozen=True)
class Verdict:
    """What is to be done about an id: ``action`` "delete" or, in X's words, else.

    ``reason`` is "deleted", "deactivated", "suspended", "protected", "bounced",
    "scrub_geo", or what X may add to them.
    """

    id: str
    action: str
    reason: str


def upload(url: str, ids: Iterable[str], api: Site, timeout: Timeout) -> None:
    """Puts the ids at ``url``; see ``ComplianceClient.upload``."""
    content = _content(ids)
    site, secure_url = _place(url, api)
    door = PublicDoor(site, _longer(timeout), trusted_hosts=_trusted(api))
    session = through_door(PlainSession(), door, site)
    headers = {"Content-Type": "text/plain"}
    with naming_failures(UPLOAD):
        response = session.put(secure_url, data=content, headers=headers)
    if not 200 <= response.status_code < 300:
        raise _error(UPLOAD, response)


def _content(ids: Iterable[str]) -> bytes:
    content = bytearray()
    for post_id in ids:
        content += checked([post_id]).encode() + b"\n"
        if len(content) > MAX_UPLOAD:
            raise ValueError("too many ids for one job")
    if not content:
        raise ValueError("at least one id is needed")
    return bytes(content)


def verdicts(url: str, api: Site, timeout: Timeout) -> Iterator[Verdict]:
    """Reads ``url`` line by line; see ``ComplianceClient.results``.

    XUnavailable after them all where a line is no verdict: which post it is about is
    not known, so nothing may be concluded of those that are not named.
    """
    strange = 0
    for line in _lines(url, api, timeout):
        if verdict := _verdict(line):
            yield verdict
        else:
            strange += 1
    if strange:
        raise XUnavailable(f"{DOWNLOAD}: lines are no verdicts: {strange}")


def _lines(url: str, api: Site, timeout: Timeout) -> Iterator[bytes]:
    """The lines that are not blank."""
    site, secure_url = _place(url, api)
    until = time.monotonic() + _WHOLE_SECONDS
    hosts = _trusted(api)
    door = OpenDoor(site, _longer(timeout), until=until, trusted_hosts=hosts)
    session = through_door(PlainSession(), door, site)
    with naming_failures(DOWNLOAD):
        response = session.get(secure_url, stream=True)
    try:
        if response.status_code != 200:
            raise _error(DOWNLOAD, response)
        yield from filter(bytes.strip, _split(response, until))
    finally:
        response.close()


def _split(response: requests.Response, until: float) -> Iterator[bytes]:
    coming, rest = pieces(response, MAX_DOWNLOAD, until), b""
    while True:
        # Not around the whole loop: what happens between the lines is not ours.
        with naming_failures(DOWNLOAD):
            piece = next(coming, None)
        if piece is None:
            break
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
        if len(rest) > _LONGEST_LINE:
            raise XUnavailable(f"{DOWNLOAD}: a line without end")
    yield rest


def _verdict(line: bytes) -> Verdict | None:
    try:
        data = fields.record(json.loads(line))
    except (ValueError, RecursionError):
        return None
    post_id, action = fields.identifier(data, "id"), fields.text(data, "action")
    reason = fields.text(data, "reason")
    if not post_id or not (action or reason):
        return None
    return Verdict(post_id, action[:60], reason[:60])


def _place(url: str, api: Site) -> tuple[Site, str]:
    """The site and what to ask of it. XRefused where nothing may be sent there.

    On this machine only where the API is too: X has no business in our network, see
    ``PublicDoor``.
    """
    try:
        parts = urlsplit(url)
        site = Site.at(f"{parts.scheme}://{parts.netloc}")
    except ValueError:
        raise XRefused("compliance: not an address for a file") from None
    if site.is_loopback and not api.is_loopback:
        raise XRefused("compliance: not an address for a file")
    return site, site.secure_url + url.split(parts.netloc, 1)[1].partition("#")[0]


def _trusted(api: Site) -> tuple[str, ...]:
    """A stand-in keeps the files itself, in whichever network it is."""
    return () if api.url == API_URL else (api.host,)


def _longer(timeout: Timeout) -> Timeout:
    """As long as a large file takes to be put away or found."""
    return timeout[0], max(timeout[1], _FILE_SECONDS)


def _error(endpoint: str, response: requests.Response) -> XError:
    """Whatever the store says, in words of its own, says nothing about our token."""
    status = response.status_code
    if status in _GONE:
        return XGone(f"{endpoint}: {status}", status=status)
    now = datetime.now(timezone.utc)
    return error_of(status, None, response.headers, endpoint=endpoint, now=now)
