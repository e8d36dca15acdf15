def migrate(cr, version):
    """Take away what the models' new shape leaves behind."""
    # The ledger has `_log_access = False` now; Odoo never drops these columns itself.
    cr.execute(
        """
        ALTER TABLE twitter_association
                DROP COLUMN IF EXISTS create_uid,
                DROP COLUMN IF EXISTS create_date,
                DROP COLUMN IF EXISTS write_uid,
                DROP COLUMN IF EXISTS write_date
        """
    )
    # Answers kept before do not say who is in them, by which they would be dropped when
    # X takes somebody away. They would end with the day, until when X does not bill the
    # same again.
    cr.execute("DELETE FROM twitter_cache")
