"""The stand-in's x.com: which page is where."""

import re

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import connected_apps, consent, control, intents, pages, storage
from .images import picture
from .misfortune import suffer
from .session import login_page
from .state import State

__all__ = ["Site"]

_BOTH = ["GET", "POST"]
_PAGES = (
    ("/", "home"),
    ("/home", "home"),
    ("/search", "search"),
    ("/i/web/status/<post_id>", "status"),
    ("/i/user/<person_id>", "user_by_id"),
    ("/<username>", "profile"),
    ("/<username>/status/<post_id>", "status"),
    ("/<username>/status/<post_id>/photo/<int:_number>", "status"),
)
_WITH_BUTTONS = {"profile", "status"}


class Site:
    """Everything that is not the API."""

    def __init__(self, state: State, with_control: bool) -> None:
        self._state = state
        forms = {
            "/login": login_page,
            "/i/oauth2/authorize": consent.answer,
            "/settings/connected_apps": connected_apps.answer,
            "/intent/<kind>": intents.answer,
        }
        if with_control:
            forms["/_control/<what>"] = control.answer
        rules = [Rule(path, endpoint=e, methods=_BOTH) for path, e in forms.items()]
        rules.append(Rule("/pbs/<path:path>", endpoint=_picture, methods=["GET"]))
        file = "/storage/<kind>/<any(submission, delivery):what>/<job_id>"
        rules.append(Rule(file, endpoint=storage.answer, methods=["GET", "PUT"]))
        for path, name in _PAGES:
            methods = _BOTH if name in _WITH_BUTTONS else ["GET"]
            rules.append(Rule(path, endpoint=getattr(pages, name), methods=methods))
        self._map = Map(rules)

    def answer(self, request: Request) -> Response:
        """The page, or the page that says there is none."""
        try:
            adapter = self._map.bind_to_environ(request.environ)
            endpoint, values = adapter.match()
        except HTTPException:
            return pages.nothing_here(self._state, request)
        if endpoint is _picture:
            return _picture_or_worse(self._state, request, **values)
        if endpoint is storage.answer:
            return storage.answer(self._state, request, **values)
        with self._state.lock:
            return endpoint(self._state, request, **values)


def _picture_or_worse(state: State, request: Request, path: str) -> Response:
    """Faults wait for "GET /pbs"; those for any call are for calls of the API."""
    fault = state.faults.take("GET /pbs", by_name=True)
    if not fault:
        return _picture(state, path)
    return suffer(state, fault, request, lambda: _picture(state, path))


def _picture(state: State, path: str) -> Response:
    own = re.fullmatch(r"media/3_(\d+)\.[a-z]+", path)
    uploaded = state.uploads.get(own[1]) if own else None
    content = uploaded.data if uploaded else picture(path)
    if content is None:
        return Response("Not Found", 404, content_type="text/plain")
    mimetype = uploaded.mimetype if uploaded else "image/png"
    response = Response(content, content_type=mimetype)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "max-age=604800"
    return response
