from odoo.tests import tagged

from .taken_down import POSTED, READ, TakenDownCase


@tagged("post_install", "-at_install")
class TestLostAccess(TakenDownCase):
    """An account X shows no protected posts any more loses what it saw."""

    def setUp(self):
        super().setUp()
        self.x.people.protect("jane_doe")
        self.look()
        self.assertShown(self.places(), POSTED)
        self.x.calls.clear()

    def own(self):
        """Keys of what X gave to the account alone."""
        self.env.invalidate_all()
        rows = self.env["twitter.cache"].search(
            [("key", "=like", f"%:as:{self.me.id}")]
        )
        theirs = rows.filtered(lambda row: self.jane_id in (row.people or []))
        return set(theirs.mapped("key"))

    @property
    def jane_id(self):
        return self.x.people.named("jane_doe").id

    def lose(self):
        marc, jane = self.x.people.named("marcdemo"), self.x.people.named("jane_doe")
        self.x.people.unfollow(marc, jane)

    def test_it_was_seen(self):
        self.assertTrue(self.own())

    def test_at_the_next_read_of_the_panel(self):
        self.lose()
        answer = self.mine(self.jane).twitter_read(refresh=True)
        self.assertFalse(answer["posts"])
        self.assertEqual(answer["problem"]["code"], "protected")
        self.assertEqual(self.own(), set())
        self.assertGone(self.places(), POSTED)

    def test_at_the_next_read_of_more_posts(self):
        self.lose()
        answer = self.mine(self.jane).twitter_posts(next_token="anything")
        self.assertFalse(answer["posts"])
        self.assertEqual(self.own(), set())
        self.assertGone(self.places(), POSTED)

    def test_a_repost_of_theirs_is_for_who_was_given_it(self):
        self.connect(self.colleague, "mitchelladmin", scopes=READ)
        shown = self.mine(self.friend).twitter_posts(reposts=True)
        self.assertIn(POSTED, repr(shown))
        theirs = self.mine(self.friend, self.colleague).twitter_posts(reposts=True)
        self.assertTrue(theirs["posts"]["items"])
        self.assertNotIn(POSTED, repr(theirs))

    def test_at_the_next_read_of_people(self):
        self.lose()
        self.assertFalse(self.mine(self.jane).twitter_following()["people"])
        self.assertEqual(self.own(), set())

    def test_where_it_is_blocked(self):
        self.x.people.block("jane_doe", "marcdemo")
        self.mine(self.jane).twitter_read(refresh=True)
        self.assertEqual(self.own(), set())
        self.assertGone(self.places(), POSTED)

    def test_x_failing_takes_nothing(self):
        self.x.faults.add("GET /2/users/:id/tweets", status=503, count=9)
        before = self.own()
        answer = self.mine(self.jane).twitter_read(refresh=True)
        self.assertIn(POSTED, repr(answer["posts"]))
        self.assertEqual(self.own(), before)

    def test_what_the_plan_forbids_takes_nothing(self):
        plan = {"title": "Client Forbidden", "reason": "client-not-enrolled"}
        self.x.faults.add("GET /2/users/:id/tweets", status=403, body=plan, count=9)
        before = self.own()
        self.mine(self.jane).twitter_read(refresh=True)
        self.assertEqual(self.own(), before)

    def test_another_accounts_copy_stays(self):
        theirs = self.connect(self.colleague, "mitchelladmin", scopes=READ)
        people = self.x.people
        people.protect("jane_doe", False)
        people.follow(people.named("mitchelladmin"), people.named("jane_doe"))
        people.protect("jane_doe")
        self.mine(self.jane, self.colleague).twitter_read(refresh=True)
        self.lose()
        self.mine(self.jane).twitter_read(refresh=True)
        panel = self.mine(self.jane, self.colleague).twitter_panel(theirs.id)
        self.assertIn(POSTED, repr(panel["posts"]))
