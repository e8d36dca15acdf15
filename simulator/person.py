"""One account of the stand-in's world."""

from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["Person"]

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
    withheld: tuple[str, ...] = ()  # the countries that do not get to see them

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
