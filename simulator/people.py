"""The people of the stand-in's world."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timezone

from .clock import Clock
from .ids import IdMaker

__all__ = ["People", "Person"]

USERNAME = re.compile(r"^[A-Za-z0-9_]{1,15}$")
# Until 2007 they could be longer; the API finds them by search and by id only.
OLD_USERNAME = re.compile(r"^[A-Za-z0-9_]{1,20}$")


_SUBSCRIPTIONS = {"none": "None", "blue": "Premium"}


@dataclass
class Person:
    """One account. Counts are those beyond this small world, which adds its own."""

    id: str
    username: str
    name: str
    created_at: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    protected: bool = False
    verified_type: str = "none"
    followers: int = 0
    following: int = 0
    listed: int = 0
    archive: int = 0
    likes: int = 0
    avatar: str = "identicon"  # or "default": has set none
    login: bool = False  # offered on the consent page
    state: str = "active"  # or suspended, deleted
    parody: bool = False
    affiliation: str = ""
    pinned: str = ""
    former: list[str] = field(default_factory=list)
    follows: set[str] = field(default_factory=set)
    requested: set[str] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)

    @property
    def active(self) -> bool:
        """Neither suspended nor deleted."""
        return self.state == "active"

    @property
    def subscription(self) -> str:
        """What they pay X for, in X's words."""
        return _SUBSCRIPTIONS.get(self.verified_type, "PremiumPlus")

    @property
    def premium(self) -> bool:
        """May write long posts."""
        return self.verified_type != "none"


class People:
    """Everybody, by id and by username (which is never case sensitive)."""

    def __init__(self, clock: Clock, ids: IdMaker) -> None:
        self._clock = clock
        self._ids = ids
        self._by_id: dict[str, Person] = {}

    def __iter__(self):
        # A copy: a test may change the world while a request reads it.
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def clear(self) -> None:
        """Nobody is left."""
        self._by_id.clear()

    def get(self, person_id: str) -> Person | None:
        """Whoever has this id, in whatever state."""
        return self._by_id.get(person_id)

    def find(self, username: str) -> Person | None:
        """Whoever has this username now; a deleted account has none."""
        wanted = username.lower()
        for person in self:
            if person.username.lower() == wanted and person.state != "deleted":
                return person
        return None

    def named(self, username: str) -> Person:
        """As find, but raises KeyError when there is nobody."""
        person = self.find(username)
        if person is None:
            raise KeyError(f"Nobody is called @{username} here.")
        return person

    def add(self, username: str, name: str = "", **values) -> Person:
        """An account, maybe an old one; values are Person's. Raises ValueError."""
        if not OLD_USERNAME.match(username):
            raise ValueError(f"X allows no username like {username!r}.")
        if self.find(username):
            raise ValueError(f"@{username} is taken.")
        now = self._clock.now()
        values.setdefault("id", self._ids.make(now))
        values.setdefault("created_at", now)
        values["follows"] = set(values.get("follows", ()))
        if isinstance(values["created_at"], str):
            values["created_at"] = _day(values["created_at"])
        person = Person(username=username, name=name or username, **values)
        self._by_id[person.id] = person
        return person

    def rename(self, old: str, new: str) -> Person:
        """The person keeps the id; nobody has the old username any longer."""
        person = self.named(old)
        taken = self.find(new)
        if not USERNAME.match(new) or (taken and taken is not person):
            raise ValueError(f"@{new} cannot be taken.")
        person.former.append(person.username)
        person.username = new
        return person

    def suspend(self, username: str) -> None:
        """As X does to who breaks its rules."""
        self.named(username).state = "suspended"

    def restore(self, username: str) -> None:
        """Undo a suspension."""
        self.named(username).state = "active"

    def protect(self, username: str, protected: bool = True) -> None:
        """Only followers see the posts of a protected account."""
        self.named(username).protected = protected

    def delete(self, username: str) -> None:
        """The account is deactivated: unknown to everybody."""
        self.named(username).state = "deleted"

    def change(self, username: str, **values) -> Person:
        """Edit a profile: name, description, location, url, verified_type, …"""
        person = self.named(username)
        for key, value in values.items():
            if key not in Person.__dataclass_fields__ or key == "id":
                raise ValueError(f"A person has no {key}.")
            setattr(person, key, value)
        return person

    def followers_of(self, person: Person) -> list[Person]:
        """Who of this world follows the person, newest accounts first."""
        found = [p for p in self if person.id in p.follows and p.active]
        return sorted(found, key=lambda p: int(p.id), reverse=True)

    def followed_by(self, person: Person) -> list[Person]:
        """Whom of this world the person follows, newest accounts first."""
        found = [p for p in self if p.id in person.follows and p.active]
        return sorted(found, key=lambda p: int(p.id), reverse=True)

    def follow(self, follower: Person, target: Person) -> bool:
        """Returns True when it now waits for the protected target's consent."""
        if target.protected and target.id not in follower.follows:
            follower.requested.add(target.id)
            return True
        follower.follows.add(target.id)
        return False

    def unfollow(self, follower: Person, target: Person) -> None:
        """Also takes back a request that waits."""
        follower.follows.discard(target.id)
        follower.requested.discard(target.id)

    def block(self, username: str, whom: str) -> None:
        """Neither follows the other any longer; the blocked one sees no posts."""
        person, blocked = self.named(username), self.named(whom)
        self.unfollow(person, blocked)
        self.unfollow(blocked, person)
        person.blocks.add(blocked.id)

    def unblock(self, username: str, whom: str) -> None:
        """Undo a block; nobody follows again by it."""
        self.named(username).blocks.discard(self.named(whom).id)

    def is_blocked(self, viewer: Person | None, author: Person) -> bool:
        """Whether the author has blocked the viewer."""
        return viewer is not None and viewer.id in author.blocks

    def may_see(self, viewer: Person | None, author: Person) -> bool:
        """Whether the viewer may read the author's posts."""
        if self.is_blocked(viewer, author):
            return False
        if not author.protected:
            return True
        return bool(viewer) and (viewer is author or author.id in viewer.follows)


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
