from unittest.mock import patch

from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ..models import twitter_account
from .common import CrmTwitterCase
from .everything import Everything

FLAG = "database.is_neutralized"


@tagged("post_install", "-at_install")
class TestNeutralize(Everything, CrmTwitterCase):
    """A neutralized copy of a database neither reads nor writes on X, whatever is done.

    By the SQL alone, as well as by Odoo's flag alone: each is enough.
    """

    def run_sql(self):
        self.env.flush_all()
        [sql] = get_neutralization_queries(["crm_twitter"])
        self.env.cr.execute(sql)
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def set_flag(self):
        self.env["ir.config_parameter"].set_param(FLAG, "true")
        self.env.flush_all()

    def assertSilent(self):
        with self.pictures() as fetched:
            tried = self.do_everything()
        self.assertGreater(tried, 50)
        self.assertEqual(self.endpoints(), [])
        fetched.assert_not_called()
        self.counted["attacks tried"] += tried

    def pictures(self):
        """What is fetched from X's image host, which is none of its API's endpoints."""
        fetch = twitter_account.images.fetch_image
        return patch.object(twitter_account.images, "fetch_image", wraps=fetch)

    def test_before_it_talks_to_x(self):
        """Or the silence would prove nothing."""
        with self.pictures() as fetched:
            self.do_everything()
        self.assertGreaterEqual(fetched.call_count, 2)
        self.assertGreaterEqual(
            set(self.endpoints()),
            {
                "GET /2/users/search",
                "GET /2/users/:id/mentions",
                "GET /2/users/:id/tweets",
                "GET /2/tweets",
                "GET /2/users",
                "POST /2/tweets",
                "POST /2/oauth2/revoke",
                "POST /2/oauth2/token",
                "POST /2/compliance/jobs",
            },
        )

    def test_after_the_sql(self):
        self.run_sql()
        self.assertFalse(self.env["ir.config_parameter"].get_param(FLAG))
        self.assertSilent()

    def test_by_odoos_flag(self):
        self.set_flag()
        self.assertSilent()

    def test_the_sql_leaves_no_secret(self):
        self.run_sql()
        self.env.cr.execute(
            "SELECT count(*) FROM twitter_account"
            " WHERE access_token IS NOT NULL OR refresh_token IS NOT NULL"
        )
        self.assertEqual(self.env.cr.fetchall(), [(0,)])
        self.assertFalse(self.env["twitter.login"].search([]))
        names = ("client_id", "client_secret", "bearer_token")
        keys = [f"crm_twitter.{name}" for name in names]
        parameters = self.env["ir.config_parameter"]
        self.assertFalse(parameters.search([("key", "in", keys)]))

    def test_the_sql_keeps_what_is_the_crms(self):
        lead = self.lead
        before = len(self.ledger(lead.sudo()))
        self.run_sql()
        self.assertEqual(lead.sudo().twitter_handle, "jane_doe")
        self.assertEqual(len(self.ledger(lead.sudo())), before)

    def test_the_sql_runs_twice_and_on_an_empty_database(self):
        self.run_sql()
        self.run_sql()
