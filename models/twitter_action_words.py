"""How actions are called: in lists, in questions, in the chatter."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# kind → (what a colleague did, as whom not being known; the same as @as)
DONE = {
    "post": (_lt("%(user)s posted on x.com"), _lt("%(user)s posted as @%(as)s")),
    "mention": (
        _lt("%(user)s mentioned them on x.com"),
        _lt("%(user)s mentioned them as @%(as)s"),
    ),
    "reply": (_lt("%(user)s replied on x.com"), _lt("%(user)s replied as @%(as)s")),
    "quote": (_lt("%(user)s quoted on x.com"), _lt("%(user)s quoted as @%(as)s")),
    "repost": (
        _lt("%(user)s reposted on x.com"),
        _lt("%(user)s reposted as @%(as)s"),
    ),
    "like": (_lt("%(user)s liked on x.com"), _lt("%(user)s liked as @%(as)s")),
    "follow": (
        _lt("%(user)s followed on x.com"),
        _lt("%(user)s followed as @%(as)s"),
    ),
    "request": (
        _lt("%(user)s asked to follow on x.com"),
        _lt("%(user)s asked to follow as @%(as)s"),
    ),
}

# kind → the question after an intent, or where X did not answer
QUESTIONS = {
    "post": _lt("Did you post it on X?"),
    "mention": _lt("Did you post it on X?"),
    "reply": _lt("Did you reply on X?"),
    "quote": _lt("Did you quote the post on X?"),
    "repost": _lt("Did you repost it on X?"),
    "unrepost": _lt("Did you undo the repost on X?"),
    "like": _lt("Did you like it on X?"),
    "unlike": _lt("Did you take the like back on X?"),
    "follow": _lt("Did you follow @%(handle)s on X?"),
    "unfollow": _lt("Did you unfollow @%(handle)s on X?"),
    "delete": _lt("Did you delete the post on X?"),
}

# kind → the note in the chatter
NOTES = {
    "post": _lt("Posted on X"),
    "mention": _lt("Mentioned @%(handle)s on X"),
    "reply": _lt("Replied to @%(handle)s on X"),
    "quote": _lt("Quoted @%(handle)s on X"),
    "repost": _lt("Reposted a post of @%(handle)s on X"),
    "unrepost": _lt("Undid a repost of @%(handle)s on X"),
    "like": _lt("Liked a post of @%(handle)s on X"),
    "unlike": _lt("Took back a like of a post of @%(handle)s on X"),
    "follow": _lt("Followed @%(handle)s on X"),
    "request": _lt("Asked to follow @%(handle)s on X"),
    "unfollow": _lt("Unfollowed @%(handle)s on X"),
    "delete": _lt("Deleted a post on X"),
}

REASONS = {
    "no_keys": _lt("This database is not connected to X's API."),
    "not_connected": _lt("Log in with X to do this from here."),
    "scope": _lt("Your login does not include this: log in again and allow it."),
    "brand": _lt(
        "The company's account has to be connected again, with this permission: an"
        " administrator does that in the settings."
    ),
    "plan": _lt("X lets apps do this on its Enterprise plan only."),
    "learned_plan": _lt("X's plan of your company does not include this."),
    "reply_rule": _lt(
        "X lets apps reply only where the author has mentioned you, or quoted you."
    ),
    "learned": _lt("X did not allow this from here."),
    "budget": _lt("What is left of the budget for X does not pay for this now."),
    "credits": _lt("Your company's X credit is used up."),
    "unread": _lt("This profile was not read from X yet."),
    "suspended": _lt("X has suspended this account."),
    "gone": _lt("This account is no longer on X."),
    "self": _lt("This is the account itself."),
    "protected_posts": _lt("The posts are protected: they cannot be passed on."),
    "protected_list": _lt(
        "The account is protected: only approved followers see this."
    ),
    "blocking": _lt("You have blocked this account. Unblock it on X first."),
    "not_yours": _lt("Only who wrote a post can delete it."),
}

INTENT_NOTE = _lt(
    "Opens X, where it is done as whoever is logged in there. Free of charge."
)
BRAND_NOTE = _lt("%(reason)s To do it, log in on x.com as @%(handle)s.")
