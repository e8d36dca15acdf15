"""What the package ``twitter-text-parser`` knows: links and emoji in a text.

Its modules are imported one by one, without its ``__init__``: that reads its list
of emoji through setuptools' ``pkg_resources``, which it does not depend on, and
which setuptools has given up.
"""

from __future__ import annotations

import importlib
import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_ALIAS = f"{__name__}_parts"


def _folders() -> list[str]:
    spec = find_spec("twitter_text")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("pip install twitter-text-parser", name="twitter_text")
    return list(spec.submodule_search_locations)


def _module(name: str) -> ModuleType:
    if _ALIAS not in sys.modules:
        package = ModuleType(_ALIAS)
        package.__path__ = _folders()
        sys.modules[_ALIAS] = package
    return importlib.import_module(f"{_ALIAS}.{name}")


CONFIG = _module("config").config["defaults"]
SPACES: str = _module("regexp.spaces_group").spaces_group
PUNCTUATION: str = _module("regexp.punct").punct
_URLS = _module("extract_urls")
_ASCII_DOMAIN = _module("regexp.valid_ascii_domain").valid_ascii_domain
_LABEL_LENGTH = 63


def _checked_domain(domain: str) -> str | None:
    """``domain``, or None where X takes it for none.

    In place of the package's check by Python's IDNA codec, which knows rules that
    X's library does not (on writing directions, for one).
    """
    if domain.startswith("xn--") and not _ASCII_DOMAIN.search(domain):
        return None
    lengths = [_length_on_the_wire(label) for label in domain.split(".")]
    return domain if all(0 < n <= _LABEL_LENGTH for n in lengths) else None


def _length_on_the_wire(label: str) -> int:
    if label.isascii():
        return len(label)
    return len("xn--") + len(label.encode("punycode"))


_URLS.idna_to_ascii = _checked_domain


def links(text: str) -> dict[int, int]:
    """Where links begin in ``text``, also bare domains, and where each ends."""
    found = _URLS.extract_urls_with_indices(text)
    return {entity["indices"][0]: entity["indices"][1] for entity in found}


@lru_cache(maxsize=1)
def emoji() -> dict[str, tuple[str, ...]]:
    """All emoji of more than one code point, the longest first, by their first.

    Those of one count as much as any letter beyond Latin does, so need no list.
    """
    by_first: dict[str, set[str]] = {}
    file = Path(_folders()[0]) / "regexp" / "emoji-test.txt"
    for line in file.read_text(encoding="utf-8").splitlines():
        codes, _semicolon, status = line.partition("#")[0].partition(";")
        sign = "".join(chr(int(code, 16)) for code in codes.split())
        if status.strip() == "fully-qualified" and len(sign) > 1:
            by_first.setdefault(sign[0], set()).add(sign)
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in by_first.items()}
