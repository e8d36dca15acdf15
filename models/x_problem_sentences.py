"""What a user is told of each cause, and the next step that is offered."""

from odoo.tools import LazyTranslate

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
        _lt("X does not answer at the moment. Try again at %(time)s."),
        "retry",
    ),
    "crowded": (
        _lt("Many are waiting for X at the moment. Please try again."),
        "wait",
    ),
    "over_company_day": (
        _lt(
            "What is left of your company's budget for X today does not pay for this."
            " The next day begins at %(time)s."
        ),
        "",
    ),
    "over_company_month": (
        _lt(
            "What is left of your company's budget for X this month does not pay for"
            " this. The next month begins at %(time)s."
        ),
        "",
    ),
    "over_user_day": (
        _lt(
            "What is left of your own budget for X today does not pay for this."
            " The next day begins at %(time)s."
        ),
        "",
    ),
    "over_user_month": (
        _lt(
            "What is left of your own budget for X this month does not pay for this."
            " The next month begins at %(time)s."
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
    "blocked": (
        _lt(
            "X shows @%(handle)s nothing of this person, who may have blocked that"
            " account, or protected the posts."
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

# Where X is asked again so soon that a clock would show the time it is.
SOON = _lt("X does not answer at the moment. Try again in a minute.")

# Of them a caller needs to know no more than that the money is used up.
OVER_BUDGET = {
    "over_company_day",
    "over_company_month",
    "over_user_day",
    "over_user_month",
}

# What is stored here is shown although X is not asked: what is said of that, and what
# else is said where there is no money and one acts on x.com.
NOT_ASKED = {"unreachable", "unavailable", "too_many", "down", "crowded", "busy"}
AS_OF = _lt("This is from %(time)s.")
AS_OF_NO_MONEY = _lt("This is from %(time)s; actions on x.com still work.")
STILL_WORKS = _lt("Actions on x.com still work.")

# X's own words help where it refuses; elsewhere they say nothing to a salesperson.
SHOWS_REASON = {"not_allowed", "refused"}
