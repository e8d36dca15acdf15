"""X's rate limits are known to all workers before they bite."""

from datetime import datetime

from strangers import code_of, leads_of, read, reads

POSTS = "GET /2/users/:id/tweets"
PROFILES = "GET /2/users/by"
LIMIT = 5


def test_four_processes_share_a_window(stage, anna):
    """Of 20 at once X gets those it answers; the others are told until when."""
    anna.connect("marcdemo")
    leads = leads_of(stage, 24, posts=1)
    for lead in leads[:1]:
        assert read(anna, lead)[0] is None  # X has told of its windows
    stage.x.limits.set(POSTS, LIMIT)
    answer = read(anna, leads[1])[1]  # and of the new limit
    assert answer["problem"] is False
    stage.x.faults.add("*", delay=0.1, count=10_000)
    refused = []
    for part in range(5):
        four = leads[2 + 4 * part : 6 + 4 * part]
        answers = stage.crowd.all("call", reads(four), login="anna")
        refused += [code_of(each) for each in answers if each["problem"]]
    statuses = [call.status for call in stage.x.calls if call.endpoint == POSTS]
    assert 429 not in statuses
    assert len(statuses) == LIMIT
    assert refused == ["too_many"] * (20 - (LIMIT - 2))
    [[until]] = stage.sql(
        "SELECT until FROM twitter_limit WHERE endpoint = %s AND remaining <= 0", POSTS
    )
    assert datetime.utcnow() < until
    told = read(anna, leads[-1])[1]["problem"]
    assert told["code"] == "too_many"
    assert any(character.isdigit() for character in told["message"]), told


def test_twenty_at_once_and_each_learns_when(stage, anna, bruno):
    """All begin at the same moment; a window is each account's own."""
    anna.connect("marcdemo")
    bruno.connect("mitchelladmin")
    leads = leads_of(stage, 22, posts=1)
    stage.x.limits.set(POSTS, LIMIT)
    assert read(anna, leads[0])[0] is None
    stage.x.faults.add("*", delay=0.1, count=10_000)
    answers = stage.crowd.all("call", reads(leads[1:21]), login="anna")
    told = [code_of(each) for each in answers]
    assert told.count("too_many") == 20 - (LIMIT - 1)
    assert 429 not in [call.status for call in stage.x.calls]
    assert read(bruno, leads[21])[0] is None


def test_the_window_is_over(stage, anna):
    """Whoever comes then asks X."""
    anna.connect("marcdemo")
    leads = leads_of(stage, 8, posts=1)
    stage.x.limits.set(POSTS, LIMIT)
    told = [read(anna, lead)[0] for lead in leads[:6]]
    assert told == [None] * LIMIT + ["too_many"]
    stage.x.clock.advance(15 * 60 + 1)
    stage.sql("UPDATE twitter_limit SET until = until - interval '16 minutes'")
    assert [read(anna, lead)[0] for lead in leads[5:]] == [None] * 3
    assert 429 not in [call.status for call in stage.x.calls]
    assert stage.calls(POSTS) > LIMIT
