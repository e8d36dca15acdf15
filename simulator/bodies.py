"""The JSON bodies of writing endpoints, checked as X's OpenAPI describes them."""

import re

from . import problems
from .dialect import LEGACY

__all__ = ["COMPLIANCE_JOB", "FOLLOW", "MEDIA_METADATA", "MEDIA_UPLOAD"]
__all__ += ["POST_CREATE", "POST_REF", "check"]

_ID = {"type": str, "pattern": r"^[0-9]{1,19}$"}
_TEXT = {"type": str}
_BOOL = {"type": bool}
_WHO_REPLIES = {
    "type": str,
    "enum": ("following", "mentionedUsers", "subscribers", "verified"),
}


def _object(required: tuple[str, ...] = (), **properties: dict) -> dict:
    return {"type": dict, "required": required, "properties": properties}


def _list(items: dict, least: int = 0, most: int = 100) -> dict:
    return {"type": list, "items": items, "least": least, "most": most}


POST_CREATE = _object(
    card_uri=_TEXT,
    community_id=_ID,
    direct_message_deep_link=_TEXT,
    edit_options=_object(("previous_post_id",), previous_post_id=_ID),
    for_super_followers_only=_BOOL,
    geo=_object(place_id=_TEXT),
    made_with_ai=_BOOL,
    media=_object(
        ("media_ids",),
        media_ids=_list(_ID, 1, 4),
        tagged_user_ids=_list(_ID, 0, 10),
    ),
    nullcast=_BOOL,
    paid_partnership=_BOOL,
    poll=_object(
        ("options", "duration_minutes"),
        options=_list({"type": str, "least": 1, "most": 25}, 2, 4),
        duration_minutes={"type": int, "least": 5, "most": 10080},
        reply_settings=_WHO_REPLIES,
    ),
    quote_tweet_id=_ID,
    reply=_object(
        ("in_reply_to_tweet_id",),
        in_reply_to_tweet_id=_ID,
        exclude_reply_user_ids=_list(_ID),
        auto_populate_reply_metadata=_BOOL,
    ),
    reply_settings=_WHO_REPLIES,
    share_with_followers=_BOOL,
    text=_TEXT,
)
COMPLIANCE_JOB = _object(
    ("type",),
    type={"type": str, "enum": ("tweets", "users")},
    name={"type": str, "most": 64},
    resumable=_BOOL,
)
POST_REF = _object(("tweet_id",), tweet_id=_ID)
FOLLOW = _object(("target_user_id",), target_user_id=_ID)
MEDIA_UPLOAD = _object(
    ("media", "media_category"),
    media=_TEXT,
    media_category={
        "type": str,
        "enum": ("tweet_image", "tweet_gif", "dm_image", "subtitles"),
    },
    media_type=_TEXT,
    additional_owners={"type": (str, list)},
    shared={"type": (bool, str)},
)
MEDIA_METADATA = _object(
    ("id",),
    id=_ID,
    metadata=_object(
        alt_text=_object(("text",), text={"type": str, "least": 0, "most": 1000})
    ),
)


def check(body: object, schema: dict, where: str = "$") -> None:
    """Raises Refusal (400) at the first thing that is not as described."""
    kind = schema["type"]
    # True and False are numbers to Python, not to JSON.
    if not isinstance(body, kind) or (kind is int and isinstance(body, bool)):
        raise _invalid(where, f"{_name(body)} found, {_name_of(kind)} expected")
    if isinstance(body, dict):
        _check_object(body, schema, where)
    elif isinstance(body, list) and "items" in schema:
        _check_size(len(body), schema, where)
        for number, item in enumerate(body):
            check(item, schema["items"], f"{where}[{number}]")
    elif isinstance(body, str):
        _check_text(body, schema, where)
    elif kind is int:
        _check_size(body, schema, where)


def _check_object(body: dict, schema: dict, where: str) -> None:
    for name in schema["required"]:
        if name not in body:
            raise _invalid(f"{where}.{name}", "is missing but it is required")
    for name, value in body.items():
        if name not in schema["properties"]:
            raise _invalid(
                f"{where}.{name}",
                "is not defined in the schema and the schema does not allow "
                "additional properties",
            )
        check(value, schema["properties"][name], f"{where}.{name}")


def _check_text(text: str, schema: dict, where: str) -> None:
    if "enum" in schema and text not in schema["enum"]:
        raise _invalid(where, f"is not one of [{','.join(schema['enum'])}]")
    if "pattern" in schema and not re.fullmatch(schema["pattern"], text):
        raise _invalid(where, f"does not match the regex pattern {schema['pattern']}")
    _check_size(len(text), schema, where)


def _check_size(size: int, schema: dict, where: str) -> None:
    least, most = schema.get("least", 0), schema.get("most", size)
    if not least <= size <= most:
        raise _invalid(where, f"is not between {least} and {most}")


def _invalid(where: str, why: str) -> problems.Refusal:
    return problems.invalid(LEGACY, f"{where}: {why}", **{where: why})


def _name(value: object) -> str:
    return _name_of(type(value))


def _name_of(kind: object) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean"}
    return names.get(kind, "integer" if kind is int else "value")
