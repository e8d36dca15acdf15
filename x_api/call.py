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
from .endpoints import Ask
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


@dataclass(frozen=True)
class Answer:
    """A 200 with a JSON object."""

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
            settlement = _settlement(response)
            return _answer(ask.endpoint, response, settlement.rate_limit)
        finally:
            self._gate.settle(call, settlement)

    def _request(self, ask: Ask, token: str) -> requests.Response:
        if not re.fullmatch(r"[\x21-\x7e]+", token):
            # requests would quote it in its own complaint.
            raise ValueError("not a token")
        session = ApiSession(token={"access_token": token, "token_type": "Bearer"})
        through_door(session, Door(self._site, self._timeout), self._site)
        started = time.monotonic()
        status: int | None = None
        try:
            with naming_failures(ask.endpoint):
                response = session.get(
                    f"{self._site.secure_url}{ask.path}", params=dict(ask.params)
                )
            status = response.status_code
            return response
        finally:
            elapsed = (time.monotonic() - started) * 1000
            said = status or "no answer"
            _logger.debug("%s: %s in %d ms", ask.endpoint, said, elapsed)


def _settlement(response: requests.Response) -> Settlement:
    now = datetime.now(timezone.utc)
    body = fields.record(json_of(response)) if response.status_code == 200 else {}
    data = body.get("data") or []
    return Settlement(
        resources=len(data) if isinstance(data, list) else 1,
        status=response.status_code,
        rate_limit=rate_limit(response.headers, now),
        extra=included(body),
    )


def _answer(
    endpoint: str, response: requests.Response, limit: RateLimit | None
) -> Answer:
    body = json_of(response)
    if response.status_code == 200:
        if body is None:
            raise XUnavailable(f"{endpoint}: not JSON", status=200)
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
