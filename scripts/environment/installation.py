"""Odoo, the addon and a database server together, ready to run."""

import contextlib
import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from . import cache, python_packages
from .odoo_source import OdooSource, odoo_source
from .postgresql import Server, running_server
from .processes import run_in_terminal

ADDON = "crm_twitter"


def addons_folder():
    """A folder that holds this clone under the addon's name.

    Odoo names an addon by its directory, and a checkout may be called anything. The
    link lies outside of the clone: some commands of Odoo follow links for ever.
    """
    clone = hashlib.sha256(os.fsencode(cache.CLONE)).hexdigest()[:16]
    folder = cache.folder("clones", clone)
    link = folder / ADDON
    if not link.is_symlink() or Path(os.readlink(link)) != cache.CLONE:
        link.unlink(missing_ok=True)
        link.symlink_to(cache.CLONE)
    return folder


@dataclass(frozen=True)
class Installation:
    """A running database server and an Odoo that knows this clone's addon."""

    odoo: OdooSource
    server: Server

    @classmethod
    @contextlib.contextmanager
    def ready(cls):
        """Yield an installation; what was started for it is stopped at the end."""
        odoo = odoo_source()
        with running_server() as server:
            yield cls(odoo, server)

    @property
    def addon(self):
        """The addon's folder under the name Odoo needs."""
        return addons_folder() / ADDON

    def configuration(self, database=None, name="odoo", **options):
        """Write a configuration file for Odoo; return its path."""
        addons = [*map(str, self.odoo.addons), str(addons_folder())]
        values = {
            "addons_path": ",".join(addons),
            "data_dir": cache.work_folder("data"),
            "db_host": self.server.host or False,
            "db_port": self.server.port or False,
            "db_user": self.server.user or False,
            "http_interface": "127.0.0.1",
            "screenshots": cache.work_folder("screenshots"),
            **options,
        }
        if database:
            values.update(db_name=database, dbfilter=f"^{database}$")
        lines = [f"{key} = {value}\n" for key, value in values.items()]
        path = cache.work_folder("configuration") / f"{name}.conf"
        # Another command of this clone may be reading it: replaced at once.
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_text("[options]\n" + "".join(lines), encoding="utf-8")
        partial.replace(path)
        return path

    def version(self):
        """Changes when Odoo or the Python packages do."""
        return f"{self.odoo.version} {python_packages.environment('runtime').name}"

    def environment(self, configuration):
        """The environment variables Odoo runs with."""
        variables = {**os.environ, **self.server.variables()}
        # Python's own path must not name another Odoo, nor the scripts' folder.
        variables["PYTHONPATH"] = str(self.odoo.python_path)
        variables["ODOO_RC"] = str(configuration)
        variables["PYTHONUNBUFFERED"] = "1"
        return variables

    def odoo_command(self, *arguments, purpose=None):
        """The command that runs Odoo in the environment of ``purpose``."""
        python = sys.executable
        if purpose:
            environment = python_packages.environment(purpose)
            environment.make()
            python = str(environment.python)
        return [python, "-m", "odoo", *arguments]

    def run_odoo(self, arguments):
        """Run Odoo's command line in the foreground; return its exit status."""
        environment = self.environment(self.configuration())
        return run_in_terminal(self.odoo_command(*arguments), environment)
