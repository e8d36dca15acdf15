"""X's OAuth 2.0: authorization code with PKCE, for a confidential client.

https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code

Nothing here is ever tried twice: codes and refresh tokens are good for one use,
and after no answer nobody knows whether it was that one.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import requests
from oauthlib.oauth2 import OAuth2Error
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session

from . import fields
from .errors import (
    XError,
    XKeysRefused,
    XLinkExpired,
    XNotAllowed,
    XOutOfCredits,
    XRefused,
    XTooMany,
    XUnavailable,
)
from .refusals import error_of, is_page, read_refusal
from .site import API_URL, SITE_URL, Site
from .transport import (
    TIMEOUT,
    Door,
    StayingHere,
    Timeout,
    json_of,
    naming_failures,
    through_door,
)

_logger = logging.getLogger(__name__)

_TOKEN = "POST /2/oauth2/token"
_REVOKE = "POST /2/oauth2/revoke"
_BAD_CLIENT = ("invalid_client", "unauthorized_client")
# X names a token it does not know in any of these ways.
_BAD_TOKEN = ("invalid_request", "invalid_grant", "invalid_token")
# Of X's refusals those that make sense where there are no posts and no people.
_OF_THIS = (XLinkExpired, XNotAllowed, XOutOfCredits, XTooMany)
_PRINTABLE = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True)
class Tokens:
    """What the token endpoint granted; ``expires_in`` is in seconds.

    ``refresh_token`` is None where ``offline.access`` was not granted.
    """

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in: int
    scope: tuple[str, ...]


class _LoginSession(StayingHere, OAuth2Session):
    """requests-oauthlib's session, which comes by tokens."""


class OAuth2Client:
    """X's OAuth endpoints, for one app.

    Every method that calls X raises XKeysRefused where X does not know the app
    by these keys, XNotAllowed where it does not serve it, XOutOfCredits, XUnreachable,
    XUnavailable or XTooMany. None has a ``reason``: what is sent here is codes and
    tokens, and whoever refuses it may quote it.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        api_url: str = API_URL,
        site_url: str = SITE_URL,
        timeout: Timeout = TIMEOUT,
    ):
        self._client_id = client_id
        # As bytes: requests takes a str for Latin-1 and fails on others.
        self.__auth = HTTPBasicAuth(client_id.encode(), client_secret.encode())
        self._api = Site.at(api_url)
        self._site = Site.at(site_url)
        self._timeout = timeout

    def authorize(
        self, redirect_uri: str, scopes: Sequence[str], state: str
    ) -> tuple[str, str]:
        """The address to send the user to, and the PKCE verifier to keep."""
        verifier = secrets.token_urlsafe(64)
        digest = hashlib.sha256(verifier.encode()).digest()
        session = self._session(redirect_uri=redirect_uri, scope=list(scopes))
        url, _state = session.authorization_url(
            f"{self._site.secure_url}/i/oauth2/authorize",
            state=state,
            code_challenge=base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            code_challenge_method="S256",
        )
        # X wants the scopes separated by %20; a real plus is %2B here.
        return self._site.on_the_wire(url).replace("+", "%20"), verifier

    def exchange(self, code: str, verifier: str, redirect_uri: str) -> Tokens:
        """The tokens for a code, which lives 30 seconds and works once.

        XLinkExpired where X does not take it.
        """
        session = self._session(redirect_uri=redirect_uri)
        return self._tokens(
            lambda: session.fetch_token(
                self._token_url,
                code=code,
                code_verifier=verifier,
                auth=self.__auth,
                include_client_id=None,
            )
        )

    def refresh(self, refresh_token: str) -> Tokens:
        """New tokens. The old refresh token is used up by this.

        XLinkExpired where X does not take it.
        """
        return self._tokens(lambda: self._refresh(refresh_token))

    def revoke(self, token: str) -> None:
        """Afterwards X takes ``token`` no more; it may have been so before."""
        session = self._session()
        started = time.monotonic()
        with naming_failures(_REVOKE):
            response = session.post(
                f"{self._api.secure_url}/2/oauth2/revoke",
                data={"token": token},
                auth=self.__auth,
            )
        _log(_REVOKE, response.status_code, started)
        error = read_refusal(json_of(response)).kind
        if response.status_code == 400 and error in _BAD_TOKEN:
            return
        self._check(_REVOKE, response)
        if is_page(response.headers):
            raise XUnavailable(f"{_REVOKE}: a page", status=200)

    def check_keys(self) -> None:
        """Returns where X knows the app by these keys; costs nothing."""
        try:
            self._tokens(lambda: self._refresh("crm_twitter-checks-its-keys"))
        except XLinkExpired:
            return
        raise XUnavailable(f"{_TOKEN}: granted what it should not have")

    @property
    def _token_url(self) -> str:
        return f"{self._api.secure_url}/2/oauth2/token"

    def _refresh(self, refresh_token: str) -> dict[str, Any]:
        session = self._session()
        return session.refresh_token(
            self._token_url, refresh_token=refresh_token, auth=self.__auth
        )

    def _session(self, **words) -> _LoginSession:
        # Without a scope at token time: oauthlib raises where X grants less.
        session = _LoginSession(client_id=self._client_id, **words)
        session.register_compliance_hook("access_token_response", self._granted)
        session.register_compliance_hook("refresh_token_response", self._granted)
        return through_door(session, Door(self._api, self._timeout), self._api)

    def _tokens(self, ask: Callable[[], dict[str, Any]]) -> Tokens:
        started = time.monotonic()
        try:
            with naming_failures(_TOKEN):
                granted = ask()
        except OAuth2Error as error:
            raise XUnavailable(f"{_TOKEN}: {type(error).__name__}") from None
        except XError as error:
            _log(_TOKEN, error.status, started)
            raise
        _log(_TOKEN, 200, started)
        return _read_tokens(granted)

    def _granted(self, response: requests.Response) -> requests.Response:
        """A hook of requests-oauthlib: our errors instead of oauthlib's."""
        self._check(_TOKEN, response)
        body = json_of(response)
        if body is None:
            raise XUnavailable(f"{_TOKEN}: not JSON", status=response.status_code)
        _read_tokens(body)
        return response

    def _check(self, endpoint: str, response: requests.Response) -> None:
        status = response.status_code
        if status == 200:
            return
        body = json_of(response)
        error = error_of(
            status,
            body,
            response.headers,
            endpoint=endpoint,
            now=datetime.now(timezone.utc),
        )
        error.reason = None
        found = _class_of(error, body)
        if found is type(error):
            raise error
        raise found(str(error), status=status, kind=error.kind)


