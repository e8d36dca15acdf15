"""The connections to X: a keep-alive pool per process for what may be sent again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from requests.adapters import HTTPAdapter

from .connection import ANYWHERE

# X's API, its two image hosts, and room for a stand-in.
_HOSTS = 8
# Connections kept per host: a few panels that read several things at once.
# More can be open; they are closed after use.
_KEPT = 16


class _Adapter(HTTPAdapter):
    """As requests' own, with connections of ours."""

    def __init__(self, kinds: Mapping[str, type] | None = None, **options: int):
        self._kinds = kinds or ANYWHERE
        super().__init__(**options)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        made = super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = self._kinds
        return made

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """A proxy is the administrator's, and where it leads is its business."""
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = ANYWHERE
        return manager


class _Pool(_Adapter):
    """As requests' own, which takes the address apart anew for each request."""

    def __init__(self, **options: int):
        super().__init__(**options)
        self._found: dict[tuple, Any] = {}

    def get_connection_with_tls_context(self, request, verify, proxies=None, cert=None):
        """The connections to a host. Versions of requests before 2.32 have no such."""
        find = super().get_connection_with_tls_context
        if proxies:
            return find(request, verify, proxies=proxies, cert=cert)
        origin = request.url.split("/", 3)[:3]
        key = (*origin, verify, cert)
        found = self._found.get(key)
        # One that was closed, to make room for another host's, has no pool any more.
        if found is None or found.pool is None:
            if len(self._found) >= _HOSTS:
                self._found.clear()
            found = self._found[key] = find(request, verify, cert=cert)
        return found

    def close(self) -> None:
        self._found.clear()
        return super().close()


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
            pid,
            _Pool(pool_connections=_HOSTS, pool_maxsize=_KEPT, max_retries=0),
        )
    return found


@contextmanager
def kept() -> Iterator[HTTPAdapter]:
    """A connection that was used before, where there is one."""
    yield pool()


@contextmanager
def unkept(kinds: Mapping[str, type] | None = None) -> Iterator[HTTPAdapter]:
    """A new connection, for what must not be sent twice, of one of these kinds.

    A kept one may have been closed by X since. urllib3 sees that where X's word of
    it has arrived; where it has not, the request is lost on the way, and nobody
    can tell that from one that X carried out before the connection ended.
    """
    adapter = _Adapter(kinds, pool_connections=1, pool_maxsize=1, max_retries=0)
    try:
        yield adapter
    finally:
        adapter.close()
