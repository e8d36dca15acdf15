"""Pages of lists, and the tokens that lead from one to the next."""

import base64
import binascii

from . import problems
from .dialect import Dialect
from .posts import Post

__all__ = ["page_of_people", "page_of_posts"]


def _token(list_name: str, place: str) -> str:
    text = f"{list_name}|{place}".ljust(12, "|")
    return base64.urlsafe_b64encode(text.encode()).decode()


def _place(token: str, list_name: str, dialect: Dialect, parameter: str) -> str:
    try:
        name, place = base64.urlsafe_b64decode(token).decode().split("|")[:2]
    except (binascii.Error, UnicodeDecodeError, ValueError):
        name, place = "", ""
    if name != list_name or not place[1:].isdigit():
        message = f"The `{parameter}` query parameter value [{token}] is not valid"
        raise problems.invalid(dialect, message, **{parameter: token})
    return place


def page_of_people(
    people: list, size: int, token: str | None, name: str, dialect: Dialect, param: str
) -> tuple[list, dict]:
    """One page of a list by position, and its meta."""
    start = int(_place(token, name, dialect, param)[1:]) if token else 0
    page = people[start : start + size]
    meta: dict[str, object] = {"result_count": len(page)}
    if start + size < len(people):
        meta["next_token"] = _token(name, f"n{start + size}")
    if start:
        meta["previous_token"] = _token(name, f"n{max(0, start - size)}")
    return page, meta


def page_of_posts(
    posts: list[Post], size: int, token: str | None, name: str, dialect: Dialect
) -> tuple[list[Post], dict]:
    """One page of posts, newest first, and its meta.

    The place is an id, so that what is posted meanwhile repeats nothing.
    """
    rest, newer = posts, []
    if token:
        place = _place(token, name, dialect, "pagination_token")
        cut = int(place[1:])
        if place[0] == "n":
            rest = [p for p in posts if int(p.id) < cut]
        else:
            newer = [p for p in posts if int(p.id) > cut]
            rest = newer[-size:] + [p for p in posts if int(p.id) <= cut]
    page = rest[:size]
    meta: dict[str, object] = {"result_count": len(page)}
    if page:
        meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
        if len(rest) > size:
            meta["next_token"] = _token(name, f"n{page[-1].id}")
        if posts[0] is not page[0]:
            meta["previous_token"] = _token(name, f"p{page[0].id}")
    return page, meta
