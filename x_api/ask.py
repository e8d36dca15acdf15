"""One request as it is meant: what is asked of X, and what it can cost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_MOST = 100


@dataclass(frozen=True)
class Ask:
    """A request. ``endpoint`` is its method and the path's template.

    ``kind``, ``most`` and ``extra`` are as in ``gate.Call``. ``body`` is sent as
    JSON. ``read_timeout`` in seconds takes the place of the client's.
    """

    endpoint: str
    path: str
    params: tuple[tuple[str, str], ...]
    kind: str
    most: int
    extra: tuple[tuple[str, int], ...] = ()
    body: Mapping[str, Any] | None = None
    read_timeout: float | None = None

    @property
    def method(self) -> str:
        return self.endpoint.partition(" ")[0]

    @property
    def is_write(self) -> bool:
        """Whether X does something for it, which must not happen twice."""
        return self.method != "GET"


def ids(values: Sequence[str]) -> str:
    """1 to 100 of X's ids, joined. ValueError where they are something else."""
    return joined(values, r"[0-9]{1,19}", "ids")


def joined(values: Sequence[str], shape: str, what: str) -> str:
    fits = re.compile(shape).fullmatch
    if not 1 <= len(values) <= _MOST or not all(map(fits, values)):
        raise ValueError(f"1 to {_MOST} {what} as X writes them are needed")
    return ",".join(values)


def between(least: int, value: int, most: int) -> str:
    if not least <= value <= most:
        raise ValueError(f"{least} to {most} results can be asked for")
    return str(value)
