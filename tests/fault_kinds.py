"""What goes wrong with X: how the stand-in is told to, and what may come of it."""

from dataclasses import dataclass, field

from ..simulator import problems
from ..simulator.dialect import LEGACY

ELSEWHERE = {"Location": "https://evil.example/"}


@dataclass(frozen=True)
class Fault:
    """``wire`` is for the stand-in's faults; without it, X is somewhere else.

    ``ends_connection``: whether X says by it that the account's tokens are no longer
    good. ``is_harmless``: whether there is nothing to tell. ``says`` are X's own
    words, which may be shown.
    """

    wire: dict = field(default_factory=dict)
    ends_connection: bool = False
    is_slow: bool = False
    is_harmless: bool = False

    @property
    def says(self):
        body = self.wire.get("body")
        if not isinstance(body, dict):
            return ()
        entries = body.get("errors", ())
        told = [body.get("detail"), *(entry.get("message") for entry in entries)]
        return tuple(filter(None, told))


def _refused(refusal, **more):
    return Fault({"status": refusal.status, "body": refusal.body}, **more)


def _status(status, **more):
    return Fault({"status": status, **more})


def _legacy(code, words):
    body = {"errors": [{"code": code, "message": words}]}
    return _refused(problems.Refusal(403, body))


def _limit(reset):
    return _status(429, headers={"x-rate-limit-reset": reset})


# Where nobody is reached: the addresses of `fault_doors` by these names.
ON_THE_WAY = (
    "refused connection",
    "unknown name",
    "unknown certificate",
    "no TLS",
    "hung up at once",
)

FAULTS = {
    **{name: Fault() for name in ON_THE_WAY},
    "hang": Fault({"kind": "hang"}, is_slow=True),
    "hang after": Fault({"kind": "hang", "after": True}, is_slow=True),
    "stall": Fault({"kind": "stall"}, is_slow=True),
    "reset": Fault({"kind": "reset"}),
    "reset after": Fault({"kind": "reset", "after": True}),
    "truncated": Fault({"kind": "truncate"}),
    "not JSON": Fault({"kind": "malformed"}),
    "a page": Fault({"kind": "html"}),
    "a page with 403": Fault({"kind": "html", "status": 403}),
    "empty": _status(200, body=""),
    "an empty object": _status(200, body={}),
    "a list": _status(200, body=[1]),
    "wrong type": Fault(
        {"kind": "headers", "headers": {"Content-Type": "audio/x"}}, is_harmless=True
    ),
    "gzip bomb": Fault({"kind": "bomb"}),
    "moved": _status(301, headers=ELSEWHERE),
    "400": _refused(problems.invalid(LEGACY, "The query is invalid.")),
    "401 once": Fault({"status": 401, "count": 1}, is_harmless=True),
    "401": Fault({"status": 401}, ends_connection=True),
    "402": _refused(problems.no_credits("1")),
    "403": _refused(problems.not_permitted()),
    "403 scope": _refused(problems.forbidden()),
    "403 plan": _refused(problems.not_enrolled("id")),
    "403 reply rule": _refused(problems.not_summoned()),
    "403 quote rule": _refused(problems.quote_refused()),
    "403 for users": _refused(problems.app_only(LEGACY)),
    "403 for apps": _refused(problems.user_refused(LEGACY)),
    "403 duplicate": _refused(problems.duplicate()),
    "403 blocked": _refused(problems.blocked()),
    "403 already": _legacy(139, "You have already favorited this status."),
    "403 suspended": _legacy(63, "User has been suspended."),
    "403 locked": _legacy(326, "To protect our users, this account is locked."),
    "403 spending limit": _refused(problems.spending_limit()),
    "404": _refused(problems.blank(404, "Not Found")),
    "408": _status(408),
    "410": _refused(problems.blank(410, "Gone")),
    "409": _refused(problems.conflict(LEGACY)),
    "429": _status(429),
    "429 untold": Fault({"kind": "no_headers", "status": 429}),
    "429 a day ahead": Fault({"kind": "skew", "status": 429, "skew": 86400}),
    "429 a day behind": Fault({"kind": "skew", "status": 429, "skew": -86400}),
    "429 for ever": _limit("9" * 12),
    "429 until nonsense": _limit("soon"),
    "500": _status(500),
    "502": _status(502),
    "503": _status(503),
    "599": _status(599),
    "no limit told": Fault({"kind": "no_headers"}, is_harmless=True),
    "a day ahead": Fault({"kind": "skew", "skew": 86400}, is_harmless=True),
    "a day behind": Fault({"kind": "skew", "skew": -86400}, is_harmless=True),
}
