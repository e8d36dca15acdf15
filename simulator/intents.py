"""Web Intents: /intent/follow, like, tweet, retweet, user. Free, and always allowed.

Whoever is logged in acts; the app and its plan have no say, and nothing calls back.
"""

import re
from urllib.parse import quote, urlsplit

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .answers import visible_post
from .cards import person_card, post_card, profile_card
from .deeds import PAGE
from .html import Html, page, tag
from .pages import nothing_here, view
from .people import Person
from .posts import Post
from .session import greeting, visitor
from .state import State
from .text import weighted_length
from .view import View

__all__ = ["answer"]


def answer(state: State, request: Request, kind: str) -> Response:
    """GET asks for confirmation, POST does it."""
    ask_and_do = _KINDS.get(kind)
    if ask_and_do is None:
        return nothing_here(state, request)
    me = visitor(state, request)
    if me is None and kind != "user":
        return redirect(f"/login?next={quote(request.full_path)}", 303)
    ask, do = ask_and_do
    return (do if request.method == "POST" else ask)(state, request, me)


def _show(state: State, request: Request, title: str, *content: object) -> Response:
    heading = tag("h1", title)
    return page(title, heading, *content, who=greeting(state, request))


def _form(request: Request, label: str, *content: object) -> Html:
    button = tag("button", label, id="confirm", class_="main")
    here = request.full_path
    return tag("form", *content, tag("p", button), method="post", action=here)


def _person(state: State, request: Request) -> Person | None:
    name = request.args.get("screen_name", "").lstrip("@")
    by_id = state.people.get(request.args.get("user_id", ""))
    person = state.people.find(name) if name else by_id
    return person if person and person.active else None


def _post(state: State, request: Request) -> Post | None:
    return visible_post(view(state, request), request.args.get("tweet_id", ""))


def _user(state: State, request: Request, me: Person | None) -> Response:
    person = _person(state, request)
    if person is None:
        return nothing_here(state, request, "This account doesn’t exist")
    shown = profile_card(view(state, request), person)
    follow = tag("a", "Follow", href=f"/intent/follow?screen_name={person.username}")
    return _show(state, request, f"@{person.username}", shown, follow)


def _ask_follow(state: State, request: Request, me: Person) -> Response:
    person = _person(state, request)
    if person is None:
        return nothing_here(state, request, "This account doesn’t exist")
    card = person_card(view(state, request), person)
    if person.id in me.follows:
        return _show(state, request, "You follow this account already", card)
    title = f"Follow @{person.username}?"
    return _show(state, request, title, card, _form(request, "Follow"))


def _follow(state: State, request: Request, me: Person) -> Response:
    person = _person(state, request)
    if person is None or person is me:
        return nothing_here(state, request, "You cannot follow this account")
    if state.people.is_blocked(me, person):
        return nothing_here(state, request, f"@{person.username} blocked you")
    pending = state.deeds.follow(me, person, PAGE)
    title = "Follow request sent" if pending else f"You follow @{person.username}"
    return _show(state, request, title, person_card(view(state, request), person))


def _ask_about_post(question: str, label: str):
    def ask(state: State, request: Request, me: Person) -> Response:
        post = _post(state, request)
        if post is None:
            return nothing_here(state, request, "This post is unavailable")
        card = post_card(view(state, request), post)
        return _show(state, request, question, card, _form(request, label))

    return ask


def _like(state: State, request: Request, me: Person) -> Response:
    post = _post(state, request)
    if post is None:
        return nothing_here(state, request, "This post is unavailable")
    state.deeds.like(me, post, PAGE)
    return _show(state, request, "Liked", post_card(view(state, request), post))


def _repost(state: State, request: Request, me: Person) -> Response:
    post = _post(state, request)
    if post is None:
        return nothing_here(state, request, "This post is unavailable")
    state.deeds.repost(me, post, PAGE)
    return _show(state, request, "Reposted", post_card(view(state, request), post))


def _draft(request: Request) -> str:
    """text, url, hashtags and via, put together as X does."""
    given = request.args
    tags = [f"#{word}" for word in given.get("hashtags", "").split(",") if word]
    via = f"via @{given['via']}" if given.get("via") else ""
    return " ".join(filter(None, [given.get("text"), given.get("url"), *tags, via]))


def _ask_post(state: State, request: Request, me: Person) -> Response:
    seen: View = view(state, request)
    replied = visible_post(seen, request.args.get("in_reply_to", ""))
    label = "What is happening?"
    box = tag("textarea", _draft(request), name="text", rows=5, aria_label=label)
    above = post_card(seen, replied) if replied else None
    label = "Reply" if replied else "Post"
    return _show(state, request, label, above, _form(request, label, box))


def _do_post(state: State, request: Request, me: Person) -> Response:
    text = request.form.get("text", "").strip()
    if not text or weighted_length(text) > (25_000 if me.premium else 280):
        return _show(state, request, "This text is empty or too long")
    seen = view(state, request)
    replied = visible_post(seen, request.args.get("in_reply_to", ""))
    quoted = None if replied else _quoted(seen, text)
    about = {"reply_to": replied.id} if replied else {}
    if quoted:
        text = _POST_ADDRESS.sub("", text)
        about = {"quote_of": quoted.id}
    post = state.deeds.post(me, text, PAGE, **about)
    return _show(state, request, "Your post was sent", post_card(seen, post))


_POST_ADDRESS = re.compile(
    r"\s*https?://(?P<host>[^/\s]+)/\w+/(web/)?status/(?P<id>[0-9]+)[^\s]*$"
)


def _quoted(seen: View, text: str) -> Post | None:
    """The post whose address ends the text: X takes that for a quote."""
    found = _POST_ADDRESS.search(text)
    here = urlsplit(seen.state.base_url).netloc
    if found is None or found["host"] not in {"x.com", "twitter.com", here}:
        return None
    return visible_post(seen, found["id"])


_KINDS = {
    "follow": (_ask_follow, _follow),
    "like": (_ask_about_post("Like this post?", "Like"), _like),
    "retweet": (_ask_about_post("Repost this?", "Repost"), _repost),
    "repost": (_ask_about_post("Repost this?", "Repost"), _repost),
    "tweet": (_ask_post, _do_post),
    "post": (_ask_post, _do_post),
    "user": (_user, _user),
}
