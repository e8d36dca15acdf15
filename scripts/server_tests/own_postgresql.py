"""A PostgreSQL of one's own, which may be stopped: the usual one is others' as well."""

import contextlib
import dataclasses
import os
import subprocess

from environment import cache
from environment.databases import Databases
from environment.installation import ADDON
from environment.postgresql import Cluster, Programs

PURPOSE = "ruins"


@contextlib.contextmanager
def copied(installation, database):
    """Give a running cluster, an installation on it, a database there, and whether that
    has all that ``database`` has.

    A private server's database is copied; of somebody else's nothing is known, and the
    addon is installed anew.
    """
    name = f"{database}_ruins"
    programs = Programs.found()
    with cache.locked(PURPOSE), _anew(programs) as cluster:
        own = dataclasses.replace(installation, server=cluster.server)
        databases = Databases(own)
        is_copied = installation.server.is_private
        if is_copied:
            databases.create(name)
            _copy(programs, (installation.server, database), (cluster.server, name))
        else:
            databases.clone_template(name)
            databases.odoo(name, "-i", ADDON, "--stop-after-init", "--no-http")
        yield cluster, own, name, is_copied


@contextlib.contextmanager
def _anew(programs):
    # A run that was killed may have left one, running.
    Cluster(programs, PURPOSE).remove()
    # What was committed survives its processes, as on a customer's server.
    cluster = Cluster(programs, PURPOSE, synchronous_commit="on")
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.remove()


def _copy(programs, source, target):
    """Copy a database: each is (server, name)."""
    dump = [str(programs.folder / "pg_dump"), "--format=custom", "--compress=0"]
    restore = [str(programs.folder / "pg_restore"), "--no-owner", "-d", target[1]]
    with subprocess.Popen(
        [*dump, source[1]],
        env={**os.environ, **source[0].variables()},
        stdout=subprocess.PIPE,
    ) as dumping:
        subprocess.run(
            restore,
            env={**os.environ, **target[0].variables()},
            stdin=dumping.stdout,
            check=True,
        )
    assert dumping.returncode == 0
