"""The helper every own transaction is opened by, on real connections."""

from contextlib import contextmanager

import pytest

BUSY = "Somebody else is using this at the moment. Please try again."


@contextmanager
def held(stage, query, *values):
    """Hold what a query locks, as a worker that takes its time."""
    with stage.databases.cursor(stage.database) as cursor:
        connection = cursor.connection
        connection.autocommit = False
        cursor.execute(query, values)
        yield
        connection.rollback()


def test_one_is_open_at_a_time(stage):
    assert stage.crowd.one("nest") == (
        "RuntimeError('An own transaction is open in this thread already.')"
    )


def test_its_settings_end_with_it(stage):
    """Connections go back to Odoo's pool as they were."""
    settings = stage.crowd.one("isolation")
    assert settings == {
        "within": ["read committed", "2s"],
        "after": ["repeatable read", "0"],
    }


@pytest.mark.parametrize("with_orm", [False, True])
def test_a_row_held_by_another_process_is_busy(stage, anna, with_orm):
    """And neither a log line nor an exception of PostgreSQL."""
    anna.connect("marcdemo")
    [[row]] = stage.sql("SELECT id FROM twitter_account")
    given = {"table": "twitter_account", "row": row, "with_orm": with_orm}
    with held(stage, "SELECT FROM twitter_account FOR UPDATE"):
        assert stage.crowd.one("wait_for_row", **given) == ["Busy", BUSY]
    assert stage.crowd.one("wait_for_row", **given) == ["written"]


def test_of_two_that_wait_for_each_other_one_is_busy(stage, anna, bruno):
    anna.connect("marcdemo")
    bruno.connect("mitchelladmin")
    rows = [row for (row,) in stage.sql("SELECT id FROM twitter_account")]
    each = [{"rows": rows}, {"rows": rows[::-1]}]
    assert sorted(stage.crowd.all("cross", each)) == ["Busy", "written"]


def test_a_held_connection_cannot_be_left_now(stage, anna):
    anna.connect("marcdemo")
    with held(stage, "SELECT FROM twitter_account FOR UPDATE"):
        with pytest.raises(Exception, match=BUSY) as refusal:
            anna.call("twitter.account", "disconnect")
    assert refusal.value.name.endswith("own_transaction.Busy")


def test_a_held_profile_is_shown_as_x_tells_it(stage, anna):
    """It has been paid for, although it cannot be kept."""
    anna.connect("marcdemo")
    [lead] = stage.leads(twitter_handle="jacquesdunagan")
    anna.call("crm.lead", "twitter_read", [lead])
    stage.x.people.change("jacquesdunagan", description="New in town")
    with held(stage, "SELECT FROM twitter_profile FOR UPDATE"):
        answer = anna.call("crm.lead", "twitter_read", [lead], refresh=True)
    assert answer["problem"] is False
    assert answer["profile"]["description"] == "New in town"
    assert answer["posts"]["items"]
    assert "New in town" not in stage.sql("SELECT description FROM twitter_profile")[0]


def test_what_cannot_be_stored_is_shown_all_the_same(stage, anna):
    anna.connect("marcdemo")
    [lead] = stage.leads(twitter_handle="jacquesdunagan")
    first = anna.call("crm.lead", "twitter_read", [lead])
    with held(stage, "SELECT FROM twitter_cache FOR UPDATE"):
        answer = anna.call("crm.lead", "twitter_read", [lead], refresh=True)
    assert answer["problem"] is False
    assert answer["posts"]["items"] == first["posts"]["items"]


def test_a_held_login_is_answered_with_a_page(stage, anna):
    login, callback = anna.start("marcdemo")
    with held(stage, "SELECT FROM twitter_login FOR UPDATE"):
        page = anna.get(callback)
    assert page.status_code == 200
    assert BUSY in page.text
    assert stage.calls("POST /2/oauth2/token") == 0
    # It was not used up.
    anna.get(callback)
    assert anna.call("twitter.login", "poll", login)["state"] == "connected"


def test_the_row_of_a_login_may_stay_held(stage, anna):
    """Reading is never kept waiting."""
    login, _callback = anna.start("marcdemo")
    with held(stage, "SELECT FROM twitter_login FOR UPDATE"):
        assert anna.call("twitter.login", "poll", login)["state"] == "pending"


def test_a_held_profile_costs_none_of_the_others_of_a_batch(stage, anna):
    """What X told has been paid for: what nobody holds is kept."""
    anna.connect("marcdemo")
    handles = ("jacquesdunagan", "marcdufour", "mitchelladmin")
    for handle in handles:
        stage.leads(twitter_handle=handle)
    rows = dict(stage.sql("SELECT handle, id FROM twitter_profile"))
    model = "twitter.profile.look.up"
    values = {"profile_ids": [[6, 0, [*rows.values()]]]}
    [wizard] = anna.call(model, "create", [values])

    def look_up():
        return anna.call(model, "action_look_up", [wizard])["params"]["message"]

    row = "SELECT FROM twitter_profile WHERE id = %s FOR UPDATE"
    with held(stage, row, rows["marcdufour"]):
        told = look_up()
    assert told == f"Profiles read: 2. Left for another click: 1. {BUSY}"
    unread = "SELECT handle FROM twitter_profile WHERE fetched_at IS NULL"
    assert stage.sql(unread) == [("marcdufour",)]
    assert look_up() == "Profiles read: 1."
