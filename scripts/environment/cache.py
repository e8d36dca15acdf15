"""Where downloads and work files are kept, and how they stay whole.

Everything made here appears under its final name only when it is complete, so an
interrupted run leaves nothing that a later one takes for finished.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from .progress import say

#: The checkout these scripts belong to; its directory may have any name.
CLONE = Path(__file__).resolve().parents[2]

#: The one folder of the clone that work files go to (git-ignored).
WORK = CLONE / ".work"


def folder(*parts):
    """A folder of the cache shared by all clones of this user, made if need be."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    path = Path(base).expanduser().absolute().joinpath("crm_twitter", *parts)
    path.mkdir(parents=True, exist_ok=True)
    return path


def work_folder(*parts):
    """A folder below the clone's own work folder, made if need be."""
    path = WORK.joinpath(*parts)
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextlib.contextmanager
def locked(name):
    """Hold the lock ``name`` of the cache; wait, and say so, while another run does.

    The kernel drops the lock with its process, so a killed run never blocks another.
    """
    with open(folder("locks") / f"{name}.lock", "a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Waiting for another run, which is busy with: {name}")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def made_whole(target):
    """Yield an empty folder that becomes ``target`` when the block ends well.

    To be used under a lock: left-overs of interrupted runs are removed first.
    """
    target = Path(target)
    for left_over in target.parent.glob(f".{target.name}.partial-*"):
        shutil.rmtree(left_over, ignore_errors=True)
    partial = tempfile.mkdtemp(prefix=f".{target.name}.partial-", dir=target.parent)
    try:
        yield Path(partial)
        os.chmod(partial, 0o755)
        os.rename(partial, target)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
