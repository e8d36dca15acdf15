"""The stand-in's x.com: which page is where."""

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import connected_apps, consent, control, intents, pages
from .images import picture
from .session import login_page
from .state import State

__all__ = ["Site"]

_BOTH = ["GET", "POST"]


class Site:
    """Everything that is not the API."""

    def __init__(self, state: State, with_control: bool) -> None:
        self._state = state
        rules = [
            Rule("/", endpoint=pages.home, methods=["GET"]),
            Rule("/home", endpoint=pages.home, methods=["GET"]),
            Rule("/search", endpoint=pages.search, methods=["GET"]),
            Rule("/login", endpoint=login_page, methods=_BOTH),
            Rule("/i/oauth2/authorize", endpoint=consent.answer, methods=_BOTH),
            Rule(
                "/settings/connected_apps",
                endpoint=connected_apps.answer,
                methods=_BOTH,
            ),
            Rule("/i/web/status/<post_id>", endpoint=pages.status, methods=["GET"]),
            Rule("/i/user/<person_id>", endpoint=pages.user_by_id, methods=["GET"]),
            Rule("/intent/<kind>", endpoint=intents.answer, methods=_BOTH),
            Rule("/pbs/<path:path>", endpoint=_picture, methods=["GET"]),
            Rule("/<username>", endpoint=pages.profile, methods=["GET"]),
            Rule(
                "/<username>/status/<post_id>", endpoint=pages.status, methods=["GET"]
            ),
            Rule(
                "/<username>/status/<post_id>/photo/<int:_number>",
                endpoint=pages.status,
                methods=["GET"],
            ),
        ]
        if with_control:
            rules.append(
                Rule("/_control/<what>", endpoint=control.answer, methods=_BOTH)
            )
        self._map = Map(rules)

    def answer(self, request: Request) -> Response:
        """The page, or the page that says there is none."""
        try:
            adapter = self._map.bind_to_environ(request.environ)
            endpoint, values = adapter.match()
        except HTTPException:
            return pages.nothing_here(self._state, request)
        if endpoint is _picture:
            return _picture(**values)
        with self._state.lock:
            return endpoint(self._state, request, **values)


def _picture(path: str) -> Response:
    png = picture(path)
    if png is None:
        return Response("Not Found", 404, content_type="text/plain")
    response = Response(png, content_type="image/png")
    response.headers["Cache-Control"] = "max-age=604800"
    return response
