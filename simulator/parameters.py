"""Checks a request's query as X's OpenAPI describes it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

from . import problems
from .dialect import MEDIA_FIELDS, PLACE_FIELDS, POLL_FIELDS, Dialect

__all__ = ["Param", "check_path", "field_params", "parse"]

ID = r"^[0-9]{1,19}$"
USERNAME = r"^[A-Za-z0-9_]{1,15}$"


@dataclass(frozen=True)
class Param:
    """One query parameter.

    kind: "text" (least and most count letters), "number" (its bounds), "list" (how
    many items; pattern and choices hold for each), "fields" (a list in which nothing
    is named twice) or "time".
    """

    name: str
    kind: str = "text"
    required: bool = False
    least: int = 1
    most: int | None = None
    pattern: str = ""
    choices: frozenset[str] = frozenset()
    default: object = None


def field_params(family: str, dialect: Dialect) -> tuple[Param, ...]:
    """The parameters every reading endpoint has; family: users, posts or none."""
    if family == "none":
        return ()
    is_posts = family == "posts"
    expansions = dialect.post_expansions if is_posts else dialect.user_expansions
    choices = {
        "user.fields": dialect.user_fields,
        dialect.post_param: dialect.post_fields,
        "expansions": expansions,
    }
    if is_posts:
        choices |= {
            "media.fields": MEDIA_FIELDS,
            "poll.fields": POLL_FIELDS,
            "place.fields": PLACE_FIELDS,
        }
    return tuple(Param(n, "fields", choices=c, default=()) for n, c in choices.items())


def parse(
    query: Mapping[str, str], params: tuple[Param, ...], dialect: Dialect
) -> dict:
    """Values by name; lists as tuples, times aware. Raises Refusal (400)."""
    known = {param.name: param for param in params}
    for name, value in query.items():
        if name not in known:
            message = f"The query parameter [{name}] is not one of [{','.join(known)}]"
            raise problems.invalid(dialect, message, **{name: value})
    values = {}
    for param in params:
        text = query.get(param.name)
        if text:
            values[param.name] = _READERS[param.kind](param, text, dialect)
        elif param.required or text == "":
            message = f"The `{param.name}` query parameter can not be empty"
            raise problems.invalid(dialect, message, **{param.name: text or ""})
        else:
            values[param.name] = param.default
    return values


def check_path(values: Mapping[str, str], dialect: Dialect) -> None:
    """Ids and usernames in the path have their patterns too."""
    for name, value in values.items():
        pattern = USERNAME if name == "username" else ID
        if not re.match(pattern, value):
            message = f"The `{name}` query parameter value [{value}] is not valid"
            raise problems.invalid(dialect, message, **{name: value})


def _refuse(param: Param, value: str, why: str, dialect: Dialect) -> problems.Refusal:
    message = f"The `{param.name}` query parameter value [{value}] {why}"
    return problems.invalid(dialect, message, **{param.name: value})


def _text(param: Param, text: str, dialect: Dialect) -> str:
    if param.pattern and not re.fullmatch(param.pattern, text):
        raise _refuse(param, text, f"does not match {param.pattern}", dialect)
    if param.choices and text not in param.choices:
        choices = ",".join(sorted(param.choices))
        raise _refuse(param, text, f"is not one of [{choices}]", dialect)
    most = param.most or len(text)
    if not param.least <= len(text) <= most:
        why = f"is not between {param.least} and {most} characters"
        raise _refuse(param, text, why, dialect)
    return text


def _number(param: Param, text: str, dialect: Dialect) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise _refuse(param, text, "is not a number", dialect)
    if not param.least <= int(text) <= (param.most or int(text)):
        why = f"is not between {param.least} and {param.most}"
        raise _refuse(param, text, why, dialect)
    return int(text)


def _list(param: Param, text: str, dialect: Dialect) -> tuple[str, ...]:
    items = tuple(text.split(","))
    if param.most and len(items) > param.most:
        why = f"holds {len(items)} items, more than {param.most}"
        raise _refuse(param, text, why, dialect)
    one = Param(param.name, pattern=param.pattern, choices=param.choices, least=0)
    return tuple(_text(one, item, dialect) for item in items)


def _fields(param: Param, text: str, dialect: Dialect) -> tuple[str, ...]:
    items = _list(param, text, dialect)
    if len(set(items)) != len(items):
        raise _refuse(param, text, "names something twice", dialect)
    return items


def _time(param: Param, text: str, dialect: Dialect) -> datetime:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", text):
        why = "is not a time such as 2026-01-31T12:00:00Z"
        raise _refuse(param, text, why, dialect)
    form = "%Y-%m-%dT%H:%M:%S.%fZ" if "." in text else "%Y-%m-%dT%H:%M:%SZ"
    try:
        return datetime.strptime(text, form).replace(tzinfo=timezone.utc)
    except ValueError as error:
        raise _refuse(param, text, "is not a time", dialect) from error


_READERS = {
    "text": _text,
    "number": _number,
    "list": _list,
    "fields": _fields,
    "time": _time,
}
