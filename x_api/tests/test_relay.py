"""The gate is used in the thread that made the client, and hangs nobody."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial

import pytest
from conftest import client_of, reply

from x_api import Call, XStopped
from x_api.relay import Relay

CALL = Call("GET /2/users/me", "user", 1)
SECONDS = 5  # after which something hangs


class NotingGate:
    """Notes in which thread it is used, and by how many at once."""

    def __init__(self):
        self.threads = []
        self.busy = 0
        self.most = 0

    def reserve(self, call):
        return self._note("reserve", call)

    def settle(self, reserved, _settlement):
        assert reserved == "reserve"
        self._note("settle")

    def _note(self, word, *_details):
        self.threads.append(threading.get_ident())
        self.busy += 1
        self.most = max(self.most, self.busy)
        time.sleep(0.001)
        self.busy -= 1
        return word


def within(seconds, run):
    """What ``run`` returns or raises, in a thread of its own; it must not hang."""
    threads = ThreadPoolExecutor(1)
    future = threads.submit(run)
    done, _hanging = wait([future], seconds)
    threads.shutdown(wait=bool(done))
    assert done, "it hangs"
    return future.result()


def test_the_gate_is_used_at_home(server):
    gate = NotingGate()
    client = client_of(server, gate=gate)
    results = client.together(*[client.me] * 20)
    assert [profile.id for profile in results] == ["1"] * 20
    assert set(gate.threads) == {threading.get_ident()}
    assert len(gate.threads) == 40
    assert gate.most == 1


def test_the_gate_does_not_keep_calls_from_running_at_once(server):
    together = threading.Barrier(4, timeout=SECONDS)

    def answer(handler):
        together.wait()
        reply(handler, b'{"data": {"id": "1", "username": "a"}}')

    server.answer = answer
    client = client_of(server, gate=NotingGate())
    assert len(client.together(*[client.me] * 4)) == 4


def test_one_that_is_stopped_leaves_the_others_answer(server):
    class Gate(NotingGate):
        def reserve(self, call):
            if call.kind == "post":
                raise XStopped("over_user_day")
            return super().reserve(call)

    client = client_of(server, gate=Gate())
    stopped, me = client.together(lambda: client.posts_of("1"), client.me)
    assert isinstance(stopped, XStopped)
    assert stopped.code == "over_user_day"
    assert me.handle == "a"


class Broken(Exception):
    """What a database may raise."""


@pytest.mark.parametrize("error", [Broken, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("method", ["reserve", "settle"])
def test_a_gate_that_breaks_hangs_nobody(method, error, server):
    class Gate(NotingGate):
        def _note(self, word, *details):
            if word == method:
                raise error
            return super()._note(word, *details)

    def run():
        client = client_of(server, gate=Gate())
        with pytest.raises(error):
            client.together(*[client.me] * 12)

    within(SECONDS, run)


def test_a_gate_that_broke_once_can_be_used_again(server):
    class Gate(NotingGate):
        is_broken = True

        def reserve(self, call):
            if self.is_broken:
                raise Broken
            return super().reserve(call)

    gate = Gate()

    def run():
        client = client_of(server, gate=gate)
        for _time in range(20):
            gate.is_broken = True
            with pytest.raises(Broken):
                client.together(*[client.me] * 3)
            gate.is_broken = False
            assert [p.id for p in client.together(*[client.me] * 3)] == ["1"] * 3
            assert client.me().id == "1"

    within(SECONDS, run)


def test_who_comes_when_nobody_serves_any_more_does_not_wait():
    """However a late errand and the end of those who serve fall together."""

    class Gate(NotingGate):
        def reserve(self, call):
            raise Broken

    def run():
        for pause in range(40):
            relay = Relay(Gate())

            def late(relay=relay, pause=pause):
                time.sleep(pause / 40_000)
                return relay.reserve(CALL)

            with pytest.raises(Broken):
                relay.all_at_once([late, late, partial(relay.reserve, CALL)])

    within(SECONDS, run)


def test_other_threads_are_not_served():
    relay = Relay(NotingGate())
    with pytest.raises(RuntimeError):
        within(SECONDS, lambda: relay.reserve(CALL))
    with pytest.raises(RuntimeError):
        within(SECONDS, lambda: relay.all_at_once([int]))


def test_not_within_itself(server):
    client = client_of(server, gate=NotingGate())

    def run_from_a_thread():
        return client.together(client.me)

    with pytest.raises(RuntimeError):
        client.together(run_from_a_thread, client.me)
    assert client.me().id == "1"


def test_what_a_call_raises_is_raised_when_all_have_ended():
    relay = Relay(NotingGate())
    ended = []

    def slow():
        time.sleep(0.05)
        relay.settle(relay.reserve(CALL), None)
        ended.append(True)

    with pytest.raises(ZeroDivisionError):
        relay.all_at_once([lambda: 1 / 0, slow])
    assert ended
    assert relay.all_at_once([]) == []
