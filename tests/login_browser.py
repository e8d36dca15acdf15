"""What a browser does on the way through a login with X."""

from urllib.parse import urlsplit

import requests

from .common import SALESPERSON


class LoginBrowser:
    """The salesperson is logged in to Odoo, and has a lead."""

    def setUp(self):
        super().setUp()
        self.lead = self.make_lead()
        self.authenticate(SALESPERSON, SALESPERSON)

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def start(self, permissions=("post", "followers"), popup=True):
        return self.call(
            "twitter.login",
            "start",
            permissions=list(permissions),
            popup=popup,
            res_model="crm.lead",
            res_id=self.lead.id,
        )

    def decide(self, url, username="marcdemo", decision="allow"):
        """What the user does on X; return the address X sends the browser to."""
        response = requests.post(
            url,
            data={"username": username, "decision": decision},
            allow_redirects=False,
            timeout=10,
        )
        return response.headers["Location"]

    def come_back(self, address):
        parts = urlsplit(address)
        return self.url_open(f"{parts.path}?{parts.query}", allow_redirects=False)

    def poll(self, login):
        return self.call("twitter.login", "poll", login)

    def given_tokens(self):
        """Every token X has given out, in clear."""
        given = self.x.authorizations
        tokens = [*given._access, *given._refresh]
        self.assertGreaterEqual(len(tokens), 2)
        return tokens

    @property
    def account(self):
        self.env.invalidate_all()
        return self.env["twitter.account"].search(
            [("member_ids", "=", self.salesperson.id)]
        )
