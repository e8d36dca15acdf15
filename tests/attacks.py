"""What attacks on logins with X have in common."""

from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

import requests

from .common import CrmTwitterHttpCase
from .login_browser import LoginBrowser

TOKEN = "POST /2/oauth2/token"
REVOKE = "POST /2/oauth2/revoke"
EVIL = "evil.example"


def changed(address, **parameters):
    """The address with parameters changed, or left out where they are None."""
    parts = urlsplit(address)
    query = {name: value[0] for name, value in parse_qs(parts.query).items()}
    query.update(parameters)
    query = {name: value for name, value in query.items() if value is not None}
    return urlunsplit(parts._replace(query=urlencode(query, quote_via=quote)))


def given(address, name):
    return parse_qs(urlsplit(address).query)[name][0]


class AttackCase(LoginBrowser, CrmTwitterHttpCase):
    """Somebody wants another's connection, or another to have his."""

    def setUp(self):
        super().setUp()
        self.counted["attacks tried"] = 0

    def come_back(self, address):
        """The answer of the callback, which no browser keeps or passes on."""
        response = super().come_back(address)
        if response.status_code in (200, 303):
            self.assertEqual(response.headers["Cache-Control"], "no-store")
            self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        return response

    def attack(self, address, told="Not connected"):
        """Open the callback, in vain; return the page."""
        self.counted["attacks tried"] += 1
        page = self.come_back(address)
        self.assertEqual(page.status_code, 200)
        self.assertIn(told, page.text)
        self.assertFalse(self.account)
        return page

    def authorize(self, address, username="marcdemo"):
        """The status of X's answer to a consent, which is X's refusal."""
        self.counted["attacks tried"] += 1
        return requests.post(
            address,
            data={"username": username, "decision": "allow"},
            allow_redirects=False,
            timeout=10,
        ).status_code

    def asked_of_x(self):
        return [endpoint for endpoint in self.endpoints() if endpoint != REVOKE]
