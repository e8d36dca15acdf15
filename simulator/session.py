"""Who is logged in on the stand-in's x.com: a cookie with the username."""

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .html import Html, join, page, tag
from .people import Person
from .state import State
from .view import avatar_url

__all__ = ["greeting", "log_in", "login_page", "visitor"]

# Cookies know no ports: the name must not clash with what else runs on this machine.
COOKIE = "x_stand_in_user"


def visitor(state: State, request: Request) -> Person | None:
    """The person logged in, if any."""
    person = state.people.get(request.cookies.get(COOKIE, ""))
    return person if person and person.active else None


def log_in(response: Response, person: Person) -> None:
    """Remember the person in the browser."""
    response.set_cookie(COOKIE, person.id, httponly=True, samesite="Lax")


def greeting(state: State, request: Request) -> Html:
    """Who is logged in, and the way to change it."""
    person = visitor(state, request)
    if person is None:
        return tag("a", "Log in", href="/login")
    return join(
        tag("a", f"@{person.username}", href=f"/{person.username}", id="me"),
        tag("a", "Switch", href="/login"),
    )


def login_page(state: State, request: Request) -> Response:
    """GET and POST /login: no password, this is a stand-in."""
    if request.method == "POST":
        person = state.people.find(request.form.get("username", ""))
        onward = request.form.get("next", "/")
        # Only ever to a page of this site.
        inside = onward.startswith("/") and onward[1:2] not in {"/", "\\"}
        response = redirect(onward if inside else "/", 303)
        if person and person.active:
            log_in(response, person)
        return response
    people = [p for p in state.people if p.active]
    people.sort(key=lambda p: (not p.login, p.name))
    onward = request.args.get("next", "/")
    hidden = tag("input", type="hidden", name="next", value=onward)
    buttons = [_button(state, person) for person in people]
    form = tag("form", hidden, *buttons, method="post")
    return page("Log in", tag("h1", "Log in as"), form)


def _button(state: State, person: Person) -> Html:
    return tag(
        "p",
        tag(
            "button",
            tag("img", src=avatar_url(state, person, "mini"), alt=""),
            f" {person.name} @{person.username}",
            name="username",
            value=person.username,
        ),
    )
