"""Pictures go up before the post: what fails then has posted nothing."""

import base64

import faults
import pytest

UPLOAD = "POST /2/media/upload"
DESCRIBE = "POST /2/media/metadata"
ALT = "A desk at a window"
#: What X does not do, or does and does not say so; no picture is seen before its post.
FAILURES = {
    "500": {"status": 500},
    "500 after": {"status": 500, "after": True},
    "429": {"status": 429},
    "402": {"status": 402},
    "403": {"status": 403},
    "reset after": {"kind": "reset", "after": True},
    "hangs up": {"kind": "hang", "delay": faults.LATE},
    "cut short": {"kind": "truncate"},
    "a page": {"kind": "html"},
    "connection ended": {"status": 401, "count": 9},
}


@pytest.fixture
def scene(play):
    """A post with two pictures, one of them described."""
    scene = play()
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 20).decode()
    jpeg = base64.b64encode(b"\xff\xd8\xff\xe0" + b"\0" * 20).decode()
    scene.intention.pictures = [
        {"name": "desk.png", "data": png, "alt": ALT},
        {"name": "window.jpg", "data": jpeg, "alt": ""},
    ]
    return scene


def _check_pictures(scene):
    """They are on X as they were sent."""
    [post_id] = scene.intention.results(scene.stage.x)
    shown = scene.stage.x.posts.get(post_id).media
    assert [picture.alt for picture in shown] == [ALT, ""]
    assert [picture.mimetype for picture in shown] == ["image/png", "image/jpeg"]


@pytest.mark.parametrize("coming", faults.COMINGS)
def test_however_the_request_comes(scene, coming):
    coming(scene)
    scene.conclude()
    assert scene.intention.times_sent(scene.stage.x) == 1
    assert scene.stage.calls(UPLOAD) == 2
    _check_pictures(scene)


@pytest.mark.parametrize("endpoint", [UPLOAD, DESCRIBE])
@pytest.mark.parametrize("name", FAILURES)
def test_x_fails_before_the_post(scene, endpoint, name):
    """Nothing was posted, which is told at once; then it can be tried again."""
    fault = {"kind": "status", **FAILURES[name]}
    scene.stage.x.faults.add(endpoint, **fault)
    scene.act()
    scene.stage.x.faults.clear()
    scene.stage.forget_limits()
    assert scene.told[-1]["engagement"]["state"] in ("not_done", "refused")
    assert scene.intention.times_sent(scene.stage.x) == 0
    if name != "connection ended":
        scene.check_what_is_told()
        scene.act(scene.intention.new_uid())
        assert scene.told[-1]["engagement"]["state"] == "done"
        _check_pictures(scene)
    scene.conclude()


@pytest.mark.parametrize("name", ["500 before", "500 after", "reset after"])
def test_x_does_not_answer_to_the_post(scene, name):
    with faults.on_the_wire(scene, name):
        scene.act()
    is_done = scene.is_done
    scene.check_what_is_told()
    scene.settle()
    assert scene.states() == ["done" if is_done else "not_done"]
    scene.conclude()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("endpoint", [UPLOAD, DESCRIBE])
def test_killed_between_the_upload_and_the_post(scene, endpoint, after):
    """The cron finds that X has no such post."""
    faults.killed_at(scene, endpoint, after=after)
    scene.check_what_is_told()
    assert scene.states() == ["sending"]
    scene.settle()
    assert scene.states() == ["not_done"]
    assert scene.intention.times_sent(scene.stage.x) == 0
    scene.conclude()


@pytest.mark.parametrize("kill", faults.KILLS)
def test_killed_about_the_post(scene, kill):
    kill(scene)
    scene.conclude()


def test_another_picture_is_another_post(scene):
    """The same words with other pictures do not wait for what is not known."""
    with faults.on_the_wire(scene, "500 before"):
        scene.act()
    scene.check_what_is_told()
    assert scene.states() == ["unknown"]
    scene.intention.pictures = scene.intention.pictures[:1]
    scene.act(scene.intention.new_uid())
    scene.check_what_is_told()
    scene.settle()
    assert scene.states() == ["not_done", "done"]
    assert scene.pending() == []
