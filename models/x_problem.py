"""What a user is told when X cannot or will not do something."""

from datetime import timedelta, timezone
from functools import partial
from http import HTTPStatus

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools.misc import format_datetime, format_time

from ..x_api import (
    XDuplicate,
    XError,
    XGone,
    XKeysRefused,
    XLinkExpired,
    XNotAllowed,
    XOutOfCredits,
    XPlanForbids,
    XStopped,
    XTooMany,
    XUnavailable,
    XUnreachable,
)
from .x_problem_sentences import (
    AS_OF,
    AS_OF_NO_MONEY,
    NOT_ASKED,
    OVER_BUDGET,
    PROBLEMS,
    SHOWS_REASON,
    SOON,
    STILL_WORKS,
)
from .x_values import iso

# The first class that fits is taken, so a subclass stands before its parent.
CODES = (
    (XStopped, "busy"),
    (XUnreachable, "unreachable"),
    (XUnavailable, "unavailable"),
    (XKeysRefused, "keys_refused"),
    (XLinkExpired, "reconnect"),
    (XDuplicate, "duplicate"),
    (XOutOfCredits, "out_of_credits"),
    (XTooMany, "too_many"),
    (XGone, "gone"),
    (XNotAllowed, "not_allowed"),
    (XError, "refused"),
)

NO_MONEY = {*OVER_BUDGET, "out_of_credits"}

PHRASES = {status.phrase for status in HTTPStatus}

# By a clock without seconds.
A_MINUTE = timedelta(minutes=1)


class XProblem(UserError):
    """Something X cannot or will not do, as a sentence for the user.

    ``code`` names the cause, ``action`` the next step to offer (see `PROBLEMS`).
    ``resets_at`` is when X's limit ends (naive, UTC) where that is the cause, or None.
    ``is_of_plan`` is where the app's plan at X does not include it, whoever asks.
    """

    def __init__(self, env, code, message="", **values):
        sentence, self.action = PROBLEMS[code]
        self.code = code
        self.resets_at = None
        self.is_of_plan = False
        self._env = env
        template = env._(sentence)
        super().__init__(message or template % values)

    @classmethod
    def of(cls, env, error):
        """The problem that stands for an error of the client."""
        code = next(code for kind, code in CODES if isinstance(error, kind))
        if isinstance(error, XStopped):
            return cls._of_stop(env, error)
        if code == "too_many":
            return cls._until(env, code, error.resets_at)
        sentence = env._(PROBLEMS[code][0])
        reason = words_of(error)
        if code in SHOWS_REASON and reason:
            sentence = env._(
                "%(sentence)s X says: “%(reason)s”",
                sentence=sentence,
                reason=reason,
            )
        problem = cls(env, code, sentence)
        problem.is_of_plan = isinstance(error, XPlanForbids)
        return problem

    @classmethod
    def _of_stop(cls, env, stop):
        """The problem that stands for the gate's refusal."""
        if stop.until:
            return cls._until(env, stop.code, stop.until)
        return cls(env, stop.code)

    @classmethod
    def _until(cls, env, code, until):
        moment = _naive(until)
        is_soon = code == "down" and moment - fields.Datetime.now() < A_MINUTE
        message = env._(SOON) if is_soon else ""
        problem = cls(env, code, message, time=told_time(env, moment))
        problem.resets_at = moment
        return problem

    @classmethod
    def of_page(cls, env, page):
        """The problem that stands for what is missing in an answer, or False.

        :param page: X's answer, the client's error in its place, or None
        """
        if isinstance(page, XError):
            return cls.of(env, page)
        if page is None or page.items or not page.problems:
            return False
        state = page.problems[0].state
        if state == "gone" and page.problems[0].resource_type == "user":
            state = "not_found"
        return cls(env, state if state != "unknown" else "not_allowed")

    @classmethod
    def only_item(cls, env, page):
        """The one thing that was asked for.

        :raise XProblem: the answer does not have it
        """
        if page.items:
            return page.items[0]
        raise cls.of_page(env, page) or cls(env, "gone")

    def to_dict(self, shown_at=None, works_on_x=False):
        """``{code, message, action, until}``, as the panel takes it.

        ``until`` is when it is of use to try again, or "" where that is not known.

        :param shown_at: when what is shown all the same was read (naive, UTC), or None
        :param works_on_x: whether one acts on x.com instead where there is no money
        """
        return {
            "code": self.code,
            "message": self._sentence(shown_at, works_on_x),
            "action": self.action,
            "until": iso(self.resets_at),
        }

    def _sentence(self, shown_at, works_on_x):
        """Why, from when what is shown is, and what still works."""
        works = works_on_x and self.code in NO_MONEY
        is_old = shown_at and self.code in NOT_ASKED | NO_MONEY
        if not (is_old or works):
            return self.args[0]
        rest = STILL_WORKS
        if is_old:
            rest = AS_OF_NO_MONEY if works else AS_OF
        time = told_time(self._env, shown_at) if is_old else ""
        template = self._env._(rest)
        return f"{self.args[0]} {template % {'time': time}}"


def words_of(error):
    """X's own words where they tell a user something, else "".

    Often they are what HTTP calls the status: "Forbidden", "Not Found".
    """
    reason = error.reason or ""
    return "" if reason in PHRASES else reason


def told_time(env, moment):
    """A time of today as a clock shows it, else with its date; in the user's zone.

    :param moment: naive, in UTC
    """
    here, zone = partial(fields.Datetime.context_timestamp, env.user), str(env.tz)
    if here(moment).date() == here(fields.Datetime.now()).date():
        return format_time(env, moment, tz=zone, time_format="short")
    return format_datetime(env, moment, tz=zone, dt_format="short")


def _naive(moment):
    return moment.astimezone(timezone.utc).replace(tzinfo=None)
