"""What goes wrong with a call of X, and what it must end as."""

from dataclasses import dataclass, field

from simulator import problems
from simulator.dialect import LEGACY

ELSEWHERE = {"Location": "https://evil.example/2/users/me"}
#: In seconds since 1970: long ago, in a thousand years, and no number.
ABSURD = ("1", "9" * 12, "9" * 400, "-5", "soon", "NaN")


@dataclass(frozen=True)
class Fault:
    """``error`` is the class's name, "" where all is well; ``but`` by a deed's kind."""

    error: str
    wire: dict = field(default_factory=dict)
    but: dict = field(default_factory=dict)
    #: The connect and the read timeout.
    timeout: tuple = (5.0, 8.0)

    def error_for(self, kind):
        return self.but.get(kind, self.error)


def _problem(refusal, error, **but):
    wire = {"status": refusal.status, "body": refusal.body}
    return Fault(error, wire, {**_NOT_OF_X.get(refusal.status, {}), **but})


def _status(status, error, **more):
    but = {**_NOT_OF_X.get(status, {}), **more.pop("but", {})}
    return Fault(error, {"status": status, **more}, but)


def _legacy(code, words):
    refusal = problems.Refusal(403, {"errors": [{"code": code, "message": words}]})
    return refusal


#: What says nothing about posts or people where there are none: at the token endpoints,
#: in the store of files and at the host of pictures.
_TOKENS = ("token", "keys", "revoke")
_FILES = dict.fromkeys(("upload", "download", "picture"), "XGone")
_NOT_OF_X = {
    # What is no word of OAuth's is no word on a token.
    400: {**dict.fromkeys(_TOKENS, "XUnavailable"), **_FILES},
    401: {
        **dict.fromkeys((*_TOKENS, "app read", "app write"), "XKeysRefused"),
        **_FILES,
    },
    402: {"picture": "XGone"},
    403: _FILES,
    404: {**dict.fromkeys(_TOKENS, "XUnavailable"), **_FILES},
    409: {**dict.fromkeys(_TOKENS, "XUnavailable"), "picture": "XGone"},
    410: {**dict.fromkeys(_TOKENS, "XUnavailable"), **_FILES},
    429: {},
}
#: An upload's answer has no content that anybody reads.
_UNREAD = {"upload": "", "revoke": ""}
_NO_PICTURE = {"picture": "XRefused"}

ON_THE_WAY = {
    "refused connection": Fault("XNotSent"),
    "unknown name": Fault("XNotSent"),
    "wrong certificate": Fault("XNotSent"),
    "hang at connect": Fault("XNotSent", timeout=(0.1, 8.0)),
    "no TLS": Fault("XUnreachable"),
    "hung up at once": Fault("XUnreachable"),
}

ON_THE_WIRE = {
    "hang": Fault("XUnreachable", {"kind": "hang"}, timeout=(5.0, 0.1)),
    "hang after": Fault(
        "XUnreachable", {"kind": "hang", "after": True}, timeout=(5.0, 0.1)
    ),
    "hung up": Fault("XUnreachable", {"kind": "hang", "delay": 0.001}),
    "stall": Fault("XUnreachable", {"kind": "stall"}, {"upload": ""}, (5.0, 0.1)),
    "stall, hung up": Fault(
        "XUnavailable", {"kind": "stall", "delay": 0.001}, {"upload": ""}
    ),
    "reset": Fault("XUnreachable", {"kind": "reset"}),
    "reset after": Fault("XUnreachable", {"kind": "reset", "after": True}),
    "truncated": Fault("XUnavailable", {"kind": "truncate"}, {"upload": ""}),
    "not JSON": Fault(
        "XUnavailable", {"kind": "malformed"}, {**_UNREAD, "picture": ""}
    ),
    "a page": Fault("XUnavailable", {"kind": "html"}, {"upload": "", **_NO_PICTURE}),
    "a page with 503": Fault("XUnavailable", {"kind": "html", "status": 503}),
    "a page with 403": Fault("XUnavailable", {"kind": "html", "status": 403}, _FILES),
    "empty": _status(
        200, "XUnavailable", body="", but={**_UNREAD, "download": "", **_NO_PICTURE}
    ),
    "a list": _status(200, "XUnavailable", body=[1], but={**_UNREAD, **_NO_PICTURE}),
    "null": _status(200, "XUnavailable", body="null", but={**_UNREAD, **_NO_PICTURE}),
    "wrong type": Fault(
        "", {"kind": "headers", "headers": {"Content-Type": "audio/x"}}, _NO_PICTURE
    ),
    "gzip bomb": Fault("XUnavailable", {"kind": "bomb"}),
    "no gzip": Fault(
        "XUnavailable",
        {"kind": "headers", "headers": {"Content-Encoding": "gzip"}},
    ),
    "unknown encoding": Fault(
        "XUnavailable", {"kind": "headers", "headers": {"Content-Encoding": "br"}}
    ),
    "moved": _status(301, "XUnavailable", headers=ELSEWHERE, but=_NO_PICTURE),
    "found elsewhere": _status(302, "XUnavailable", headers=ELSEWHERE, but=_NO_PICTURE),
    "moved, with method": _status(
        307, "XUnavailable", headers=ELSEWHERE, but=_NO_PICTURE
    ),
    "no limit told": Fault("", {"kind": "no_headers"}),
    "a day ahead": Fault("", {"kind": "skew", "skew": 86400}),
    "a day behind": Fault("", {"kind": "skew", "skew": -86400}),
}

