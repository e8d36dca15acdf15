"""Crowds: any number of people at once, each made when first asked about."""

import re
from datetime import datetime, timezone

from .person import Person

__all__ = ["Crowd"]

# Below the ids of the world's people, so that nobody is newer for it.
_FIRST_ID = 1_200_000_000_000_000_000
_BETWEEN = 10_000_000_000
_DAY_ONE = datetime(2012, 3, 4, 5, 6, 7, tzinfo=timezone.utc)
_NAMES = ("Alex", "Billie", "Charlie", "Dana", "Eli", "Frankie", "Gale", "Harper")
_SURNAMES = ("Abbott", "Baker", "Castro", "Dubois", "Egger", "Fontaine", "Grieg")
_PLACES = ("Brussels", "Lyon", "Porto", "Graz", "Antwerp", "", "Seville")
_BIOS = (
    "Buys steel & sells bridges. #engineering",
    "Head of purchasing. Tea, trains and spreadsheets. https://bridges.example/team",
    "Founder. Mostly about @mitchelladmin and heat pumps.",
    "Opinions are mine; the invoices are not.",
    "",
)


class Crowd:
    """The people `prefix`0 to `prefix`(count - 1), with ids in a row.

    They are found by id and by username only: no search and no list meets them.
    """

    def __init__(self, prefix: str, count: int, rank: int) -> None:
        self.prefix, self.count = prefix, count
        self.first_id = _FIRST_ID + rank * _BETWEEN
        self._handle = re.compile(rf"{prefix}(0|[1-9][0-9]*)", re.IGNORECASE)

    def username(self, number: int) -> str:
        """The username of one of them."""
        return f"{self.prefix}{number}"

    def id(self, number: int) -> str:
        """The id of one of them."""
        return str(self.first_id + number)

    def named(self, username: str) -> int | None:
        """The number of whoever has this username."""
        found = self._handle.fullmatch(username)
        number = int(found[1]) if found else self.count
        return number if number < self.count else None

    def known(self, person_id: str) -> int | None:
        """The number of whoever has this id."""
        number = int(person_id) - self.first_id if person_id.isdigit() else -1
        return number if 0 <= number < self.count else None

    def make(self, number: int) -> Person:
        """One of them; the same whenever it is made."""
        first = _NAMES[number % len(_NAMES)]
        last = _SURNAMES[number % len(_SURNAMES)]
        username = self.username(number)
        return Person(
            id=self.id(number),
            username=username,
            name=f"{first} {last} {number}",
            created_at=_DAY_ONE,
            description=_BIOS[number % len(_BIOS)],
            location=_PLACES[number % len(_PLACES)],
            url=f"https://{username.lower()}.example" if number % 3 else "",
            verified_type="blue" if number % 4 == 0 else "none",
            followers=number * 7919 % 100_000,
            following=number * 31 % 2_000,
            listed=number % 50,
            archive=number * 13 % 30_000,
            likes=number * 3 % 9_000,
        )
