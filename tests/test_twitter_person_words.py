from odoo.tests import BaseCase, tagged

from ..models.twitter_person_words import names_alone, redactor


@tagged("post_install", "-at_install")
class TestRedactor(BaseCase):
    """What is recognised as the account in a text, and what is not."""

    def test_mentions_and_links(self):
        redact = redactor(["jack"], ["12"], ["34"], "http://127.0.0.1:8090")
        for text, expected in (
            ("Hello @Jack!", "Hello @[erased]!"),
            ("@jackson and a@jack.example", "@jackson and a@jack.example"),
            ("Jack called", "Jack called"),
            ('"https://x.com/JACK"', '"https://x.com/[erased]"'),
            ("twitter.com/jack/status/34", "twitter.com/[erased]/status/[erased]"),
            ("x.com/jackson/status/345", "x.com/jackson/status/345"),
            ("http://127.0.0.1:8090/jack", "http://127.0.0.1:8090/[erased]"),
            ("/intent/user?user_id=12", "/intent/user?user_id=[erased]"),
            ("12 apples, 34 pears", "12 apples, 34 pears"),
            (".@jack said", ".@[erased] said"),
            (
                "www.x.com/jack mobile.twitter.com/jack",
                "www.x.com/[erased] mobile.twitter.com/[erased]",
            ),
        ):
            with self.subTest(text):
                self.assertEqual(redact(text), expected)

    def test_other_sites_addresses_stay(self):
        redact = redactor(["acme"], ["12"], ["34"], "http://127.0.0.1:8090")
        for text in (
            "https://www.tiktok.com/@acme",
            "https://medium.com/@acme/post",
            "https://netflix.com/acme",
            "https://www.fedex.com/acme",
            "dropbox.com/acme",
            "my-x.com/acme",
            "news.x.com/acme",
            "john@acme.com",
        ):
            with self.subTest(text):
                self.assertEqual(redact(text), text)

    def test_what_is_nothing_but_the_account(self):
        redact = redactor(["acme"], [], [], "")
        for text in ("https://x.com/acme", "x.com/Acme/", "@acme", "x.com/acme?s=20"):
            self.assertTrue(names_alone(redact(text)), text)
        for text in ("acme.com?via=x.com/acme", "https://acme.com", "@acme or so"):
            self.assertFalse(names_alone(redact(text)), text)

    def test_nobody(self):
        self.assertEqual(redactor([], [], [], "")("@jack"), "@jack")
