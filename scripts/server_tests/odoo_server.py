"""Odoo's command line as a file.

A server with workers starts itself once more, by this path, for its gevent port. With
``PLAYED_HOST`` in its environment it takes itself for that host.
"""

import os
import socket

import odoo.cli

if host := os.environ.get("PLAYED_HOST"):
    socket.gethostname = lambda: host

odoo.cli.main()
