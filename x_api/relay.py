"""Threads beside the one that owns the gate."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import XError
from .gate import Call, Gate, Settlement

if TYPE_CHECKING:
    from concurrent.futures import Future

Result = TypeVar("Result")

_THREADS = 8


class Relay:
    """A gate for many threads: what they ask of it is done in the one that made it.

    There the gate may use what threads must not share, such as a database's
    transaction. Other threads than those of ``all_at_once`` get a RuntimeError.
    """

    def __init__(self, gate: Gate):
        self._gate = gate
        self._owner = threading.get_ident()
        self._desk: _Desk | None = None

    @property
    def is_at_home(self) -> bool:
        """Whether this is the thread that made it."""
        return threading.get_ident() == self._owner

    def reserve(self, call: Call) -> Any:
        return self._at_home(lambda: self._gate.reserve(call))

    def settle(self, reserved: Any, settlement: Settlement) -> None:
        self._at_home(lambda: self._gate.settle(reserved, settlement))

    def all_at_once(self, thunks: Sequence[Callable[[], Result]]) -> list[Result]:
        """Runs each in a thread of its own, and the gate here meanwhile.

        What a thunk raises is raised when all have ended; what the gate raises that
        is no XError, too. Not within itself, and for the thread that made this only.
        """
        if not self.is_at_home or self._desk:
            raise RuntimeError("threads are begun by the one that made the client")
        if not thunks:
            return []
        from concurrent.futures import ThreadPoolExecutor

        self._desk = desk = _Desk()
        try:
            with ThreadPoolExecutor(min(len(thunks), _THREADS)) as threads:
                # Whatever happens here: closed before the threads are waited for.
                with desk:
                    running = [threads.submit(thunk) for thunk in thunks]
                    for future in running:
                        future.add_done_callback(lambda _future: desk.note_end())
                    desk.serve(len(running))
        finally:
            self._desk = None
        return [future.result() for future in running]

    def _at_home(self, errand: Callable[[], Result]) -> Result:
        if self.is_at_home:
            return errand()
        desk = self._desk
        if not desk:
            raise RuntimeError(_NOBODY)
        return desk.ask(errand)


_NOBODY = "nobody is at the gate any more"


class _Desk:
    """Where the threads of one run leave their errands, and wait.

    Each run has its own: what comes late must not be taken for the next one's.
    """

    def __init__(self) -> None:
        self._left: SimpleQueue[tuple[Future, Callable[[], Any]] | None]
        self._left = SimpleQueue()
        self._is_open = True
        # Nobody may leave anything between the last look and the closing.
        self._lock = threading.Lock()

    def ask(self, errand: Callable[[], Result]) -> Result:
        """What ``errand`` returns or raises where the desk is."""
        from concurrent.futures import Future

        future: Future[Result] = Future()
        with self._lock:
            if not self._is_open:
                raise RuntimeError(_NOBODY)
            self._left.put((future, errand))
        return future.result()

    def note_end(self) -> None:
        """One of those served has ended."""
        self._left.put(None)

    def serve(self, running: int) -> None:
        """Does what is asked for until as many have ended."""
        while running:
            asked = self._left.get()
            if asked is None:
                running -= 1
            else:
                _carry_out(*asked)

    def __enter__(self) -> _Desk:
        return self

    def __exit__(self, *_raised: object) -> None:
        """Lets go of those who wait: whoever served them was interrupted."""
        with self._lock:
            self._is_open = False
            while not self._left.empty():
                asked = self._left.get()
                if asked:
                    asked[0].set_exception(RuntimeError(_NOBODY))


def _carry_out(future: Future, errand: Callable[[], Any]) -> None:
    try:
        future.set_result(errand())
    except XError as error:
        future.set_exception(error)
    finally:
        # A gate that breaks ends the whole; whoever waits for it must not wait on.
        if not future.done():
            future.set_exception(RuntimeError("the gate broke"))
