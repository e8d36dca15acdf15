"""What can go wrong with X: one class per reaction of the caller."""

from __future__ import annotations

from datetime import datetime


class XError(Exception):
    """Something X said, or failed to say.

    ``str()`` is for logs and holds nothing of the answer's body. ``reason`` is
    X's own words, ``kind`` the last path segment of the problem's type,
    ``status`` the HTTP status; each is None where there was none.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        kind: str | None = None,
        reason: str | None = None,
    ):
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.reason = reason


class XUnreachable(XError):
    """No answer: whether X carried the request out is unknown."""


class XNotSent(XUnreachable):
    """No connection could be made: X got nothing, so it carried nothing out."""


class XStopped(XError):
    """The gate did not let the call out: X got nothing.

    ``code`` is the gate's own word for why, ``until`` (an aware datetime) when such
    a call may be let out again, None where it is not known.
    """

    def __init__(self, code: str, until: datetime | None = None):
        super().__init__(f"stopped at the gate: {code}")
        self.code = code
        self.until = until


class XUnavailable(XError):
    """X is not itself: a 5xx, or an answer that is not what X documents.

    Whether X carried a writing request out is unknown.
    """


class XRefused(XError):
    """X understood and declined (4xx). Raised itself where the mistake is ours."""


class XLinkExpired(XRefused):
    """The token, refresh token or code is no longer good: connect again."""


class XKeysRefused(XRefused):
    """The app's client id or secret is wrong: for an administrator to mend.

    It says nothing about the account, whose link stays as it is.
    """


class XNotAllowed(XRefused):
    """Plan, scope, reply rule, protected or locked account; see ``reason``."""


class XPlanForbids(XNotAllowed):
    """The app's plan at X does not include it, for whomever it asks."""


class XReplyForbidden(XNotAllowed):
    """X's rule on replies and quotes: one must have been mentioned, or it is one's own.

    Its author may also have restricted who can reply.
    """


class XAlready(XRefused):
    """It is so already: reposted, liked or followed before."""


class XDuplicate(XRefused):
    """The same text was posted already."""


class XConflict(XRefused):
    """Something of the kind is under way already; X has one at a time."""


class XGone(XRefused):
    """The post or profile is not, or no longer, there."""


class XOutOfCredits(XRefused):
    """The organisation's credits or its spending limit are used up."""


class XTooMany(XRefused):
    """A limit is reached until ``resets_at`` (an aware datetime)."""

    def __init__(self, message: str, *, resets_at: datetime, **words):
        super().__init__(message, **words)
        self.resets_at = resets_at
