"""Odoo's command line as a file.

A server with workers starts itself once more, by this path, for its gevent port.
"""

import odoo.cli

odoo.cli.main()
