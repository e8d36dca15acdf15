"""X's ids tell when they were given: https://docs.x.com/fundamentals/x-ids"""

from __future__ import annotations

from datetime import datetime, timedelta

# From when they count milliseconds, and by how many bits that stands higher.
_FIRST_MOMENT, _BITS = datetime(2010, 11, 4, 1, 42, 54, 657000), 22


def id_at(moment: datetime) -> int:
    """The lowest id X can have given at a moment (naive, in UTC); 1 at least."""
    milliseconds = (moment - _FIRST_MOMENT) // timedelta(milliseconds=1)
    return max(1, milliseconds << _BITS)
