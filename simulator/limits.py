"""Rate limits: how often each endpoint may be called, in 15 minutes and in a day.

Source: https://docs.x.com/x-api/fundamentals/rate-limits. The headers of a day are in
no page of X's; clients know them as x-user-limit-24hour-* and x-app-limit-24hour-*.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .clock import Clock

__all__ = ["SPANS", "Limits", "Window"]

_QUARTER, _DAY = 15 * 60, 24 * 3600
# How long each lasts in seconds, and its headers.
SPANS = {
    "quarter": (_QUARTER, "x-rate-limit"),
    "user-day": (_DAY, "x-user-limit-24hour"),
    "app-day": (_DAY, "x-app-limit-24hour"),
}


@dataclass
class Window:
    """One span of one caller at one endpoint; reset is a unix time."""

    limit: int
    reset: int
    header: str = SPANS["quarter"][1]
    used: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """The three headers X sends with every answer."""
        return {
            f"{self.header}-limit": str(self.limit),
            f"{self.header}-remaining": str(max(0, self.limit - self.used)),
            f"{self.header}-reset": str(self.reset),
        }


class Limits:
    """Counts calls per endpoint, caller and span."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._windows: dict[tuple[str, str, str], Window] = {}
        self._limits: dict[tuple[str, str], int] = {}

    def reset(self) -> None:
        """Nobody called yet, X's own limits."""
        self._windows.clear()
        self._limits.clear()

    def set(self, endpoint: str, limit: int, span: str = "quarter") -> None:
        """Give an endpoint (such as "GET /2/users/me") another limit. ValueError."""
        if span not in SPANS:
            raise ValueError(f"There is no limit of a {span}.")
        self._limits[endpoint, span] = limit
        for (name, _caller, of), window in self._windows.items():
            if (name, of) == (endpoint, span):
                window.limit = limit

    def count(
        self, endpoint: str, caller: str, usual: Mapping[str, int]
    ) -> tuple[list[Window], bool]:
        """Count a call. Returns its windows and whether the call may go on.

        usual: X's own limits by span, 0 where it has none.
        """
        windows = [
            self._window(endpoint, "app" if span == "app-day" else caller, span, limit)
            for span, limit in self._of(endpoint, usual).items()
        ]
        may_go_on = all(window.used < window.limit for window in windows)
        for window in windows if may_go_on else ():
            window.used += 1
        return windows, may_go_on

    def _of(self, endpoint: str, usual: Mapping[str, int]) -> dict[str, int]:
        set_here = {s: n for (name, s), n in self._limits.items() if name == endpoint}
        return {span: limit for span, limit in usual.items() if limit} | set_here

    def _window(self, endpoint: str, caller: str, span: str, limit: int) -> Window:
        """The caller's window, begun now if there is none."""
        now = self._clock.now().timestamp()
        window = self._windows.get((endpoint, caller, span))
        if window is None or now >= window.reset:
            seconds, header = SPANS[span]
            window = Window(limit, math.ceil(now + seconds), header)
            self._windows[endpoint, caller, span] = window
        return window
