import logging

from psycopg2.errors import DependentObjectsStillExist

from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# The ledger has `_log_access = False` now; Odoo never drops these columns itself.
GONE = ("create_uid", "create_date", "write_uid", "write_date")


def migrate(cr, version):
    """Make what is there fit the models' new shape, and take away what it leaves."""
    for column in GONE:
        _drop(cr, "twitter_association", column)
    # Each match needs a basis now. Of one without, nothing says that the person agreed
    # or gave the name: what is sure is that it is public on X.
    cr.execute(
        """
        UPDATE twitter_association
           SET basis = 'public'
         WHERE kind = 'associated'
           AND basis IS NULL
        """
    )
    # Answers kept before do not say who is in them, by which they would be dropped when
    # X takes somebody away. They would end with the day, until when X does not bill the
    # same again.
    cr.execute("DELETE FROM twitter_cache")


def _drop(cr, table, column):
    """Drop the column, unless something of the customer's own hangs on it, such as a
    view: that stays, and so does the column."""
    query = SQL(
        "ALTER TABLE %s DROP COLUMN IF EXISTS %s",
        SQL.identifier(table),
        SQL.identifier(column),
    )
    try:
        with cr.savepoint(flush=False):
            cr.execute(query, log_exceptions=False)
    except DependentObjectsStillExist as error:
        _logger.warning(
            "%s.%s is of no use any more, and was not dropped: %s",
            table,
            column,
            error.diag.message_detail,
        )
