"""A run drawn at random: the same from the same number."""

import random
from contextlib import nullcontext

import faults
from browser import at_once
from intentions import BY_API

#: What costs a second or two is drawn seldom.
DISASTERS = (*faults.KILLS, faults.row_held, faults.database_gone)
DISASTER = 0.15
SKIES = ("clear", "nobody listens", "token expired", *faults.ON_THE_WIRE)


class Run:
    """What somebody does on X, what goes wrong, and what they do about it."""

    def __init__(self, seed):
        dice = random.Random(seed)
        self.seed = seed
        self.plan = dice.choice(sorted(BY_API))
        self.kind = dice.choice(BY_API[self.plan])
        self.disaster = dice.random() < DISASTER and dice.choice(DISASTERS)
        self.coming = dice.choice(faults.COMINGS)
        self.sky = dice.choice(SKIES)
        self.reaction = dice.choice(REACTIONS)

    def __repr__(self):
        met = self.disaster or self.coming
        sky = "" if self.disaster else f", {self.sky}"
        return (
            f"run {self.seed}: {self.kind} on {self.plan}, {met.__name__}{sky}, "
            f"{self.reaction.__name__}"
        )

    def play(self, scene):
        """Let it happen."""
        if self.disaster:
            self.disaster(scene)
        else:
            with self._sky(scene):
                self.coming(scene)
        is_lost = None in scene.told
        scene.check_what_is_told()
        self.reaction(scene, is_lost)
        if scene.told:
            scene.check_what_is_told()

    def _sky(self, scene):
        if self.sky == "clear":
            return nullcontext()
        if self.sky == "nobody listens":
            return faults.unreachable(scene)
        if self.sky == "token expired":
            return faults.expired(scene)
        return faults.on_the_wire(scene, self.sky)


# ------------------------------------------------------------
# WHAT THE USER DOES ABOUT IT
# ------------------------------------------------------------


def waits(_scene, _is_lost):
    """The cron finds out."""


def sends_again(scene, is_lost):
    """The browser repeats a request whose answer it did not get."""
    if is_lost:
        scene.act()


def clicks_again(scene, _is_lost):
    """The user tries once more, whatever was told."""
    scene.act(scene.intention.new_uid())


def checks(scene, _is_lost):
    """The user has X asked, twice at once."""
    at_once(scene.check_all, scene.check_all)


def checks_while_the_cron_runs(scene, _is_lost):
    """X is asked by two at once."""
    at_once(scene.check_all, scene.settle)


def answers(scene, _is_lost):
    """The user has looked at X."""
    if scene.states() == ["unknown"]:
        scene.answer_truly()


REACTIONS = (
    waits,
    sends_again,
    clicks_again,
    checks,
    checks_while_the_cron_runs,
    answers,
)
