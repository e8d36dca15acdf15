"""Everything done on X is done once and told, whatever fails on the way.

Besides what is named here, runs are drawn at random, each from its number: the one
that failed as ``[0017]`` is repeated by ``scripts/faults 1 17``.
"""

import os
import time

import drawing
import faults
import pytest
from browser import at_once
from intentions import BY_API
from requests import Timeout
from scene import Scene

#: Of these many runs the first ones always run, the others with --long.
RUNS = int(os.environ.get("CRM_TWITTER_FAULT_RUNS", "500"))
FIRST = int(os.environ.get("CRM_TWITTER_FAULT_SEED", "0"))
ALWAYS = 20
ALL_KINDS = [(plan, kind) for plan, kinds in BY_API.items() for kind in kinds]


@pytest.mark.parametrize(("plan", "kind"), ALL_KINDS)
def test_without_a_fault(play, plan, kind):
    scene = play(kind, plan)
    scene.act()
    scene.check_what_is_told()
    scene.check_end()
    assert scene.states() == ["done"]


@pytest.mark.parametrize("coming", faults.COMINGS)
@pytest.mark.parametrize("kind", ["post", "like"])
def test_however_the_request_comes(play, coming, kind):
    scene = play(kind, "enterprise")
    coming(scene)
    scene.check_what_is_told()
    scene.check_end()
    assert scene.is_done
    assert scene.intention.times_sent(scene.stage.x) == 1


@pytest.mark.parametrize("name", faults.ON_THE_WIRE)
def test_what_x_answers(play, name):
    scene = play()
    with faults.on_the_wire(scene, name):
        scene.act()
    scene.conclude()


def test_nobody_listens(play):
    scene = play()
    with faults.unreachable(scene):
        scene.act()
    assert scene.told[-1]["engagement"]["state"] == "not_done"
    scene.conclude()
    assert scene.intention.times_sent(scene.stage.x) == 0


@pytest.mark.parametrize("kill", faults.KILLS)
def test_the_process_is_killed(play, kill):
    scene = play()
    kill(scene)
    scene.conclude()


def test_the_row_is_held(play):
    scene = play()
    faults.row_held(scene)
    assert scene.told[-1]["engagement"]["state"] == "done"
    scene.conclude()


@pytest.mark.parametrize("kind", ["post", "like", "follow", "unfollow"])
def test_the_database_is_gone_for_a_moment(play, kind):
    scene = play(kind, "enterprise")
    faults.database_gone(scene)
    scene.conclude()


def test_a_lost_request_is_sent_again(play):
    """The browser has the same uid once more; it is the same click."""
    scene = play()
    faults.killed_after_it_is_done(scene)
    scene.check_what_is_told()
    scene.act()
    scene.conclude()
    assert scene.intention.times_sent(scene.stage.x) == 1


def test_what_the_settings_promise_and_x_does_not(play, stage):
    """X's plan is a smaller one: nothing is lost, and X's page is the way at once."""
    scene = play("like", "enterprise")
    stage.x.plan = "payg"
    scene.act()
    update = scene.told[-1]
    assert update["engagement"]["state"] == "refused"
    assert update["post"]["actions"]["like"]["route"] == "intent"
    scene.conclude()


@pytest.mark.parametrize("kind", ["follow", "like", "reply"])
@pytest.mark.parametrize("is_done", [True, False])
def test_an_intent_is_written_down_once(play, kind, is_done):
    """Double clicked, and replayed; the user says how it ended, and X was not asked."""
    scene = play(kind, "payg")
    asked = len(scene.stage.x.calls)
    at_once(*[lambda: scene.act(method="twitter_open_intent")] * 2)
    scene.act_in_a_race(method="twitter_open_intent")
    assert {told["engagement"]["state"] for told in scene.told} == {"opened"}
    assert len({told["engagement"]["id"] for told in scene.told}) == 1
    [waiting] = scene.pending()
    at_once(*[lambda: scene.rpc("twitter_answer", waiting["id"], is_done)] * 2)
    assert scene.states() == ["done" if is_done else "not_done"]
    assert scene.notes() == int(is_done)
    assert scene.pending() == []
    assert len(scene.stage.x.calls) == asked


def test_two_crons_settle_once(play):
    scene = play()
    with faults.on_the_wire(scene, "500 after"):
        scene.act()
    scene.check_what_is_told()
    scene.settle(crons=3)
    assert scene.states() == ["done"]
    scene.conclude()


def test_the_browser_is_gone_before_x_answers(play, monkeypatch):
    """It asks how it stands, and sends the same again, while the first is under way."""
    scene = play()
    scene.stage.x.faults.add(scene.intention.endpoint, delay=3)
    with monkeypatch.context() as short:
        short.setattr(scene.person, "patience", 1)
        assert scene.act(lost=(Timeout,)) is None
    assert scene.ask()["engagement"]["state"] == "sending"
    scene.check_what_is_told()
    assert scene.act()["engagement"]["state"] == "sending"
    scene.check_what_is_told()
    scene.stage.x.faults.clear()
    deadline = time.monotonic() + 20
    while scene.states() != ["done"]:
        assert time.monotonic() < deadline, scene.describe()
        time.sleep(0.05)
    assert scene.ask()["engagement"]["state"] == "done"
    scene.conclude()


@pytest.mark.parametrize("is_killed", [True, False])
def test_who_has_left_is_asked_and_holds_up_nobody(stage, play, bruno, is_killed):
    """X cannot be asked any more as this account; as the next one it is."""
    scene, other = play(), Scene(stage, bruno, "repost", me="mitchelladmin")
    if is_killed:
        faults.killed_after_it_is_done(scene)
    else:
        with faults.on_the_wire(scene, "500 after"):
            scene.act()
    with faults.on_the_wire(other, "500 after"):
        other.act()
    scene.person.call("twitter.account", "disconnect")
    scene.check_what_is_told()
    other.check_what_is_told()
    scene.settle()
    assert scene.states() == ["unknown"]
    assert other.states() == ["done"]
    other.conclude()
    scene.conclude()
    assert scene.states() == ["done"]


def _seeds():
    for number, seed in enumerate(range(FIRST, FIRST + RUNS)):
        marks = () if number < ALWAYS else pytest.mark.long
        yield pytest.param(seed, id=f"{seed:04}", marks=marks)


@pytest.mark.parametrize("seed", list(_seeds()))
def test_a_run_of_faults(stage, anna, seed):
    run = drawing.Run(seed)
    print(run)
    scene = Scene(stage, anna, run.kind, run.plan)
    run.play(scene)
    scene.conclude()
