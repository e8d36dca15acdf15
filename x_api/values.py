"""What the client returns: frozen values, tuples rather than lists.

``to_dict`` and ``from_dict`` carry profiles and posts through JSON; datetimes
become ISO strings. ``from_dict`` fills gaps with defaults and ignores what it
does not know, so that a cache outlives a change of these classes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from . import fields as read

Value = TypeVar("Value")
Made = TypeVar("Made", bound="_Later")
_SIZES = {"normal": "_normal", "bigger": "_bigger", "400x400": "_400x400"}
_SIZES["original"] = ""
_NORMAL = re.compile(r"_normal(?=\.[A-Za-z0-9]+$)|_normal$")


def image_url_of(url: str, size: str) -> str:
    """A profile's picture in another size, see `Profile.image_url_of`."""
    suffix = _SIZES[size]
    return url if "default_profile" in url else _NORMAL.sub(suffix, url)


@dataclass(frozen=True)
class Segment:
    """A piece of a text: "text", "mention", "hashtag", "cashtag" or "link".

    ``text`` is what is shown. ``href`` is "" for text, an https address for a
    link, and else a path on X's site ("/name", "/search?q=%23tag").
    """

    kind: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Media:
    """A picture or film of a post; ``url`` is that of the (preview) picture.

    ``type`` is "photo", "video" or "animated_gif"; sizes are pixels, 0 unknown.
    """

    type: str = ""
    url: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0


class _Later:
    """A value whose segments are made when they are first asked for.

    Most of what is read of X is kept without them ever being looked at.
    """

    _segments: ClassVar[str]

    @classmethod
    def made(
        cls: type[Made],
        known: dict[str, Any],
        segments: Callable[[], tuple[Segment, ...]],
    ) -> Made:
        """A value of ``known``, all of its other fields, which becomes its own."""
        value = object.__new__(cls)
        known["_make"] = segments
        object.__setattr__(value, "__dict__", known)
        return value

    def __getattr__(self, name: str) -> Any:
        if name != self._segments or "_make" not in self.__dict__:
            raise AttributeError(name)
        # Two threads make the same of it.
        return self.__dict__.setdefault(name, self.__dict__["_make"]())


@dataclass(frozen=True)
class Profile(_Later):
    """A person or organisation on X.

    ``url`` is their site's address, expanded, or ""; ``verified_type`` is "",
    "blue", "business" or "government". ``subscription`` is what the account that
    asks pays X for, as X says it ("premium"), "" for nothing or where not told.

    ``withheld`` are the countries, as two letters, from which X keeps the profile.

    ``connection`` has X's words for how the profile stands to whoever asked
    ("following", "followed_by", "follow_request_sent", "blocking", "muting"); it is
    for nobody else, hence in no ``to_dict``.
    """

    _segments = "description_segments"

    id: str
    handle: str
    name: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    display_url: str = ""
    created_at: datetime | None = None
    protected: bool = False
    verified_type: str = ""
    followers: int = 0
    following: int = 0
    posts: int = 0
    image_url: str = ""
    description_segments: tuple[Segment, ...] = field(default_factory=tuple)
    subscription: str = ""
    connection: frozenset[str] = frozenset()
    withheld: tuple[str, ...] = ()

    def image_url_of(self, size: str) -> str:
        """The picture at "normal" (48 px), "bigger" (73), "400x400", "original".

        The picture X shows for those who have none exists in one size only.
        """
        return image_url_of(self.image_url, size)

    def to_dict(self) -> dict[str, Any]:
        return _to_json(asdict(self))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Profile:
        """ValueError where ``data`` is not of a profile."""
        return _from_json(
            cls, data, description_segments=_all_of(Segment), withheld=_tuple_of
        )


