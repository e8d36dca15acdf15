from odoo.tests import tagged

from .common import CrmTwitterCase
from .feeds import Feeds


@tagged("post_install", "-at_install")
class TestCompanies(Feeds, CrmTwitterCase):
    """What one company has started goes on at nobody else's expense."""

    def setUp(self):
        super().setUp()
        self.ids = self.say(number=2)
        self.start()
        self.other = self.env["res.company"].create({"name": "Another"})
        self.poster.company_ids += self.other
        self.x.calls.clear()

    def give_up(self):
        self.env.flush_all()
        self.env["twitter.account"]._give_up_brand(self.env.company)
        self.env.invalidate_all()

    def take_over(self):
        self.give_up()
        self.connect_brand(self.other)
        self.env.invalidate_all()
        self.assertEqual(self.brand.company_id, self.other)

    # ------------------------------------------------------------
    # READING
    # ------------------------------------------------------------

    def test_who_takes_the_account_over_starts_anew(self):
        self.take_over()
        self.say()
        self.run_cron()
        self.assertEqual(self.endpoints(), [])
        [mine, theirs] = self.feeds(self.poster, self.env.company, self.other)._feeds()
        self.assertEqual((mine["state"], theirs["state"]), ("none", "unstarted"))
        answer = self.start(self.other)
        self.assertEqual((answer["read"], answer["problem"]), (1, False))
        self.assertEqual(self.feed().company_id, self.other)

    def test_given_up_and_connected_again_it_goes_on(self):
        self.give_up()
        self.run_cron()
        self.assertEqual(self.endpoints(), [])
        self.say(number=2)
        self.connect_brand()
        self.run_cron()
        self.assertEqual(self.kept(), self.said())

    def test_an_account_that_is_another_companys_is_not_read(self):
        self.say()
        self.feed().company_id = self.other
        self.run_cron()
        new, problem = self.feed()._read()
        self.assertEqual((new, problem.code), (0, "not_connected"))
        self.assertEqual(self.read_now()["feed"]["state"], "unstarted")
        self.assertEqual(self.endpoints(), [])

    def test_nor_is_kept_what_x_answered_before_it_was(self):
        self.say()
        feed = self.feed()
        place = feed._place()
        page = feed._ask(place)
        self.take_over()
        self.assertEqual(feed._keep_page(page, place, 0), (0, None))
        self.assertEqual(self.kept(), self.ids)

    # ------------------------------------------------------------
    # LOADING AGAIN
    # ------------------------------------------------------------

    def check_not_loaded(self):
        row = self.row(self.ids[0]).with_user(self.salesperson)
        answer = row.twitter_load_again()
        self.assertEqual(answer["problem"]["code"], "not_connected")
        self.assertEqual(answer["problem"]["action"], "settings")
        self.assertIn("no official X account", answer["problem"]["message"])
        self.assertEqual(self.endpoints(), [])

    def test_nothing_is_loaded_with_what_is_a_persons_connection_by_now(self):
        self.brand.write({"member_ids": [(4, self.poster.id)], "company_id": False})
        self.check_not_loaded()

    def test_nor_with_what_is_another_companys(self):
        self.take_over()
        self.check_not_loaded()

    def test_another_account_of_the_company_loads_it(self):
        self.give_up()
        self.x.people.add("ournewname", "Our New Name")
        self.connect_brand(username="ournewname")
        row = self.row(self.ids[0]).with_user(self.salesperson)
        self.assertFalse(row.twitter_load_again()["problem"])
