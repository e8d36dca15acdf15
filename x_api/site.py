"""Where X is: its API's base URL, or that of a stand-in on this machine."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

API_URL = "https://api.x.com"
SITE_URL = "https://x.com"


@dataclass(frozen=True)
class Site:
    """A base URL that may be used: https, or http on the loopback interface.

    oauthlib refuses http, rightly, and its way out is an environment variable
    that would open it for everyone. So the libraries are given ``secure_url``
    throughout, and what is on loopback is put back to http as it is sent.
    """

    url: str
    is_plain: bool
    is_loopback: bool

    @classmethod
    def at(cls, url: str) -> Site:
        """ValueError where ``url`` is not a base URL that may be used."""
        parts = urlsplit(url)
        host = parts.hostname
        is_bare = "@" not in parts.netloc and not parts.query and not parts.fragment
        is_loopback = names_this_machine(host or "")
        schemes = ("https", "http") if is_loopback else ("https",)
        if not host or not is_bare or parts.scheme not in schemes:
            raise ValueError("an https address is needed (http on this machine only)")
        port = parts.port  # ValueError where it is not a port
        is_plain = parts.scheme == "http"
        # Without a port the secure twin of http would mean 443.
        netloc = parts.netloc if port or not is_plain else f"{parts.netloc}:80"
        url = f"{parts.scheme}://{netloc}{parts.path.rstrip('/')}"
        return cls(url, is_plain, is_loopback)

    @property
    def host(self) -> str:
        """Its name, or name:port where the port is not the usual one."""
        usual = ":80" if self.is_plain else ":443"
        return urlsplit(self.url).netloc.lower().removesuffix(usual)

    @property
    def secure_url(self) -> str:
        return f"https{self.url.removeprefix('http')}" if self.is_plain else self.url

    def on_the_wire(self, url: str) -> str:
        """What to send for an address that began with ``secure_url``."""
        if not self.is_plain:
            return url
        return f"http{url.removeprefix('https')}"


def names_this_machine(host: str) -> bool:
    """Whether a host's name or address is of the loopback interface."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
