"""Where Odoo 19 comes from: ODOO_HOME, Debian's package, or a clone of its branch."""

import hashlib
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import cache
from .apt_packages import NotInTheArchive, Suite
from .progress import Failure, say

SERIES = "19.0"
#: Overridden by ODOO_REPOSITORY.
REPOSITORY = "https://github.com/odoo/odoo.git"
#: Odoo's package and those its JavaScript and font links lead to.
DEBIAN_PACKAGES = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-glyphicons-halflings",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
)
#: Named by the web client's assets; Debian removes it as it is not free software. While
#: it is missing every page logs an error, and Odoo's browser tests fail on that.
REMOVED_BY_DEBIAN = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
DEBIAN_PYTHON = Path("usr/lib/python3/dist-packages")


@dataclass(frozen=True)
class OdooSource:
    """An Odoo 19 that can be run.

    ``python_path`` is the folder to import ``odoo`` from, ``addons`` are the folders of
    its addons, ``version`` changes when the code does.
    """

    python_path: Path
    addons: tuple
    version: str


def odoo_source():
    """Odoo 19, fetched into the cache where it is not there yet."""
    home = os.environ.get("ODOO_HOME")
    if home:
        return at_home(Path(home).expanduser().resolve())
    repository = os.environ.get("ODOO_REPOSITORY")
    if not repository and _is_debian():
        try:
            return _debian_package()
        except NotInTheArchive:
            say("Debian's archive has no odoo-19 at present; cloning Odoo instead")
    return _clone(repository or REPOSITORY)


def at_home(home):
    """The Odoo in ``home``: a checkout, an unpacked package, or the package folder."""
    for folder in (home, home / DEBIAN_PYTHON, home / "lib/python3/dist-packages"):
        if (folder / "odoo/release.py").is_file():
            return _described(folder)
    if (home / "release.py").is_file():
        return _described(home.parent)
    raise Failure(f"ODOO_HOME is {home}, where there is no Odoo (no odoo/release.py).")


def _described(folder, version=None):
    release = (folder / "odoo/release.py").read_text(encoding="utf-8")
    series = re.search(r"version_info = \((\d+), (\d+)", release)
    if not series or ".".join(series.groups()) != SERIES:
        raise Failure(f"The Odoo in {folder} is not Odoo {SERIES}.")
    addons = [folder / "addons", folder / "odoo/addons"]
    # Beside the package Debian has a folder "addons" of Python files only.
    addons = [path for path in addons if (path / "web/static").is_dir()] or addons
    if not any((path / "crm/__manifest__.py").is_file() for path in addons):
        raise Failure(f"The Odoo in {folder} has no CRM.")
    return OdooSource(folder, tuple(addons), version or _version_of(folder, release))


def _version_of(folder, release):
    """The commit of a checkout, else a digest of where it is and what it says."""
    if (folder / ".git").exists():
        return _git("-C", str(folder), "rev-parse", "HEAD").strip()
    return hashlib.sha256(f"{folder}{release}".encode()).hexdigest()


def _is_debian():
    if not shutil.which("apt-get"):
        return False
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def _debian_package():
    target = cache.folder("odoo") / "debian"
    if not target.is_dir():
        with cache.locked("Odoo"):
            if not target.is_dir():
                say("Odoo 19 is not here yet; it comes from Debian's archive (130 MB)")
                with cache.made_whole(target) as partial:
                    Suite("sid").unpack(DEBIAN_PACKAGES, partial, "Odoo 19")
                    _complete_package(partial)
    document = target / "usr/share/doc/odoo-19/changelog.Debian.gz"
    version = hashlib.sha256(document.read_bytes()).hexdigest()
    return _described(target / DEBIAN_PYTHON, version)


def _complete_package(root):
    """Make an unpacked (not installed) package run: its links, the missing file."""
    python = root / DEBIAN_PYTHON
    for beside in ("addons", "doc", "setup"):
        # Would be importable under these common names.
        shutil.rmtree(python / beside, ignore_errors=True)
    for link in root.rglob("*"):
        if link.is_symlink() and os.path.isabs(os.readlink(link)):
            inside = root / os.readlink(link).lstrip("/")
            link.unlink()
            link.symlink_to(os.path.relpath(inside, link.parent))
    stub = python / "odoo" / REMOVED_BY_DEBIAN
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text("// Removed by Debian.\n", encoding="utf-8")


def _clone(repository):
    name = hashlib.sha256(repository.encode()).hexdigest()[:12]
    target = cache.folder("odoo") / f"clone-{name}"
    if not target.is_dir():
        if not shutil.which("git"):
            raise Failure("git is needed to fetch Odoo 19, and it is not here.")
        with cache.locked("Odoo"):
            if not target.is_dir():
                _fetch_clone(repository, target)
    return _described(target)


def _fetch_clone(repository, target):
    say(f"Cloning branch {SERIES} of {repository} (shallow; about 500 MB)")
    with cache.made_whole(target) as partial:
        command = ["git", "clone", "--progress", "--depth", "1", "--single-branch"]
        command += ["--branch", SERIES, repository, str(partial)]
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
        if subprocess.run(command, env=environment, check=False).returncode:
            raise Failure(
                f"Odoo {SERIES} could not be cloned from {repository}. Set ODOO_HOME "
                "to a checkout of Odoo 19, or ODOO_REPOSITORY to another address."
            )
        _described(partial)


def _git(*arguments):
    answer = subprocess.run(
        # An administrator may run a checkout that belongs to another user.
        ["git", "-c", "safe.directory=*", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout
