"""What talks to X and keeps its answers: each returns, and what it wrote is there."""

import time

import pytest
from browser import at_once

EIGHT = range(8)
PATIENCE = 10  # seconds; nothing here waits for anything


@pytest.fixture
def lead(stage, anna):
    """A lead with a handle nobody has read yet; Anna is connected."""
    anna.connect("marcdemo")
    [lead] = stage.leads(twitter_handle="jacquesdunagan")
    return lead


def _in_time(deed):
    begun = time.monotonic()
    result = deed()
    assert time.monotonic() - begun < PATIENCE
    return result


@pytest.mark.parametrize(
    ("method", "arguments", "written"),
    [
        (
            "twitter_read",
            {},
            "SELECT count(*) FROM twitter_profile WHERE name = 'Jacques Dunagan'",
        ),
        (
            "twitter_search",
            {},
            "SELECT count(*) FROM twitter_cache WHERE key = 'search:jacques dunagan'",
        ),
        (
            "twitter_look_up",
            {"handle": "@MarcDufour"},
            "SELECT count(*) FROM twitter_cache WHERE key = 'handle:marcdufour'",
        ),
    ],
)
@pytest.mark.parametrize("expired", [False, True])
def test_what_it_keeps_is_committed(
    stage, anna, lead, method, arguments, written, expired
):
    if expired:
        stage.expire()
    assert stage.sql(written) == [(0,)]
    answer = _in_time(lambda: anna.call("crm.lead", method, [lead], **arguments))
    assert answer["problem"] is False
    assert stage.sql(written) == [(1,)]
    # And the next request sees it: X is not asked again.
    asked = len(stage.x.calls)
    again = anna.call("crm.lead", method, [lead], **arguments)
    assert again["problem"] is False
    assert len(stage.x.calls) == asked


def test_more_posts(stage, anna, lead):
    anna.call("crm.lead", "twitter_read", [lead])
    stage.expire()
    answer = _in_time(
        lambda: anna.call("crm.lead", "twitter_posts", [lead], reposts=True)
    )
    assert answer["problem"] is False
    assert answer["posts"]["items"]


def test_posts_are_shown_again_where_x_shows_them_again(stage, anna, lead):
    """The request's own transaction still sees the refusal that has just gone."""
    stage.x.people.block("jacquesdunagan", "marcdemo")
    blocked = anna.call("crm.lead", "twitter_read", [lead])
    assert blocked["problem"]["code"] == "blocked"
    stage.x.people.unblock("jacquesdunagan", "marcdemo")
    answer = anna.call("crm.lead", "twitter_read", [lead], refresh=True)
    assert answer["problem"] is False
    assert answer["posts"]["items"]


def test_a_single_post(stage, anna, lead):
    read = anna.call("crm.lead", "twitter_read", [lead])
    post = read["posts"]["items"][0]["id"]
    answer = _in_time(lambda: anna.call("crm.lead", "twitter_post", [lead], post))
    assert answer["post"]["id"] == post
    cached = "SELECT count(*) FROM twitter_cache WHERE key = %s"
    assert stage.sql(cached, f"post:{post}") == [(1,)]


def test_associate_after_looking_up(stage, anna, lead):
    """The request writes the rows that own transactions wrote a moment before."""
    [other] = stage.leads()
    found = anna.call("crm.lead", "twitter_look_up", [other], handle="jacquesdunagan")
    twitter_id = found["candidate"]["twitter_id"]
    keywords = {"handle": "jacquesdunagan", "basis": "public"}
    _in_time(
        lambda: anna.call(
            "crm.lead", "twitter_associate", [other], twitter_id=twitter_id, **keywords
        )
    )
    read = _in_time(
        lambda: anna.call("crm.lead", "twitter_read", [other], refresh=True)
    )
    assert read["problem"] is False
    assert stage.count("twitter_profile") == 1