REFUSED = {
    "400 of OAuth": Fault(
        "XRefused",
        {"status": 400, "body": {"error": "invalid_grant"}},
        {"token": "XLinkExpired", "keys": "", "revoke": "", **_FILES},
    ),
    "400": _problem(problems.invalid(LEGACY, "No"), "XRefused"),
    "401": _status(401, "XLinkExpired"),
    "402": _status(402, "XOutOfCredits"),
    "402, in other words": _problem(problems.credits_gone(), "XOutOfCredits"),
    "403": _status(403, "XNotAllowed"),
    "403 scope": _problem(problems.forbidden(), "XNotAllowed"),
    "403 plan": _problem(problems.not_enrolled("id"), "XPlanForbids"),
    "403 for users": _problem(problems.app_only(LEGACY), "XNotAllowed"),
    "403 for apps": _problem(problems.user_refused(LEGACY), "XNotAllowed"),
    "403 reply rule": _problem(problems.not_summoned(), "XReplyForbidden"),
    "403 quote rule": _problem(problems.quote_refused(), "XReplyForbidden"),
    "403 blocked": _problem(problems.blocked(), "XNotAllowed"),
    "403 locked": _problem(_legacy(326, "This account is locked."), "XNotAllowed"),
    "403 duplicate": _problem(
        problems.duplicate(), "XDuplicate", **dict.fromkeys(_TOKENS, "XUnavailable")
    ),
    "403 already": _problem(
        _legacy(139, "You have already favorited this."),
        "XAlready",
        **dict.fromkeys(_TOKENS, "XUnavailable"),
    ),
    "403 suspended": _problem(
        _legacy(63, "User has been suspended."),
        "XGone",
        **dict.fromkeys(_TOKENS, "XUnavailable"),
    ),
    "403 spending limit": _problem(problems.spending_limit(), "XOutOfCredits"),
    "404": _status(404, "XGone"),
    "409": _problem(problems.conflict(LEGACY), "XConflict"),
    "410": _status(410, "XGone"),
    "429": _status(429, "XTooMany"),
    "429 untold": Fault("XTooMany", {"kind": "no_headers", "status": 429}),
    "429 a day ahead": Fault(
        "XTooMany", {"kind": "skew", "status": 429, "skew": 86400}
    ),
    "429 a day behind": Fault(
        "XTooMany", {"kind": "skew", "status": 429, "skew": -86400}
    ),
    **{
        f"429 until {told[:12]}": _status(
            429, "XTooMany", headers={"x-rate-limit-reset": told}
        )
        for told in ABSURD
    },
    **{str(status): _status(status, "XUnavailable") for status in (408, 500, 502, 503)},
    "599": _status(599, "XUnavailable"),
}

FAULTS = {**ON_THE_WAY, **ON_THE_WIRE, **REFUSED}
