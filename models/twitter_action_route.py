"""Which way an action goes: by X's API, by X's own page, or not at all."""

from dataclasses import dataclass, field

from .twitter_action import ACTIONS, ON_PERSON, ON_POST, intent_url
from .twitter_action_words import BRAND_NOTE, INTENT_NOTE, REASONS

# Why the API is not the way → what the user can do about it.
REMEDIES = {"no_keys": "settings", "not_connected": "login", "scope": "login"}


@dataclass(frozen=True)
class Person:
    """Whom an action is about; ``state`` is that of `twitter.profile`."""

    handle: str = ""
    twitter_id: str = ""
    state: str = "active"
    is_protected: bool = False
    is_blocked: bool = False  # by the account that acts
    is_followed: bool = False


@dataclass(frozen=True)
class OnPost:
    """The post an action is about; None is what is not known of it here."""

    id: str
    url: str = ""
    author_id: str = ""
    is_protected: bool = False
    is_summons: bool | None = None


@dataclass(frozen=True)
class Actor:
    """As whom, and what is known of what X lets this account do.

    ``refused`` are (kind, X's id of the post, or "" for all) that X declined of late;
    ``left`` is what may still be spent today, in USD, None without a limit.
    """

    site_url: str
    has_keys: bool = False
    is_connected: bool = False
    plan: str = "payg"
    handle: str = ""
    twitter_id: str = ""
    scopes: frozenset = frozenset()
    is_brand: bool = False
    is_out_of_credits: bool = False
    left: float | None = None
    refused: frozenset = field(default_factory=frozenset)

    def is_learned(self, kind, post_id):
        return (kind, post_id) in self.refused