def test_the_list_action(stage, anna, lead):
    stage.leads(twitter_handle="marcdufour")
    profiles = [row for (row,) in stage.sql("SELECT id FROM twitter_profile")]
    wizard = anna.call(
        "twitter.profile.look.up", "create", {"profile_ids": [(6, 0, profiles)]}
    )
    _in_time(lambda: anna.call("twitter.profile.look.up", "action_look_up", [wizard]))
    states = stage.sql("SELECT handle, state FROM twitter_profile ORDER BY handle")
    assert states == [("jacquesdunagan", "active"), ("marcdufour", "active")]


def test_eight_processes_read_the_same_profile(stage, anna, lead):
    for _round in range(2):
        reads = stage.crowd.all(
            "call",
            [
                {
                    "model": "crm.lead",
                    "ids": [lead],
                    "method": "twitter_read",
                    "keywords": {"refresh": True},
                }
                for _one in EIGHT
            ],
            login="anna",
        )
        assert [read["problem"] for read in reads] == [False] * 8
        assert len({read["profile"]["id"] for read in reads}) == 1
    assert stage.count("twitter_profile") == 1
    posts = stage.sql("SELECT key FROM twitter_cache WHERE key LIKE %s", "posts:%")
    assert len(posts) == 1


def test_eight_browsers_open_the_same_panel(stage, anna, bruno, lead):
    bruno.connect("mitchelladmin")
    answers = at_once(
        *(
            lambda person=person, method=method: person.ask("crm.lead", method, [lead])
            for person in (anna, bruno)
            for method in ("twitter_read", "twitter_search") * 2
        )
    )
    assert [answer["problem"] for answer in answers] == [False] * 8
    assert stage.count("twitter_profile") == 1


def test_eight_processes_store_the_same_answer(stage):
    for _round in range(3):
        each = [{"key": "search:somebody", "value": [one]} for one in EIGHT]
        stage.crowd.all("put", each)
    [(value,)] = stage.sql("SELECT value FROM twitter_cache")
    assert value in [[one] for one in EIGHT]


def test_rows_of_one_account_are_resolved_at_once(stage, anna):
    """The same person was linked by an earlier handle, the one of today, and is known.

    Eight processes keep X's answer in these rows in any order.
    """
    anna.connect("marcdemo")
    for _round in range(2):
        stage.sql("DELETE FROM crm_lead")
        stage.sql("DELETE FROM twitter_profile")
        for handle in ("jacques_old", "jacquesdunagan", "jacques_older"):
            stage.leads(twitter_handle=handle)
        rows = [row for (row,) in stage.sql("SELECT id FROM twitter_profile")]
        each = [
            {"profile": row, "username": "jacquesdunagan"} for row in (rows * 3)[:8]
        ]
        stands = stage.crowd.all("keep", each, login="anna")
        assert len(set(stands)) == 1
        known = stage.sql("SELECT id FROM twitter_profile WHERE twitter_id IS NOT NULL")
        assert known == [(stands[0],)]
        superseded = "SELECT count(*) FROM twitter_profile WHERE superseded_by_id = %s"
        assert stage.sql(superseded, stands[0]) == [(2,)]


@pytest.mark.parametrize("is_shown", [False, True])
def test_eight_processes_associate_the_same_new_handle(stage, anna, is_shown):
    """Whoever comes second is replayed by Odoo, without a line that looks like harm."""
    anna.connect("marcdemo")
    handle, twitter_id = "jacquesdunagan", ""
    leads = stage.leads(8)
    if is_shown:
        found = anna.call("crm.lead", "twitter_look_up", leads[:1], handle=handle)
        twitter_id = found["candidate"]["twitter_id"]
    stage.crowd.all(
        "call",
        [
            {
                "model": "crm.lead",
                "ids": [lead],
                "method": "twitter_associate",
                "keywords": {
                    "handle": handle,
                    "basis": "given",
                    "twitter_id": twitter_id,
                },
            }
            for lead in leads
        ],
        login="anna",
    )
    assert stage.count("twitter_profile") == 1
    linked = stage.sql(
        "SELECT DISTINCT twitter_handle, twitter_profile_id FROM crm_lead"
    )
    assert [found for found, _profile in linked] == [handle]
    assert stage.count("twitter_association") == 8


