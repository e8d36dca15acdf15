"""The way of a call of the API: recognised, recorded, checked, answered."""

import base64
import json

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import bodies, problems, token_endpoints
from .answers import Asked
from .dialect import Dialect, spoken_in
from .misfortune import suffer
from .oauth import SCOPES, Grant
from .parameters import check_path, field_params, parse
from .routes import ENDPOINTS, Endpoint
from .state import Call, State
from .view import View

__all__ = ["Api"]

_TOKEN_PATHS = ("/2/oauth2/token", "/2/oauth2/revoke")


def _rule(endpoint: Endpoint) -> Rule:
    parts = endpoint.path.split("/")
    path = "/".join(f"<{p[1:]}>" if p.startswith(":") else p for p in parts)
    return Rule(path, methods=[endpoint.method], endpoint=endpoint)


class Api:
    """api.x.com: everything under /2/."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._map = Map([_rule(endpoint) for endpoint in ENDPOINTS])

    def answer(self, request: Request) -> Response:
        """The whole way of one call, with whatever is to go wrong on it."""
        endpoint, path = self._match(request)
        name = endpoint.name if endpoint else f"{request.method} {request.path}"
        call = Call(request.method, request.path, name, request.args.to_dict())
        call.body = _body_of(request)
        call.client_port = int(request.environ.get("REMOTE_PORT") or 0)
        self._state.calls.append(call)
        self._state.faults.wait(self._state.latency)
        fault = self._state.faults.take(name)

        def respond() -> Response:
            with self._state.lock:
                return self._respond(request, endpoint, path, call)

        response = suffer(self._state, fault, request, respond) if fault else respond()
        call.status = response.status_code
        return response

    def _match(self, request: Request) -> tuple[Endpoint | None, dict[str, str]]:
        try:
            adapter = self._map.bind_to_environ(request.environ)
            return adapter.match()
        except HTTPException:
            return None, {}

    def _respond(
        self,
        request: Request,
        endpoint: Endpoint | None,
        path: dict[str, str],
        call: Call,
    ) -> Response:
        if request.path in _TOKEN_PATHS and request.method == "POST":
            return as_json(*token_endpoints.answer(self._state, request))
        if endpoint is None:
            refusal = problems.blank(404, "Not Found")
            return as_json(refusal.status, refusal.body, problem=True)
        headers: dict[str, str] = {}
        try:
            body = self._carry_out(request, endpoint, path, call, headers)
            return as_json(endpoint.status, body, headers)
        except problems.Refusal as refusal:
            return as_json(refusal.status, refusal.body, headers, problem=True)

    def _carry_out(
        self,
        request: Request,
        endpoint: Endpoint,
        path: dict[str, str],
        call: Call,
        headers: dict[str, str],
    ) -> dict:
        """Raises Refusal. Fills in the headers as soon as they are known."""
        query = request.args.to_dict()
        dialect = spoken_in(query)
        grant = self._authenticate(request, endpoint, dialect)
        call.user_id = grant.user_id or None
        self._limit(endpoint, grant, headers)
        if not set(endpoint.scopes) <= set(grant.scopes):
            raise problems.forbidden()
        check_path(path, dialect)
        params = parse(
            query, (*endpoint.params, *field_params(endpoint.family, dialect)), dialect
        )
        body = self._body(endpoint, call)
        if self._state.plan == "payg" and self._state.credits <= 0:
            raise problems.unpaid(
                self._state.refusal_of_credits, self._state.app.account_id, dialect
            )
        view = self._view(grant, dialect, params)
        return endpoint.handle(Asked(view, params, path, body))

    def _authenticate(
        self, request: Request, endpoint: Endpoint, dialect: Dialect
    ) -> Grant:
        """The consent behind the token; one without a user for the app alone."""
        header = request.headers.get("Authorization", "")
        kind, _space, token = header.partition(" ")
        state = self._state
        if kind.lower() == "bearer" and token == state.app.bearer_token:
            if not endpoint.app_limit:
                raise problems.app_only(dialect)
            return Grant("", tuple(SCOPES), state.clock.now())
        grant = state.authorizations.holder(token) if kind.lower() == "bearer" else None
        person = state.people.get(grant.user_id) if grant else None
        if grant is None or person is None or not person.active:
            raise problems.unauthorized()
        if not endpoint.user_limit:
            raise problems.user_refused(dialect)
        return grant

    def _limit(self, endpoint: Endpoint, grant: Grant, headers: dict[str, str]) -> None:
        caller = grant.user_id or "app"
        usual = {
            "quarter": endpoint.user_limit if grant.user_id else endpoint.app_limit,
            "user-day": endpoint.user_day,
            "app-day": endpoint.app_day,
        }
        windows, may_go_on = self._state.limits.count(endpoint.name, caller, usual)
        for window in windows:
            headers.update(window.headers)
        if not may_go_on:
            raise problems.too_many()

    def _body(self, endpoint: Endpoint, call: Call) -> dict:
        if endpoint.body is None:
            return {}
        bodies.check(call.body, endpoint.body)
        return call.body or {}

    def _view(self, grant: Grant, dialect: Dialect, params: dict) -> View:
        return View(
            self._state,
            self._state.people.get(grant.user_id),
            grant.scopes,
            dialect,
            params.get("user.fields", ()),
            params.get(dialect.post_param, ()),
            params.get("media.fields", ()),
            params.get("expansions", ()),
        )


def _body_of(request: Request) -> dict | None:
    """JSON or form; uploaded files as base64, as X's JSON form has them."""
    if request.mimetype == "application/json":
        return request.get_json(silent=True)
    if not request.form and not request.files:
        return None
    files = {
        name: base64.b64encode(file.read()).decode()
        for name, file in request.files.items()
    }
    return {**request.form.to_dict(), **files}


def as_json(
    status: int,
    body: dict,
    headers: dict[str, str] | None = None,
    problem: bool = False,
) -> Response:
    """As X sends it."""
    kind = "application/problem+json" if problem else "application/json"
    # Half a character, which only who means harm writes, goes out as it is.
    text = json.dumps(body, ensure_ascii=False).encode(errors="surrogatepass")
    content_type = f"{kind}; charset=utf-8"
    return Response(text, status, headers or {}, content_type=content_type)
