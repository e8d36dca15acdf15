"""A stand-in per test, as new, and somebody who asks it."""

import pytest
import requests

from simulator.server import SimulatorServer

CALLBACK = "http://127.0.0.1:8069/crm_twitter/oauth/callback"


class Browser:
    """Somebody who calls the stand-in; with a token, as the API's client does."""

    def __init__(self, url, token=None):
        self.url = url
        self.session = requests.Session()
        if token:
            self.session.headers["Authorization"] = f"Bearer {token}"

    def send(self, method, path, **options):
        options.setdefault("timeout", 10)
        options.setdefault("allow_redirects", False)
        return self.session.request(method, self.url + path, **options)

    def get(self, path, **query):
        """Dots of parameter names are written as two underscores."""
        params = {name.replace("__", "."): value for name, value in query.items()}
        return self.send("GET", path, params=params)

    def post(self, path, body=None, **options):
        return self.send("POST", path, json=body, **options)

    def delete(self, path):
        return self.send("DELETE", path)

    def close(self):
        self.session.close()


@pytest.fixture(scope="session")
def server():
    started = SimulatorServer(control=True).start()
    yield started
    started.stop()


@pytest.fixture
def x(server):
    server.x.reset()
    yield server.x
    server.x.faults.clear()


@pytest.fixture
def browse(server, x):
    """Makes somebody who calls: browse(), or browse("mitchelladmin", scopes)."""
    made = []

    def make(username=None, scopes=None):
        token = x.login(username, scopes)["access_token"] if username else None
        made.append(Browser(server.url, token))
        return made[-1]

    yield make
    for browser in made:
        browser.close()


@pytest.fixture
def me(browse):
    """Mitchell, who may do all that X knows."""
    return browse("mitchelladmin")


@pytest.fixture
def id_of(x):
    """The id of a username."""
    return lambda username: x.people.named(username).id
