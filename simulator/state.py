"""Everything the stand-in knows, behind one lock."""

import threading
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal

from .billing import Billing, Charge
from .clock import Clock
from .compliance import Compliance
from .connections import Connections
from .deeds import Deeds
from .faults import Faults
from .ids import IdMaker
from .limits import Limits
from .oauth import SCOPES, App, Authorizations
from .people import People, Person
from .posts import Media, Post, Posts, newest_first
from .world import fill

__all__ = ["Call", "State"]

PLANS = frozenset({"payg", "enterprise"})


@dataclass
class Call:
    """A call of the API as it came in. `status` is None until it was answered.

    `client_port` is the caller's end of the connection.
    """

    method: str
    path: str
    endpoint: str
    query: dict[str, str]
    body: dict | None = None
    user_id: str | None = None
    status: int | None = None
    client_port: int = 0


class State:
    """The world, the app, its tokens, its bill, and what was asked so far.

    `auto_consent` and `auto_refuse` name who allows or refuses every login at once,
    without a click on the consent page: for browsers that cannot reach it.
    """

    auto_consent = ""
    auto_refuse = ""
    # In seconds: what each call of the API waits before anything becomes of it.
    latency = 0.0
    # In which of X's ways it says that the credits are gone: a key of problems.UNPAID.
    refusal_of_credits = "credits"

    def __init__(self, plan: str = "payg", **app) -> None:
        self.lock = threading.RLock()
        self.base_url = ""
        self.clock = Clock()
        self.ids = IdMaker()
        self.people = People(self.clock, self.ids)
        self.posts = Posts(self.clock, self.ids, self.people)
        self.deeds = Deeds(self.people, self.posts)
        self.compliance = Compliance(self.clock, self.ids, self.people, self.posts)
        self.billing = Billing(self.clock)
        self.limits = Limits(self.clock)
        self.faults = Faults()
        self.sockets = Connections()
        self.authorizations = Authorizations(self.clock)
        self.uploads: dict[str, Media] = {}
        # By X's id, or a picture's key: fields that X tells in place of the true ones.
        self.told_instead: dict[str, dict] = {}
        self.calls: list[Call] = []
        self._first_plan, self._first_app = _known(plan), app
        self.reset()

    def reset(self) -> None:
        """All is as at the start; connections stay open, and are counted anew."""
        with self.lock:
            self.clock.reset()
            parts = self.billing, self.limits, self.authorizations, self.sockets
            for part in (*parts, self.compliance):
                part.reset()
            self.faults.clear()
            self.calls.clear()
            self.deeds.clear()
            self.uploads.clear()
            self.told_instead.clear()
            self.auto_consent = self.auto_refuse = ""
            self.latency, self.refusal_of_credits = 0.0, "credits"
            self.app = App(**deepcopy(self._first_app))
            self._plan = self._first_plan
            fill(self.people, self.posts, self.clock)

    @property
    def plan(self) -> str:
        """The app's plan at X: payg or enterprise."""
        return self._plan

    @plan.setter
    def plan(self, plan: str) -> None:
        self._plan = _known(plan)

    @property
    def ledger(self) -> list[Charge]:
        """What was charged so far."""
        return self.billing.ledger

    @property
    def credits(self) -> Decimal:
        """What is left of the developer account's credits, in US dollars."""
        return self.billing.credits

    @credits.setter
    def credits(self, amount: Decimal) -> None:
        self.billing.credits = Decimal(amount)

    @property
    def connections(self) -> int:
        """How many connections were opened so far."""
        return self.sockets.count

    def spent(self) -> Decimal:
        """The sum of the ledger in US dollars."""
        return self.billing.spent()

    def posts_by(self, username: str) -> list[Post]:
        """What the person wrote, newest first; no reposts."""
        posts = self.posts.of(self.people.named(username))
        return [post for post in posts if not post.repost_of]

    def reposts_by(self, username: str) -> list[str]:
        """The ids of what the person has reposted, newest first."""
        posts = self.posts.of(self.people.named(username))
        return [post.repost_of for post in posts if post.repost_of]

    def likes_by(self, username: str) -> list[str]:
        """The ids of what the person likes, newest first."""
        person = self.people.named(username)
        return [p.id for p in newest_first(self.posts) if person.id in p.liked_by]

    def follows_by(self, username: str) -> list[str]:
        """The usernames of whom the person follows."""
        people = self.people.followed_by(self.people.named(username))
        return [person.username for person in people]

    def set_app(self, **values) -> None:
        """Change client_id, client_secret, bearer_token, callbacks, name or owner."""
        with self.lock:
            for key, value in values.items():
                if key not in App.__dataclass_fields__:
                    raise ValueError(f"An app has no {key}.")
                setattr(self.app, key, value)

    def login(self, username: str, scopes=None) -> dict:
        """What the token endpoint would answer after the person's consent.

        scopes: a list or one string, all that X knows if not given.
        """
        if isinstance(scopes, str):
            scopes = scopes.split()
        with self.lock:
            person = self.people.named(username)
            return self.authorizations.login(person.id, tuple(scopes or SCOPES))

    def revoke(self, username: str) -> None:
        """As the person does on the page "Connected apps"."""
        with self.lock:
            self.authorizations.revoke_user(self.people.named(username).id)

    def owned(self, viewer: Person | None, person: Person) -> bool:
        """Whether this is the app owner reading its own account (a fifth the price)."""
        is_owner = person.username.lower() == self.app.owner.lower()
        return is_owner and viewer is person


def _known(plan: str) -> str:
    if plan not in PLANS:
        raise ValueError(f"Unknown plan: {plan}")
    return plan
