"""However many spend at once, no more is spent than may be: on real connections."""

import time
from decimal import Decimal

import pytest
from browser import at_once
from requests import ConnectionError as ConnectionLost
from strangers import PRICE, code_of, leads_of, read, reads, searches

AT_ONCE = 32
POSTS = "GET /2/users/:id/tweets"
#: Seconds: longer than any takes on a busy machine, shorter than a wait for ever.
SENSIBLE = 60
RESERVED = "SELECT amount, expires_at > reserved_at FROM twitter_reservation"
LATER = """
    UPDATE twitter_reservation
       SET reserved_at = reserved_at - interval '4 minutes',
           expires_at = expires_at - interval '4 minutes'
"""
CRON = {"model": "twitter.reservation", "ids": [], "method": "_cron_settle"}


@pytest.fixture
def connected(anna, bruno, stage):
    anna.connect("marcdemo")
    bruno.connect("mitchelladmin")


def _check(stage, company, user=None, login=""):
    """X has billed at most what may be spent, and the meter knows of all of it."""
    money = stage.money
    assert money.billed() <= Decimal(company)
    assert money.counted() == money.metered()
    assert money.metered() + money.held() >= money.billed()
    if user:
        assert money.billed(login) <= Decimal(user)


@pytest.mark.parametrize("delay", [0, 0.3])
def test_32_at_once_stay_within_the_budgets(stage, anna, bruno, connected, delay):
    """Of a company, and of one of its two users, who read and look for names."""
    leads = leads_of(stage, AT_ONCE)
    # What is found is not read besides: X bills it to whoever gets it first.
    each = reads(leads[:-8]) + searches(leads[-8:], "Jacques Dunagan")
    logins = ["anna", "bruno"] * (AT_ONCE // 2 - 4) + ["bruno"] * 8
    stage.money.limit("1.00", {anna.user: "0.30"})
    stage.x.faults.add("*", delay=delay or 0.001, count=10_000)
    begun = time.monotonic()
    answers = stage.crowd.all("call", each, login=logins)
    assert time.monotonic() - begun < SENSIBLE
    told = {code_of(answer) for answer in answers}
    assert told <= {None, "busy", "over_company_day", "over_user_day"}
    assert "over_user_day" in told
    _check(stage, "1.00", "0.30", "marcdemo")
    assert stage.money.metered(anna.user) <= Decimal("0.30")
    # Nearly all of it can be spent: what is reserved for nothing is given back.
    again = leads_of(stage, 20, first=AT_ONCE)
    stage.crowd.all("call", reads(again), login="bruno")
    _check(stage, "1.00", "0.30", "marcdemo")
    assert stage.money.billed() > Decimal("1.00") - Decimal(PRICE)
    assert stage.money.held() == 0


def test_32_at_once_at_the_gate(stage, anna, connected):
    """No window of X's limits makes them queue: the budgets alone do."""
    stage.sql("DELETE FROM twitter_usage; UPDATE twitter_budget SET day_spent = 0")
    stage.forget_limits()
    stage.money.limit("2.00", {anna.user: "1.00"})
    each = [{"number": number, "times": 2} for number in range(1, AT_ONCE + 1)]
    codes = sum(stage.crowd.all("spend", each, login="anna"), [])
    assert set(codes) <= {None, "over_user_day", "busy"}
    let_out = codes.count(None)
    assert let_out <= 20
    assert let_out >= 20 - codes.count("busy")
    money = stage.money
    assert money.metered() + money.held() == Decimal("0.05") * let_out
    assert money.counted() == money.metered()


def test_nothing_may_be_spent(stage, anna, connected):
    """0 is nothing, and X is not asked."""
    leads = leads_of(stage, AT_ONCE, posts=1)
    stage.money.limit("0")
    asked, spent = len(stage.x.calls), stage.money.metered()
    answers = stage.crowd.all("call", reads(leads), login="anna")
    assert {code_of(answer) for answer in answers} == {"over_company_day"}
    assert len(stage.x.calls) == asked
    assert stage.money.metered() == spent


def test_browsers_on_two_workers(stage, anna, bruno, connected):
    """The same through HTTP, where some are told that many wait for X."""
    leads = leads_of(stage, 16)
    stage.money.limit("0.30", {bruno.user: "0.12"})
    people = [anna, bruno] * 8
    begun = time.monotonic()
    told = at_once(
        *(
            lambda person=person, lead=lead: read(person, lead)[0]
            for person, lead in zip(people, leads, strict=True)
        )
    )
    assert time.monotonic() - begun < SENSIBLE
    assert "over_company_day" in told or "over_user_day" in told
    assert set(told) <= {None, "crowded", "busy", "over_company_day", "over_user_day"}
    _check(stage, "0.30", "0.12", "mitchelladmin")


# ------------------------------------------------------------
# A WORKER THAT IS KILLED
# ------------------------------------------------------------


@pytest.fixture
def killed(stage, anna, bruno, connected):
    """A worker was killed while X, which has billed it, answered; leads to go on with.

    The company may spend what was reserved then, and one more panel.
    """
    leads = leads_of(stage, 4)
    read(anna, leads[0])  # its id is known: both calls go out at once
    stage.sql("DELETE FROM twitter_cache")
    stage.forget_limits()
    spent = stage.money.metered()
    stage.money.limit(str(spent + Decimal("0.12")))
    stage.x.posts.add("stranger_0", "A post X has not billed yet")
    stage.x.faults.add(POSTS, kind="hang", delay=20, after=True)
    asked = stage.calls(POSTS)

    def kill():
        stage.wait_for_call(POSTS, asked + 1)
        call = [call for call in stage.x.calls if call.endpoint == POSTS][-1]
        time.sleep(0.5)  # the other call is settled
        stage.server.worker_talking_from(call.client_port).kill()

    def click():
        with pytest.raises(ConnectionLost):
            read(anna, leads[0], refresh=True)

    at_once(click, kill)
    stage.x.faults.clear()
    stage.forget_limits()
    return leads[1:]


def test_what_a_killed_worker_reserved_holds_up_nobody(stage, anna, bruno, killed):
    assert stage.sql(RESERVED) == [(Decimal("0.05"), True)]
    begun = time.monotonic()
    assert read(bruno, killed[0])[0] is None
    # What may still be spent is spoken for.
    assert read(anna, killed[1])[0] == "over_company_day"
    assert time.monotonic() - begun < 10
    assert stage.money.held() == Decimal("0.05")


def test_it_counts_once_as_spent_when_it_is_over(stage, anna, killed):
    before = stage.money.metered()
    stage.crowd.all("call", [CRON] * 3)
    assert stage.money.held() == Decimal("0.05"), "it was not over yet"
    stage.sql(LATER)
    stage.crowd.all("call", [CRON] * 3)
    assert stage.money.held() == 0
    assert stage.money.metered() == before + Decimal("0.05")
    assert stage.money.counted() == stage.money.metered()
    assert stage.money.metered() >= stage.money.billed()
    stage.crowd.all("call", [CRON] * 3)
    assert stage.money.metered() == before + Decimal("0.05")
