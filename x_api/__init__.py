"""A client of X's API v2 in plain Python: no Odoo, no database.

It is handed a token, a base URL and a gate; it returns frozen values or raises
one of the errors of ``errors``, one class per reaction.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .billed import may_be_billed
from .client import XClient
from .errors import (
    XAlready,
    XConflict,
    XDuplicate,
    XError,
    XGone,
    XKeysRefused,
    XLinkExpired,
    XNotAllowed,
    XNotSent,
    XOutOfCredits,
    XPlanForbids,
    XRefused,
    XReplyForbidden,
    XStopped,
    XTooMany,
    XUnavailable,
    XUnreachable,
)
from .gate import Call, Gate, PassingGate, Settlement
from .transport import Backoff
from .values import (
    Created,
    Media,
    Page,
    Post,
    Problem,
    Profile,
    RateLimit,
    Segment,
    image_url_of,
)

if TYPE_CHECKING:
    from .compliance import ComplianceClient, ComplianceJob, Verdict
    from .handle import SITE_HOSTS, parse_handle, profile_url
    from .ids import id_at
    from .images import check_image, fetch_image
    from .oauth2 import OAuth2Client, Tokens
    from .prices import PER_REQUEST, PRICES
    from .text import Weight, is_text_of, price_of_post, weigh

__all__ = [
    "PER_REQUEST",
    "PRICES",
    "SITE_HOSTS",
    "Backoff",
    "Call",
    "ComplianceClient",
    "ComplianceJob",
    "Created",
    "Gate",
    "Media",
    "OAuth2Client",
    "Page",
    "PassingGate",
    "Post",
    "Problem",
    "Profile",
    "RateLimit",
    "Segment",
    "Settlement",
    "Tokens",
    "Verdict",
    "Weight",
    "XAlready",
    "XClient",
    "XConflict",
    "XDuplicate",
    "XError",
    "XGone",
    "XKeysRefused",
    "XLinkExpired",
    "XNotAllowed",
    "XNotSent",
    "XOutOfCredits",
    "XPlanForbids",
    "XRefused",
    "XReplyForbidden",
    "XStopped",
    "XTooMany",
    "XUnavailable",
    "XUnreachable",
    "check_image",
    "fetch_image",
    "id_at",
    "image_url_of",
    "is_text_of",
    "may_be_billed",
    "parse_handle",
    "price_of_post",
    "profile_url",
    "weigh",
]

# What reading does not need is imported when it is asked for: the rules for a post's
# text alone take as long as all of the rest.
_LATER = {
    "ComplianceClient": "compliance",
    "ComplianceJob": "compliance",
    "OAuth2Client": "oauth2",
    "PER_REQUEST": "prices",
    "PRICES": "prices",
    "SITE_HOSTS": "handle",
    "Tokens": "oauth2",
    "Verdict": "compliance",
    "Weight": "text",
    "check_image": "images",
    "fetch_image": "images",
    "id_at": "ids",
    "is_text_of": "text",
    "parse_handle": "handle",
    "price_of_post": "text",
    "profile_url": "handle",
    "weigh": "text",
}


def __getattr__(name: str) -> Any:
    module = _LATER.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = found
    return found
