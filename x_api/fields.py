"""Reading X's JSON without trusting it.

A value of the wrong type counts as absent: unknown keys and odd values must
never be more than a gap in what is shown. What is read fits a database: texts have
an end and nothing that cannot be stored, numbers fit four bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

# What PostgreSQL's integer holds; no count of a person or a post comes near it.
_LARGEST = 2**31 - 1
# What X's fields of one line never reach, and what those of a text do not.
# Of 25,000 characters, as many as a long post has, each may come as "&amp;".
LINE, TEXT, POST = 1_000, 50_000, 125_000
_ADDRESS_LENGTH = 4_096
# X has 1,000 of anything at most in an answer, and far fewer of most things.
MOST = 1_000
# Neither PostgreSQL nor XML has all of these; nobody sees any of them.
_UNTEXTLIKE = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings: they turn
# round what stands after them, too.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[\s\u2028\u2029]+")
# Letters and signs without a picture.
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,50}")
_ID_LENGTH = 19
_ADDRESS = re.compile(r"https?://[^\s]+", re.IGNORECASE)
# X began in 2006, and tells of no plans.
_YEARS = range(2006, 2100)
_ESCAPES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
_ESCAPED = re.compile("|".join(_ESCAPES))
_KIND = re.compile(r"[a-z0-9:-]{1,60}")
# Python 3.10 reads neither "Z" nor more or fewer than 3 or 6 decimals.
_UNREAD = re.compile(r"\.\d+(?=Z|[+-]|$)|Z$")
# Where X's times have their decimals, which are not kept.
_DOT, _END = 19, 24
_MOMENT_LENGTH = 40


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
    if not found:
        return []
    return [item for item in found[:MOST] if isinstance(item, Mapping)]


def texts(data: Mapping[str, Any], *keys: str) -> list[str]:
    """The strings in the first of these keys that holds a list."""
    found = _list(data, *keys)
    if not found:
        return []
    return [_stored(item[:LINE]) for item in found[:MOST] if isinstance(item, str)]


def text(data: Mapping[str, Any], key: str, most: int = TEXT) -> str:
    """A string a database can hold, cut where it is longer than ``most``: without
    control characters (but for tabs and line ends) and lone surrogates."""
    value = data.get(key)
    if value.__class__ is not str:
        return ""
    return _stored(value[:most] if len(value) > most else value)


def _stored(value: str) -> str:
    if value.isascii() and value.isprintable():
        return value
    return _UNTEXTLIKE.sub("", value)


def line(data: Mapping[str, Any], key: str) -> str:
    """A text that stands within words of ours, such as a name: one line that does not
    turn what is written after it; "" where there is nothing to see in it."""
    value = data.get(key)
    if value.__class__ is not str:
        return ""
    value = value[:LINE]
    if value.isascii() and value.isprintable():
        return value.strip()
    value = _BLANKS.sub(" ", _TURNS.sub("", _stored(value))).strip()
    return value if any(map(_is_seen, value)) else ""


def _is_seen(letter: str) -> bool:
    category = unicodedata.category(letter)
    # Private ones are as fonts have them: on some machines an apple, a flag.
    return (category[0] in "LNPS" or category == "Co") and letter not in _UNSEEN


def handle(data: Mapping[str, Any], key: str) -> str:
    """A name as X gives them; longer ones than it takes today exist."""
    value = data.get(key)
    is_handle = value.__class__ is str and _HANDLE.fullmatch(value)
    return value if is_handle else ""


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
    return list(filter(None, map(_id_of, _list(data, *keys)[:MOST])))


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
    """An aware datetime in UTC, of the time in which there is X."""
    said = data.get(key)
    if said.__class__ is not str or len(said) > _MOMENT_LENGTH:
        return None
    when = _moment(said)
    return when if when and when.year in _YEARS else None


def _moment(said: str) -> datetime | None:
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
    value = data.get(key)
    if value.__class__ is not str or len(value) > _ADDRESS_LENGTH:
        return ""
    if not (value.isascii() and value.isprintable()):
        value = "" if _TURNS.search(value) else _stored(value)
    return value if _ADDRESS.fullmatch(value) else ""


def kind(problem: Mapping[str, Any]) -> str:
    """The last path segment of a problem's type: its host has changed before."""
    last = text(problem, "type", LINE).rstrip("/").rsplit("/", 1)[-1]
    return last if _KIND.fullmatch(last) else ""


def _list(data: Mapping[str, Any], *keys: str) -> list[Any]:
    for key in keys:
        if (value := data.get(key)).__class__ is list:
            return value
    return []
