"""One request to the API through the gate, and its answer."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

import requests

from .ask import Ask
from .billed import resources
from .errors import XError, XUnavailable
from .gate import Call, Gate, Settlement
from .limits import rate_limits
from .site import Site
from .transport import (
    ApiSession,
    Door,
    Timeout,
    json_of,
    naming_failures,
    through_door,
)
from .values import RateLimit

_logger = logging.getLogger(__name__)
# 201 is what a new post is answered with.
_GOOD = (200, 201)
_TOKEN = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True)
class Answer:
    """A 200 or 201 with a JSON object."""

    body: Mapping[str, Any]
    rate_limit: RateLimit | None


class Asker:
    """Sends requests to one base URL through one gate. Threads may share it."""

    def __init__(self, api_url: str, gate: Gate, timeout: Timeout):
        self._site = Site.at(api_url)
        self._gate = gate
        self._timeout = timeout
        # Of the newest token: for reads, which need nothing of their own.
        self._reading: tuple[str, ApiSession] | None = None

    def send(self, ask: Ask, token: str) -> Answer:
        """One attempt: reserve, request, settle.

        Raises XError, ValueError for what is no token, and what the gate raises.
        """
        if not _TOKEN.fullmatch(token):
            # requests would quote it in its own complaint.
            raise ValueError("not a token")
        call = Call(ask.endpoint, ask.kind, ask.most, ask.extra, ask)
        reserved = self._gate.reserve(call)
        settlement = Settlement()
        try:
            response = self._request(ask, token)
            body = json_of(response)
            settlement = _settlement(call, response, body)
            return _answer(ask.endpoint, response, body, settlement)
        except XError as error:
            settlement = replace(settlement, error=error)
            raise
        finally:
            self._gate.settle(reserved, settlement)

    def _request(self, ask: Ask, token: str) -> requests.Response:
        session = self._session(ask, token)
        started = time.monotonic()
        status: int | None = None
        try:
            with naming_failures(ask.endpoint):
                response = session.request(
                    ask.method,
                    f"{self._site.secure_url}{ask.path}",
                    params=dict(ask.params),
                    json=ask.body,
                )
            status = response.status_code
            return response
        finally:
            elapsed = (time.monotonic() - started) * 1000
            said = status or "no answer"
            _logger.debug("%s: %s in %d ms", ask.endpoint, said, elapsed)

    def _session(self, ask: Ask, token: str) -> ApiSession:
        """What holds nothing but the token and the way out: threads may share it."""
        if ask.is_write or ask.read_timeout:
            connect, read = self._timeout
            timeout = connect, ask.read_timeout or read
            return self._made(token, Door(self._site, timeout, kept=not ask.is_write))
        if not self._reading or self._reading[0] != token:
            self._reading = token, self._made(token, Door(self._site, self._timeout))
        return self._reading[1]

    def _made(self, token: str, door: Door) -> ApiSession:
        return through_door(ApiSession(token), door, self._site)


def _settlement(
    call: Call, response: requests.Response, body: Mapping[str, Any] | None
) -> Settlement:
    is_good = response.status_code in _GOOD
    return Settlement(
        resources=resources(call, body or {}) if is_good else (),
        status=response.status_code,
        rate_limits=rate_limits(response.headers, datetime.now(timezone.utc)),
    )


def _answer(
    endpoint: str,
    response: requests.Response,
    body: Mapping[str, Any] | None,
    settlement: Settlement,
) -> Answer:
    if response.status_code in _GOOD:
        if body is None:
            raise XUnavailable(f"{endpoint}: not JSON", status=response.status_code)
        quarters = (w for w in settlement.rate_limits if w.span == "quarter")
        return Answer(body, next(quarters, None))
    raise _error(endpoint, response, body)


def _error(endpoint: str, response: requests.Response, body: Any) -> XError:
    # X refuses seldom: who has not been refused does without the table.
    from .refusals import error_of

    return error_of(
        response.status_code,
        body,
        response.headers,
        endpoint=endpoint,
        now=datetime.now(timezone.utc),
    )
