from datetime import datetime, timedelta, timezone

import pytest

from x_api import errors
from x_api.errors import XError, XTooMany
from x_api.refusals import error_of

NOW = datetime(2026, 9, 1, 12, tzinfo=timezone.utc)
JSON = {"Content-Type": "application/json; charset=utf-8"}
HTML = {"Content-Type": "text/html"}
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
SUMMONED = (
    "Reply to this conversation is not allowed because you have not been mentioned"
    " or otherwise engaged by the author of the post you are replying to."
)
NEW_RULE = (
    "You can only reply to or quote posts where you are mentioned or are the author."
)
UNSEEN = "You attempted to reply to a Tweet that is deleted or not visible to you."


def problem(kind, **more):
    return {"type": f"https://api.x.com/2/problems/{kind}", "title": "T", **more}


def legacy(code, message="M"):
    return {"errors": [{"code": code, "message": message}]}


# status, body, class, kind, part of reason
TABLE = [
    (400, problem("invalid-request", detail="bad"), "XRefused",
     "invalid-request", "bad"),
    (401, {"type": "about:blank", "title": "Unauthorized", "status": 401},
     "XLinkExpired", "about:blank", "Unauthorized"),
    (401, None, "XLinkExpired", None, None),
    (401, legacy(89), "XLinkExpired", None, "M"),
    (403, legacy(32), "XLinkExpired", None, "M"),
    (402, None, "XOutOfCredits", None, None),
    (402, {"title": "CreditsDepleted", **problem("credits", detail="no credits")},
     "XOutOfCredits", "credits", "no credits"),
    (402, problem("credits-depleted"), "XOutOfCredits", "credits-depleted", "T"),
    (403, problem("credits-depleted"), "XOutOfCredits", "credits-depleted", "T"),
    (403, {"title": "SpendCapReached", "detail": "d"}, "XOutOfCredits", None, "d"),
    (403, {"reason": "spend-cap-reached", "detail": "d"}, "XOutOfCredits", None, "d"),
    (429, {"detail": "Your spending limit is reached"}, "XOutOfCredits", None, "spend"),
    (403, {"detail": DUPLICATE}, "XDuplicate", None, DUPLICATE),
    (403, legacy(187, "Status is a duplicate."), "XDuplicate", None, "duplicate"),
    (403, {"detail": SUMMONED}, "XReplyForbidden", None, SUMMONED),
    (403, {"detail": NEW_RULE}, "XReplyForbidden", None, NEW_RULE),
    (403, legacy(433, "The original Tweet author restricted who can reply"),
     "XReplyForbidden", None, "restricted"),
    (403, {"detail": UNSEEN}, "XGone", None, UNSEEN),
    (403, legacy(385, "M"), "XGone", None, "M"),
    (403, problem("client-forbidden", reason="client-not-enrolled", detail="enrol"),
     "XPlanForbids", "client-forbidden", "enrol"),
    (403, {"reason": "client-not-enrolled", "detail": "d"}, "XPlanForbids", None, "d"),
    (403, {"detail": "Your account is not permitted to access this feature"},
     "XPlanForbids", None, "permitted"),
    (403, {"detail": "You are not permitted to perform this action."},
     "XNotAllowed", None, "permitted"),
    (403, {"detail": "The Tweet contains an invalid URL."}, "XNotAllowed", None, "URL"),
    (403, {"detail": "You cannot retweet a Tweet that you have already retweeted."},
     "XAlready", None, "already"),
    (403, legacy(327), "XAlready", None, "M"),
    (403, legacy(139, "You have already favorited this status."),
     "XAlready", None, "favorited"),
    (400, {"detail": "You have already liked this Tweet."}, "XAlready", None, "liked"),
    (403, legacy(160, "You've already requested to follow x."),
     "XAlready", None, "requested"),
    (403, {"detail": "You already follow this account."}, "XAlready", None, "follow"),
    (403, problem("unsupported-authentication"), "XNotAllowed",
     "unsupported-authentication", "T"),
    (403, None, "XNotAllowed", None, None),
    (403, legacy(453), "XPlanForbids", None, "M"),
    (403, legacy(326), "XNotAllowed", None, "M"),
    (403, legacy(63, "User has been suspended."), "XGone", None, "suspended"),
    (403, {"detail": "User has been suspended: [x]."}, "XGone", None, "suspended"),
    (404, None, "XGone", None, None),
    (404, problem("resource-not-found", detail="no"), "XGone",
     "resource-not-found", "no"),
    (410, None, "XGone", None, None),
    (404, legacy(34), "XGone", None, "M"),
    (409, problem("conflict"), "XConflict", "conflict", "T"),
    (409, None, "XConflict", None, None),
    (400, problem("conflict"), "XConflict", "conflict", "T"),
    (429, None, "XTooMany", None, None),
    (429, problem("usage-capped", detail="month"), "XTooMany", "usage-capped", "month"),
    (403, problem("usage-capped"), "XTooMany", "usage-capped", "T"),
    (400, legacy(88, "Rate limit exceeded"), "XTooMany", None, "Rate"),
    (408, None, "XUnavailable", None, None),
    (400, legacy(130), "XUnavailable", None, "M"),
    (500, problem("internal-error"), "XUnavailable", "internal-error", "T"),
    (502, None, "XUnavailable", None, None),
    (503, problem("credits"), "XUnavailable", "credits", "T"),
    (302, None, "XUnavailable", None, None),
    (204, None, "XUnavailable", None, None),
    (600, None, "XUnavailable", None, None),
    (418, ["nonsense"], "XRefused", None, None),
    (403, {"errors": "nonsense", "detail": 3, "type": []}, "XNotAllowed", None, None),
    (400, {"error": "invalid_request", "error_description": "Value passed"},
     "XRefused", "invalid_request", "Value passed"),
    (400, {"errors": [{"parameters": {}, "message": "The `ids` …"}], **problem(
        "invalid-request", detail="One or more parameters")},
     "XRefused", "invalid-request", "The `ids`"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "name", "kind", "reason"), TABLE)
