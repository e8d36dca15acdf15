"""Where the reading of a feed stands, and goes next; nothing of Odoo."""

from dataclasses import dataclass, field, replace
from datetime import datetime

# Older than any id of X's: where nothing was there at the first reading.
BEFORE_ALL = "1"


@dataclass(frozen=True)
class Place:
    """Where the reading of a feed stands; X's ids, "" for none.

    X is asked for what is newer than ``since``: `known`, or a little older. The walk
    was begun, or is, at ``begun_at``. X is to be asked again from ``held`` on.
    """

    since: str = ""
    known: str = ""
    top: str = ""
    bottom: str = ""
    held: str = ""
    begun_at: datetime | None = field(default=None, compare=False)

    @property
    def is_under_way(self):
        """Whether a walk has begun and not met what was known before."""
        return bool(self.bottom)

    def after(self, page, held=()):
        """The place when X's answer for this one is kept.

        Of the very first reading the newest page is enough. A page without posts is the
        last one only where X says so: it may leave out all it has picked for it.

        :param held: X's ids of posts that are not known by this
        """
        ids = [int(post.id) for post in page.items]
        if not ids:
            if page.next_token:
                return self
            return self._done(int(self.top or self.known or BEFORE_ALL))
        oldest = min(map(int, [*held, *filter(None, [self.held])]), default="")
        place = replace(self, top=self.top or str(max(ids)), held=str(oldest))
        lowest = min(ids)
        if self._is_last(page, lowest):
            return place._done(max(int(place.top), int(self.known or BEFORE_ALL)))
        return replace(place, bottom=str(lowest))

    def _done(self, newest):
        if self.held:
            newest = min(newest, int(self.held) - 1)
        return Place(known=str(newest), begun_at=self.begun_at)

    def _is_last(self, page, lowest):
        return (
            not self.known
            or not page.next_token
            or lowest <= int(self.since)
            # X does not go on: it would be asked the same for ever.
            or (self.is_under_way and lowest >= int(self.bottom))
        )
