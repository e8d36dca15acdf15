"""X's ids: numbers that grow with time, written as strings."""

from datetime import datetime

__all__ = ["IdMaker", "world_post_id"]

# The millisecond from which X counts (4 November 2010).
_FIRST_MS = 1288834974657
# What the world file's posts are numbered from: the same after every restart, and
# older than anything posted since.
_WORLD_BASE = 1_874_000_000_000_000_000


class IdMaker:
    """Makes ids; a later one is always the larger number."""

    def __init__(self) -> None:
        self._last = 0

    def make(self, when: datetime) -> str:
        """An id for something made at that time."""
        number = (int(when.timestamp() * 1000) - _FIRST_MS) << 22
        self._last = max(number, self._last + 1)
        return str(self._last)


def world_post_id(rank: int) -> str:
    """The id of the world file's post of that rank (0 is the oldest)."""
    return str(_WORLD_BASE + (rank << 32))
