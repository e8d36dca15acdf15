from odoo.tools import SQL


def lock_rows(records):
    """Lock rows that a request is about to write, in one order for all.

    Where another transaction has changed one since the request began, PostgreSQL
    refuses and Odoo replays the request. The ORM's own statement would have that logged
    as an error, and it is none.
    """
    if records:
        records.flush_recordset()
        query = SQL(
            "SELECT FROM %s WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
            SQL.identifier(records._table),
            records.ids,
        )
        records.env.cr.execute(query, log_exceptions=False)
