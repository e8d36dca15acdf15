"""20 users who click on leads: how long a form takes while X answers, or does not."""

import math
import random
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from environment.progress import say

from . import report

EVERY = 5  # seconds between two clicks of a user
CLICKS = 8  # of each user in a run
LATENCY = 0.15  # seconds X takes where it is well
#: As the panel asks again where too many wait for X (static/src/panel/asking_again.js).
PAUSES, JITTER, AT_MOST = (0.4, 0.8, 1.2, 1.6, 2.0), 0.25, 6.5
#: A form takes as long, nearly, whether X answers or not.
AIM = "<= 1.20"
#: What is told of X not being asked, and of a call that was not answered.
DOWN, UNANSWERED = "down", "unreachable"
OPENED = "SELECT FROM twitter_limit WHERE key = 'breaker' AND until IS NOT NULL"


@dataclass
class Click:
    """What a click on a lead came to: seconds the form took, and its panel's answer."""

    form: float
    asked_at: float
    answered_at: float
    code: str


@dataclass
class Run:
    """All clicks of a run; ``opened_at`` is when X was given up, if it was."""

    clicks: list = field(default_factory=list)
    opened_at: float = 0.0

    def p95(self):
        """The 95th percentile of the time a form took."""
        times = sorted(click.form for click in self.clicks)
        return times[math.ceil(0.95 * len(times)) - 1]

    def told_after(self):
        """How long after X was given up, or the click if later, each panel said so."""
        return [
            click.answered_at - max(click.asked_at, self.opened_at)
            for click in self.clicks
            if click.code == DOWN and self.opened_at
        ]

    def count(self, code):
        """How many panels ended with this code."""
        return sum(click.code == code for click in self.clicks)


def measure(stage, runs, clicks=CLICKS):
    """Figures of the forms, X well and black-holed by turns."""
    specification = _specification(stage.people[0])
    well, hanging = [], []
    _run(stage, specification, 1)  # fills the caches of the workers' registries
    for number in range(runs):
        for kept, state in ((well, x_well), (hanging, x_hanging)):
            stage.cool()
            with state(stage.x):
                kept.append(_run(stage, specification, clicks))
            _tell(number, state.__name__, kept[-1])
    stage.cool()
    return _figures(well, hanging)


@contextmanager
def x_well(x):
    """X answers as it does on a good day."""
    x.latency = LATENCY
    yield
    x.latency = 0


@contextmanager
def x_hanging(x):
    """X accepts, and never answers."""
    x.faults.add("*", kind="hang", count=10**9)
    yield
    x.faults.clear()


def _specification(person):
    """What the browser reads for a lead's form, from the view itself."""
    views = person.call("crm.lead", "get_views", [[False, "form"]])
    fields = views["models"]["crm.lead"]["fields"]
    shown = set(fields) - {"id"}
    return {name: _read(fields[name]) for name in sorted(shown)}


def _read(described):
    if described["type"] == "many2one":
        return {"fields": {"display_name": {}}}
    return {}


# ------------------------------------------------------------
# A RUN
# ------------------------------------------------------------


def _run(stage, specification, clicks):
    """Each user clicks every five seconds, whatever became of the last click."""
    run = Run()
    people = stage.people
    begun = time.monotonic() + 0.5
    with (
        ThreadPoolExecutor(len(people) * 4) as threads,
        _watching(stage, run),
    ):
        pending = []
        for turn in range(clicks):
            for place, person in enumerate(people):
                lead = stage.leads[(turn * len(people) + place) % len(stage.leads)]
                at = begun + EVERY * (turn + place / len(people))
                time.sleep(max(0, at - time.monotonic()))
                pending.append(threads.submit(_click, person, lead, specification))
        run.clicks = [click.result() for click in pending]
    return run


def _click(person, lead, specification):
    """Open a lead's form, then its panel, as the browser does."""
    begun = time.monotonic()
    person.call("crm.lead", "web_read", [lead], specification)
    form = time.monotonic() - begun
    asked_at = time.monotonic()
    person.call("crm.lead", "twitter_panel", [lead])
    problem = _ask_again(person, lead)
    return Click(form, asked_at, time.monotonic(), problem["code"] if problem else "")


def _ask_again(person, lead):
    """The problem of a panel's reading, or False; asked again as the panel does."""
    latest = time.monotonic() + AT_MOST
    answer = person.call("crm.lead", "twitter_read", [lead])
    problem = answer["problem"]
    # Where there is no place to wait, nothing is answered but that.
    if not (answer.get("profile") or problem and problem["action"] == "wait"):
        raise RuntimeError("A lead is associated with nobody.")
    for pause in PAUSES:
        is_over = time.monotonic() + pause > latest
        if not problem or problem["action"] != "wait" or is_over:
            break
        time.sleep(pause * random.uniform(1 - JITTER, 1 + JITTER))
        problem = person.call("crm.lead", "twitter_read", [lead])["problem"]
    return problem


@contextmanager
def _watching(stage, run):
    """Note when X is given up."""
    is_over = threading.Event()

    def watch():
        with stage.databases.cursor(stage.database) as cursor:
            while not is_over.wait(0.05) and not run.opened_at:
                cursor.execute(OPENED)
                if cursor.rowcount:
                    run.opened_at = time.monotonic()

    with ThreadPoolExecutor(1) as thread:
        watching = thread.submit(watch)
        try:
            yield
        finally:
            is_over.set()
            watching.result()


# ------------------------------------------------------------
# FIGURES
# ------------------------------------------------------------


def _tell(number, name, run):
    codes = {click.code for click in run.clicks}
    told = ", ".join(f"{code or 'read'} {run.count(code)}" for code in sorted(codes))
    median = statistics.median(click.form for click in run.clicks)
    say(
        f"  {number + 1}: {name}: forms {1000 * median:.0f} ms,"
        f" 95 % within {1000 * run.p95():.0f} ms; panels: {told}"
    )


def _figures(well, hanging):
    p95s = [[1000 * run.p95() for run in runs] for runs in (well, hanging)]
    ratio = statistics.median(p95s[1]) / statistics.median(p95s[0])
    spread = " / ".join(
        f"{min(each):.0f} to {max(each):.0f} ms in {len(each)}" for each in p95s[::-1]
    )
    told = [max(run.told_after(), default=math.nan) for run in hanging]
    if any(map(math.isnan, told)):
        raise RuntimeError("X was never given up: the runs are too short.")
    read = [100 * run.count("") / len(run.clicks) for run in well]
    form = "live: a lead's form, 95th percentile, X"
    return [
        report.of_runs(f"{form} well", p95s[0], "ms"),
        report.of_runs(f"{form} black-holed", p95s[1], "ms"),
        report.figure(f"{form} black-holed beside well", ratio, "times", AIM, spread),
        report.of_runs("live: panels that X well has answered", read, "%"),
        report.of_runs(
            "live: until each panel says that X is down", told, "s", "<= 3.00"
        ),
    ]
