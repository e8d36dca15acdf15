"""Failures on demand: what a test or a demonstration wants X to do wrong."""

import re
import threading
from dataclasses import dataclass, field

__all__ = ["Fault", "Faults"]

KINDS = frozenset(
    "status hang stall reset truncate malformed html bomb skew headers "
    "no_headers".split()
)


@dataclass
class Fault:
    """What goes wrong at an endpoint, for the next `count` calls.

    * status: answers `status` (with `body`, else as X words that status)
    * hang: answers nothing for `delay` seconds (0: until the server stops), then
      closes the connection
    * stall: half of the answer, then nothing, as above
    * reset: resets the connection
    * truncate: half of the answer's body, then the connection closes
    * malformed: the answer's body is not JSON
    * html: a web page in place of JSON (status 200, or `status`)
    * bomb: gzip that unpacks to a thousand times its size
    * skew: the times in the headers are those of a clock `skew` seconds ahead
    * headers: nothing else than what `headers` say
    * no_headers: the answer lacks its rate limit headers

    A `delay` in seconds comes before all others. The answer has `headers` in place of
    its own. With `after` the request is carried out first, so that what it changes is
    changed though its answer is lost.
    """

    endpoint: str
    kind: str = "status"
    count: int = 1
    status: int | None = None
    delay: float = 0
    body: object = None
    after: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    skew: float = 0
    # Set when it is over: whatever hangs for it lets go.
    over: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def replaces(self) -> bool:
        """Whether it stands in place of the answer (else it spoils the answer)."""
        return self.kind in {"hang", "reset", "html"} or self.status is not None


class Faults:
    """The failures that are waiting for their calls."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []
        # Set when the server stops or is reset: what waits then lets go.
        self._over = threading.Event()

    def __iter__(self):
        return iter(list(self._waiting))

    def add(self, endpoint: str, kind: str = "status", **values) -> Fault:
        """Wait for the endpoint ("GET /2/users/by", or "*" for any). ValueError."""
        if kind not in KINDS:
            raise ValueError(f"Unknown kind of fault: {kind}")
        with self._lock:
            fault = Fault(_plain(endpoint), kind, **values, over=self._over)
            if kind == "status" and fault.status is None and not fault.delay:
                raise ValueError("A fault of kind status needs a status or a delay.")
            self._waiting.append(fault)
        return fault

    def take(self, endpoint: str, by_name: bool = False) -> Fault | None:
        """The fault meant for this call, if any; counts it down.

        by_name: one that is meant for any call is not meant for this one
        """
        meant = {endpoint} if by_name else {"*", endpoint}
        with self._lock:
            for fault in self._waiting:
                if fault.endpoint in meant:
                    fault.count -= 1
                    if fault.count <= 0:
                        self._waiting.remove(fault)
                    return fault
        return None

    def clear(self) -> None:
        """Nothing goes wrong any longer; what hangs lets go."""
        with self._lock:
            self._waiting.clear()
            self._over.set()
            self._over = threading.Event()

    def wait(self, seconds: float, fault: Fault | None = None) -> None:
        """Sleep that long, but no longer than until the next clear.

        With the fault one waits for it: it may have been cleared meanwhile.
        """
        (fault.over if fault else self._over).wait(seconds)


def _plain(endpoint: str) -> str:
    """Both /2/users/:id and /2/users/{id} are understood."""
    return re.sub(r"\{(\w+)\}", r":\1", endpoint)
