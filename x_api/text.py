"""What X makes of a text before it is posted: its length, its links, its price.

As X's own library twitter-text 3.1 counts, with its configuration 3:
https://docs.x.com/fundamentals/counting-characters
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .twitter_text import CONFIG, PUNCTUATION, SPACES, emoji, links
from .values import Post

_INVALID = re.compile("[\ufffe\ufeff\uffff]")
_CASHTAG = re.compile(
    rf"(?:^|[{SPACES}])\$[a-z]{{1,6}}(?:[._][a-z]{{1,2}})?(?=$|[\s\ufeff{PUNCTUATION}])",
    re.IGNORECASE,
)
# Stands for a link, whatever it is written as.
_ANY_LINK = "\ufffc"
_NAME_BEFORE = re.compile(r"@\w+(?:\s+|$)")
_SCALE: int = CONFIG["scale"]
_LINK: int = CONFIG["transformed_url_length"] * _SCALE
_HEAVY: int = CONFIG["default_weight"]
_LIGHT = tuple((r["start"], r["end"], r["weight"]) for r in CONFIG["ranges"])


@dataclass(frozen=True)
class Weight:
    """A text as X counts it.

    ``length`` is what its limits (280, or 25,000 for subscribers) are about;
    ``valid`` whether there is something in it and no character X refuses, whatever
    its length. ``has_link`` makes it dearer; X takes one cashtag.
    """

    length: int
    valid: bool
    has_link: bool
    cashtags: int


def weigh(text: str) -> Weight:
    """How X counts ``text``."""
    text = unicodedata.normalize("NFC", text)
    found, total, at, valid = links(text), 0, 0, True
    while at < len(text):
        if at in found:
            total, at = total + _LINK, found[at]
            continue
        sign = _emoji_at(text, at)
        total += _HEAVY if sign else _weight_of(text[at])
        valid = valid and not _INVALID.match(text, at)
        at += len(sign) or 1
    return Weight(
        length=total // _SCALE,
        valid=valid and total > 0,
        has_link=bool(found),
        cashtags=len(_CASHTAG.findall(text)),
    )


def price_of_post(text: str, *, is_summoned_reply: bool = False) -> str:
    """What X bills such a post as: a key of PRICES."""
    if weigh(text).has_link:
        return "post_create_with_url"
    return "reply_summoned" if is_summoned_reply else "post_create"


def _emoji_at(text: str, at: int) -> str:
    signs = emoji().get(text[at], ())
    return next((sign for sign in signs if text.startswith(sign, at)), "")


def _weight_of(letter: str) -> int:
    code = ord(letter)
    return next((w for low, high, w in _LIGHT if low <= code <= high), _HEAVY)


def is_text_of(post: Post, text: str) -> bool:
    """Whether ``post`` may have been made by posting ``text``.

    X shortens links, adds one where there is a picture or a quote, and puts the
    names of those who are answered before a reply: none of these make a difference.
    """
    text = unicodedata.normalize("NFC", text)
    found, at, pieces = links(text), 0, []
    for start, end in sorted(found.items()):
        pieces += [text[at:start], _ANY_LINK]
        at = end
    posted = _plain("".join([*pieces, text[at:]]))
    segments = (_ANY_LINK if s.kind == "link" else s.text for s in post.segments)
    shown = _plain("".join(segments))
    bare = shown.removesuffix(_ANY_LINK).rstrip()
    while posted not in (shown, bare):
        name = _NAME_BEFORE.match(shown) if post.reply_to_id else None
        if not name:
            return False
        shown, bare = shown[name.end() :], bare[name.end() :]
    return True


def _plain(text: str) -> str:
    """Blanks are as good as line ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())
