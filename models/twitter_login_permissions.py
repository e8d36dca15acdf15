from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# What a user may let this app do, in the order shown.
# code → (X's scopes, label, help, needed, only on the plan "enterprise")
PERMISSIONS = {
    "read": (
        ("tweet.read", "users.read", "offline.access"),
        _lt("See profiles and posts"),
        _lt("Find people, show their profile and posts, and stay connected."),
        True,
        False,
    ),
    "post": (
        ("tweet.write",),
        _lt("Post and repost for you"),
        _lt("Only what you have seen and sent yourself."),
        False,
        False,
    ),
    "pictures": (
        ("media.write",),
        _lt("Add pictures to your posts"),
        "",
        False,
        False,
    ),
    "followers": (
        ("follows.read",),
        _lt("See followers and following"),
        "",
        False,
        False,
    ),
    "follow": (
        ("follows.write",),
        _lt("Follow and unfollow for you"),
        _lt("X lets apps do this on its Enterprise plan only."),
        False,
        True,
    ),
    "like": (
        ("like.read", "like.write"),
        _lt("Like and unlike for you"),
        _lt("X lets apps do this on its Enterprise plan only."),
        False,
        True,
    ),
}

KEPT_HELP = _lt("Your connection has it already. To take it back, disconnect first.")

MESSAGES = {
    "pending": _lt("Waiting for you to finish on X."),
    "exchanging": _lt("X has said yes. One moment…"),
    "connected": _lt("You are connected to X."),
    "refused": _lt("You did not allow the access on X. You can log in any time."),
    "failed": _lt("The login could not be completed. Please try again."),
    "expired": _lt("This login took longer than ten minutes. Please start again."),
    "cancelled": _lt("The login was cancelled."),
    "unknown": _lt(
        "This answer of X belongs to no login that was started in this browser by"
        " you. Please start again from the record."
    ),
}


class TwitterLogin(models.Model):
    """The permissions a login asks X for, and what its outcomes are called."""

    _inherit = "twitter.login"

    @api.model
    def _permission_choices(self, account=None):
        """What is shown before *Log in with X*.

        A new login replaces the tokens of the connection, so what that one may do is
        asked for again: shown as needed, and why. What it may not do yet, and this
        plan lets apps do, is ticked: who comes for an action finds it so.

        :param account: the connection, the user's own if not given
        :return: list of ``{code, label, help, needed, available, ticked}``
        """
        accounts = self.env["twitter.account"]
        enterprise = accounts._parameter("plan") == "enterprise"
        account = accounts._of_user() if account is None else account
        scope = set()
        if account.state == "connected":
            scope.update((account.scope or "").split())
        choices = []
        for code, (
            scopes,
            label,
            help_text,
            needed,
            enterprise_only,
        ) in PERMISSIONS.items():
            kept = not needed and scope.issuperset(scopes)
            available = enterprise or not enterprise_only
            text = KEPT_HELP if kept else help_text
            if enterprise_only and enterprise and not kept:
                text = ""
            choices.append(
                {
                    "code": code,
                    "label": self.env._(label),
                    "help": text and self.env._(text),
                    "needed": needed or kept,
                    "available": available,
                    "ticked": needed or kept or available,
                }
            )
        return choices

    @api.model
    def _scopes_of(self, permissions):
        """The set of X's scopes for chosen codes; the needed ones always belong."""
        scopes = set()
        for choice in self._permission_choices():
            if choice["needed"] or (
                choice["available"] and choice["code"] in permissions
            ):
                scopes.update(PERMISSIONS[choice["code"]][0])
        return scopes

    @api.model
    def _scopes_for_company(self, company):
        """What is asked for a company's account: all that X lets apps do."""
        brand = self.env["twitter.account"]._brand_of(company)
        return {
            scope
            for choice in self._permission_choices(brand)
            if choice["ticked"]
            for scope in PERMISSIONS[choice["code"]][0]
        }

    @api.model
    def _permission_labels(self, scope):
        """Labels of the permissions that a granted scope string covers."""
        granted = set(scope.split())
        return [
            self.env._(label)
            for scopes, label, *_rest in PERMISSIONS.values()
            if granted.issuperset(scopes)
        ]

    @api.model
    def _message(self, state):
        return self.env._(MESSAGES[state])

    @api.model
    def _lost_message(self, scope):
        """What to say when other members' permissions went with this login."""
        labels = self._permission_labels(scope)
        if not labels:
            return ""
        return self.env._(
            "You are connected to X. Your colleagues had also allowed this connection:"
            " %(permissions)s. To keep that, log in again and tick it.",
            permissions=", ".join(labels),
        )
