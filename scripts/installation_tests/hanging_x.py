"""An X that takes connections and never answers."""

import socket
import threading
from datetime import datetime, timezone

#: As many connections a database has when the addon is removed from it.
CONNECTIONS = 20


class HangingX:
    """Listens on this machine while it is open; ``asked`` are (moment, first line)."""

    def __init__(self):
        self.asked = []
        self._held = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self._take, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._listener.close()
        for connection in self._held:
            connection.close()

    def script(self):
        """For Odoo's shell: connections of a database whose X is this one."""
        return (
            f"CONNECTIONS, URL = {CONNECTIONS}, {self.url!r}\n"
            "from odoo.addons.crm_twitter.models import encryption\n"
            "env['ir.config_parameter'].set_param('crm_twitter.api_url', URL)\n"
            "for number in range(CONNECTIONS):\n"
            "    env['twitter.account'].create({\n"
            "        'twitter_id': str(100 + number),\n"
            "        'username': f'member{number}',\n"
            "        'access_token': encryption.encrypt(env, f'access{number}'),\n"
            "        'refresh_token': encryption.encrypt(env, f'refresh{number}'),\n"
            "    })\n"
            "env.cr.commit()\n"
        )

    def _take(self):
        while True:
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return  # closed
            self._held.append(connection)
            threading.Thread(target=self._hear, args=[connection], daemon=True).start()

    def _hear(self, connection):
        with connection.makefile("rb") as heard:
            first = heard.readline(1000).decode("latin-1").strip()
        # Naive, as Odoo's log has its moments.
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        self.asked.append((now, first))
