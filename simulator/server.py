"""The stand-in as a web server: in a thread for tests, in the foreground for people."""

import threading

from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.wrappers import Request, Response

from .api import Api
from .connections import KeepingHandler
from .site import Site
from .state import State

__all__ = ["SimulatorServer"]

#: Seconds after which its thread notices that it is to stop; tests start hundreds.
LOOKS_EVERY = 0.02


class SimulatorServer:
    """X on this machine. `x` is its state; `url` its address once started.

    control: whether the test interface under /_control/ exists.
    """

    def __init__(
        self,
        port: int = 0,
        host: str = "127.0.0.1",
        plan: str = "payg",
        control: bool = False,
        callbacks: list[str] | None = None,
        client_id: str = "demo-client-id",
        client_secret: str = "demo-client-secret",
        bearer_token: str = "demo-bearer-token",
    ) -> None:
        app: dict = {"client_id": client_id, "client_secret": client_secret}
        app["bearer_token"] = bearer_token
        if callbacks is not None:
            app["callbacks"] = list(callbacks)
        self.x = State(plan, **app)
        self._api = Api(self.x)
        self._site = Site(self.x, control)
        self._server = self._listening(host, port)
        self.url = f"http://{host}:{self._server.server_port}"
        self.x.base_url = self.url
        self._thread: threading.Thread | None = None

    def _listening(self, host: str, port: int) -> BaseWSGIServer:
        server = make_server(
            host, port, self._application, threaded=True, request_handler=KeepingHandler
        )
        server.connections = self.x.sockets
        return server

    def start(self) -> "SimulatorServer":
        """Answer requests from a thread of its own; once more on the same port."""
        if self._thread is not None:
            return self  # answering already: two threads would not stop together
        if self._server.fileno() < 0:  # it was stopped
            self._server = self._listening(self._server.host, self._server.port)
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            args=(LOOKS_EVERY,),
            name="simulator",
            daemon=True,
        )
        self._thread.start()
        return self

    def serve(self) -> None:
        """Answer requests until interrupted."""
        try:
            self._server.serve_forever()
        finally:
            self.stop()

    def stop(self) -> None:
        """Let go of what hangs, and free the port."""
        self.x.faults.clear()
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()
        self.x.sockets.close_all()

    def __enter__(self) -> "SimulatorServer":
        return self.start()

    def __exit__(self, *_exception) -> None:
        self.stop()

    def _application(self, environ, start_response):
        with Request(environ) as request:
            part = self._api if request.path.startswith("/2/") else self._site
            response: Response = part.answer(request)
        return response(environ, start_response)