def test_each_refusal_has_its_class(status, body, name, kind, reason):
    error = error_of(status, body, JSON, endpoint="GET /2/users", now=NOW)
    assert type(error) is getattr(errors, name)
    assert (error.status, error.kind) == (status, kind)
    assert reason in error.reason if reason else error.reason is None
    assert str(error) == f"GET /2/users: {status}" + (f" {kind}" if kind else "")


def test_the_table_reaches_every_class_that_an_answer_can_be():
    reached = {row[2] for row in TABLE}
    never_here = {"XError", "XUnreachable", "XNotSent", "XStopped", "XKeysRefused"}
    classes = {n for n, c in vars(errors).items() if _is_error(c)}
    assert reached == classes - never_here


def _is_error(value):
    return isinstance(value, type) and issubclass(value, XError)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
def test_a_page_is_not_an_answer_of_x(status):
    error = error_of(status, None, HTML, endpoint="e", now=NOW)
    assert type(error) is errors.XUnavailable


def test_a_page_with_429_is_still_too_many():
    assert type(error_of(429, None, HTML, endpoint="e", now=NOW)) is XTooMany


def test_reason_is_bounded():
    error = error_of(400, {"detail": "x" * 9999}, JSON, endpoint="e", now=NOW)
    assert len(error.reason) == 500


def resets_in(headers):
    return error_of(429, None, headers, endpoint="e", now=NOW).resets_at - NOW


def limits(family, reset, remaining="0", limit="75"):
    at = reset if isinstance(reset, str) else str(int((NOW + reset).timestamp()))
    values = {"limit": limit, "remaining": remaining, "reset": at}
    return {f"{family}-{part}": value for part, value in values.items()}


MINUTES = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, MINUTES),
        (limits("x-rate-limit", timedelta(minutes=3)), timedelta(minutes=3)),
        (limits("x-rate-limit", timedelta(days=9)), timedelta(minutes=16)),
        (limits("x-rate-limit", "9" * 15), timedelta(minutes=16)),
        (limits("x-user-limit-24hour", timedelta(days=9)), timedelta(hours=24)),
        (limits("x-rate-limit", "9" * 400), MINUTES),
        (limits("x-rate-limit", "-5"), MINUTES),
        (limits("x-rate-limit", "soon"), MINUTES),
        (limits("x-rate-limit", "\u0663"), MINUTES),
        (limits("x-rate-limit", timedelta(minutes=-3)), MINUTES),
        (
            limits("x-rate-limit", timedelta(minutes=3), remaining="9")
            | limits("x-user-limit-24hour", timedelta(hours=5)),
            timedelta(hours=5),
        ),
        (
            limits("x-rate-limit", timedelta(minutes=3))
            | limits("x-app-limit-24hour", timedelta(hours=5), remaining="1"),
            timedelta(minutes=3),
        ),
    ],
)
def test_when_a_limit_resets(headers, expected):
    assert resets_in(headers) == expected
