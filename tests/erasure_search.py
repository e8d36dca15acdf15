from odoo.tools import SQL


class SearchByValue:
    """Looks for values in all of the database, for a test case."""

    def begin_search(self):
        """What was written before is not looked at from now on."""
        [[self.begun]] = self.env.execute_query(
            SQL("SELECT txid_current() %% 4294967296")
        )

    def found(self, sentinels):
        """Where any of these values is in the database: ``{table: [whose]}``.

        Rows are looked at that were written since the test began: the values are not
        older.
        """
        self.env.flush_all()
        found = {}
        for table, columns in self.columns().items():
            text = SQL(" || ' ' || ").join(
                SQL("coalesce(%s::text, '')", SQL.identifier(column))
                for column in columns
            )
            [hits] = self.env.execute_query(
                SQL(
                    "SELECT %s FROM %s WHERE xmin::text::int8 >= %s",
                    SQL(", ").join(
                        SQL("bool_or(%s ILIKE %s)", text, f"%{_literal(value)}%")
                        for value in sentinels.values()
                    ),
                    SQL.identifier(table),
                    self.begun,
                )
            )
            whose = [name for name, hit in zip(sentinels, hits, strict=True) if hit]
            if whose:
                found[table] = whose
        return found

    def columns(self):
        """``{table: [column]}`` of all that can hold a value, of each table."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
                  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_type t ON t.oid = a.atttypid
                 WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0
                   AND NOT a.attisdropped
                   AND t.typname IN ('varchar', 'text', 'json', 'jsonb', 'bytea',
                                     'bpchar', '_text', '_varchar')
              GROUP BY c.relname
                """
            )
        )
        return dict(rows)


def _literal(text):
    return text.replace("_", "\\_")
