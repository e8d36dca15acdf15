"""Keeping what must not be written out of other libraries' logs.

requests-oauthlib and oauthlib write tokens, codes and the client's secret at
DEBUG; urllib3 writes addresses with their query, which hold people's names.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ours = threading.local()


def cap_loggers() -> None:
    """Nothing below INFO of the two OAuth libraries is written any more."""
    for name in ("requests_oauthlib", "requests_oauthlib.oauth2_session", "oauthlib"):
        logging.getLogger(name).setLevel(logging.INFO)


@contextmanager
def keep_quiet() -> Iterator[None]:
    """urllib3 writes no addresses for this thread meanwhile.

    Other traffic of the same process logs as ever.
    """
    before = getattr(_ours, "quiet", False)
    _ours.quiet = True
    try:
        yield
    finally:
        _ours.quiet = before


def _is_not_ours(log_record: logging.LogRecord) -> bool:
    return not getattr(_ours, "quiet", False)


cap_loggers()
for _name in ("urllib3.connectionpool", "urllib3.util.retry"):
    logging.getLogger(_name).addFilter(_is_not_ours)
