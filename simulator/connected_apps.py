"""/settings/connected_apps: where X's users take their consent back."""

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .clock import iso
from .html import Html, page, tag
from .oauth import SCOPES, Grant
from .session import greeting, visitor
from .state import State

__all__ = ["answer"]


def answer(state: State, request: Request) -> Response:
    """GET shows them; POST revokes the app's access."""
    person = visitor(state, request)
    if person is None:
        return redirect("/login?next=/settings/connected_apps", 303)
    if request.method == "POST":
        state.revoke(person.username)
        return redirect("/settings/connected_apps", 303)
    grants = state.authorizations.grants_of(person.id)
    shown = [_app(state, grants)] if grants else [tag("p", "No app has access.")]
    return page(
        "Connected apps",
        tag("h1", "Connected apps"),
        tag("p", f"What may act for @{person.username}:", class_="soft"),
        *shown,
        who=greeting(state, request),
    )


def _app(state: State, grants: list[Grant]) -> Html:
    scopes = list(dict.fromkeys(s for grant in grants for s in grant.scopes))
    button = tag("button", "Revoke app permissions", id="revoke", class_="danger")
    return tag(
        "section",
        tag("h2", state.app.name),
        tag("p", f"Since {iso(grants[0].since)[:10]}", class_="soft"),
        tag("ul", *(tag("li", SCOPES[s]) for s in scopes), class_="scopes"),
        tag("form", button, method="post"),
        class_="card",
    )
