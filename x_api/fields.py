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


def record(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def part(data: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """The first of these keys that holds an object (X has two vocabularies)."""
    return next((d for d in (record(data.get(key)) for key in keys) if d), {})


def records(data: Mapping[str, Any], *keys: str) -> list[Mapping[str, Any]]:
    """The objects in the first of these keys that holds a list."""
    return [item for item in _list(data, *keys) if isinstance(item, Mapping)]


def texts(data: Mapping[str, Any], *keys: str) -> list[str]:
    """The strings in the first of these keys that holds a list."""
    return [item for item in _list(data, *keys) if isinstance(item, str)]


def text(data: Mapping[str, Any], key: str) -> str:
    """A string a database can hold: without NUL and lone surrogates."""
    value = data.get(key)
    return _UNTEXTLIKE.sub("", value) if isinstance(value, str) else ""


def number(data: Mapping[str, Any], *keys: str) -> int:
    """A count: 0 where there is none, never negative."""
    for key in keys:
        value = data.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return max(0, min(value, _LARGEST))
    return 0


def offset(data: Mapping[str, Any], key: str) -> int | None:
    value = data.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def flag(data: Mapping[str, Any], key: str) -> bool:
    return data.get(key) is True


def identifier(data: Mapping[str, Any], key: str) -> str:
    """An id as X writes them, ``^[0-9]{1,19}$``, always as a string."""
    return _id_of(data.get(key))


def identifiers(data: Mapping[str, Any], *keys: str) -> list[str]:
    """The ids in the first of these keys that holds a list."""
    return list(filter(None, map(_id_of, _list(data, *keys))))


def _id_of(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if 0 <= value < 10**19 else ""
    is_id = isinstance(value, str) and re.fullmatch("[0-9]{1,19}", value)
    return value if is_id else ""


def moment(data: Mapping[str, Any], key: str) -> datetime | None:
    """An aware datetime in UTC."""
    # Python 3.10 reads neither "Z" nor more or fewer than 3 or 6 decimals.
    written = re.sub(r"\.\d+(?=Z|[+-]|$)|Z$", "", text(data, key))
    try:
        when = datetime.fromisoformat(written)
        return when.replace(tzinfo=when.tzinfo or timezone.utc).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def address(data: Mapping[str, Any], key: str) -> str:
    """A web address; anything else (``javascript:`` …) counts as absent."""
    value = text(data, key)
    return value if re.match(r"https?://[^\s]+$", value, re.IGNORECASE) else ""


def kind(problem: Mapping[str, Any]) -> str:
    """The last path segment of a problem's type: its host has changed before."""
    last = text(problem, "type").rstrip("/").rsplit("/", 1)[-1]
    return last if re.fullmatch(r"[a-z0-9:-]{1,60}", last) else ""


def _list(data: Mapping[str, Any], *keys: str) -> list[Any]:
    return next((v for v in (data.get(key) for key in keys) if isinstance(v, list)), [])