def _class_of(error: XError, body: Any) -> type[XError]:
    """What a refusal means here, where it is about keys and tokens only.

    XLinkExpired ends a connection: a 400 is one where OAuth's own word says so, and
    not where something between X and us does not like the request.
    """
    is_expired = isinstance(error, XLinkExpired)
    if (error.status == 401 and is_expired) or _is_of_keys(body):
        return XKeysRefused
    if error.status == 400 and fields.text(fields.record(body), "error"):
        return XLinkExpired if type(error) is XRefused else type(error)
    if isinstance(error, _OF_THIS) or not isinstance(error, XRefused):
        return type(error)
    return XUnavailable


def _is_of_keys(body: Any) -> bool:
    return read_refusal(body).kind in _BAD_CLIENT


def _read_tokens(granted: dict[str, Any]) -> Tokens:
    """XUnavailable where this is no grant that can be used."""
    access_token = fields.text(granted, "access_token")
    refresh_token = fields.text(granted, "refresh_token") or None
    scope = granted.get("scope") or ""
    lifetime = fields.number(granted, "expires_in")
    for token in (access_token, refresh_token or "-"):
        if not _PRINTABLE.fullmatch(token):
            raise XUnavailable(f"{_TOKEN}: an answer without usable tokens")
    if not lifetime:
        raise XUnavailable(f"{_TOKEN}: an answer without a lifetime")
    if isinstance(scope, str):
        scope = scope.split()
    return Tokens(access_token, refresh_token, lifetime, tuple(map(str, scope)))


def _log(endpoint: str, status: int | None, started: float) -> None:
    elapsed = (time.monotonic() - started) * 1000
    _logger.debug("%s: %s in %d ms", endpoint, status or "no answer", elapsed)
