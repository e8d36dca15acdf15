"""What X did not answer is found out, though X fails, hides, or has gone on since."""

import faults
import pytest
from intentions import BY_API, PERMISSIONS, UNDOING

from simulator import problems
from simulator.dialect import LEGACY

#: Wherever X is asked how something stands.
FINDING = (
    "GET /2/users",
    "GET /2/users/:id/tweets",
    "GET /2/users/:id/liked_tweets",
    "GET /2/tweets",
)
ALL_KINDS = [(plan, kind) for plan, kinds in BY_API.items() for kind in kinds]
#: X answers, and does not say how it stands.
UNTOLD = (
    problems.not_authorized(LEGACY, "tweet", "ids", "1"),
    problems.not_authorized(LEGACY, "user", "id", "1"),
    problems.suspended(LEGACY, "id", "1"),
)
FAILURES = (
    {"status": 500},
    {"status": 503},
    {"status": 429},
    {"status": 402},
    {"status": 403},
    {"kind": "reset"},
    {"kind": "hang", "delay": faults.LATE},
    {"kind": "truncate"},
    {"kind": "malformed"},
    {"kind": "html"},
)
OTHER_PERSON = "joelwillis_co"


def _leave_unknown(scene, is_done):
    with faults.on_the_wire(scene, "500 after" if is_done else "500 before"):
        scene.act()
    scene.check_what_is_told()
    assert scene.states() == ["unknown"]
    assert scene.is_done == is_done


def _settle_under(scene, crons=1, **fault):
    for endpoint in FINDING:
        scene.stage.x.faults.add(endpoint, count=50, **fault)
    scene.settle(crons)
    scene.check_all()
    scene.stage.x.faults.clear()


@pytest.mark.parametrize(("plan", "kind"), ALL_KINDS)
def test_x_does_not_say_how_it_stands(play, plan, kind):
    """An answer without data is no answer that there is nothing."""
    scene = play(kind, plan)
    # To take it for nothing would be wrong.
    _leave_unknown(scene, is_done=kind not in UNDOING)
    for problem in UNTOLD:
        _settle_under(scene, status=200, body={"errors": [problem]})
        assert scene.states() == ["unknown"], problem
    scene.conclude()


#: Each asks eight times, with the client's pauses between its tries: two are enough
#: for every day.
FAILING_WHILE_ASKED = [
    ("post", True),
    ("like", False),
    *(
        pytest.param(kind, is_done, marks=pytest.mark.long)
        for kind in ("post", "like", "follow", "delete")
        for is_done in (True, False)
        if (kind, is_done) not in {("post", True), ("like", False)}
    ),
]


@pytest.mark.parametrize(("kind", "is_done"), FAILING_WHILE_ASKED)
def test_x_fails_while_it_is_asked(play, kind, is_done):
    scene = play(kind, "enterprise")
    _leave_unknown(scene, is_done)
    for failure in FAILURES:
        _settle_under(scene, **failure)
        assert scene.states() == ["unknown"], failure
    scene.settle()
    assert scene.states() == ["done" if is_done else "not_done"]
    scene.conclude()


@pytest.mark.long
def test_x_hangs_while_it_is_asked(play):
    scene = play()
    _leave_unknown(scene, is_done=True)
    for endpoint in FINDING:
        scene.stage.x.faults.add(endpoint, kind="hang", delay=faults.HANGS, count=50)
    scene.settle()
    scene.stage.x.faults.clear()
    assert scene.states() == ["unknown"]
    scene.conclude()


def test_the_connection_ends_while_x_is_asked(play):
    """It is found out after the next login."""
    scene = play()
    _leave_unknown(scene, is_done=True)
    _settle_under(scene, status=401)
    assert scene.states() == ["unknown"]
    scene.settle()
    assert scene.states() == ["unknown"]
    scene.person.connect(scene.intention.me, PERMISSIONS["payg"])
    scene.settle()
    assert scene.states() == ["done"]
    scene.conclude()


def test_a_token_is_refused_while_x_is_asked(play):
    """It is renewed, and X asked again."""
    scene = play()
    _leave_unknown(scene, is_done=True)
    scene.stage.x.faults.add("GET /2/users/:id/tweets", status=401)
    scene.settle()
    assert scene.states() == ["done"]
    scene.conclude()


def test_one_that_cannot_be_found_out_holds_up_no_other(stage, play):
    """Its row is not what it should be; those after it are found out."""
    spoiled, other = play("delete"), play()
    for scene in (spoiled, other):
        _leave_unknown(scene, is_done=True)
    statement = "UPDATE twitter_engagement SET post_id = 'none' WHERE request_uid = %s"
    stage.sql(statement, spoiled.uid)
    stage.expected += ["An engagement with X cannot be found out", "ValueError"]
    other.settle()
    assert other.states() == ["done"]
    assert spoiled.states() == ["unknown"]
    # The user can tell.
    spoiled.answer_truly()
    assert spoiled.states() == ["done"]
    other.conclude()


@pytest.mark.parametrize("arrived", [(True, False), (False, True), (True, True)])
def test_the_same_words_to_two_people(play, arrived):
    """One of them has them, and the other has not: each row is of its own person."""
    scenes = [play("mention"), play("mention", whom=OTHER_PERSON)]
    words = scenes[0].intention.text.partition(" ")[2]
    scenes[1].intention.text = f"@{OTHER_PERSON} {words}"
    if all(arrived):
        # X takes the same words once, whoever they are for.
        scenes[1].intention.text += " too"
    for scene, is_done in zip(scenes, arrived, strict=True):
        _leave_unknown(scene, is_done)
    scenes[0].settle()
    for scene, is_done in zip(scenes, arrived, strict=True):
        assert scene.states() == ["done" if is_done else "not_done"], scene.describe()
        scene.conclude()


@pytest.mark.parametrize("later", [25, 120])
@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize("kind", ["post", "reply", "repost", "like", "unlike"])
def test_the_account_has_gone_on_since(play, kind, is_done, later):
    """So much that X shows what it is about on a later page, or on none."""
    scene = play(kind, "enterprise")
    _leave_unknown(scene, is_done)
    x = scene.stage.x
    me = x.people.named(scene.intention.me)
    for number in range(later):
        post = x.posts.add(me.username, f"Good morning no. {number}")
        post.liked_by.append(me.id)
    truth = "done" if is_done else "not_done"
    for _time in range(2):
        scene.settle()
        scene.check_all()
        assert set(scene.states()) <= {truth, "unknown"}, scene.describe()
    scene.conclude()


@pytest.mark.parametrize("is_gone", [True, False])
def test_x_says_that_it_deleted_nothing(play, is_gone):
    """Either it is gone already, or it is still there."""
    scene = play("delete")
    x = scene.stage.x
    if is_gone:
        x.posts.delete(scene.intention.post_id)
    body = {"data": {"deleted": False}}
    x.faults.add(scene.intention.endpoint, status=200, body=body)
    scene.act()
    told = scene.told[-1]["engagement"]["state"]
    assert told in ("unknown", "done" if is_gone else "not_done")
    scene.check_what_is_told()
    scene.settle()
    assert scene.states() == ["done" if is_gone else "not_done"]
    scene.conclude()
