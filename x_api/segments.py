"""A text of X cut into segments: mentions, tags and links by its entities.

Where an entity is, X tells twice: by offsets (whose unit X does not document)
and by the token itself. The token is looked for, at its offset first; offsets
alone count only where they point at something of the right shape.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from typing import Any
from urllib.parse import quote

from . import fields
from .fields import unescape
from .values import Segment

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,20}")
_LINK = re.compile(r"https://\S+", re.IGNORECASE)
# Of each kind. Who fills a long post with nothing but tags does not keep us busy.
_ENTITIES = 300


def segments_of(text: str, entities: Mapping[str, Any]) -> tuple[Segment, ...]:
    """``text`` (escaped, as X sends it) in segments, which are unescaped.

    Nothing of the text is lost or added, save that a link shows its display
    address in place of the token that its ``href`` is.
    """
    made: list[Segment] = []
    at = 0
    for spot in _spots(text, entities):
        made += _plain(text[at : spot.start])
        made.append(spot.segment)
        at = spot.end
    return tuple(made + _plain(text[at:]))


@dataclass(frozen=True)
class _Spot:
    start: int
    end: int
    segment: Segment


@dataclass(frozen=True)
class _Kind:
    """How one kind of entity looks: ``key`` holds its token less the sigil."""

    name: str
    key: str
    sigils: str
    shape: re.Pattern[str]
    make: Callable[[str, Mapping[str, Any]], Segment | None]


class _Finder:
    """Finds tokens in one text: each once, and none where there is one already."""

    def __init__(self, text: str):
        self._text = text
        self._taken = bytearray(len(text))
        self._found: dict[tuple[str, str], list[tuple[int, int]]] = {}

    def spot(self, kind: _Kind, entity: Mapping[str, Any]) -> _Spot | None:
        for start, end in self._places(kind, entity):
            if self._taken.find(1, start, end) >= 0:
                continue
            if segment := kind.make(self._text[start:end], entity):
                self._taken[start:end] = b"\1" * (end - start)
                return _Spot(start, end, segment)
            return None
        return None

    def _places(
        self, kind: _Kind, entity: Mapping[str, Any]
    ) -> Iterator[tuple[int, int]]:
        """Where this entity may be, the likeliest first."""
        start, end = fields.offset(entity, "start"), fields.offset(entity, "end")
        token = fields.text(entity, kind.key, fields.LINE)
        if token:
            yield from _nearest(self._spans(kind, token), start or 0)
        if start is None or end is None or not 0 <= start < end <= len(self._text):
            return
        if kind.shape.fullmatch(self._text, start, end):
            yield start, end

    def _spans(self, kind: _Kind, token: str) -> list[tuple[int, int]]:
        """Where the token is, in order."""
        key = kind.name, token
        if key not in self._found:
            found = _pattern(kind, token).finditer(self._text)
            self._found[key] = [match.span() for match in found]
        return self._found[key]


def _spots(text: str, entities: Mapping[str, Any]) -> list[_Spot]:
    """Where the entities are, in order and without overlaps."""
    finder = _Finder(text)
    found = (
        finder.spot(kind, entity)
        for kind in _KINDS
        for entity in fields.records(entities, kind.name)[:_ENTITIES]
    )
    return sorted(filter(None, found), key=lambda spot: spot.start)


def _nearest(spans: list[tuple[int, int]], start: int) -> Iterator[tuple[int, int]]:
    at = bisect_left(spans, (start, 0))
    return merge(
        reversed(spans[:at]), spans[at:], key=lambda span: abs(span[0] - start)
    )


def _pattern(kind: _Kind, token: str) -> re.Pattern[str]:
    """The token in a text, and not as the beginning or end of a longer one."""
    if not kind.sigils:
        return re.compile(rf"{re.escape(token)}(?![A-Za-z0-9])")
    return re.compile(rf"(?<!\w)[{kind.sigils}]{re.escape(token)}(?!\w)", re.IGNORECASE)


def _link(token: str, entity: Mapping[str, Any]) -> Segment | None:
    if not _LINK.fullmatch(token):
        return None
    shown = fields.line(entity, "display_url") or re.sub("^[a-z]+://", "", token)
    return Segment("link", unescape(shown), unescape(token))


def _mention(token: str, entity: Mapping[str, Any]) -> Segment | None:
    handle = fields.line(entity, "username") or token[1:]
    return (
        Segment("mention", token, f"/{handle}") if _HANDLE.fullmatch(handle) else None
    )


def _tag(name: str, sigil: str) -> Callable[[str, Mapping[str, Any]], Segment]:
    def make(token: str, _entity: Mapping[str, Any]) -> Segment:
        return Segment(name, token, f"/search?q={quote(sigil + token[1:], safe='')}")

    return make


def _plain(text: str) -> list[Segment]:
    return [Segment("text", unescape(text), "")] if text else []


_KINDS = (
    _Kind("urls", "url", "", re.compile(r"https?://\S+"), _link),
    _Kind(
        "mentions",
        "username",
        "@\uff20",
        re.compile("[@\uff20]\\w{1,20}", re.ASCII),
        _mention,
    ),
    _Kind(
        "hashtags", "tag", "#\uff03", re.compile("[#\uff03]\\w+"), _tag("hashtag", "#")
    ),
    _Kind("cashtags", "tag", "$", re.compile(r"\$[\w.]+"), _tag("cashtag", "$")),
)
