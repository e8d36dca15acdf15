"""Earlier versions of the addon, from the history of the clone."""

import contextlib
import subprocess
import tempfile
from pathlib import Path

from . import cache
from .installation import ADDON


def is_in_history(commit):
    """Whether the clone has that commit; a shallow one, or no clone at all, has not."""
    try:
        answer = _git("cat-file", "-e", f"{commit}^{{commit}}")
    except FileNotFoundError:
        return False
    return answer.returncode == 0


@contextlib.contextmanager
def checked_out(commit):
    """Yield a folder that holds the addon as it was at that commit."""
    with tempfile.TemporaryDirectory(prefix=f"{ADDON}-{commit}-") as folder:
        addon = Path(folder, ADDON)
        addon.mkdir()
        answer = _git("archive", "--format=tar", commit, text=False)
        answer.check_returncode()
        unpack = ["tar", "-x", "-C", str(addon)]
        subprocess.run(unpack, input=answer.stdout, check=True)
        yield Path(folder)


def _git(*arguments, text=True):
    command = ["git", "-C", str(cache.CLONE), *arguments]
    return subprocess.run(command, capture_output=True, text=text, check=False)
