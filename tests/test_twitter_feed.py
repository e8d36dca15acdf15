from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CrmTwitterCase
from .feeds import MENTIONS, Feeds


@tagged("post_install", "-at_install")
class TestTwitterFeed(Feeds, CrmTwitterCase):
    """The first reading names its price; later ones bring what is new, once."""

    # ------------------------------------------------------------
    # THE FIRST READING
    # ------------------------------------------------------------

    def test_nothing_is_read_before_it_was_started(self):
        self.say(number=3)
        self.run_cron()
        answer = self.read_now()
        self.assertEqual(self.endpoints(), [])
        self.assertEqual((answer["feed"]["state"], answer["read"]), ("unstarted", 0))
        self.assertEqual(answer["problem"]["code"], "refused")
        self.assertFalse(self.rows())

    def test_the_first_reading_brings_the_newest_hundred_at_its_price(self):
        for number in range(12):
            self.x.people.add(f"author{number}", f"Author {number}")
        for number in range(130):
            self.say(f"Say {number} to @ourcompany", author=f"author{number % 12}")
        [feed] = self.feeds()._feeds()
        self.assertEqual((feed["state"], feed["first_price"]), ("unstarted", 1.5))
        answer = self.start()
        self.assertEqual(self.kept(), self.said()[-100:])
        self.assertEqual((answer["read"], answer["problem"]), (100, False))
        self.assertEqual(answer["feed"]["state"], "reading")
        self.assertEqual(self.endpoints(), [MENTIONS])
        self.assertEqual(self.x.spent(), Decimal("0.62"))  # 100 posts, 12 people
        self.run_cron()
        self.assertEqual(len(self.kept()), 100, "older ones are not gone after")

    def test_who_may_not_start_it_does_not(self):
        self.say()
        company = self.env.company.id
        for user in (self.salesperson, self.employee):
            with self.assertRaises(AccessError):
                self.feeds(user).start_reading(company)
        self.assertEqual(self.endpoints(), [])
        answer = self.feeds(self.admin).start_reading(company)
        self.assertEqual(answer["read"], 1)

    def test_another_companys_is_not_started(self):
        other = self.env["res.company"].create({"name": "Another"})
        for method in ("start_reading", "read_now"):
            with self.assertRaises(AccessError):
                getattr(self.feeds(), method)(other.id)

    def test_started_where_nobody_spoke_yet_nothing_is_missed_afterwards(self):
        self.start()
        self.assertTrue(self.feed().known_id)
        ids = self.say(number=12)
        with self.small_pages():
            self.run_cron()
        self.assertEqual(self.kept(), ids)

    def test_a_second_click_reads_what_is_new(self):
        self.say(number=2)
        self.start()
        self.say(number=1)
        self.assertEqual(self.start()["read"], 1)
        self.assertEqual(len(self.feed()), 1)
        self.assertEqual(self.kept(), self.said())

    def test_without_an_official_account_there_is_nothing_to_start(self):
        other = self.env["res.company"].create({"name": "Another"})
        self.poster.company_ids += other
        answer = self.start(other)
        self.assertEqual(answer["problem"]["code"], "refused")
        self.assertEqual(answer["feed"]["state"], "none")

    # ------------------------------------------------------------
    # LATER ONES
    # ------------------------------------------------------------

    def test_pages_are_read_until_what_is_known(self):
        self.say(number=3)
        self.start()
        self.feed().known_at += timedelta(minutes=5)
        known = self.feed().known_id
        self.x.calls.clear()
        self.say(number=12)
        with self.small_pages():
            self.run_cron()
        asked = self.asked()
        self.assertEqual({call.query["since_id"] for call in asked}, {known})
        self.assertEqual(len(asked), 3)
        self.assertEqual(self.kept(), self.said())
        self.assertEqual(self.feed().known_id, self.said()[-1])
        self.assertFalse(self.feed().walk_bottom_id)

    def test_what_is_read_twice_is_there_once_and_as_users_left_it(self):
        ids = self.say(number=4)
        self.start()
        first, second = self.row(ids[0]), self.row(ids[1])
        first.with_user(self.salesperson).action_handle()
        second.with_user(self.salesperson).user_id = self.colleague
        self.flush_tracking()
        before = first.read(["state", "handled_by_id", "handled_at", "user_id"])
        self.feed().known_id = "1"
        self.run_cron()
        self.assertEqual(self.kept(), ids)
        after = self.row(ids[0]).read(
            ["state", "handled_by_id", "handled_at", "user_id"]
        )
        self.assertEqual(after, before)
        self.assertEqual(self.row(ids[1]).user_id, self.colleague)

    def test_what_x_shows_late_is_not_missed(self):
        late = self.x.posts.get(self.say()[0])
        self.x.posts.delete(late.id)
        self.say()
        self.start()
        self.assertLess(int(late.id), int(self.feed().known_id))
        self.x.posts.keep(late)
        spent = self.x.spent()
        self.run_cron()
        self.assertEqual(self.kept(), self.said())
        self.assertEqual(self.x.spent() - spent, Decimal("0.005"), "only the late one")

    def test_ids_are_compared_as_numbers(self):
        person = self.x.people.named("jane_doe")
        template = self.x.posts.get(self.say()[0])
        self.x.posts.delete(template.id)
        for post_id in ("998", "999", "1000", "1001"):
            self.x.posts.keep(
                type(template)(
                    post_id, person.id, "Hello @ourcompany", template.created_at
                )
            )
        self.start()
        self.assertEqual(self.feed().known_id, "1001")
        self.feed().write({"known_id": "999"})
        self.rows().unlink()
        self.run_cron()
        self.assertEqual(self.kept(), ["1000", "1001"])
        self.assertEqual(self.feed().known_id, "1001")

    def test_quiet_accounts_are_read_less_often(self):
        self.start()
        intervals = []
        for _reading in range(5):
            self.run_cron()
            intervals.append(self.feed().interval)
        self.assertEqual(intervals, [20, 40, 60, 60, 60])
        self.x.calls.clear()
        self.run_cron(due=False)
        self.assertEqual(self.endpoints(), [], "not due yet")
        self.say()
        self.run_cron()
        self.assertEqual(self.feed().interval, 5)
        self.assertLess(
            self.feed().next_read_at, fields.Datetime.now() + timedelta(minutes=5)
        )

    def test_what_the_company_says_itself_is_not_said_to_it(self):
        ids = self.say()
        self.x.posts.add("ourcompany", "We are @ourcompany", reply_to=ids[0])
        self.start()
        self.assertEqual(self.kept(), ids)

    # ------------------------------------------------------------
    # WHAT IS KEPT
    # ------------------------------------------------------------

    def test_kinds_texts_and_times(self):
        ours = self.x.posts.add("ourcompany", "Our news")
        theirs = self.x.posts.add("jane_doe", "Her news")
        posts = {
            "mention": self.x.posts.add("jane_doe", "Tea &amp; cake, @ourcompany?"),
            "reply": self.x.posts.add("jane_doe", "Well done", reply_to=ours.id),
            "quote": self.x.posts.add("jane_doe", "Look", quote_of=ours.id),
        }
        elsewhere = self.x.posts.add("jane_doe", "Ask @ourcompany", reply_to=theirs.id)
        self.start()
        for kind, post in posts.items():
            self.assertEqual(self.row(post.id).kind, kind)
        self.assertEqual(self.row(elsewhere.id).kind, "mention")
        row = self.row(posts["reply"].id)
        self.assertEqual(row.reply_to_id, ours.id)
        self.assertEqual(row.conversation_id, ours.id)
        self.assertEqual(
            row.posted_at,
            posts["reply"].created_at.replace(
                tzinfo=None, microsecond=row.posted_at.microsecond
            ),
        )
        self.assertEqual(self.row(posts["quote"].id).quoted_id, ours.id)
        row = self.row(posts["mention"].id)
        self.assertIn("Tea &", row.kept_text)
        self.assertEqual(row.content["id"], row.post_id)
        self.assertEqual(row.state, "new")
        self.assertEqual(row.company_id, self.env.company)
        self.assertTrue(row.is_shown)

    def test_a_long_post_is_kept_whole(self):
        self.x.people.change("jane_doe", verified_type="blue")
        text = "@ourcompany " + "word " * 100 + "end"
        post = self.x.posts.add("jane_doe", text)
        self.start()
        self.assertEqual(self.row(post.id).kept_text, text)

    def test_an_edited_post_stays_one(self):
        [post_id] = self.say("Helo @ourcompany")
        self.start()
        row = self.row(post_id)
        row.with_user(self.salesperson).user_id = self.salesperson
        edited = self.x.posts.edit(post_id, "Hello @ourcompany")
        self.run_cron()
        self.assertEqual(self.kept(), [edited.id])
        row = self.row(edited.id)
        self.assertEqual((row.original_id, row.user_id), (post_id, self.salesperson))
        self.assertEqual(row.kept_text, "Hello @ourcompany")
        again = self.x.posts.edit(edited.id, "Hello, @ourcompany!")
        self.run_cron()
        self.assertEqual(self.rows(), row)
        self.assertEqual(row.post_id, again.id)

    def test_an_older_version_that_arrives_late_is_no_news(self):
        [post_id] = self.say("Helo @ourcompany")
        old = self.x_client().mentions(self.brand.twitter_id)
        edited = self.x.posts.edit(post_id, "Hello @ourcompany")
        self.start()
        self.env["twitter.interaction"]._keep(self.brand, old)
        self.assertEqual(self.kept(), [edited.id])
        self.assertEqual(self.rows().kept_text, "Hello @ourcompany")

    def test_an_edit_that_was_here_before_its_first_version_was_told(self):
        [post_id] = self.say("Helo @ourcompany")
        edited = self.x.posts.edit(post_id, "Hello @ourcompany")
        self.start()
        self.assertEqual(self.kept(), [edited.id])
        self.assertEqual(self.rows().original_id, post_id)

    def x_client(self):
        answer = self.x.login("ourcompany")
        from ..x_api import XClient

        return XClient(answer["access_token"], api_url=self.simulator.url)

    # ------------------------------------------------------------
    # WHO PROTECTS THEIR POSTS
    # ------------------------------------------------------------

    def test_of_protected_accounts_no_words_are_kept(self):
        ids = self.say(number=2)
        self.start()
        self.x.people.protect("jane_doe")
        self.x.people.named("ourcompany").follows.add(
            self.x.people.named("jane_doe").id
        )
        ids += self.say("A secret for @ourcompany")
        self.run_cron()
        self.assertEqual(self.kept(), ids)
        for row in self.rows():
            self.assertEqual(
                (row.kept_text, row.content, row.absence, row.is_shown),
                (False, False, "protected", False),
            )
        note = self.rows()[0].with_user(self.salesperson).card["note"]
        self.assertIn("protects", note)

    # ------------------------------------------------------------
    # TWO COMPANIES
    # ------------------------------------------------------------

    def test_two_companies_each_have_what_was_said_to_them(self):
        other = self.env["res.company"].create({"name": "Another"})
        self.poster.company_ids += other
        self.x.people.add("othercompany", "The Other Company")
        second = self.connect_brand(other, "othercompany")
        both = self.x.posts.add("jane_doe", "@ourcompany or @othercompany?")
        mine = self.say()
        theirs = self.say("Hello @othercompany")
        self.start()
        self.start(other)
        rows = self.env["twitter.interaction"].search([])
        told = {
            (row.company_id, row.account_id, row.post_id, row.author_id.company_id)
            for row in rows
        }
        company = self.env.company
        self.assertEqual(
            told,
            {
                (company, self.brand, both.id, company),
                (company, self.brand, mine[0], company),
                (other, second, both.id, other),
                (other, second, theirs[0], other),
            },
        )
        self.assertEqual(len(rows.author_id), 2)
        self.assertEqual(len(rows.author_id.profile_id), 1)
        seen = self.feeds(self.salesperson).env["twitter.interaction"].search([])
        self.assertEqual(seen.company_id, company)
        feeds = self.feeds(self.poster, company, other)._feeds()
        self.assertEqual([feed["company"] for feed in feeds], [company.name, "Another"])
        self.assertEqual({feed["state"] for feed in feeds}, {"reading"})
