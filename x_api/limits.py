"""X's rate limit headers.

https://docs.x.com/x-api/fundamentals/rate-limits
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from .values import RateLimit

_WINDOW = timedelta(minutes=15)
_LONGEST = timedelta(hours=24)
# A quarter of an hour, and as much as X's clock may be ahead of ours.
_QUARTER = _WINDOW + timedelta(minutes=1)
# The limits of a day have headers of their own beside those of 15 minutes.
_FAMILIES = {
    "x-rate-limit": "quarter",
    "x-user-limit-24hour": "user-day",
    "x-app-limit-24hour": "app-day",
}


def rate_limits(headers: Mapping[str, str], now: datetime) -> tuple[RateLimit, ...]:
    """Every window the answer tells."""
    return tuple(filter(None, (_read(headers, family, now) for family in _FAMILIES)))


def resets_at(headers: Mapping[str, str], now: datetime) -> datetime:
    """When X may be asked again after a 429: at most 24 hours from now.

    The latest of the windows that are used up; else the 15 minutes' window.
    A time that has passed is a clock's mistake and counts as not told.
    """
    windows = rate_limits(headers, now)
    spent = [w.resets_at for w in windows if not w.remaining]
    candidates = spent or [w.resets_at for w in windows[:1]]
    told = max(candidates, default=now)
    return told if told > now else now + _WINDOW


def _read(headers: Mapping[str, str], family: str, now: datetime) -> RateLimit | None:
    numbers = []
    for part in _PARTS:
        number = _digits(headers.get(f"{family}-{part}"))
        if number is None:
            return None
        numbers.append(number)
    limit, remaining, reset = numbers
    latest = now + (_QUARTER if family == "x-rate-limit" else _LONGEST)
    when = latest if reset > latest.timestamp() else _moment(reset)
    return RateLimit(limit, remaining, when, span=_FAMILIES[family])


_PARTS = ("limit", "remaining", "reset")


def _digits(value: str | None) -> int | None:
    value = (value or "").strip()
    return (
        int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)
