"""Rate limits: how often each endpoint may be called in fifteen minutes.

Source: https://docs.x.com/x-api/fundamentals/rate-limits.
"""

import math
from dataclasses import dataclass

from .clock import Clock

__all__ = ["Limits", "Window"]

WINDOW_SECONDS = 15 * 60


@dataclass
class Window:
    """Fifteen minutes of one caller at one endpoint; reset is a unix time."""

    limit: int
    reset: int
    used: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """The three headers X sends with every answer."""
        return {
            "x-rate-limit-limit": str(self.limit),
            "x-rate-limit-remaining": str(max(0, self.limit - self.used)),
            "x-rate-limit-reset": str(self.reset),
        }


class Limits:
    """Counts calls per endpoint and caller."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._windows: dict[tuple[str, str], Window] = {}
        self._limits: dict[str, int] = {}

    def reset(self) -> None:
        """Nobody called yet, X's own limits."""
        self._windows.clear()
        self._limits.clear()

    def set(self, endpoint: str, limit: int) -> None:
        """Give an endpoint (such as "GET /2/users/me") another limit."""
        self._limits[endpoint] = limit
        for (name, _caller), window in self._windows.items():
            if name == endpoint:
                window.limit = limit

    def window(self, endpoint: str, caller: str, usual: int) -> Window:
        """The caller's window at this endpoint, begun now if there is none."""
        now = self._clock.now().timestamp()
        window = self._windows.get((endpoint, caller))
        if window is None or now >= window.reset:
            limit = self._limits.get(endpoint, usual)
            window = Window(limit, math.ceil(now + WINDOW_SECONDS))
            self._windows[endpoint, caller] = window
        return window

    def count(self, endpoint: str, caller: str, usual: int) -> tuple[Window, bool]:
        """Count a call. Returns the window and whether the call may go on."""
        window = self.window(endpoint, caller, usual)
        if window.used >= window.limit:
            return window, False
        window.used += 1
        return window, True
