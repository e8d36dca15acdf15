"""The browser Odoo's own test cases drive."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

from . import cache
from .progress import Failure, say

#: As Odoo looks for it on the path, in its order.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def chromium():
    """Path of a Chromium; installed on Debian when run by root, else a Failure."""
    return _present() or _installed()


def path_with_chromium(variables):
    """The PATH on which Odoo finds exactly that browser first."""
    folder = cache.work_folder("browser")
    link = folder / NAMES[0]
    link.unlink(missing_ok=True)
    link.symlink_to(chromium())
    return f"{folder}{os.pathsep}{variables.get('PATH', os.defpath)}"


def _present():
    chosen = os.environ.get("CHROME_BIN")
    if chosen:
        path = shutil.which(chosen)
        if not path:
            raise Failure(f"CHROME_BIN is {chosen}, which is no program.")
        return Path(path).absolute()
    for name in NAMES:
        path = shutil.which(name)
        if path and cache.WORK not in Path(path).parents:
            return Path(path).absolute()
    return None


def _installed():
    wanted = (
        "The browser tests need Chromium. Install it (on Debian: apt-get install "
        "chromium) or set CHROME_BIN to one."
    )
    if os.geteuid() or not shutil.which("apt-get") or not _is_debian():
        raise Failure(wanted)
    say("Installing Debian's package chromium, for the browser tests")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (
        ["update", "-q"],
        ["install", "-q", "-y", "--no-install-recommends", "chromium"],
    ):
        command = ["apt-get", *arguments]
        if subprocess.run(command, env=environment, check=False).returncode:
            raise Failure(f"apt-get {arguments[0]} failed. {wanted}")
    return _present() or Path("/usr/bin/chromium")


def _is_debian():
    # Ubuntu's package of that name only leads to a snap, which runs no browser here.
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False
