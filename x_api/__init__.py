"""A client of X's API v2 in plain Python: no Odoo, no database.

It is handed a token, a base URL and a gate; it returns frozen values or raises
one of the errors of ``errors``, one class per reaction.
"""

from .client import XClient
from .compliance import ComplianceClient, ComplianceJob, Verdict
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
from .handle import parse_handle, profile_url
from .ids import id_at
from .images import check_image, fetch_image
from .oauth2 import OAuth2Client, Tokens
from .prices import PRICES
from .text import Weight, is_text_of, price_of_post, weigh
from .transport import Backoff
from .values import Created, Media, Page, Post, Problem, Profile, RateLimit, Segment

__all__ = [
    "PRICES",
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
    "is_text_of",
    "parse_handle",
    "price_of_post",
    "profile_url",
    "weigh",
]
