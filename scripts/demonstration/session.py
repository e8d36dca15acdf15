"""The command line of scripts/demo, and the servers it runs."""

import argparse
import fcntl
import os
import socket
import sys

from environment import cache
from environment.databases import Databases
from environment.installation import Installation
from environment.progress import Failure, say

from . import database
from .servers import Server, Servers

USERS = """
Log in at {url}
  administrator                    admin / admin
  salesperson with the permission  demo / demo
  employee without it              employee / employee
"""


def run(arguments):
    """Run the demo until it is interrupted or a server of it ends."""
    options = _parse(arguments)
    with open(cache.work_folder("demo") / "running", "a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Failure("A demo of this clone is running already.") from error
        _check_ports(options)
        with Installation.ready() as installation:
            return _run(options, installation)


def _run(options, installation):
    databases = Databases(installation)
    name = database.prepare(databases, options)
    with Servers() as servers:
        if options.with_x:
            servers.start(_simulator(options))
        servers.start(_odoo(options, installation, name))
        servers.wait_until_they_answer()
        say(USERS.format(url=options.url))
        if options.with_x:
            say(f"X is played by a simulator at {options.x_url}; it costs nothing.")
        else:
            say("There are no keys to X and no simulator: the zero-key mode.")
        say("Stop it all with Ctrl-C.\n")
        return servers.watch()


def _simulator(options):
    command = [sys.executable, "-m", "simulator", "--control"]
    command += ["--port", str(options.x_port), "--plan", options.plan]
    command += ["--callback", options.callback]
    return Server("x", command, dict(os.environ), options.x_url, cache.CLONE)


def _odoo(options, installation, name):
    settings = installation.configuration(
        name,
        "demo",
        http_port=options.http_port,
        max_cron_threads=1,
        list_db=False,
        # The server's own account of each request would bury everything else.
        log_handler="werkzeug:WARNING",
    )
    command = installation.odoo_command()
    environment = installation.environment(settings)
    ready = f"{options.url}/web/login"
    return Server("odoo", command, environment, ready, cache.WORK)


def _check_ports(options):
    ports = [(options.http_port, "--http-port")]
    if options.with_x:
        ports.append((options.x_port, "--x-port"))
    if options.with_x and options.http_port == options.x_port:
        raise Failure("--http-port and --x-port need to be two different ports.")
    for port, option in ports:
        if not _is_free(port):
            raise Failure(
                f"Port {port} is in use by another program. Choose another one: "
                f"scripts/demo {option} {port + 10}"
            )


def _is_free(port):
    with socket.socket() as probe:
        # As servers do: a connection of a minute ago does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _port(text):
    lowest = 1 if os.geteuid() == 0 else 1024
    if not text.isdecimal() or not lowest <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no port: take a number from {lowest} to 65535"
        )
    return int(text)


def _parse(arguments):
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description="Run Odoo with the addon, demo data and a stand-in for X until "
        "Ctrl-C. What is entered is kept for the next time.",
    )
    told = "port of Odoo (default: %(default)s)"
    parser.add_argument("--http-port", type=_port, default=8069, help=told)
    told = "port of the simulator of X (default: %(default)s)"
    parser.add_argument("--x-port", type=_port, default=8070, help=told)
    told = "start from a new database"
    parser.add_argument("--fresh", action="store_true", help=told)
    plans, told = ("payg", "enterprise"), "X plan to play (default: %(default)s)"
    parser.add_argument("--plan", choices=plans, default="payg", help=told)
    told = "without keys to X and without a simulator"
    parser.add_argument(
        "--no-x", dest="with_x", action="store_false", default=True, help=told
    )
    options = parser.parse_args(arguments)
    # 127.0.0.1, not localhost: X accepts plain http for callbacks there alone.
    options.url = f"http://127.0.0.1:{options.http_port}"
    options.x_url = f"http://127.0.0.1:{options.x_port}"
    options.callback = f"{options.url}/crm_twitter/oauth/callback"
    return options
