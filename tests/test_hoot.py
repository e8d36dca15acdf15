from odoo.tests import HttpCase, no_retry, tagged
from odoo.tools.misc import file_path


def is_hoots(message):
    return "[HOOT]" not in message


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    """The components' own tests, in a browser."""

    @no_retry
    def test_the_components_tests_pass(self):
        self.assertTrue(file_path("crm_twitter/static/tests/panel.test.js"))
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id=c0a36cd2",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=is_hoots,
        )
