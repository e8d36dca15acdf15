"""One request to the API through the gate, and its answer."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import requests

from . import fields
from .ask import Ask
from .errors import XError, XUnavailable
from .gate import Call, Gate, Settlement
from .limits import rate_limit
from .parsing import included
from .refusals import error_of
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

    def send(self, ask: Ask, token: str) -> Answer:
        """One attempt: reserve, lease, request, settle. Raises XError."""
        call = Call(ask.endpoint, ask.kind, ask.most, ask.extra)
        self._gate.reserve(call)
        settlement = Settlement(resources=0, status=None, rate_limit=None)
        try:
            with self._gate.lease(call):
                response = self._request(ask, token)
            settlement = _settlement(ask, response)
            return _answer(ask.endpoint, response, settlement.rate_limit)
        finally:
            self._gate.settle(call, settlement)

    def _request(self, ask: Ask, token: str) -> requests.Response:
        if not re.fullmatch(r"[\x21-\x7e]+", token):
            # requests would quote it in its own complaint.
            raise ValueError("not a token")
        session = ApiSession(token={"access_token": token, "token_type": "Bearer"})
        through_door(session, self._door(ask), self._site)
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

    def _door(self, ask: Ask) -> Door:
        connect, read = self._timeout
        timeout = connect, ask.read_timeout or read
        return Door(self._site, timeout, kept=not ask.is_write)


def _settlement(ask: Ask, response: requests.Response) -> Settlement:
    now = datetime.now(timezone.utc)
    is_good = response.status_code in _GOOD
    body = fields.record(json_of(response)) if is_good else {}
    resources = int(is_good) if ask.is_write else _resources(body)
    return Settlement(
        resources=resources if ask.most else 0,
        status=response.status_code,
        rate_limit=rate_limit(response.headers, now),
        extra=included(body),
    )


def _resources(body: Mapping[str, Any]) -> int:
    data = body.get("data") or []
    return len(data) if isinstance(data, list) else 1


def _answer(
    endpoint: str, response: requests.Response, limit: RateLimit | None
) -> Answer:
    body = json_of(response)
    if response.status_code in _GOOD:
        if body is None:
            raise XUnavailable(f"{endpoint}: not JSON", status=response.status_code)
        return Answer(body, limit)
    raise _error(endpoint, response, body)


def _error(endpoint: str, response: requests.Response, body: Any) -> XError:
    return error_of(
        response.status_code,
        body,
        response.headers,
        endpoint=endpoint,
        now=datetime.now(timezone.utc),
    )
