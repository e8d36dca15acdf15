"""X handles: from what people type or paste, and to their profile's address."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

# X's API refuses longer ones, though some of up to 20 characters exist.
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
#: Under which X's site has been.
SITE_HOSTS = ("x.com", "twitter.com")
# Links to X with all that is hung on them are shorter.
_LONGEST = 4_096
# Paths of x.com that are pages, not people.
RESERVED = frozenset(
    """
    about account accounts ads analytics api articles blog bookmarks business
    careers cards communities compose connect_people contact creators dashboard
    developer developers download explore favorites followers following
    followers_you_follow hashtag help home i intent invitations jobs legal lists
    login logout lookup mentions messages moments notifications oauth personalization
    privacy rules search search-advanced session sessions settings share signup
    status statuses tos trends welcome who_to_follow widgets
    """.split()
)
# Full-width ASCII, as East Asian keyboards produce it, and the small @.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0xFE6B: ord("@")}


def parse_handle(text: str | None) -> str | None:
    """The handle in ``text``, without @ and in the case it was written.

    Takes ``@name``, ``name`` and links to a profile, a post or an intent on
    x.com or twitter.com. None where ``text`` is nothing of the kind.
    """
    is_long = not isinstance(text, str) or len(text) > _LONGEST
    written = "" if is_long else _tidy(text)
    if not written or re.search(r"[\s\\\x00-\x1f\x7f]", written):
        return None
    return _valid(written.removeprefix("@")) or _from_link(written)


def profile_url(site_url: str, handle: str) -> str:
    """The address of a profile X told of; of nothing but ``site_url`` itself.

    Longer handles than `parse_handle` takes exist on X, so none is refused.
    """
    # "." and ".." stay as they are when they are quoted.
    name = "" if handle.strip(".") == "" else quote(handle, safe="")
    return f"{site_url.rstrip('/')}/{name}"


def _tidy(text: str) -> str:
    """Without what cannot be seen: zero-width characters, bidi marks, margins."""
    narrow = text.translate(_NARROW)
    return "".join(c for c in narrow if unicodedata.category(c) != "Cf").strip()


def _valid(name: str) -> str | None:
    is_handle = _HANDLE.fullmatch(name) and name.lower() not in RESERVED
    return name if is_handle else None


def _from_link(link: str) -> str | None:
    parts = _split(link)
    if parts is None or not _is_on_x(parts):
        return None
    # Until 2012 profiles were at twitter.com/#!/name.
    path = parts.fragment[1:] if parts.fragment.startswith("!/") else parts.path
    first, _slash, rest = unquote(path).lstrip("/").partition("/")
    if first.lower() == "intent" and rest.rstrip("/").lower() in ("user", "follow"):
        first = parse_qs(parts.query).get("screen_name", [""])[0]
    return _valid(first.removeprefix("@"))


def _split(link: str) -> SplitResult | None:
    if not re.match(r"([a-z][a-z0-9+.-]*:)?//", link, re.IGNORECASE):
        link = f"//{link}"
    try:
        parts = urlsplit(link)
        return parts if parts.port in (None, 80, 443) else None
    except ValueError:
        return None


def _is_on_x(parts: SplitResult) -> bool:
    """False for lookalikes, and for a name or password before the host."""
    host = (parts.hostname or "").removesuffix(".")
    is_plain = re.fullmatch(r"[a-z0-9.-]+", host) and "@" not in parts.netloc
    is_of = (f".{host}".endswith(f".{site}") for site in SITE_HOSTS)
    return bool(is_plain) and any(is_of)
