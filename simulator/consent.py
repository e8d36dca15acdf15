"""GET and POST /i/oauth2/authorize: the page on which a person lets the app in."""

from urllib.parse import urlencode

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .html import Html, page, tag
from .oauth import SCOPES
from .people import Person
from .session import log_in, visitor
from .state import State
from .view import avatar_url

__all__ = ["answer"]

STATE_LETTERS = 500


def answer(state: State, request: Request) -> Response:
    """The consent page, its outcome, or X's "Something went wrong"."""
    asked = request.args.to_dict()
    if not _in_order(state, asked):
        return _wrong()
    if request.method == "POST":
        allowed = request.form.get("decision") == "allow"
        return _decide(state, request.form.get("username", ""), asked, allowed)
    if state.auto_consent or state.auto_refuse:
        username = state.auto_consent or state.auto_refuse
        return _decide(state, username, asked, bool(state.auto_consent))
    return _ask(state, request, asked)


def _in_order(state: State, asked: dict[str, str]) -> bool:
    """X says nothing about what is wrong, and neither does this."""
    scopes = asked.get("scope", "").split()
    return (
        asked.get("response_type") == "code"
        and asked.get("client_id") == state.app.client_id
        and asked.get("redirect_uri") in state.app.callbacks
        and 0 < len(asked.get("state", "")) <= STATE_LETTERS
        and bool(asked.get("code_challenge"))
        and asked.setdefault("code_challenge_method", "plain") in {"S256", "plain"}
        and bool(scopes)
        and set(scopes) <= set(SCOPES)
    )


def _wrong() -> Response:
    return page(
        "Something went wrong",
        tag("h1", "Something went wrong"),
        tag(
            "p",
            "You weren’t able to give access to the App. Go back and try logging in "
            "again.",
        ),
        status=400,
    )


def _ask(state: State, request: Request, asked: dict[str, str]) -> Response:
    scopes = tag("ul", *(tag("li", SCOPES[s]) for s in asked["scope"].split()))
    form = tag(
        "form",
        _people(state, request),
        tag("h2", "This App will be able to:"),
        scopes,
        _buttons(),
        method="post",
        action=f"/i/oauth2/authorize?{urlencode(asked)}",
    )
    page_of_apps = tag("a", "Connected apps", href="/settings/connected_apps")
    undo = ("You can take this permission back at any time: ", page_of_apps, ".")
    title = tag("h1", f"{state.app.name} wants to access your X account.")
    return page("Authorize app", title, form, tag("p", *undo, class_="soft"))


def _people(state: State, request: Request) -> Html:
    """Who one may log in as; whoever is logged in already is marked."""
    current = visitor(state, request)
    choices = [p for p in state.people if p.login and p.active]
    chosen = current if current in choices else choices[0]
    radios = [_choice(state, person, person is chosen) for person in choices]
    return tag("fieldset", tag("legend", "Log in as"), *radios)


def _buttons() -> Html:
    shared = {"type": "submit", "name": "decision"}
    allow = tag(
        "button", "Authorize app", id="allow", value="allow", class_="main", **shared
    )
    refuse = tag("button", "Cancel", id="refuse", value="refuse", **shared)
    return tag("div", allow, refuse, class_="actions")


def _choice(state: State, person: Person, checked: bool) -> Html:
    handle = tag("span", f"@{person.username}", class_="soft")
    return tag(
        "label",
        tag(
            "input",
            type="radio",
            name="username",
            value=person.username,
            checked=checked,
        ),
        tag("img", src=avatar_url(state, person), alt=""),
        tag("span", person.name, " ", handle),
        class_="choice",
    )


def _decide(
    state: State, username: str, asked: dict[str, str], allowed: bool
) -> Response:
    person = state.people.find(username)
    if person is None or not person.active:
        return _wrong()
    given = {"state": asked["state"]}
    if allowed:
        given["code"] = state.authorizations.consent(person.id, asked)
    else:
        given["error"] = "access_denied"
    joint = "&" if "?" in asked["redirect_uri"] else "?"
    response = redirect(f"{asked['redirect_uri']}{joint}{urlencode(given)}", 302)
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    log_in(response, person)
    return response
