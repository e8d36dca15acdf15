from decimal import Decimal

from odoo.tests import tagged

from .test_twitter_feed_checking import CheckingCase


@tagged("post_install", "-at_install")
class TestFollowed(CheckingCase):
    """X gives protected posts to the company where it follows who wrote them."""

    def setUp(self):
        super().setUp()
        person = self.x.people.named("jane_doe")
        self.x.people.named("ourcompany").follows.add(person.id)
        self.ids += self.say()
        self.run_cron()
        self.assertTrue(self.rows().author_id.is_followed)
        self.age(self.rows(), hours=21)
        self.x.calls.clear()
        self.x.billing.reset()

    def check_no_words(self):
        self.assertFalse(any(row.kept_text or row.content for row in self.rows()))
        self.assertEqual(set(self.rows().mapped("absence")), {"protected"})
        self.assertTrue(self.rows().author_id.profile_id.is_protected)

    def test_what_they_protect_since_loses_its_words(self):
        self.x.people.protect("jane_doe")
        self.check()
        self.check_no_words()

    def test_nor_is_it_shown_when_it_is_loaded_again(self):
        self.x.people.protect("jane_doe")
        self.age(self.rows(), hours=25)
        row = self.row(self.ids[0]).with_user(self.salesperson)
        price = Decimal(str(row.card["load_price"]))
        self.env.flush_all()
        answer = row.twitter_load_again()
        self.assertEqual(price, Decimal("0.015"))
        self.assertLessEqual(self.x.spent(), price, "what the card said at most")
        self.assertFalse(answer["card"]["post"])
        self.check_no_words()

    def test_they_are_read_along_once_and_nobody_else_is(self):
        self.x.people.add("john_doe", "John Doe")
        self.ids += self.say(author="john_doe")
        self.run_cron()
        self.age(self.rows(), hours=21)
        self.x.billing.reset()
        self.check()
        self.assertEqual(self.words(), dict.fromkeys(self.ids, True))
        self.assertEqual(self.x.spent(), Decimal("0.035"), "five posts, one person")

    def test_whom_the_company_follows_no_longer_is_not_read_along(self):
        self.x.people.named("ourcompany").follows.clear()
        self.say()
        self.run_cron()
        self.assertFalse(self.rows().author_id.is_followed)
