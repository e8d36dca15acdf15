"""Pages of the stand-in's x.com: one frame, everything escaped."""

from html import escape
from pathlib import Path

from werkzeug.wrappers import Response

__all__ = ["Html", "join", "page", "tag"]

STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


class Html(str):
    """Text that is markup already; every other text is escaped by `tag`."""


def tag(element: str, /, *children: object, **attributes: object) -> Html:
    """An element. Attribute names: class_ for class, data_x for data-x.

    True makes a bare attribute, None and False leave it out.
    """
    words = [element]
    for key, value in attributes.items():
        spelled = key.rstrip("_").replace("_", "-")
        if value is True:
            words.append(spelled)
        elif value is not None and value is not False:
            words.append(f'{spelled}="{escape(str(value))}"')
    start = f"<{' '.join(words)}>"
    if element in {"input", "img", "meta", "link", "br"}:
        return Html(start)
    return Html(f"{start}{join(*children)}</{element}>")


def join(*children: object) -> Html:
    """Children one after the other; None and False are left out."""
    parts = []
    for child in children:
        if isinstance(child, (list, tuple)):
            parts.append(join(*child))
        elif child is not None and child is not False:
            parts.append(child if isinstance(child, Html) else escape(str(child)))
    return Html("".join(parts))


def page(title: str, *content: object, status: int = 200, who: object = "") -> Response:
    """A whole page. `who` stands at the right of the bar."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} / X (stand-in)"),
        # Else browsers ask for one that is not there.
        tag("link", rel="icon", href="data:,"),
        tag("style", Html(STYLE)),
    )
    bar = tag(
        "header",
        tag("a", "𝕏", href="/", class_="mark", aria_label="Home"),
        tag("span", "A stand-in for X on this machine", class_="stand-in"),
        tag("span", who, class_="who"),
    )
    body = tag("body", bar, tag("main", *content))
    html = f"<!DOCTYPE html>{tag('html', head, body, lang='en')}"
    response = Response(html, status, content_type="text/html; charset=utf-8")
    # As x.com does: a popup that comes here is cut off from its opener.
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Cache-Control"] = "no-store"
    return response
