"""POST /2/oauth2/token and /2/oauth2/revoke."""

import secrets
from collections.abc import Mapping

from werkzeug.wrappers import Request

from .oauth import AuthorizationError
from .state import State

__all__ = ["answer"]


def answer(state: State, request: Request) -> tuple[int, dict]:
    """Status and body of a call of either endpoint."""
    try:
        _demand_client(state, request)
        if request.path.endswith("/revoke"):
            return 200, _revoke(state, request.form)
        return 200, _token(state, request.form)
    except AuthorizationError as refusal:
        return refusal.status, refusal.body


def _demand_client(state: State, request: Request) -> None:
    """The app is a confidential client: HTTP Basic, or nothing."""
    given = request.authorization
    if given is None or given.type != "basic":
        raise AuthorizationError(
            401, "unauthorized_client", "Missing valid authorization header"
        )
    app = state.app
    if not (
        _same(given.username, app.client_id)
        and _same(given.password, app.client_secret)
    ):
        raise AuthorizationError(401, "invalid_client", "Invalid client credentials")


def _same(given: str | None, wanted: str) -> bool:
    return secrets.compare_digest((given or "").encode(), wanted.encode())


def _token(state: State, form: Mapping[str, str]) -> dict:
    kind = _demand(form, "grant_type")
    if kind == "refresh_token":
        return state.authorizations.refresh(_demand(form, "refresh_token"))
    if kind == "authorization_code":
        return state.authorizations.exchange(
            _demand(form, "code"),
            _demand(form, "code_verifier"),
            _demand(form, "redirect_uri"),
        )
    raise AuthorizationError(
        400, "unsupported_grant_type", f"Grant type [{kind}] is not supported."
    )


def _revoke(state: State, form: Mapping[str, str]) -> dict:
    state.authorizations.revoke(_demand(form, "token"))
    return {"revoked": True}


def _demand(form: Mapping[str, str], name: str) -> str:
    if not form.get(name):
        raise AuthorizationError(
            400, "invalid_request", f"Missing required parameter [{name}]."
        )
    return form[name]
