"""The stand-in's time: the real one, plus what a test skipped."""

from datetime import datetime, timedelta, timezone

__all__ = ["Clock", "iso"]


class Clock:
    """Tells the time; can be put forward, never back (but for a reset)."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(timezone.utc) + self._ahead

    def advance(self, seconds: float) -> None:
        """Skip time: tokens age, rate windows pass, a UTC day may end."""
        if seconds < 0:
            raise ValueError("Time does not run backwards.")
        self._ahead += timedelta(seconds=seconds)

    def reset(self) -> None:
        """Back to the real time."""
        self._ahead = timedelta()


def iso(when: datetime) -> str:
    """As X writes a time: UTC, milliseconds, Z."""
    utc = when.astimezone(timezone.utc)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"
