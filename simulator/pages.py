"""Profiles and posts as a person sees them on the stand-in's x.com."""

from urllib.parse import quote

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from . import buttons
from .answers import visible_post
from .cards import person_card, post_card, profile_card
from .dialect import LEGACY
from .html import Html, page, tag
from .people import Person
from .posts import newest_first
from .session import greeting, visitor
from .state import State
from .view import View

__all__ = ["home", "nothing_here", "profile", "search", "status", "user_by_id", "view"]

PAGE_POSTS = 50


def view(state: State, request: Request) -> View:
    """What the person logged in sees."""
    return View(state, visitor(state, request), (), LEGACY)


def home(state: State, request: Request) -> Response:
    """The newest posts of everybody one may see."""
    seen = view(state, request)
    posts = newest_first(p for p in state.posts if visible_post(seen, p.id))
    cards = [post_card(seen, p) for p in posts[:PAGE_POSTS] if p.newest_version]
    people = tag("a", "Everybody here", href="/search")
    write = tag("a", "Write a post", href="/intent/tweet")
    ways, who = tag("p", people, " · ", write), greeting(state, request)
    return page("Home", tag("h1", "Newest posts"), ways, *cards, who=who)


def search(state: State, request: Request) -> Response:
    """People and posts in which the words occur."""
    seen, words = view(state, request), request.args.get("q", "").strip()
    people = [p for p in state.people if p.active and _has(p, words)]
    posts = newest_first(
        p
        for p in state.posts
        if words and words.lower() in p.text.lower() and visible_post(seen, p.id)
    )
    box = tag("input", type="search", name="q", value=words, aria_label="Search")
    return page(
        "Search",
        tag("form", box, tag("p", tag("button", "Search")), action="/search"),
        *(person_card(seen, person) for person in people),
        *(post_card(seen, post) for post in posts[:PAGE_POSTS]),
        who=greeting(state, request),
    )


def _has(person: Person, words: str) -> bool:
    text = f"{person.name} @{person.username} {person.description}"
    return words.lower() in text.lower()


def profile(state: State, request: Request, username: str) -> Response:
    """A person's page: /<username>"""
    person = state.people.find(username)
    if person is None:
        return nothing_here(state, request, "This account doesn’t exist")
    if request.method == "POST":
        return _press(state, request, buttons.press_on_person, person)
    return _profile(state, request, person)


def _press(state: State, request: Request, press, target) -> Response:
    """Do what the button says, then show the page again."""
    me = visitor(state, request)
    if me is None:
        return redirect(f"/login?next={quote(request.path)}", 303)
    press(state, me, target, request.form.get("do", ""))
    return redirect(request.path, 303)


def user_by_id(state: State, request: Request, person_id: str) -> Response:
    """/i/user/<id> leads to the username of today."""
    person = state.people.get(person_id)
    if person is None or person.state == "deleted":
        return nothing_here(state, request, "This account doesn’t exist")
    return redirect(f"/{person.username}", 302)


def _profile(state: State, request: Request, person: Person) -> Response:
    if person.state == "suspended":
        return nothing_here(state, request, "Account suspended", 200)
    seen = view(state, request)
    posts = [p for p in state.posts.of(person) if visible_post(seen, p.id)]
    cards: list[Html] = [post_card(seen, post) for post in posts[:PAGE_POSTS]]
    if state.people.is_blocked(seen.viewer, person):
        cards = [tag("p", f"@{person.username} blocked you.", class_="card")]
    elif not state.people.may_see(seen.viewer, person):
        cards = [tag("p", "These posts are protected.", class_="card")]
    return page(
        f"{person.name} (@{person.username})",
        profile_card(seen, person),
        buttons.on_person(state, seen.viewer, person),
        *cards,
        who=greeting(state, request),
    )


def status(
    state: State,
    request: Request,
    post_id: str,
    username: str = "",
    _number: int = 0,
) -> Response:
    """A post's page; as at X, only the id counts, not the username before it."""
    seen = view(state, request)
    post = visible_post(seen, post_id)
    if post is None:
        return nothing_here(state, request, "This post is unavailable")
    if request.method == "POST":
        return _press(state, request, buttons.press_on_post, post)
    others = newest_first(p for p in state.posts if p.reply_to == post.id)
    replies = [post_card(seen, p) for p in others if visible_post(seen, p.id)]
    title = tag("h2", "Replies") if replies else None
    who = greeting(state, request)
    deeds = buttons.on_post(state, seen.viewer, post)
    return page("Post", post_card(seen, post), deeds, title, *replies, who=who)


def nothing_here(
    state: State, request: Request, why: str = "This page doesn’t exist", status=404
) -> Response:
    """What is not there, in words."""
    who = greeting(state, request)
    return page(
        why,
        tag("h1", why),
        tag("p", "Try searching for something else."),
        status=status,
        who=who,
    )
