"""Threads beside the one that owns the gate."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from .errors import XError
from .gate import Call, Gate, Settlement

Result = TypeVar("Result")

_THREADS = 8


class Relay:
    """A gate for many threads: what they ask of it is done in the one that made it.

    There the gate may use what threads must not share, such as a database's
    transaction.
    """

    def __init__(self, gate: Gate):
        self._gate = gate
        self._owner = threading.get_ident()
        self._errands: SimpleQueue[tuple[Future, Callable[[], Any]] | None]
        self._errands = SimpleQueue()
        self._is_open = True

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

        What a thunk raises is raised when all have ended.
        """
        if not thunks:
            return []
        with ThreadPoolExecutor(max_workers=min(len(thunks), _THREADS)) as threads:
            running = [threads.submit(thunk) for thunk in thunks]
            for future in running:
                future.add_done_callback(lambda _future: self._errands.put(None))
            try:
                self._serve(len(running))
            finally:
                self._close()
        self._is_open = True
        return [future.result() for future in running]

    def _at_home(self, errand: Callable[[], Result]) -> Result:
        if self.is_at_home:
            return errand()
        if not self._is_open:
            raise RuntimeError("nobody is at the gate any more")
        future: Future[Result] = Future()
        self._errands.put((future, errand))
        return future.result()

    def _serve(self, running: int) -> None:
        """Does what threads ask for until as many have ended."""
        while running:
            asked = self._errands.get()
            if asked is None:
                running -= 1
                continue
            _carry_out(*asked)

    def _close(self) -> None:
        """Lets go of threads that wait: whoever served them was interrupted, or all
        have ended."""
        self._is_open = False
        while True:
            try:
                asked = self._errands.get_nowait()
            except Empty:
                return
            if asked:
                asked[0].set_exception(RuntimeError("nobody is at the gate any more"))


def _carry_out(future: Future, errand: Callable[[], Any]) -> None:
    try:
        future.set_result(errand())
    except XError as error:
        future.set_exception(error)
    finally:
        # A gate that breaks ends the whole; whoever waits for it must not wait on.
        if not future.done():
            future.set_exception(RuntimeError("the gate broke"))
