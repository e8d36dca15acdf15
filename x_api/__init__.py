"""A client of X's API v2 in plain Python: no Odoo, no database.

It is handed a token, a base URL and a gate; it returns frozen values or raises
one of the errors of ``errors``, one class per reaction.
"""

from .client import XClient
from .errors import (
    XDuplicate,
    XError,
    XGone,
    XKeysRefused,
    XLinkExpired,
    XNotAllowed,
    XOutOfCredits,
    XRefused,
    XTooMany,
    XUnavailable,
    XUnreachable,
)
from .gate import Call, Gate, PassingGate, Settlement
from .handle import parse_handle, profile_url
from .images import fetch_image
from .oauth2 import OAuth2Client, Tokens
from .prices import PRICES
from .transport import Backoff
from .values import Media, Page, Post, Problem, Profile, RateLimit, Segment

__all__ = [
    "PRICES",
    "Backoff",
    "Call",
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
    "XClient",
    "XDuplicate",
    "XError",
    "XGone",
    "XKeysRefused",
    "XLinkExpired",
    "XNotAllowed",
    "XOutOfCredits",
    "XRefused",
    "XTooMany",
    "XUnavailable",
    "XUnreachable",
    "fetch_image",
    "parse_handle",
    "profile_url",
]
