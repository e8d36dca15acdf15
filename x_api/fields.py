"""Reading X's JSON without trusting it.

A value of the wrong type counts as absent: unknown keys and odd values must
never be more than a gap in what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

# What a JavaScript number holds; no count of X comes near it.
_LARGEST = 2**53 - 1
_UNTEXTLIKE = re.compile("[\0\ud800-\udfff]")
_ID_LENGTH = 19
_ADDRESS = re.compile(r"https?://[^\s]+$", re.IGNORECASE)
_ESCAPES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
_ESCAPED = re.compile("|".join(_ESCAPES))
_KIND = re.compile(r"[a-z0-9:-]{1,60}")
# Python 3.10 reads neither "Z" nor more or fewer than 3 or 6 decimals.
_UNREAD = re.compile(r"\.\d+(?=Z|[+-]|$)|Z$")
# Where X's times have their decimals, which are not kept.
_DOT, _END = 19, 24


# A page has thousands of values: what is usual is recognised at once.


def record(value: Any) -> Mapping[str, Any]:
    return value if value.__class__ is dict or isinstance(value, Mapping) else {}


def part(data: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """The first of these keys that holds an object (X has two vocabularies)."""
    for key in keys:
        if (value := data.get(key)) and (found := record(value)):
            return found
    return {}


def records(data: Mapping[str, Any], *keys: str) -> list[Mapping[str, Any]]:
    """The objects in the first of these keys that holds a list."""
    found = _list(data, *keys)
    return [item for item in found if isinstance(item, Mapping)] if found else []


def texts(data: Mapping[str, Any], *keys: str) -> list[str]:
    """The strings in the first of these keys that holds a list."""
    found = _list(data, *keys)
    return [item for item in found if isinstance(item, str)] if found else []


def text(data: Mapping[str, Any], key: str) -> str:
    """A string a database can hold: without NUL and lone surrogates."""
    value = data.get(key)
    if value.__class__ is not str:
        return ""
    if value.isascii() and "\0" not in value:
        return value
    return _UNTEXTLIKE.sub("", value)


def unescape(text: str) -> str:
    """Undoes X's escaping, once: whoever wrote ``&amp;`` meant ``&amp;``."""
    if "&" not in text:
        return text
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)


def number(data: Mapping[str, Any], *keys: str) -> int:
    """A count: 0 where there is none, never negative."""
    for key in keys:
        value = data.get(key)
        if value.__class__ is int:
            return value if 0 <= value <= _LARGEST else max(0, min(value, _LARGEST))
    return 0


def offset(data: Mapping[str, Any], key: str) -> int | None:
    value = data.get(key)
    return value if value.__class__ is int else None


def flag(data: Mapping[str, Any], key: str) -> bool:
    return data.get(key) is True


def identifier(data: Mapping[str, Any], key: str) -> str:
    """An id as X writes them, ``^[0-9]{1,19}$``, always as a string."""
    return _id_of(data.get(key))


def identifiers(data: Mapping[str, Any], *keys: str) -> list[str]:
    """The ids in the first of these keys that holds a list."""
    return list(filter(None, map(_id_of, _list(data, *keys))))


def _id_of(value: Any) -> str:
    if value.__class__ is int:
        value = str(value) if 0 <= value < 10**19 else ""
    is_id = (
        value.__class__ is str
        and value.isdigit()
        and value.isascii()
        and len(value) <= _ID_LENGTH
    )
    return value if is_id else ""


def moment(data: Mapping[str, Any], key: str) -> datetime | None:
    """An aware datetime in UTC."""
    said = data.get(key)
    if said.__class__ is not str:
        return None
    is_usual = (
        len(said) == _END
        and said[-1] == "Z"
        and said[_DOT] == "."
        and said[_DOT + 1 : -1].isdigit()
    )
    try:
        if is_usual:
            return datetime.fromisoformat(f"{said[:_DOT]}+00:00")
        written = _UNREAD.sub("", said)
        when = datetime.fromisoformat(written)
        return when.replace(tzinfo=when.tzinfo or timezone.utc).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def address(data: Mapping[str, Any], key: str) -> str:
    """A web address; anything else (``javascript:`` …) counts as absent."""
    value = text(data, key)
    return value if value and _ADDRESS.match(value) else ""


def kind(problem: Mapping[str, Any]) -> str:
    """The last path segment of a problem's type: its host has changed before."""
    last = text(problem, "type").rstrip("/").rsplit("/", 1)[-1]
    return last if _KIND.fullmatch(last) else ""


def _list(data: Mapping[str, Any], *keys: str) -> list[Any]:
    for key in keys:
        if (value := data.get(key)).__class__ is list:
            return value
    return []
