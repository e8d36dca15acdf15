"""A certificate that nobody has signed, for a line of `lines.unknown_to_all`."""

from pathlib import Path

from werkzeug.serving import make_ssl_devcert

__all__ = ["write"]


def write(path: Path, host: str) -> None:
    """Make one for `host`, with its key, in a PEM file."""
    parts = make_ssl_devcert(str(path.with_suffix("")), host=host)
    path.write_bytes(b"".join(Path(part).read_bytes() for part in parts))
