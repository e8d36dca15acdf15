"""What one can do on a profile's and a post's own page, where no intent is for it."""

from collections.abc import Callable

from .deeds import PAGE
from .html import Html, join, tag
from .people import Person
from .posts import Post
from .state import State

__all__ = ["on_person", "on_post", "press_on_person", "press_on_post"]


def on_person(state: State, me: Person | None, person: Person) -> Html | None:
    """Follow or Unfollow, and a way to post to them; nothing for oneself."""
    if me is person or state.people.is_blocked(me, person):
        return None
    say = f"/intent/tweet?text=%40{person.username}%20"
    mention = tag("p", tag("a", f"Post to @{person.username}", href=say, id="mention"))
    if me is None:
        follow = f"/intent/follow?screen_name={person.username}"
        return join(tag("p", tag("a", "Follow", href=follow, class_="button")), mention)
    deed = ("follow", "Follow")
    if person.id in me.follows:
        deed = ("unfollow", "Unfollow")
    elif person.id in me.requested:
        deed = ("unfollow", "Cancel follow request")
    return join(_form(f"/{person.username}", deed), mention)


def on_post(state: State, me: Person | None, post: Post) -> Html | None:
    """Repost, like and their undoing; deleting one's own."""
    if me is None:
        return None
    is_reposted = state.posts.repost_by(me, post.id) is not None
    shown = [
        ("unrepost", "Undo repost") if is_reposted else ("repost", "Repost"),
        ("unlike", "Unlike") if me.id in post.liked_by else ("like", "Like"),
    ]
    if post.author_id == me.id:
        shown.append(("delete", "Delete"))
    return _form(f"/i/web/status/{post.id}", *shown)


def _form(action: str, *shown: tuple[str, str]) -> Html:
    buttons = (
        tag("button", label, name="do", value=deed, id=f"do-{deed}")
        for deed, label in shown
    )
    return tag("form", *buttons, method="post", action=action, class_="buttons")


def press_on_person(state: State, me: Person, person: Person, deed: str) -> None:
    """Carry out what the form of `on_person` says; anything else is nothing."""
    may = person.active and not state.people.is_blocked(me, person)
    if deed == "follow" and may and person is not me:
        state.deeds.follow(me, person, PAGE)
    elif deed == "unfollow":
        state.deeds.unfollow(me, person, PAGE)


def press_on_post(state: State, me: Person, post: Post, deed: str) -> None:
    """Carry out what the form of `on_post` says; anything else is nothing."""
    deeds = state.deeds
    table: dict[str, Callable[[], object]] = {
        "repost": lambda: deeds.repost(me, post, PAGE),
        "unrepost": lambda: deeds.unrepost(me, post.id, PAGE),
        "like": lambda: deeds.like(me, post, PAGE),
        "unlike": lambda: deeds.unlike(me, post, PAGE),
    }
    if post.author_id == me.id:
        table["delete"] = lambda: deeds.delete(me, post.id, PAGE)
    if deed in table:
        table[deed]()