class Routes:
    """The routes of one actor, as the panel takes them.

    A route is ``{route: api|intent|unavailable, url, takes_text, reason, remedy, price,
    note}``; ``price`` is in USD, 0 where nothing is billed.
    """

    def __init__(self, env, actor):
        self._env = env
        self._actor = actor

    def on_person(self, person):
        """``{kind: route}`` for what is done to a person, and for the lists."""
        routes = {kind: self.of(kind, person) for kind in ON_PERSON}
        routes["followers"] = routes["following"] = self._of_lists(person)
        return routes

    def on_post(self, person, post):
        """``{kind: route}`` for what is done to a post; ``delete`` for one's own."""
        routes = {kind: self.of(kind, person, post) for kind in ON_POST}
        is_own = post.author_id and post.author_id == self._actor.twitter_id
        routes["delete"] = self.of("delete", person, post) if is_own else False
        return routes

    def of(self, kind, person, post=None):
        """The route of one action."""
        never = self._never(kind, person, post)
        if never:
            return self._unavailable(never)
        why_not = self._not_by_api(kind, person, post)
        if not why_not:
            return self._api(kind, post)
        if self._actor.is_brand and why_not not in REMEDIES:
            return self._brand_unavailable(why_not)
        if self._actor.is_brand or kind == "delete":
            return self._unavailable(why_not)
        return self._intent(kind, person, post, why_not)

    def why_never(self, kind, person, post=None):
        """Why it can be done nowhere, as a sentence, or ''."""
        never = self._never(kind, person, post)
        return self._words(never) if never else ""

    # ------------------------------------------------------------
    # REASONS
    # ------------------------------------------------------------

    def _never(self, kind, person, post):
        """Why it can be done nowhere, or ''."""
        if kind == "post":
            return ""
        if kind == "delete":
            is_foreign = post.author_id not in ("", self._actor.twitter_id)
            return "not_yours" if is_foreign else ""
        if person.state in ("suspended", "gone") and not post:
            return person.state
        if post:
            passes_on = kind in ("repost", "quote") and post.is_protected
            return "protected_posts" if passes_on else ""
        return self._never_to_person(kind, person)

    def _never_to_person(self, kind, person):
        if kind not in ("follow", "unfollow"):
            return ""
        if person.twitter_id and person.twitter_id == self._actor.twitter_id:
            return "self"
        return "blocking" if person.is_blocked and kind == "follow" else ""

    def _not_by_api(self, kind, person, post):
        """Why the API is not the way, or ''."""
        action, actor = ACTIONS[kind], self._actor
        reason = self._not_connected()
        if reason:
            return reason
        # Before what a login lacks: no login can have what the plan does not.
        if actor.plan != "enterprise" and not action.is_self_serve:
            return "plan"
        if actor.is_learned(kind, ""):
            return "learned_plan"
        if action.scope not in actor.scopes:
            return "scope"
        if post and actor.is_learned(kind, post.id):
            return "reply_rule" if kind == "reply" else "learned"
        if kind == "reply" and actor.plan != "enterprise" and not self._may_reply(post):
            return "reply_rule"
        if action.family == "follow" and not person.twitter_id:
            return "unread"
        return self._not_paid_for(self._price(kind, post))

    def _not_connected(self):
        actor = self._actor
        if not actor.has_keys:
            return "no_keys"
        return "" if actor.is_connected else "not_connected"

    def _not_paid_for(self, price):
        """Why there is no money for it, or ''."""
        actor = self._actor
        if price and actor.is_out_of_credits:
            return "credits"
        return "budget" if actor.left is not None and price > actor.left else ""

    def _may_reply(self, post):
        is_own = post.author_id and post.author_id == self._actor.twitter_id
        # What is not known here, X says: a refusal costs nothing, and teaches.
        return is_own or post.is_summons is not False

    # ------------------------------------------------------------
    # ROUTES
    # ------------------------------------------------------------

    def _of_lists(self, person):
        if person.state in ("suspended", "gone"):
            return self._unavailable(person.state)
        reason = self._not_connected()
        if not reason and "follows.read" not in self._actor.scopes:
            reason = "scope"
        if not reason and not person.twitter_id:
            reason = "unread"
        is_own = person.twitter_id == self._actor.twitter_id
        if not reason and person.is_protected and not (person.is_followed or is_own):
            reason = "protected_list"
        return self._unavailable(reason) if reason else self._route("api")

    def _api(self, kind, post):
        return self._route("api", price=self._price(kind, post))

    def _price(self, kind, post):
        """What it costs at least: a link in a text is not known here."""
        name = ACTIONS[kind].price
        if kind == "reply" and post.author_id != self._actor.twitter_id:
            name = "reply_summoned"
        return self._env["twitter.price"]._of(name)

    def _intent(self, kind, person, post, why_not):
        url = intent_url(
            kind,
            self._actor.site_url,
            handle=person.handle,
            twitter_id=person.twitter_id,
            post_id=post.id if post else "",
            post_url=post.url if post else "",
        )
        return self._route(
            "intent",
            url=url,
            takes_text=ACTIONS[kind].has_text,
            reason=self._words(why_not),
            remedy=REMEDIES.get(why_not, ""),
            note=self._env._(INTENT_NOTE),
        )

    def _unavailable(self, why_not):
        remedy, words = REMEDIES.get(why_not, ""), why_not
        if self._actor.is_brand and remedy == "login":
            # A login of the user's own would not help: it is the company's.
            remedy, words = "settings", "brand"
        return self._route("unavailable", reason=self._words(words), remedy=remedy)

    def _brand_unavailable(self, why_not):
        """X's pages would act as whoever is logged in there, not as the company."""
        template = self._env._(BRAND_NOTE)
        words = {"reason": self._words(why_not), "handle": self._actor.handle}
        reason = template % words
        return self._route("unavailable", reason=reason, remedy="site")

    def _words(self, reason):
        return self._env._(REASONS[reason])

    def _route(self, route, **values):
        blank = {"url": "", "takes_text": False, "reason": "", "remedy": "", "note": ""}
        return {"route": route, **blank, "price": 0, **values}
