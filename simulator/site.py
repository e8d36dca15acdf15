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
        for path, name in _PAGES:
            rules.append(Rule(path, endpoint=getattr(pages, name), methods=["GET"]))
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
