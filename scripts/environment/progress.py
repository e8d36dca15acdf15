"""Telling a person what is happening, and what went wrong, in sentences."""

import sys
import time


class Failure(Exception):
    """The command cannot go on; the message is a sentence for the person."""


def say(sentence):
    """Print one line at once, in order with what child processes print."""
    print(sentence, flush=True)


def warn(sentence):
    """Print one line on standard error."""
    print(sentence, file=sys.stderr, flush=True)


class Percentage:
    """Prints "label… 40 %" whenever another tenth is done, or 15 s have passed."""

    def __init__(self, label, step=10, seconds=15, clock=time.monotonic):
        self._label = label
        self._step = step
        self._seconds = seconds
        self._clock = clock
        self._shown = 0
        self._shown_at = clock()

    def show(self, percent):
        """Note that ``percent`` (0 to 100) is done; smaller steps stay silent."""
        late = self._clock() - self._shown_at >= self._seconds
        if percent >= self._shown + self._step or (late and percent > self._shown):
            self._shown = percent
            self._shown_at = self._clock()
            say(f"{self._label}… {percent:.0f} %")
