"""What a user is told when X cannot or will not do something."""

from datetime import timezone
from functools import partial

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate
from odoo.tools.misc import format_datetime, format_time

from ..x_api import (
    XDuplicate,
    XError,
    XGone,
    XKeysRefused,
    XLinkExpired,
    XNotAllowed,
    XOutOfCredits,
    XStopped,
    XTooMany,
    XUnavailable,
    XUnreachable,
)

_lt = LazyTranslate(__name__)

# code → (sentence, next step to offer). The steps are known to the panel: "login",
# "settings", "retry", "handle", "credits" (try now), "wait" (it asks again by itself),
# or none.
PROBLEMS = {
    "no_keys": (
        _lt(
            "An administrator has to connect this database to X in the settings first."
        ),
        "settings",
    ),
    "not_connected": (_lt("Log in with X to see more."), "login"),
    "reconnect": (
        _lt(
            "X no longer accepts this connection: it was revoked at X, or has expired."
            " Log in with X again. Nothing that is associated here is lost."
        ),
        "login",
    ),
    "unreachable": (
        _lt("X cannot be reached at the moment."),
        "retry",
    ),
    "unavailable": (
        _lt("X has a problem at the moment."),
        "retry",
    ),
    "busy": (
        _lt("Somebody else is using this at the moment. Please try again."),
        "retry",
    ),
    "too_many": (
        _lt("X's limit for this kind of request is reached until %(time)s."),
        "retry",
    ),
    "down": (
        _lt("X does not answer at the moment; it is tried again at %(time)s."),
        "retry",
    ),
    "crowded": (
        _lt("Many are waiting for X at the moment. Please try again."),
        "wait",
    ),
    "over_company_day": (
        _lt("Your company's budget for X is used up for today, until %(time)s."),
        "",
    ),
    "over_company_month": (
        _lt("Your company's budget for X is used up for this month, until %(time)s."),
        "",
    ),
    "over_user_day": (
        _lt("Your own budget for X is used up for today, until %(time)s."),
        "",
    ),
    "over_user_month": (
        _lt("Your own budget for X is used up for this month, until %(time)s."),
        "",
    ),
    "not_allowed": (_lt("X does not allow this."), ""),
    "duplicate": (
        _lt("X has this very text already. Change it, to send it again."),
        "",
    ),
    "no_pictures": (
        _lt("Your login does not include pictures: log in again and allow it."),
        "login",
    ),
    "not_sent": (
        _lt("X could not be reached, and nothing was sent. Please try again."),
        "",
    ),
    "unknown": (
        _lt(
            "X did not answer, so it is not known whether this was done. It is not sent"
            " again; the CRM finds out."
        ),
        "",
    ),
    "gone": (_lt("This is no longer on X."), ""),
    "blocked": (
        _lt(
            "X shows @%(handle)s nothing of this person, who has most likely blocked"
            " that account."
        ),
        "",
    ),
    "suspended": (_lt("X has suspended this account."), "handle"),
    "protected": (
        _lt("The posts are protected: only approved followers see them."),
        "",
    ),
    "account_gone": (
        _lt(
            "This account is no longer on X. If somebody has the handle now, it is"
            " somebody else."
        ),
        "handle",
    ),
    "not_shown": (_lt("X does not show that this was done."), ""),
    "not_found": (_lt("There is nobody on X with this handle."), "handle"),
    "nobody": (_lt("X finds nobody by this name."), "handle"),
    "name_not_searchable": (
        _lt(
            "X searches names in Latin letters only, and this one cannot be written so."
            " Change the name in the search box, or enter the handle."
        ),
        "handle",
    ),
    "no_name": (
        _lt("There is no name to search for. Enter the handle instead."),
        "handle",
    ),
    "no_handle": (
        _lt(
            "A handle looks like @name: 1 to 15 letters, digits or underscores; the"
            " address of a profile on x.com will do as well."
        ),
        "handle",
    ),
    "out_of_credits": (
        _lt("Your company's X credit is used up."),
        "credits",
    ),
    "keys_refused": (
        _lt("X does not accept this database's Client ID and Secret."),
        "settings",
    ),
    "refused": (_lt("X did not accept this request."), ""),
}

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

# Of them a caller needs to know no more than that the money is used up.
OVER_BUDGET = {
    "over_company_day",
    "over_company_month",
    "over_user_day",
    "over_user_month",
}

# What is stored here is shown although X is not asked: what is said of that, and what
# else is said where there is no money.
NOT_ASKED = {"unreachable", "unavailable", "too_many", "down"}
NO_MONEY = {*OVER_BUDGET, "out_of_credits"}
AS_OF = _lt("This is from %(time)s.")
AS_OF_NO_MONEY = _lt("This is from %(time)s; actions on x.com still work.")
STILL_WORKS = _lt("Actions on x.com still work.")

# X's own words help where it refuses; elsewhere they say nothing to a salesperson.
SHOWS_REASON = {"not_allowed", "refused"}


class XProblem(UserError):
    """Something X cannot or will not do, as a sentence for the user.

    ``code`` names the cause, ``action`` the next step to offer (see `PROBLEMS`).
    ``resets_at`` is when X's limit ends (naive, UTC) where that is the cause, or None.
    ``reason`` is what X said, in its own words, or "".
    """

    def __init__(self, env, code, message="", **values):
        sentence, self.action = PROBLEMS[code]
        self.code = code
        self.resets_at = None
        self.reason = ""
        self._env = env
        self._cause = message or env._(sentence) % values
        super().__init__(self._cause)
        self.args = (self._sentence(),)

    @classmethod
    def of(cls, env, error):
        """The problem that stands for an error of the client."""
        code = next(code for kind, code in CODES if isinstance(error, kind))
        if isinstance(error, XStopped):
            return cls._of_stop(env, error)
        if code == "too_many":
            return cls._until(env, code, error.resets_at)
        sentence = env._(PROBLEMS[code][0])
        if code in SHOWS_REASON and error.reason:
            sentence = env._(
                "%(sentence)s X says: “%(reason)s”",
                sentence=sentence,
                reason=error.reason,
            )
        problem = cls(env, code, sentence)
        problem.reason = error.reason or ""
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
        problem = cls(env, code, time=told_time(env, moment))
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

    def to_dict(self, shown_at=None):
        """``{code, message, action}``, as the panel takes it.

        :param shown_at: when what is shown all the same was read (naive, UTC), or None
        """
        message = self._sentence(shown_at) if shown_at else self.args[0]
        return {"code": self.code, "message": message, "action": self.action}

    def _sentence(self, shown_at=None):
        """Why, from when what is shown is, and what still works."""
        has_money = self.code not in NO_MONEY
        if has_money and (self.code not in NOT_ASKED or not shown_at):
            return self._cause
        rest = STILL_WORKS
        if shown_at:
            rest = AS_OF if has_money else AS_OF_NO_MONEY
        _ = self._env._
        time = shown_at and told_time(self._env, shown_at)
        return f"{self._cause} {_(rest) % {'time': time}}"


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
