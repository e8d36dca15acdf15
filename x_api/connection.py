"""Connections whose answers come in time, and which lead where they are meant to."""

from __future__ import annotations

import io
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from .errors import XRefused
from .site import names_this_machine

_ours = threading.local()
# https://www.rfc-editor.org/rfc/rfc6052: IPv4 addresses for who has only IPv6.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@contextmanager
def ending_by(deadline: float) -> Iterator[None]:
    """What is answered in this thread meanwhile has to have come whole by then.

    ``deadline`` is on the monotonic clock. A timeout by itself bounds each wait, and
    a host that gives a byte at a time makes endlessly many of them.
    """
    before = getattr(_ours, "deadline", None)
    _ours.deadline = deadline
    try:
        yield
    finally:
        _ours.deadline = before


class _InTime(io.RawIOBase):
    """What a socket gives, until a moment; TimeoutError after it."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, deadline: float):
        super().__init__()
        self._raw = raw
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def readinto(self, into) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("an answer that takes too long")
        patience = self._sock.gettimeout()
        if patience is None or left < patience:
            self._sock.settimeout(left)
        return self._raw.readinto(into)

    def close(self) -> None:
        self._raw.close()
        return super().close()


class _Answer(HTTPResponse):
    """An answer that is read, from its first byte on, until the deadline at most."""

    def __init__(self, sock: socket.socket, *args, **options):
        super().__init__(sock, *args, **options)
        deadline = getattr(_ours, "deadline", None)
        if deadline is not None:
            timed = _InTime(self.fp.detach(), sock, deadline)
            self.fp = io.BufferedReader(timed)


class _Plain(HTTPConnection):
    """To this machine, as nothing else is plain; XRefused where it leads elsewhere."""

    response_class = _Answer

    def _new_conn(self) -> socket.socket:
        return _led(super()._new_conn(), is_loopback)


class _Secure(HTTPSConnection):
    """To whom it is named; XRefused where a name of this machine leads elsewhere."""

    response_class = _Answer

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        is_home = names_this_machine(self.host)
        return _led(sock, is_loopback) if is_home else sock


class _Public(HTTPSConnection):
    """To the public internet; XRefused where the name leads elsewhere."""

    response_class = _Answer

    def _new_conn(self) -> socket.socket:
        return _led(super()._new_conn(), is_public)


def _led(sock: socket.socket, is_allowed) -> socket.socket:
    """The socket, of which nothing was sent yet.

    Whom it is connected to is asked of the socket itself: a name may be resolved to
    another address each time somebody asks.
    """
    if is_allowed(sock.getpeername()[0]):
        return sock
    sock.close()
    raise XRefused("an address that leads elsewhere")


def is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address).is_loopback


def is_public(address: str) -> bool:
    """Whether an IP address is everybody's: of no private, local or reserved range."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        within = _within(ip)
        if within:
            return is_public(str(within))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def _within(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for."""
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _pools(secure: type, plain: type | None = None) -> dict[str, type]:
    """As urllib3 wants them: ``{scheme: pool of connections}``."""
    pools = {"https": type("_Pool", (HTTPSConnectionPool,), {"ConnectionCls": secure})}
    if plain:
        made = type("_Pool", (HTTPConnectionPool,), {"ConnectionCls": plain})
        pools["http"] = made
    return pools


ANYWHERE = _pools(_Secure, _Plain)
# Nothing goes out unencrypted.
PUBLIC = _pools(_Public)
