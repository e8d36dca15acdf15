from pathlib import Path

from odoo.modules.migration import load_script
from odoo.tests import tagged

from .common import CrmTwitterCase

FOLDER = Path(__file__).parents[1] / "migrations" / "19.0.2.0.0"


@tagged("post_install", "-at_install")
class TestMigrations(CrmTwitterCase):
    """What an upgrade meets that no earlier version made by itself; upgrades as a
    whole are in the installation tests."""

    def migrate(self, script="pre-migration"):
        load_script(str(FOLDER / f"{script}.py"), script).migrate(
            self.env.cr, "19.0.1.0.0"
        )

    def columns(self):
        self.env.cr.execute(
            """
            SELECT column_name
              FROM information_schema.columns
             WHERE table_name = 'twitter_association'
            """
        )
        return {row[0] for row in self.env.cr.fetchall()}

    def test_what_a_customer_made_of_a_column_stays(self):
        self.env.cr.execute(
            """
            ALTER TABLE twitter_association ADD create_uid int4, ADD write_date date;
            CREATE VIEW a_customers_report AS
                 SELECT create_uid FROM twitter_association
            """
        )
        with self.assertLogs("pre-migration", "WARNING") as told:
            self.migrate()
        self.assertIn("view a_customers_report depends on", told.output[0])
        self.assertEqual(len(told.output), 1)
        self.assertEqual(self.columns() & {"create_uid", "write_date"}, {"create_uid"})

    def test_the_default_basis_is_what_it_was(self):
        parameters = self.env["ir.config_parameter"]
        for before, after in ((False, "given"), ("consent", "consent")):
            with self.subTest(before=before):
                parameters.set_param("crm_twitter.default_basis", before)
                self.migrate("post-migration")
                kept = parameters.get_param("crm_twitter.default_basis")
                self.assertEqual(kept, after)

    def test_a_match_without_basis_has_the_one_that_is_sure(self):
        self.env["res.partner"].create({"name": "Ada", "twitter_handle": "ada_l"})
        self.env.flush_all()
        self.env.cr.execute(
            """
            ALTER TABLE twitter_association
                   DROP CONSTRAINT twitter_association_basis_required;
            INSERT INTO twitter_association (kind, partner_id, profile_id, handle,
                                             origin, user_id, date)
                 SELECT unnest(ARRAY['associated', 'rejected']), partner_id,
                        profile_id, handle, origin, user_id, date
                   FROM (SELECT * FROM twitter_association
                       ORDER BY id DESC LIMIT 1) last
              RETURNING id
            """
        )
        ids = [row[0] for row in self.env.cr.fetchall()]
        self.migrate()
        self.env.invalidate_all()
        rows = self.env["twitter.association"].browse(ids)
        self.assertEqual(rows.mapped("basis"), ["public", False])
