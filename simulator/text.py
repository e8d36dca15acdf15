"""What X makes of a text: escaping, t.co links, entities, length.

Source: x-api.md section 5 (X's data dictionary and twitter-text's configuration).
"""

import hashlib
import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Written", "contains_link", "find_cashtags", "render", "short_link"]
__all__ += ["weighted_length"]

# Bare domains are links as well; the real list of top level domains is longer.
_TLD = (
    "com|org|net|info|io|ai|co|eu|fr|de|be|uk|it|es|nl|ch|at|us|ca|au|jp|cn|in|br|pl"
    "|se|dev|app|shop|edu|gov|tv|me|example"
)
_TOKEN = re.compile(
    rf"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}}']"
    rf"|(?<![@\w./-])(?:[a-z0-9-]+\.)+(?:{_TLD})\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]}}'])?)"
    r"|(?<![\w@])@(?P<mention>[A-Za-z0-9_]{1,15})(?![\w@])"
    r"|(?<![\w&/])#(?P<hashtag>\w*[^\W\d_]\w*)"
    r"|(?<![\w$])\$(?P<cashtag>[A-Za-z]{1,6})(?!\w)",
    re.IGNORECASE,
)
_KINDS = {
    "url": "urls",
    "mention": "mentions",
    "hashtag": "hashtags",
    "cashtag": "cashtags",
}
# twitter-text v3: these code points weigh one, all others two.
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
# An emoji counts as two however it is put together: with a variation selector or a
# skin's tone, joined to others, as a flag's two letters or on a keycap.
_PICTOGRAM = "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_TONED = f"{_PICTOGRAM}[\ufe0f\U0001f3fb-\U0001f3ff]?"
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3|[\xa9\xae]\ufe0f"
    f"|{_TONED}(?:\u200d{_TONED})*(?:[\U000e0020-\U000e007f]+)?"
)
EMOJI_WEIGHT = 2
LINK_WEIGHT = 23
DISPLAY_LIMIT = 27

FindId = Callable[[str], "str | None"]


@dataclass
class Written:
    """A text as the API gives it: escaped, links shortened, with its entities.

    Offsets count code points of the escaped text; the end is exclusive.
    """

    text: str = ""
    entities: dict[str, list[dict]] = field(default_factory=dict)

    def add(self, text: str) -> tuple[int, int]:
        """Append what is already escaped; tell where it stands."""
        start = len(self.text)
        self.text += text
        return start, len(self.text)

    def note(self, kind: str, span: tuple[int, int], **values: str) -> None:
        """Record an entity found at that span."""
        entity = {"start": span[0], "end": span[1], **values}
        self.entities.setdefault(kind, []).append(entity)

    def add_link(self, url: str, **more: str) -> None:
        """Append a link as X does: its t.co address, described by an entity."""
        short = short_link(url)
        shown = {"expanded_url": url, "display_url": display_url(url), **more}
        self.note("urls", self.add(short), url=short, **shown)


def render(text: str, find_id: FindId, escaped: bool = True) -> Written:
    """The text as X answers it; find_id gives the id of a username, or None.

    Posts are escaped, the descriptions of people are not.
    """
    written, position = Written(), 0
    escape = _escape if escaped else str
    for match in _TOKEN.finditer(text):
        written.add(escape(text[position : match.start()]))
        _add_token(written, match, find_id)
        position = match.end()
    written.add(escape(text[position:]))
    return written


def _add_token(written: Written, match: re.Match, find_id: FindId) -> None:
    kind, value = match.lastgroup or "url", match.group(match.lastgroup or 0)
    if kind == "url":
        written.add_link(value if "://" in value else f"http://{value}")
        return
    span = written.add(match.group())
    if kind != "mention":
        written.note(_KINDS[kind], span, tag=value)
    elif (user_id := find_id(value)) is not None:
        written.note(_KINDS[kind], span, username=value, id=user_id)


def _escape(text: str) -> str:
    # X escapes these three and no quotes.
    return html.escape(text, quote=False)


def short_link(url: str) -> str:
    """The t.co address of a link; the same link has always the same."""
    digest = hashlib.sha256(url.encode()).hexdigest()
    return f"https://t.co/{digest[:10]}"


def display_url(url: str) -> str:
    """A link as X shows it: no scheme, no www, not too long."""
    shown = re.sub(r"^https?://(www\.)?", "", url).rstrip("/")
    return shown if len(shown) <= DISPLAY_LIMIT else shown[: DISPLAY_LIMIT - 1] + "…"


def contains_link(text: str) -> bool:
    """Whether X would find a link in it (which makes a post dear)."""
    return any(match.lastgroup == "url" for match in _TOKEN.finditer(text))


def weighted_length(text: str) -> int:
    """The length X counts; 280 is the limit of an ordinary account."""
    text = unicodedata.normalize("NFC", text)
    links = [m for m in _TOKEN.finditer(text) if m.lastgroup == "url"]
    rest = text
    for match in reversed(links):
        rest = rest[: match.start()] + rest[match.end() :]
    rest, emoji = _EMOJI.subn("", rest)
    heavy = LINK_WEIGHT * len(links) + EMOJI_WEIGHT * emoji
    return heavy + sum(_weight(letter) for letter in rest)


def find_cashtags(text: str) -> list[str]:
    """Those in it, such as ACME, in order; repeated ones too."""
    found = (match.group("cashtag") for match in _TOKEN.finditer(text))
    return [tag for tag in found if tag]


def _weight(letter: str) -> int:
    return 1 if any(low <= ord(letter) <= high for low, high in _LIGHT) else 2
