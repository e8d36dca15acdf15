"""Databases of the project: templates made once, cloned in a fraction of a second."""

import contextlib
import hashlib
import os
import re
import subprocess

import psycopg2
from psycopg2 import sql

from . import cache
from .processes import run
from .progress import Failure, say

#: Part of every template's name: raise it when the steps below change.
RECIPE = "3"
MODULES = "crm,contacts,base_import"
#: Attachments go into the database, so that a clone is complete; and the bundles of
#: assets are made, of which those the addon adds nothing to are used as they are.
PREPARE = """
env["ir.config_parameter"].set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""


class Databases:
    """Creates, clones and drops databases on an installation's server."""

    def __init__(self, installation):
        self._installation = installation

    @contextlib.contextmanager
    def cursor(self, database="postgres"):
        """Yield a cursor on a database, each of its statements a transaction."""
        server = self._installation.server
        options = {"host": server.host, "port": server.port, "user": server.user}
        options = {name: value for name, value in options.items() if value}
        try:
            connection = psycopg2.connect(dbname=database, **options)
        except psycopg2.OperationalError as error:
            raise Failure(f"{error}\nThe PostgreSQL server does not answer.") from error
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def names(self):
        """The names of all databases."""
        with self.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            return {name for (name,) in cursor.fetchall()}

    def create(self, name, template="template0"):
        """Create a database, an empty one in UTF-8 or a clone of ``template``."""
        statement = "CREATE DATABASE {} TEMPLATE {}"
        if template == "template0":
            statement += " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        names = sql.Identifier(name), sql.Identifier(template)
        with self.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*names))

    def drop(self, name):
        """Drop a database if it exists, whoever is connected to it."""
        statement = "DROP DATABASE IF EXISTS {} WITH (FORCE)"
        with self.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def rename(self, name, new_name):
        """Rename a database nobody is connected to."""
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with self.cursor() as cursor:
            names = sql.Identifier(name), sql.Identifier(new_name)
            cursor.execute(statement.format(*names))

    def clone_template(self, name, demo=False):
        """Make ``name`` anew: CRM and Contacts installed, the addon not."""
        told = "with demo data" if demo else "without demo data"
        with cache.locked(f"template database {told}"):
            template = self._template(demo, told)
            self.drop(name)
            self.create(name, template)

    def _template(self, demo, told):
        """The name of the template database, made if it is not there."""
        recipe = f"{RECIPE} {MODULES} {demo} {self._installation.version()}"
        digest = hashlib.sha256(recipe.encode()).hexdigest()[:12]
        name = f"crm_twitter_template_{digest}"
        if name not in self.names():
            say(f"Making a template database with CRM, {told} (once, a minute)")
            unfinished = f"{name}_unfinished"
            self.drop(unfinished)
            self.create(unfinished)
            with self.cursor(unfinished) as cursor:
                # As Odoo's own databases have it: searches of texts use it.
                cursor.execute("CREATE EXTENSION pg_trgm")
            arguments = ["-i", MODULES, "--with-demo" if demo else "--without-demo"]
            arguments += ["--skip-auto-install", "--stop-after-init", "--no-http"]
            self.odoo(unfinished, *arguments)
            self.odoo_shell(unfinished, PREPARE)
            self.rename(unfinished, name)
        return name

    def odoo(self, database, *arguments, purpose=None):
        """Run Odoo on a database without showing its log; Failure with its end."""
        self._run(database, [*arguments], None, purpose)

    def odoo_shell(self, database, script):
        """Run Python code in an Odoo shell, where ``env`` is the administrator's."""
        arguments = ["shell", "--no-http"]
        self._run(database, arguments, f"{script}\nprint('ran to the end')\n", None)

    def odoo_shell_in_terminal(self, database, script):
        """The same, in the terminal; how it went is for the script to tell."""
        arguments = ["shell", "--no-http", "--log-level=warn"]
        settings, environment = self._settings(database)
        command = self._installation.odoo_command(*arguments)
        status = run(command, environment=environment, script=script)
        settings.unlink()
        if status:
            raise Failure("Odoo failed; see above.")

    def _settings(self, database):
        options = {"max_cron_threads": 0}
        settings = self._installation.configuration(
            database, f"for-{database}", **options
        )
        return settings, self._installation.environment(settings)

    def _run(self, database, arguments, script, purpose):
        command = self._installation.odoo_command(*arguments, purpose=purpose)
        settings, environment = self._settings(database)
        log = cache.work_folder("logs") / f"{database}.log"
        status = run(command, environment=environment, log=log, script=script)
        told = log.read_text(encoding="utf-8", errors="replace")
        settings.unlink()
        # A shell prints the traceback of its script and ends well all the same.
        if status or (script and "ran to the end" not in told):
            raise Failure(f"{told[-4000:]}\nOdoo failed; its log is {log}.")

    @contextlib.contextmanager
    def temporary(self, purpose):
        """Yield a database name of this process alone; drop what has it at the end."""
        prefix = f"crm_twitter_{purpose}_"
        self._drop_left_overs(prefix)
        name = f"{prefix}{os.getpid()}"
        try:
            yield name
        finally:
            self.drop(name)

    def _drop_left_overs(self, prefix):
        """Drop what killed runs left, on a server no other machine can use."""
        if not self._installation.server.is_private:
            return
        for name in self.names():
            owner = re.fullmatch(rf"{prefix}(\d+)", name)
            if owner and not _is_alive(int(owner[1])):
                self.drop(name)


def _is_alive(process_id):
    command = ["kill", "-0", str(process_id)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
