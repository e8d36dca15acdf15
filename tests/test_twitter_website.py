from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .test_twitter_photo import PhotoCase


@tagged("post_install", "-at_install")
class TestTwitterWebsite(PhotoCase):
    """The website of the profile, for a record that has none."""

    def told(self, record):
        self.env.invalidate_all()
        return record.with_user(self.salesperson)._twitter_website_dict()

    def test_an_empty_field_is_filled(self):
        lead = self.make_lead(twitter_handle="jane_doe")
        for record in (self.jane, lead):
            url = self.told(record)["url"]
            self.assertIn("jane.example", url)
            self.assertTrue(self.told(record)["can_fill"])
            panel = record.with_user(self.salesperson).twitter_fill_website()
            self.assertEqual(panel["record"]["id"], record.id)
            self.assertIn("jane.example", record.website)
            self.assertFalse(self.told(record)["can_fill"])

    def test_a_website_is_never_overwritten(self):
        self.jane.website = "https://mine.example"
        self.assertFalse(self.told(self.jane)["can_fill"])
        self.jane.with_user(self.salesperson).twitter_fill_website()
        self.assertEqual(self.jane.website, "https://mine.example")

    def test_an_address_that_is_no_website_is_not_offered(self):
        for url in (False, "javascript:alert(1)", "ftp://jane.example"):
            self.jane.twitter_profile_id.url = url
            self.assertEqual(self.told(self.jane), {"can_fill": False, "url": ""})

    def test_who_may_not_write_the_record_does_not_fill_it(self):
        reader = new_test_user(
            self.env,
            "x_reader",
            groups="base.group_user,crm_twitter.group_social_integration",
        )
        jane = self.jane.with_user(reader)
        self.assertFalse(jane._twitter_website_dict()["can_fill"])
        with self.assertRaises(AccessError):
            jane.twitter_fill_website()