@dataclass(frozen=True)
class Post(_Later):
    """A post. ``text`` is the whole text, also of a long one.

    A repost's own text is cut off by X; the whole is in ``reposted``, where
    that came with the answer. ``media`` likewise.

    Each edit is a post with an id of its own: ``versions`` are the ids of them all,
    oldest first and this one included, or () where X did not tell. ``withheld`` as
    that of a Profile.
    """

    _segments = "segments"

    id: str
    author_id: str = ""
    text: str = ""
    segments: tuple[Segment, ...] = field(default_factory=tuple)
    created_at: datetime | None = None
    conversation_id: str = ""
    reply_to_id: str = ""
    repost_of_id: str = ""
    quoted_id: str = ""
    likes: int = 0
    reposts: int = 0
    replies: int = 0
    quotes: int = 0
    lang: str = ""
    possibly_sensitive: bool = False
    edited: bool = False
    versions: tuple[str, ...] = ()
    reply_to_user_id: str = ""
    media: tuple[Media, ...] = ()
    reposted: Post | None = None
    reposted_author: Profile | None = None
    withheld: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return _to_json(asdict(self))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Post:
        """ValueError where ``data`` is not of a post."""
        return _from_json(
            cls,
            data,
            segments=_all_of(Segment),
            versions=_tuple_of,
            withheld=_tuple_of,
            media=_all_of(Media),
            reposted=_one_of(cls),
            reposted_author=_one_of(Profile),
        )


@dataclass(frozen=True)
class Created:
    """A post just made; ``text`` is as X took it."""

    id: str
    text: str = ""


@dataclass(frozen=True)
class Problem:
    """Why something asked for did not come with an otherwise good answer."""

    kind: str = ""
    resource_type: str = ""
    value: str = ""
    title: str = ""
    detail: str = ""

    @property
    def state(self) -> str:
        """ "suspended", "gone", "protected" or "unknown"."""
        return next(
            (
                state
                for state, words in _STATES
                if re.search(words, self._said, re.IGNORECASE)
            ),
            "unknown",
        )

    @property
    def _said(self) -> str:
        return f"{self.kind} | {self.detail}"


# X uses resource-not-found for suspended accounts too: the words come first.
_STATES = (
    ("suspended", r"has been suspended"),
    ("protected", r"not authorized to see|not-authorized-for-resource"),
    ("gone", r"could not find|resource-not-found|deactivated|no longer available"),
)


@dataclass(frozen=True)
class RateLimit:
    """A window: ``remaining`` of ``limit`` requests until ``resets_at``.

    ``span`` is "quarter" for the 15 minutes of one account at one endpoint,
    "user-day" for the 24 hours of an account, "app-day" for those of all accounts.
    """

    limit: int
    remaining: int
    resets_at: datetime
    span: str = "quarter"


@dataclass(frozen=True)
class Page(Generic[Value]):
    """One answer with several items; ``next_token`` None means the last page."""

    items: tuple[Value, ...] = ()
    next_token: str | None = None
    problems: tuple[Problem, ...] = ()
    authors: tuple[Profile, ...] = ()
    rate_limit: RateLimit | None = None


# What depends on who asked.
_UNKEPT = {"connection", "subscription"}


def _to_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _to_json(part) for key, part in value.items() if key not in _UNKEPT
        }
    if isinstance(value, (list, tuple)):
        return [_to_json(part) for part in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _from_json(cls, data: Mapping[str, Any], **makers):
    if not isinstance(data, Mapping):
        raise ValueError(f"not the data of a {cls.__name__}")
    names = {f.name for f in fields(cls)} - _UNKEPT
    known = {name: data[name] for name in names if name in data}
    for key, make in makers.items():
        known[key] = make(known.get(key))
    if "created_at" in known:
        known["created_at"] = read.moment(known, "created_at")
    try:
        return cls(**known)
    except TypeError:
        raise ValueError(f"not the data of a {cls.__name__}") from None


def _tuple_of(items):
    return tuple(items or ())


def _all_of(cls):
    return lambda items: tuple(_from_json(cls, item) for item in items or ())


def _one_of(cls):
    return lambda item: cls.from_dict(item) if item else None
