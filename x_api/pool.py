"""The connections to X: one keep-alive pool per process."""

from __future__ import annotations

import os

from requests.adapters import HTTPAdapter

# X's API, its two image hosts, and room for a stand-in.
_HOSTS = 8
# Connections kept per host: a few panels that read several things at once.
# More can be open; they are closed after use.
_KEPT = 16

_pools: dict[int, HTTPAdapter] = {}


def pool() -> HTTPAdapter:
    """This process's pool; safe to use from many threads.

    Kept by process id, since a forked worker inherits its parent's sockets
    and two processes must not talk over one connection.
    """
    pid = os.getpid()
    found = _pools.get(pid)
    if found is None:
        # setdefault, as two threads may get here at once.
        found = _pools.setdefault(
            pid, HTTPAdapter(pool_connections=_HOSTS, pool_maxsize=_KEPT)
        )
    return found
