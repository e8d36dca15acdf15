import logging
from urllib.parse import quote

from odoo.tests import tagged

from ..models import log_masks, twitter_login
from ..models.twitter_login import CALLBACK_ROUTE
from .attacks import AttackCase, given


@tagged("post_install", "-at_install")
class TestLogMasks(AttackCase):
    """Codes, states and typed secrets are in none of Odoo's logs."""

    def test_the_access_log_has_neither_code_nor_state(self):
        address = self.decide(self.start()["url"])
        secret = [given(address, "code"), given(address, "state")]
        logged = self.logged(lambda: self.come_back(address), "werkzeug")
        self.assertIn(f"GET {CALLBACK_ROUTE}?…", logged)
        for value in secret:
            self.counted["attacks tried"] += 1
            self.assertNotIn(value, logged)

    def test_addresses_that_quote_the_callback_are_masked_too(self):
        quoted = quote(f"{CALLBACK_ROUTE}?state=the-state&code=the-code", safe="")
        for address in (
            f"{CALLBACK_ROUTE}?state=the-state&code=the-code",
            f"/web/login?redirect={quoted}",
            f"/web/login?redirect={quote(quoted)}",
            f"{CALLBACK_ROUTE.upper()}?code=the-code",
            f"/a{CALLBACK_ROUTE} ?code=the-code",
        ):
            with self.subTest(address):
                self.counted["attacks tried"] += 1
                logged = self.written(
                    "werkzeug", '"%s" %s -', f"GET {address} HTTP/1.1", 200
                )
                self.assertNotIn("the-", logged)
                self.assertTrue(logged.endswith('HTTP/1.1" 200 -'), logged)
        other = self.written("werkzeug", '"%s"', "GET /odoo?code=theirs HTTP/1.1")
        self.assertEqual(other, '"GET /odoo?code=theirs HTTP/1.1"')

    def written(self, name, message, *args):
        record = logging.LogRecord(name, logging.INFO, "", 0, message, args, None)
        self.assertTrue(logging.getLogger(name).filter(record))
        return record.getMessage()

    def logged(self, deed, name):
        logger = logging.getLogger(name)
        self.addCleanup(logger.setLevel, logger.level)
        logger.setLevel(logging.DEBUG)
        with self.assertLogs(name, logging.DEBUG) as logs:
            deed()
        return "\n".join(record.getMessage() for record in logs.records)

    def test_a_secret_that_is_typed_is_in_no_log_of_calls(self):
        self.authenticate("admin", "admin")
        values = {
            "twitter_client_id": "the-id",
            "twitter_client_secret": "the-secret",
            "twitter_bearer_token": "the-bearer",
        }
        fields = {name: {} for name in values}
        settings = "res.config.settings"

        def typed():
            self.call(
                settings, "onchange", [], values, ["twitter_client_secret"], fields
            )
            self.call(settings, "create", [values])
            self.call(settings, "web_save", [], values, specification=fields)

        logged = self.logged(typed, log_masks.CALLS_LOGGER)
        self.assertIn("web_save", logged)
        self.assertIn("'the-id'", logged)
        for secret in ("the-secret", "the-bearer"):
            self.counted["attacks tried"] += 1
            self.assertNotIn(secret, logged)

    def test_the_fields_that_are_masked_exist(self):
        fields = self.env["res.config.settings"]._fields
        self.assertLessEqual(log_masks.SECRET_FIELDS, set(fields))
        self.assertEqual(twitter_login.CALLBACK_ROUTE, "/crm_twitter/oauth/callback")
