"""The people of the stand-in's world."""

import re
from datetime import datetime, timezone

from .clock import Clock
from .crowds import Crowd
from .ids import IdMaker
from .person import Person

__all__ = ["People", "Person"]

USERNAME = re.compile(r"^[A-Za-z0-9_]{1,15}$")
# Until 2007 they could be longer; the API finds them by search and by id only.
OLD_USERNAME = re.compile(r"^[A-Za-z0-9_]{1,20}$")


class People:
    """Everybody, by id and by username (which is never case sensitive).

    Who is of a crowd is not met by going through them, but for who was `named`: they
    may do something from then on.
    """

    def __init__(self, clock: Clock, ids: IdMaker) -> None:
        self._clock = clock
        self._ids = ids
        self._by_id: dict[str, Person] = {}
        self._by_name: dict[str, Person] = {}
        self._crowds: list[Crowd] = []
        self._in_crowds: dict[str, Person] = {}

    def __iter__(self):
        # A copy: a test may change the world while a request reads it.
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def clear(self) -> None:
        """Nobody is left."""
        for kept in (self._by_id, self._by_name, self._crowds, self._in_crowds):
            kept.clear()

    def get(self, person_id: str) -> Person | None:
        """Whoever has this id, in whatever state."""
        return self._by_id.get(person_id) or self._crowd_member(person_id)

    def find(self, username: str) -> Person | None:
        """Whoever has this username now; a deleted account has none."""
        wanted = username.lower()
        person = self._by_name.get(wanted) or self._crowd_member_named(wanted)
        there = person and person.state != "deleted"
        return person if there and person.username.lower() == wanted else None

    def named(self, username: str) -> Person:
        """As find, but raises KeyError when there is nobody."""
        person = self.find(username)
        if person is None:
            raise KeyError(f"Nobody is called @{username} here.")
        self._keep(person)
        return person

    def crowd(self, count: int, prefix: str = "crowd") -> Crowd:
        """So many people at once; see Crowd. Raises ValueError."""
        crowd = Crowd(prefix, count, rank=len(self._crowds))
        if count < 1 or not USERNAME.match(crowd.username(count - 1)):
            raise ValueError(f"X allows no {count} usernames like {prefix}0.")
        self._crowds.append(crowd)
        return crowd

    def _crowd_member(self, person_id: str) -> Person | None:
        if person := self._in_crowds.get(person_id):
            return person
        for crowd in self._crowds:
            if (number := crowd.known(person_id)) is not None:
                return self._in_crowds.setdefault(person_id, crowd.make(number))
        return None

    def _crowd_member_named(self, username: str) -> Person | None:
        for crowd in self._crowds:
            if (number := crowd.named(username)) is not None:
                return self.get(crowd.id(number))
        return None

    def _keep(self, person: Person) -> None:
        self._by_id[person.id] = person
        self._by_name[person.username.lower()] = person

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
        self._keep(person)
        return person

    def rename(self, old: str, new: str) -> Person:
        """The person keeps the id; nobody has the old username any longer."""
        person = self.named(old)
        taken = self.find(new)
        if not USERNAME.match(new) or (taken and taken is not person):
            raise ValueError(f"@{new} cannot be taken.")
        person.former.append(person.username)
        person.username = new
        self._keep(person)
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
        self._keep(person)
        return person

    def followers_of(self, person: Person) -> list[Person]:
        """Who of this world follows the person, newest accounts first."""
        found = [p for p in self if person.id in p.follows and p.active]
        return sorted(found, key=lambda p: int(p.id), reverse=True)

    def followed_by(self, person: Person) -> list[Person]:
        """Whom of this world the person follows, newest accounts first."""
        found = filter(None, map(self.get, person.follows))
        found = [p for p in found if p.active]
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

    def withhold(self, username: str, *countries: str) -> None:
        """X keeps the account from these countries, as two letters; () ends it."""
        self.named(username).withheld = countries

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
