"""The gate: what stands between the client and each call to X.

For every attempt that goes out: ``reserve`` (may it go, and be spent?), then the
call, then ``settle`` (what it came to), which follows a ``reserve`` that did not
raise in every case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from .errors import XError
from .values import RateLimit


@dataclass(frozen=True)
class Call:
    """A request about to be made.

    ``endpoint`` is a template ("GET /2/users/by"), ``kind`` what X bills it as
    (a key of PRICES), ``most`` how many of these it can return: 0 for a kind that
    costs nothing, and is in no list of prices. ``extra`` are the (kind, most) of
    what comes along in ``includes``, which is billed too. ``asked`` is the same
    object for each attempt at the same question.
    """

    endpoint: str
    kind: str
    most: int
    extra: tuple[tuple[str, int], ...] = ()
    asked: object = field(default=None, repr=False, compare=False)

    @property
    def is_write(self) -> bool:
        """Whether X does something for it, and bills the request itself."""
        return not self.endpoint.startswith("GET ")

    @property
    def billable(self) -> tuple[tuple[str, int], ...]:
        """The most it can be billed for, as (kind, number)."""
        each = ((self.kind, self.most), *self.extra)
        return tuple((kind, number) for kind, number in each if number)


@dataclass(frozen=True)
class Settlement:
    """How a call ended: ``status`` is None where X's answer did not arrive.

    ``resources`` are the (kind, X's id) of what X gave out, and bills once per UTC
    day; of what was written the id is "". ``error`` is what the caller gets to see.
    """

    resources: tuple[tuple[str, str], ...] = ()
    status: int | None = None
    rate_limits: tuple[RateLimit, ...] = ()
    error: XError | None = None


class Gate(Protocol):
    """``reserve`` may raise XStopped, so that nothing is sent.

    Its methods are called in the thread that made the client, one at a time.
    """

    def reserve(self, call: Call) -> Any:
        """What ``settle`` is to be given back."""
        ...

    def settle(self, reserved: Any, settlement: Settlement) -> None: ...


class PassingGate:
    """Lets everything through and keeps nothing."""

    def reserve(self, call: Call) -> Any:
        return None

    def settle(self, reserved: Any, settlement: Settlement) -> None:
        return None
