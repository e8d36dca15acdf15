"""What X bills: each resource in an answer, or the request itself.

https://docs.x.com/x-api/getting-started/pricing
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import fields
from .errors import XNotSent, XUnavailable
from .gate import Call, Settlement


def resources(call: Call, body: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The (kind, X's id) of all that X gave out for a call, what came along included.

    A request that changes something is billed itself: its id is "".
    """
    if not call.most:
        return ()
    if call.is_write:
        return ((call.kind, ""),)
    given = [(call.kind, item) for item in _items(body.get("data"))]
    includes = fields.part(body, "includes")
    given += [("post", item) for item in fields.records(includes, "tweets", "posts")]
    given += [("user", item) for item in fields.records(includes, "users")]
    return tuple((kind, fields.identifier(item, "id")) for kind, item in given)


def may_be_billed(call: Call, settlement: Settlement) -> bool:
    """Whether X may have billed a call, and nobody knows.

    What fails is not billed; what was not answered may have been carried out.
    """
    error, status = settlement.error, settlement.status
    if isinstance(error, XNotSent):
        return False
    if status is None:
        return True
    if isinstance(error, XUnavailable):
        return status < 300 or call.is_write
    return False


def _items(data: Any) -> list[Mapping[str, Any]]:
    if isinstance(data, list):
        return [item for item in data if isinstance(item, dict)]
    return [data] if isinstance(data, dict) and data else []