def test_a_lead_is_edited_while_its_profile_is_read(stage, anna, bruno, lead):
    """Reading never waits for a record that refers to the profile, nor the reverse."""

    def edit():
        for number in range(4):
            note = {"description": f"Note {number}"}
            bruno.call("crm.lead", "write", [lead], note)

    def read():
        for _time in range(4):
            answer = anna.call("crm.lead", "twitter_read", [lead], refresh=True)
            assert answer["problem"] is False

    _in_time(lambda: at_once(edit, read))
    assert stage.sql("SELECT description FROM crm_lead") == [("<span>Note 3</span>",)]


KEPT = """
    SELECT handle, state, name,
           (SELECT count(*) FROM twitter_cache WHERE key LIKE 'posts:%')
      FROM twitter_profile
"""


@pytest.mark.parametrize("slow", ["GET /2/users", "GET /2/users/:id/tweets"])
def test_a_lead_loses_its_profile_while_x_answers(stage, anna, bruno, lead, slow):
    """What is read about somebody whom nobody is linked to any more goes."""
    anna.call("crm.lead", "twitter_read", [lead])
    asked = stage.calls(slow)
    stage.x.faults.add(endpoint=slow, delay=1)

    def read():
        answer = anna.call("crm.lead", "twitter_read", [lead], refresh=True)
        assert answer["profile"]["name"] == "Jacques Dunagan"

    def clear():
        stage.wait_for_call(slow, asked + 1)
        bruno.call("crm.lead", "twitter_disassociate", [lead])

    _in_time(lambda: at_once(read, clear))
    assert stage.sql(KEPT) == [("jacquesdunagan", "unresolved", None, 0)]


def test_a_link_is_taken_away_by_who_has_not_committed_yet(stage, anna, lead):
    """Whether somebody is linked is asked when the row is locked, and not before."""
    anna.call("crm.lead", "twitter_read", [lead])
    asked = stage.calls("GET /2/users")
    stage.x.people.change("jacquesdunagan", name="Jacques of Today")
    with stage.databases.cursor(stage.database) as cursor:
        cursor.connection.autocommit = False
        cursor.execute(
            "UPDATE crm_lead SET twitter_profile_id = NULL;"
            "UPDATE twitter_profile SET name = NULL;"
            "DELETE FROM twitter_cache"
        )

        def commit():
            stage.wait_for_call("GET /2/users", asked + 1)
            time.sleep(0.7)  # while what X answered waits for the row
            cursor.connection.commit()

        at_once(
            lambda: anna.call("crm.lead", "twitter_read", [lead], refresh=True), commit
        )
    [(_handle, _state, name, posts)] = stage.sql(KEPT)
    assert (name, posts) == (None, 0)


def test_a_lead_loses_its_profile_again_and_again(stage, anna, bruno, lead):
    """What was read goes at whatever moment the link does, and comes back with it."""
    keywords = {"handle": "jacquesdunagan", "basis": "given"}

    def change():
        for _time in range(8):
            bruno.call("crm.lead", "twitter_associate", [lead], **keywords)
            bruno.call("crm.lead", "twitter_disassociate", [lead])

    def read():
        for _time in range(8):
            anna.ask("crm.lead", "twitter_read", [lead], refresh=True)

    _in_time(lambda: at_once(change, read, read))
    assert stage.sql(KEPT) == [("jacquesdunagan", "unresolved", None, 0)]
    anna.call("crm.lead", "twitter_associate", [lead], **keywords)
    anna.call("crm.lead", "twitter_read", [lead])
    assert stage.sql(KEPT) == [("jacquesdunagan", "active", "Jacques Dunagan", 1)]
