"""What a user is told when X cannot or will not do something."""

from datetime import timezone

from odoo.exceptions import UserError
from odoo.tools import LazyTranslate
from odoo.tools.misc import format_datetime

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
        _lt("X cannot be reached at the moment. What is stored here is shown."),
        "retry",
    ),
    "unavailable": (
        _lt("X has a problem at the moment. What is stored here is shown."),
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
        _lt(
            "X does not answer at the moment; it is tried again at %(time)s. What is"
            " stored here is shown."
        ),
        "retry",
    ),
    "crowded": (
        _lt("Many are waiting for X at the moment. Please try again."),
        "wait",
    ),
    "over_company_day": (
        _lt(
            "Your company's budget for X is used up for today, until %(time)s. What is"
            " stored here is shown; actions on x.com still work."
        ),
        "",
    ),
    "over_company_month": (
        _lt(
            "Your company's budget for X is used up for this month, until %(time)s."
            " What is stored here is shown; actions on x.com still work."
        ),
        "",
    ),
    "over_user_day": (
        _lt(
            "Your own budget for X is used up for today, until %(time)s. What is stored"
            " here is shown; actions on x.com still work."
        ),
        "",
    ),
    "over_user_month": (
        _lt(
            "Your own budget for X is used up for this month, until %(time)s. What is"
            " stored here is shown; actions on x.com still work."
        ),
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
        _lt(
            "Your company's X credit is used up. What is stored here is shown; actions"
            " on x.com still work."
        ),
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

# X's own words help where it refuses; elsewhere they say nothing to a salesperson.
SHOWS_REASON = {"not_allowed", "refused"}


class XProblem(UserError):
    """Something X cannot or will not do, as a sentence for the user.

    ``code`` names the cause, ``action`` the next step to offer (see `PROBLEMS`).
    ``resets_at`` is when X's limit ends (naive, UTC) where that is the cause, or None.
    """

    def __init__(self, env, code, message="", **values):
        sentence, self.action = PROBLEMS[code]
        self.code = code
        self.resets_at = None
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
        if code in SHOWS_REASON and error.reason:
            sentence = env._(
                "%(sentence)s X says: “%(reason)s”",
                sentence=sentence,
                reason=error.reason,
            )
        return cls(env, code, sentence)

    @classmethod
    def _of_stop(cls, env, stop):
        """The problem that stands for the gate's refusal."""
        if stop.until:
            return cls._until(env, stop.code, stop.until)
        return cls(env, stop.code)

    @classmethod
    def _until(cls, env, code, until):
        moment = _naive(until)
        time = format_datetime(env, moment, dt_format="short")
        problem = cls(env, code, time=time)
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

    def to_dict(self):
        """``{code, message, action}``, as the panel takes it."""
        return {"code": self.code, "message": self.args[0], "action": self.action}


def _naive(moment):
    return moment.astimezone(timezone.utc).replace(tzinfo=None)
