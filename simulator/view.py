"""Who looks at the world, and which fields of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from .dialect import Dialect
from .people import Person
from .posts import Media
from .state import State
from .text import Written, render

__all__ = ["View", "avatar_url", "media_url", "pick"]

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class View:
    """Who looks (None: the app alone), in which dialect, asking for which fields."""

    state: State
    viewer: Person | None
    scopes: tuple[str, ...]
    dialect: Dialect
    user_fields: tuple[str, ...] = ()
    post_fields: tuple[str, ...] = ()
    media_fields: tuple[str, ...] = ()
    expansions: tuple[str, ...] = ()

    # For all whom an answer shows: counted once per call.

    @cached_property
    def likes(self) -> Counter[str]:
        """How many posts of this world each person likes, by id."""
        return Counter(liker for post in self.state.posts for liker in post.liked_by)

    @cached_property
    def followers(self) -> Counter[str]:
        """How many people of this world follow each person, by id."""
        people = (person for person in self.state.people if person.active)
        return Counter(followed for person in people for followed in person.follows)

    @cached_property
    def _bios(self) -> dict[str, Written]:
        return {}

    def bio(self, person: Person) -> Written:
        """The person's description with its entities."""
        text = person.description
        if text not in self._bios:
            find_id = self.state.posts.find_id
            self._bios[text] = render(text, find_id, escaped=False)
        return self._bios[text]


def avatar_url(state: State, person: Person, size: str = "normal") -> str:
    """Absolute, on this server; size as X names it, or "" for the original."""
    suffix = f"_{size}" if size else ""
    if person.avatar == "default":
        folder = "sticky/default_profile_images/default_profile"
        return f"{state.base_url}/pbs/{folder}{suffix}.png"
    name = f"profile_images/{person.id}/{person.avatar}"
    return f"{state.base_url}/pbs/{name}{suffix}.png"


def media_url(state: State, media: Media) -> str:
    """Absolute, on this server."""
    ending = media.mimetype.rpartition("/")[2]
    return f"{state.base_url}/pbs/media/{media.key}.{ending}"


def pick(
    table: Mapping[str, Callable[[View, Subject], object]],
    wanted: Iterable[str],
    view: View,
    subject: Subject,
) -> dict:
    """The wanted fields of a subject; X leaves out those without a value."""
    names = set(wanted)
    shown = {n: make(view, subject) for n, make in table.items() if n in names}
    return {name: value for name, value in shown.items() if value is not None}
