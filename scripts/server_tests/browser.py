"""A user's browser, as far as these tests need one: a session, RPC, X's consent."""

import time
from concurrent.futures import ThreadPoolExecutor

import requests

TIMEOUT = 60
#: Seconds between one question and the next where many wait for X, and for how long.
PAUSE, PATIENCE = 0.2, 20


class RpcError(Exception):
    """What Odoo answered instead of a result: ``name`` of the exception, message."""

    def __init__(self, error):
        self.name = error["data"]["name"]
        super().__init__(f"{self.name}: {error['data']['message']}")


class Browser:
    """Somebody logged in to Odoo."""

    def __init__(self, url, database, login):
        self._url = url
        self.login = login
        self.patience = TIMEOUT
        self._session = requests.Session()
        answer = self._json(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": login},
        )
        self.user = answer["uid"]

    def _json(self, path, parameters):
        response = self._session.post(
            self._url + path, json={"params": parameters}, timeout=self.patience
        )
        answer = response.json()
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer.get("result")

    def call(self, model, method, *arguments, **keywords):
        """Call a method as the web client does; RpcError where Odoo refuses."""
        parameters = {
            "model": model,
            "method": method,
            "args": arguments,
            "kwargs": keywords,
        }
        return self._json(f"/web/dataset/call_kw/{model}/{method}", parameters)

    def ask(self, model, method, *arguments, **keywords):
        """As `call`, and again while too many wait for X, as the panel does."""
        latest = time.monotonic() + PATIENCE
        answer = self.call(model, method, *arguments, **keywords)
        while answer["problem"] and answer["problem"]["action"] == "wait":
            if time.monotonic() > latest:
                break
            time.sleep(PAUSE)
            answer = self.call(model, method, *arguments, **keywords)
        return answer

    def get(self, url):
        """Open a page, following no redirect."""
        return self._session.get(url, timeout=TIMEOUT, allow_redirects=False)

    def start(self, username, permissions=("read",), popup=True, record=("", 0)):
        """Begin a login and consent to it on X as ``username``.

        :return: (id of the login, address of the callback)
        """
        started = self.call(
            "twitter.login",
            "start",
            list(permissions),
            popup,
            res_model=record[0],
            res_id=record[1],
        )
        consent = requests.post(
            started["url"],
            data={"username": username, "decision": "allow"},
            allow_redirects=False,
            timeout=TIMEOUT,
        )
        assert consent.status_code == 302, consent.text
        return started["login"], consent.headers["Location"]

    def connect(self, username, permissions=("read",)):
        """Log in with X as ``username``, all the way."""
        login, callback = self.start(username, permissions)
        self.get(callback)
        status = self.call("twitter.login", "poll", login)
        assert status["state"] == "connected", status


def at_once(*deeds):
    """Run functions in threads; return their results in order."""
    with ThreadPoolExecutor(len(deeds)) as threads:
        futures = [threads.submit(deed) for deed in deeds]
        return [future.result() for future in futures]
