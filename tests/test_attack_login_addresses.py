from urllib.parse import urlencode, urlsplit

from odoo.tests import tagged

from ..models.twitter_login import CALLBACK_ROUTE
from .attacks import EVIL, AttackCase, changed, given

# What an attacker may try to be sent on by; the first three are X's own.
PARAMETERS = (
    "state",
    "code",
    "error",
    "error_description",
    "redirect",
    "redirect_uri",
    "return_path",
    "return_url",
    "next",
    "url",
    "db",
    "debug",
)
HEADERS = (
    {"Host": EVIL},
    {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "https"},
    {"Forwarded": f"host={EVIL};proto=https"},
    {"X-Original-URL": f"//{EVIL}/", "X-Rewrite-URL": f"//{EVIL}/"},
    {"Referer": f"https://{EVIL}/", "Origin": f"https://{EVIL}"},
)


@tagged("post_install", "-at_install")
class TestAttackAddresses(AttackCase):
    """Nobody is sent elsewhere, whatever is in the address or its headers."""

    def setUp(self):
        super().setUp()
        # The browser goes by the name in the header.
        self.opener.cookies.set("session_id", self.session.sid, domain=EVIL)

    def assertStaysHere(self, response):
        self.counted["attacks tried"] += 1
        self.assertLess(response.status_code, 500)
        for address in (response.headers.get("Location", "/"), response.text):
            self.assertNotIn(EVIL, address)
        target = urlsplit(response.headers.get("Location", "/"))
        self.assertIn(target.netloc, ("", urlsplit(self.base_url()).netloc))

    def test_no_parameter_of_the_callback_leads_elsewhere(self):
        for parameter in PARAMETERS:
            for target in (f"https://{EVIL}/", f"//{EVIL}", rf"/\{EVIL}"):
                with self.subTest(parameter, target=target):
                    query = urlencode({parameter: target})
                    self.assertStaysHere(
                        self.url_open(
                            f"{CALLBACK_ROUTE}?{query}", allow_redirects=False
                        )
                    )

    def test_no_parameter_leads_a_finished_login_elsewhere(self):
        address = self.decide(self.start(popup=False)["url"])
        extra = {
            name: f"https://{EVIL}/"
            for name in PARAMETERS
            if name not in ("state", "code", "error")
        }
        response = self.come_back(changed(address, **extra))
        self.assertStaysHere(response)
        self.assertEqual(
            urlsplit(response.headers["Location"]).path,
            f"/odoo/crm.lead/{self.lead.id}",
        )
        self.assertEqual(self.account.username, "marcdemo")

    def test_no_header_leads_elsewhere(self):
        for headers in HEADERS:
            with self.subTest(headers):
                address = self.decide(self.start(popup=False)["url"])
                parts = urlsplit(address)
                response = self.url_open(
                    f"{parts.path}?{parts.query}",
                    headers=headers,
                    allow_redirects=False,
                )
                self.assertStaysHere(response)
                self.assertTrue(self.account)

    def test_no_header_changes_where_x_sends_the_browser(self):
        parameters = self.env["ir.config_parameter"]
        for stored in (self._callback_url(), False):
            parameters.set_param("crm_twitter.callback_url", stored)
            for headers in HEADERS:
                with self.subTest(headers, stored=stored):
                    self.counted["attacks tried"] += 1
                    started = self.make_jsonrpc_request(
                        "/web/dataset/call_kw/twitter.login/start",
                        {
                            "model": "twitter.login",
                            "method": "start",
                            "args": [[], True],
                            "kwargs": {},
                        },
                        headers=headers,
                    )
                    self.assertEqual(
                        given(started["url"], "redirect_uri"), self._callback_url()
                    )
