"""Two requests for the same thing, at the moments that matter."""

from concurrent.futures import ThreadPoolExecutor

import faults
import pytest
from obstacles import STOPS, Stops, comes_true, no_notes

#: Statements of `_begin` before which the second request waits; there may be fewer.
MOMENTS = range(1, 7)


@pytest.mark.parametrize("at", MOMENTS)
def test_one_ends_while_another_looks(play, at):
    """A row goes from sending to done between two statements of the second request."""
    scene = play()
    stops = Stops(scene.stage, [at])
    with (
        ThreadPoolExecutor(1) as thread,
        stops.standing(),
        faults.answering(scene) as (_call, answer),
    ):
        second = _begin_elsewhere(thread, scene, stops)
        is_stopped = stops.reached(at)
        answer()
        _wait_until_done(scene)
        stops.go_on(at)
        statements = second.result()
    assert is_stopped == (at <= statements)
    _check_one(scene)


@pytest.mark.parametrize("at", MOMENTS)
@pytest.mark.parametrize("later", [1, 2])
def test_one_begins_and_ends_while_another_looks(play, at, later):
    """It is not there yet when the second request looks, and then it is over.

    Where the second one has looked, the first has to wait for it: it goes either way.
    """
    scene = play()
    endpoint = scene.intention.endpoint
    stops = Stops(scene.stage, [at, at + later])
    scene.stage.x.faults.add(endpoint, delay=faults.HANGS, count=2)
    with ThreadPoolExecutor(2) as threads, stops.standing():
        second = _begin_elsewhere(threads, scene, stops)
        is_stopped = stops.reached(at)
        first = threads.submit(scene.act)
        comes_true(lambda: scene.stage.calls(endpoint), 1)
        stops.go_on(at)
        stops.reached(at + later, 1)
        scene.stage.x.faults.clear()
        _wait_until_done(scene)
        stops.go_on(at + later)
        first.result()
        statements = second.result()
    assert is_stopped == (at <= statements)
    _check_one(scene)


def _begin_elsewhere(thread, scene, stops):
    uid = scene.intention.new_uid()
    return thread.submit(scene.act_with_stops, uid, STOPS, stops.numbers)


def _wait_until_done(scene):
    """It may have to wait for the one that is stopped, which is no fault of it."""
    comes_true(lambda: "done" in scene.states(), 1)


def _check_one(scene):
    assert scene.intention.times_sent(scene.stage.x) == 1, scene.describe()
    assert scene.states() == ["done"], scene.describe()
    scene.conclude()


def test_x_still_has_the_request(play):
    """The cron runs and the user asks and answers, while it is under way."""
    scene = play()
    with faults.answering(scene) as (_call, answer):
        for minutes in (0, 4):
            scene.settle(minutes=minutes)
            [waiting] = scene.pending()
            assert not waiting["can_answer"]
            scene.check_all()
            for said in (True, False):
                scene.rpc("twitter_answer", waiting["id"], said)
            scene.act(scene.intention.new_uid())
            assert scene.told[-1]["engagement"]["state"] == "sending"
            assert scene.states() == ["sending"]
        answer()
    assert scene.told[-1]["engagement"]["state"] == "done"
    assert scene.intention.times_sent(scene.stage.x) == 1
    scene.conclude()


def test_x_does_it_after_nobody_waits_any_more(play):
    """That X does not show it yet proves nothing for some minutes."""
    scene = play()
    with faults.answering(scene) as (_call, answer):
        assert comes_true(lambda: scene.states() == ["unknown"], faults.PATIENCE)
        scene.settle(minutes=4)
        scene.check_all()
        assert scene.states() == ["unknown"]
        scene.act(scene.intention.new_uid())
        assert scene.told[-1]["engagement"]["state"] == "unknown"
        scene.check_what_is_told()
        answer()
    assert scene.is_done
    scene.settle(minutes=2)
    assert scene.states() == ["done"]
    assert scene.intention.times_sent(scene.stage.x) == 1
    scene.conclude()


@pytest.mark.parametrize("is_answered", [True, False])
def test_the_chatter_takes_no_note(play, is_answered):
    """It is done all the same, and is told; the cron catches up, once."""
    scene = play()
    noted = "A note on an engagement was not written"
    scene.stage.expected += [noted, "psycopg2.errors.RaiseException: no notes today"]
    with no_notes(scene):
        if is_answered:
            scene.act()
            assert scene.told[-1]["engagement"]["state"] == "done"
        else:
            with faults.on_the_wire(scene, "500 after"):
                scene.act()
            scene.check_what_is_told()
            scene.settle()
        assert scene.states() == ["done"]
        assert scene.notes() == 0
    scene.settle(crons=3)
    assert scene.notes() == 1
    scene.settle()
    scene.conclude()
