"""The gate: what stands between the client and each call to X.

For every request that goes out: ``reserve`` (may this be spent?), then
``lease`` held while X is waited for, then ``settle`` (what it came to), which
follows a ``reserve`` that did not raise in every case.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from .values import RateLimit


@dataclass(frozen=True)
class Call:
    """A request about to be made.

    ``endpoint`` is a template ("GET /2/users/by"), ``kind`` what X bills it as
    (a key of PRICES), ``most`` how many of these it can return: 0 for a kind that
    costs nothing, and is in no list of prices. ``extra`` are the (kind, most) of
    what comes along in ``includes``, which is billed too.
    """

    endpoint: str
    kind: str
    most: int
    extra: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Settlement:
    """How a call ended: ``status`` is None where X did not answer."""

    resources: int
    status: int | None
    rate_limit: RateLimit | None
    extra: tuple[tuple[str, int], ...] = ()


class Gate(Protocol):
    """May raise from ``reserve`` and ``lease`` to stop a call.

    Its methods are called in whichever thread makes the call.
    """

    def reserve(self, call: Call) -> None: ...

    def lease(self, call: Call) -> AbstractContextManager[object]: ...

    def settle(self, call: Call, settlement: Settlement) -> None: ...


class PassingGate:
    """Lets everything through and keeps nothing."""

    def reserve(self, call: Call) -> None:
        return None

    def lease(self, call: Call) -> AbstractContextManager[object]:
        return nullcontext()

    def settle(self, call: Call, settlement: Settlement) -> None:
        return None
