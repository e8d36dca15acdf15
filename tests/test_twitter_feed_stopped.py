from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from .common import CrmTwitterCase
from .feeds import Feeds

NEW = 12  # mentions, which make three pages


class Stopped(BaseException):
    """The worker is gone; nothing of ours is to catch it."""


class Steps:
    """The steps of a walk, one of which is the last.

    :ivar taken: names of the steps taken, in order
    """

    def __init__(self, last=None):
        self.taken = []
        self._last = last

    def take(self, name):
        self.taken.append(name)
        if len(self.taken) == self._last:
            raise Stopped(name)

    @contextmanager
    def around(self, feeds, interactions):
        """Within, each step of reading is counted."""
        with ExitStack() as stack:
            for model, method, names in (
                (feeds, "_place", ("place asked", "place known")),
                (feeds, "_ask", ("X not asked yet", "X has answered")),
                (feeds, "_take_in", ("transaction begun", "all written")),
                (interactions, "_keep", ("place locked", "interactions written")),
                (feeds, "_keep_page", ("not kept yet", "committed")),
            ):
                stack.enter_context(self._wrapped(model, method, *names))
            yield self

    def _wrapped(self, model, method, before, after):
        original = getattr(type(model), method)

        def stepping(records, *args):
            self.take(before)
            result = original(records, *args)
            self.take(after)
            return result

        return patch.object(type(model), method, stepping)


@tagged("post_install", "-at_install")
class TestStopped(Feeds, CrmTwitterCase):
    """Stopped at every step and started again: all is there, once."""

    def walk(self, last=None):
        """Read in the background, up to a step; return the steps that were taken."""
        steps = Steps(last)
        self.make_due()
        self.env.invalidate_all()
        feed = self.feed()
        with self.small_pages(), steps.around(feed, self.env["twitter.interaction"]):
            try:
                feed._read_in_background()
            except Stopped:
                self.env.invalidate_all()
        return steps.taken

    def begin(self):
        """As after a first reading, with mentions that have come since."""
        self.rows().unlink()
        for post_id in self.said():
            self.x.posts.delete(post_id)
        known = self.say(number=2)
        self.feed().write(
            {
                "known_id": False,
                "walk_top_id": False,
                "walk_bottom_id": False,
                "oldest_id": False,
            }
        )
        self.walk()
        self.say(number=NEW)
        return known

    def check(self):
        self.assertEqual(self.kept(), self.said())
        self.assertEqual(self.feed().known_id, self.said()[-1])
        self.assertFalse(self.feed().walk_top_id or self.feed().walk_bottom_id)

    def number_of_steps(self):
        self.begin()
        taken = self.walk()
        self.check()
        self.assertEqual(taken.count("X has answered"), 3)
        self.assertEqual(len(taken), 2 + 3 * 8)
        return len(taken)

    def test_stopped_at_every_step_it_goes_on(self):
        self.start()
        for last in range(1, self.number_of_steps() + 1):
            with self.subTest(step=last):
                self.begin()
                taken = self.walk(last)
                self.assertEqual(len(taken), last)
                at_stop = self.kept()
                self.assertEqual(len(at_stop), len(set(at_stop)))
                self.say(number=2)  # meanwhile
                self.walk()
                self.check()

    def test_stopped_again_and_again_it_comes_to_an_end(self):
        """Each start gets one page further, whatever arrives between."""
        self.start()
        self.begin()
        for _start in range(20):
            # The worker never lives to see a second page.
            taken = self.walk(last=11)
            self.say(number=1)
            if len(taken) < 11 and not self.feed().walk_bottom_id:
                break
        self.walk()
        self.check()

    def test_the_first_reading_stopped_anywhere_is_done_again(self):
        for last in range(1, 11):
            with self.subTest(step=last):
                self.env["twitter.feed"].search([]).unlink()
                self.rows().unlink()
                self.say()
                with Steps(last).around(
                    self.env["twitter.feed"], self.env["twitter.interaction"]
                ):
                    try:
                        self.start()
                    except Stopped:
                        self.env.invalidate_all()
                self.assertTrue(self.feed(), "the click is remembered")
                self.say()
                self.run_cron()
                self.check()

    def test_a_walk_that_goes_on_asks_only_for_what_is_below(self):
        self.start()
        self.begin()
        self.walk(last=10)  # one page is kept
        self.assertTrue(self.feed().walk_bottom_id)
        bottom = self.feed().walk_bottom_id
        since = self.asked()[-1].query["since_id"]
        self.x.calls.clear()
        new = self.say()
        self.walk()
        first = self.asked()[0].query
        self.assertEqual((first["until_id"], first["since_id"]), (bottom, since))
        anew = [call for call in self.asked() if "until_id" not in call.query]
        self.assertEqual(len(anew), 1, "and then for what has come since")
        self.assertGreater(int(new[0]), int(anew[0].query["since_id"]))
        self.check()

    def test_of_two_who_read_the_same_page_one_keeps_it(self):
        self.start()
        self.begin()
        feed = self.feed()
        ask = type(feed)._ask
        others = []

        def ask_while_another_reads(feeds, *args):
            page = ask(feeds, *args)
            if not others:
                others.append(True)
                others.append(feeds._read())
            return page

        with (
            self.small_pages(),
            patch.object(type(feed), "_ask", ask_while_another_reads),
        ):
            new, problem = feed._read()
        self.assertEqual(others[1], (NEW, None))
        self.assertEqual((new, problem), (0, None), "the second leaves it")
        self.check()

    def test_x_that_does_not_go_on_is_not_asked_for_ever(self):
        self.start()
        self.begin()
        feed = self.feed()
        ask = type(feed)._ask
        first = []

        def ask_the_same(feeds, *args):
            first.append(ask(feeds, *args))
            return first[0]

        with self.small_pages(), patch.object(type(feed), "_ask", ask_the_same):
            feed._read()
        self.assertEqual(len(first), 2)
        self.assertFalse(feed.walk_bottom_id)
