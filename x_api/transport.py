"""Sending one request and receiving its whole answer, with bounds on both.

The connections belong to one pool per process, kept alive between calls, whichever
session is used.
"""

from __future__ import annotations

import json
import math
import random
import ssl
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypeVar
from urllib.parse import urlencode

import requests
import urllib3
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.structures import CaseInsensitiveDict

from .body import TruncatedBody, read_whole
from .connection import ANYWHERE, PUBLIC, ending_by
from .errors import XNotSent, XUnavailable, XUnreachable
from .pool import kept, unkept
from .quiet import keep_quiet
from .site import Site

Timeout = tuple[float, float]
Result = TypeVar("Result")

TIMEOUT: Timeout = (3.05, 8)
MAX_BYTES = 5_000_000


class Door(BaseAdapter):
    """The way out to one site: timeouts, size and scheme are not negotiable.

    It takes https addresses only and sends to a loopback site over http. Without
    ``kept`` it makes a connection of its own for each request. An answer is whole
    within three times the read timeout, and by ``until`` (on the monotonic clock).
    """

    def __init__(
        self,
        site: Site,
        timeout: Timeout,
        max_bytes: int = MAX_BYTES,
        kept: bool = True,
        until: float = math.inf,
    ):
        super().__init__()
        self._site = site
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._kept = kept
        self._until = until

    def send(self, request: requests.PreparedRequest, **options) -> requests.Response:
        # The timeout is set here rather than passed by the session, since
        # Odoo's test runner compares what a session passes with a number.
        options.update(timeout=self._timeout, stream=True)
        request.url = self._site.on_the_wire(request.url)
        deadline = min(self._until, time.monotonic() + 3 * self._timeout[1])
        with ending_by(deadline), self._way() as way:
            response = way.send(request, **options)
            return read_whole(response, self._max_bytes, deadline)

    def _way(self) -> AbstractContextManager[HTTPAdapter]:
        return kept() if self._kept else unkept()

    def close(self) -> None:
        """Leaves the pool alone: it outlives every session."""


class PublicDoor(Door):
    """The way to an address that came from outside, over a connection of its own.

    It leads to the public internet, or for a loopback site to this machine; XRefused
    where its name is one of another network, before anything was sent. A site that an
    administrator has named, one of ``trusted_hosts``, may be in any network.
    """

    def __init__(
        self,
        site: Site,
        timeout: Timeout,
        *bounds: int,
        trusted_hosts: Collection[str] = (),
        **options: Any,
    ):
        super().__init__(site, timeout, *bounds, **options)
        self._is_trusted = site.is_loopback or site.host in trusted_hosts

    def _way(self) -> AbstractContextManager[HTTPAdapter]:
        return unkept(ANYWHERE if self._is_trusted else PUBLIC)


class OpenDoor(PublicDoor):
    """Hands an answer over unread, for ``body.pieces``; to be asked with stream."""

    def send(self, request: requests.PreparedRequest, **options) -> requests.Response:
        options.update(timeout=self._timeout, stream=True)
        request.url = self._site.on_the_wire(request.url)
        with ending_by(self._until), self._way() as way:
            return way.send(request, **options)


class StayingHere:
    """A session that follows no redirect: a token must not travel with one."""

    def get_redirect_target(self, _response: requests.Response) -> None:
        return None


class PlainSession(StayingHere, requests.Session):
    """A session without token."""


class ApiSession(PlainSession):
    """A session that asks with a token, as its owner."""

    def __init__(self, token: str):
        super().__init__()
        # https://www.rfc-editor.org/rfc/rfc6750#section-2.1
        self.headers["Authorization"] = f"Bearer {token}"

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """As requests does, in a fifth of its time where nothing but a query is sent.

        The address is our own, of which only the query has anything to be quoted.
        """
        is_bare = not request.data and request.json is None and not request.files
        if request.method != "GET" or not is_bare or not request.url.isascii():
            return super().prepare_request(request)
        prepared = requests.PreparedRequest()
        prepared.method = "GET"
        # X's own examples have bare commas, too; quoted they are three bytes each.
        query = urlencode(request.params, safe=",")
        prepared.url = f"{request.url}?{query}" if query else request.url
        prepared.headers = CaseInsensitiveDict(self.headers)
        prepared.headers.update(request.headers)
        prepared.prepare_hooks(request.hooks)
        return prepared


def through_door(session: requests.Session, door: Door, site: Site):
    """``session``, which then keeps no cookies and has no way out but ``door``."""
    session.adapters.clear()
    session.mount("https://", door)
    # Neither a proxy nor a .netrc belongs between us and our own machine.
    session.trust_env = not site.is_loopback
    # Else requests takes user names and passwords from a .netrc.
    session.auth = session.auth or (lambda request: request)
    session.headers.update({"Accept": "application/json", "Accept-Encoding": "gzip"})
    session.headers["User-Agent"] = "crm_twitter"
    session.cookies.set_policy(_NO_COOKIES)
    return session


_NO_COOKIES = DefaultCookiePolicy(allowed_domains=())


@contextmanager
def naming_failures(endpoint: str) -> Iterator[None]:
    """Turns the libraries' exceptions into ours, without what they quote.

    Their messages hold the address with its query, hence ``from None``.
    """
    try:
        with keep_quiet():
            yield
    except (TruncatedBody, requests.exceptions.ContentDecodingError) as error:
        raise XUnavailable(f"{endpoint}: {type(error).__name__}") from None
    except (
        requests.exceptions.RequestException,
        urllib3.exceptions.HTTPError,
    ) as error:
        kind = XNotSent if _found_nobody(error) else XUnreachable
        raise kind(f"{endpoint}: {type(error).__name__}") from None


# Each is of the time before a request is sent. urllib3 1.26 has no class of its
# own for a name that is not known: there it is a NewConnectionError as well.
_BEFORE_SENDING = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    ssl.SSLCertVerificationError,
)


def _found_nobody(error: object) -> bool:
    """Whether a connection was never made, which the libraries tell deep inside."""
    if isinstance(error, (requests.exceptions.ConnectTimeout, *_BEFORE_SENDING)):
        return True
    inner = [getattr(error, name, None) for name in ("reason", "original_error")]
    inner += getattr(error, "args", ())
    return any(_found_nobody(e) for e in inner if isinstance(e, Exception))


def json_of(response: requests.Response) -> Any | None:
    """The answer's JSON object, or None where it is something else."""
    try:
        body = json.loads(response.content)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


@dataclass(frozen=True)
class Backoff:
    """How a read is tried again: ``retries`` times, with jitter between.

    No attempt begins later than ``patience`` seconds after the first: when X
    hangs, the one who waits is a worker of the CRM.
    """

    retries: int = 2
    patience: float = 4.0
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random
    clock: Callable[[], float] = time.monotonic

    def run(self, attempt: Callable[[], Result]) -> Result:
        latest = self.clock() + self.patience
        for retry in range(self.retries):
            try:
                return attempt()
            except (XUnreachable, XUnavailable):
                pause = 0.4 * 2**retry * (0.5 + self.random() / 2)
                if self.clock() + pause > latest:
                    raise
                self.sleep(pause)
        return attempt()
