"""Virtual environments in the cache, one per purpose, with pinned packages."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import cache
from .processes import follow
from .progress import Failure, say


def works(python):
    """Whether this interpreter starts (a version manager's shim may not)."""
    answer = subprocess.run([python, "-c", ""], capture_output=True, check=False)
    return answer.returncode == 0


def environment(purpose):
    """The environment of ``purpose`` for the running Python's version.

    "runtime" is what a customer's Odoo has; "development" adds what tests and tools
    need.
    """
    pins = cache.CLONE / "requirements" / f"{purpose}.txt"
    base = getattr(sys, "_base_executable", None) or sys.executable
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    fingerprint = hashlib.sha256(pins.read_bytes()).hexdigest()[:12]
    name = f"{purpose}-python{version}-{fingerprint}"
    return Environment(cache.folder("venv") / name, pins, base)


class Environment:
    """A virtual environment that is complete or does not count."""

    def __init__(self, path, pins, base):
        self.path = path
        self.pins = pins
        self._base = base
        self._complete = path / "complete"

    @property
    def python(self):
        """Path of the environment's interpreter."""
        return self.path / "bin" / "python"

    @property
    def name(self):
        """Changes whenever the packages or the Python version do."""
        return self.path.name

    def is_running(self):
        """Whether this very process runs in the (complete) environment."""
        return Path(sys.prefix) == self.path and self._complete.exists()

    def take_over(self):
        """Replace this process by the same command in the environment."""
        os.execv(self.python, [str(self.python), *sys.argv])

    def make(self):
        """Create the environment unless it is complete and its Python still starts."""
        if self._complete.exists() and works(self.python):
            return
        with cache.locked(f"python packages {self.name}"):
            if self._complete.exists() and works(self.python):
                return
            say(f"Making a Python environment ({self.name}) in the cache")
            # The scripts in it carry its path, so it cannot be made aside and renamed:
            # the file written last tells a complete one.
            shutil.rmtree(self.path, ignore_errors=True)
            pip = self._make_empty()
            self._install(pip)
            self._complete.write_text("", encoding="utf-8")
        say("Python packages are installed")

    def _make_empty(self):
        """Make it without packages; return the command that runs pip in it."""
        venv = [self._base, "-m", "venv", str(self.path)]
        if subprocess.run(venv, capture_output=True, check=False).returncode == 0:
            return [str(self.python), "-m", "pip"]
        # On Debian and Ubuntu, pip for this is in a package of its own (python3-venv).
        shutil.rmtree(self.path, ignore_errors=True)
        bare = [*venv, "--without-pip"]
        answer = subprocess.run(bare, capture_output=True, text=True, check=False)
        if answer.returncode:
            told = f"{answer.stdout}{answer.stderr}"
            raise Failure(f"{told}\nPython cannot make a virtual environment here.")
        return [str(self.python), str(_pip_of_the_distribution() / "pip")]

    def _install(self, pip):
        command = [*pip, "install", "--disable-pip-version-check", "--prefer-binary"]
        command += ["--no-input", "--progress-bar", "off", "-r", str(self.pins)]
        total = sum(
            1
            for line in self.pins.read_text(encoding="utf-8").splitlines()
            if line and not line.startswith((" ", "#"))
        )
        say(f"Installing up to {total} Python packages")
        log = cache.folder("logs") / f"pip-{self.name}.log"
        with open(log, "w", encoding="utf-8") as record:

            def on_line(line):
                record.write(line)
                _tell(line.strip())

            status = follow(command, on_line)
        if status:
            tail = "".join(log.read_text(encoding="utf-8").splitlines(True)[-15:])
            raise Failure(
                f"{tail}\nThe Python packages could not be installed (above: the end "
                f"of {log}). If the network was the reason, run the command again."
            )


def _tell(line):
    """Repeat of pip's talk what shows how far it is."""
    if line.startswith(("Downloading ", "Using cached ")):
        say(f"  {line.split(' (')[0].rsplit('/', 1)[-1]}")
    elif line.startswith("Installing collected packages"):
        say("  all there, unpacking them")


def _pip_of_the_distribution():
    """Path of a pip wheel, where Python comes without one (python3-venv is missing)."""
    from .apt_packages import MachineSuite  # only needed on such a machine

    target = cache.folder("pip") / "debian"
    if not target.is_dir():
        say("This Python comes without pip; fetching the distribution's own, for here")
        with cache.made_whole(target) as partial:
            MachineSuite().unpack(["python3-pip-whl"], partial, "pip")
    wheels = sorted(target.glob("usr/share/python-wheels/pip-*.whl"))
    if not wheels:
        raise Failure(
            "This Python has no pip to install packages with. On Debian and Ubuntu: "
            "apt-get install python3-venv"
        )
    return wheels[-1]
