"""python3 -m simulator --port 8099: X on this machine, until interrupted."""

import argparse
import signal
import sys

from .oauth import App
from .server import SimulatorServer
from .state import PLANS


def _arguments(words: list[str] | None = None) -> argparse.Namespace:
    app = App()
    parser = argparse.ArgumentParser(prog="simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8099, help="0: any free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--plan", choices=sorted(PLANS), default="payg")
    parser.add_argument(
        "--control", action="store_true", help="open the test interface /_control/"
    )
    parser.add_argument("--client-id", default=app.client_id)
    parser.add_argument("--client-secret", default=app.client_secret)
    parser.add_argument("--bearer-token", default=app.bearer_token)
    parser.add_argument(
        "--callback",
        action="append",
        help=f"allowed callback address, may be repeated (default {app.callbacks[0]})",
    )
    return parser.parse_args(words)


def _interrupt(_number, _frame) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Returns the exit status."""
    given = _arguments()
    try:
        server = SimulatorServer(
            given.port,
            given.host,
            given.plan,
            given.control,
            given.callback,
            given.client_id,
            given.client_secret,
            given.bearer_token,
        )
    except SystemExit:
        # Werkzeug has said on stderr why it could not listen.
        return 1
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        print(f"Simulator of X on {server.url}", flush=True)
        server.serve()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
