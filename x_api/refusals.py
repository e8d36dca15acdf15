"""Which error an answer of X is: a table, read from the top.

https://docs.x.com/x-api/fundamentals/response-codes-and-errors, and the bodies
seen in the wild where that page is silent (402, spending limits, legacy codes).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import fields
from .errors import (
    XAlready,
    XConflict,
    XDuplicate,
    XError,
    XGone,
    XLinkExpired,
    XNotAllowed,
    XOutOfCredits,
    XPlanForbids,
    XRefused,
    XReplyForbidden,
    XTooMany,
    XUnavailable,
)
from .limits import resets_at

_REASON_LENGTH = 500


@dataclass(frozen=True)
class Rule:
    """One row: every criterion given must match; ``words`` searches X's text."""

    error: type[XError]
    statuses: frozenset[int] | range = range(300, 600)
    kinds: frozenset[str] = frozenset()
    codes: frozenset[int] = frozenset()
    words: str = ""

    def matches(self, status: int, refusal: Refusal) -> bool:
        return (
            status in self.statuses
            and (not self.kinds or refusal.kind in self.kinds)
            and (not self.codes or bool(self.codes & refusal.codes))
            and (
                not self.words
                or re.search(self.words, refusal.words, re.IGNORECASE) is not None
            )
        )


@dataclass(frozen=True)
class Refusal:
    """What the body of a refusal says, whichever of X's formats it is in."""

    kind: str
    codes: frozenset[int]
    reason: str
    words: str


def _only(*statuses: int) -> frozenset[int]:
    return frozenset(statuses)


_CREDITS = r"spend(ing)?[ _-]?(cap|limit)|credits? depleted|creditsdepleted"
_REPLY_RULE = (
    r"reply to this conversation is not allowed|can only reply to or quote posts"
    r"|restricted who can reply"
)
_PLAN = (
    r"client-not-enrolled|not permitted to access this feature"
    r"|different access level|access to a subset of|enterprise"
)
_ALREADY = r"already (been )?(retweeted|reposted|liked|favorited|follow|requested to)"
_UNSEEN = r"user has been suspended|deleted or not visible to you"

RULES = (
    Rule(XUnavailable, statuses=range(300, 400)),
    Rule(XUnavailable, statuses=range(500, 600)),
    Rule(XOutOfCredits, statuses=_only(402)),
    Rule(XOutOfCredits, kinds=frozenset({"credits", "credits-depleted"})),
    Rule(XOutOfCredits, statuses=_only(403, 429), words=_CREDITS),
    Rule(XTooMany, statuses=_only(429)),
    Rule(XTooMany, kinds=frozenset({"rate-limit-exceeded", "usage-capped"})),
    Rule(XTooMany, codes=frozenset({88, 185})),
    Rule(XLinkExpired, statuses=_only(401)),
    Rule(XUnavailable, statuses=_only(408)),
    Rule(XUnavailable, kinds=frozenset({"internal-error"})),
    Rule(XUnavailable, codes=frozenset({130, 131})),
    Rule(XLinkExpired, codes=frozenset({32, 89})),
    Rule(XConflict, statuses=_only(409)),
    Rule(XConflict, kinds=frozenset({"conflict"})),
    Rule(XDuplicate, codes=frozenset({187})),
    Rule(XDuplicate, statuses=_only(400, 403), words=r"duplicate content"),
    Rule(XAlready, codes=frozenset({139, 160, 327})),
    Rule(XAlready, statuses=_only(400, 403), words=_ALREADY),
    Rule(XGone, codes=frozenset({17, 34, 50, 63, 144, 385})),
    Rule(XGone, statuses=_only(400, 403), words=_UNSEEN),
    Rule(XReplyForbidden, codes=frozenset({433})),
    Rule(XReplyForbidden, statuses=_only(400, 403), words=_REPLY_RULE),
    Rule(XPlanForbids, codes=frozenset({453})),
    Rule(XPlanForbids, statuses=_only(403), kinds=frozenset({"client-forbidden"})),
    Rule(XPlanForbids, statuses=_only(403), words=_PLAN),
    Rule(XNotAllowed, codes=frozenset({64, 179, 220, 261, 326})),
    Rule(XNotAllowed, statuses=_only(403)),
    Rule(XGone, statuses=_only(404, 410)),
    Rule(XRefused, statuses=range(400, 500)),
)


def error_of(
    status: int,
    body: Any,
    headers: Mapping[str, str],
    *,
    endpoint: str,
    now: datetime,
) -> XError:
    """The error that an answer with this status is.

    ``body`` is the parsed JSON, or None where there was none; ``endpoint`` is
    a template such as ``GET /2/users/by``, for the message.
    """
    refusal = read_refusal(body)
    found = next((r.error for r in RULES if r.matches(status, refusal)), XUnavailable)
    if body is None and is_page(headers) and status != 429:
        # X answers errors in JSON: a page comes from what stands before X.
        found = XUnavailable
    words = {
        "status": status,
        "kind": refusal.kind or None,
        "reason": refusal.reason or None,
    }
    message = " ".join(filter(None, (f"{endpoint}: {status}", refusal.kind)))
    if found is XTooMany:
        return XTooMany(message, resets_at=resets_at(headers, now), **words)
    return found(message, **words)


def read_refusal(body: Any) -> Refusal:
    """Reads problem+json, legacy ``errors`` and OAuth's ``error`` alike."""
    problem = fields.record(body)
    entries = fields.records(problem, "errors")
    spoken = [
        fields.line(problem, "detail") or fields.line(problem, "title"),
        fields.line(problem, "error_description"),
        *(fields.line(e, "message") or fields.line(e, "detail") for e in entries),
    ]
    reason = " ".join(dict.fromkeys(filter(None, spoken)))
    labels = ("title", "reason", "error")
    kinds = [fields.kind(p) for p in (problem, *entries)]
    return Refusal(
        kind=next(filter(None, kinds), "") or _token(fields.line(problem, "error")),
        codes=frozenset(filter(None, (fields.number(e, "code") for e in entries))),
        reason=reason[:_REASON_LENGTH],
        words=" ".join([reason, *(fields.line(problem, key) for key in labels)]),
    )


def _token(word: str) -> str:
    """``word`` where it is one of OAuth's error codes, which are plain words."""
    return word if re.fullmatch(r"[a-z_]{1,40}", word) else ""


def is_page(headers: Mapping[str, str]) -> bool:
    """Whether it is from what stands between X and us: X answers in JSON."""
    return "html" in headers.get("Content-Type", "").lower()
