"""What a database holds: its schema, its rows, and what the addon has delivered."""

import re

from environment.installation import ADDON

#: The schema as sets of rows; nothing in it depends on the order things were made in.
SCHEMA = {
    "columns": """
        SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod),
               attnotnull, pg_get_expr(adbin, adrelid), attstorage
          FROM pg_attribute
          JOIN pg_class ON pg_class.oid = attrelid
          LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm')
               AND attnum > 0 AND NOT attisdropped
    """,
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes "
    "WHERE schemaname = 'public'",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "tables": """
        SELECT relname, relkind, reloptions FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S')
    """,
    "functions": """
        SELECT proname, pg_get_function_identity_arguments(oid) FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace
    """,
}
#: Of each row, what two databases never share.
OWN = {"id", "create_uid", "create_date", "write_uid", "write_date"}
#: Odoo's lists of what is installed: of all modules together, so of the new one, too.
LISTS = {
    "ir_module_module",
    "ir_actions",
    "ir_model",
    "ir_model_fields",
    "ir_model_fields_selection",
}
#: How a view names an action.
ACTION = re.compile(r'(?<=name=")\d+(?=" type="action")')
FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, attname, confrelid::regclass::text
      FROM pg_constraint
      JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
     WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""


def schema(cursor):
    """What ``SCHEMA`` says, as a set of rows for each of its kinds."""
    found = {}
    for kind, query in SCHEMA.items():
        cursor.execute(query)
        found[kind] = {tuple(map(str, row)) for row in cursor.fetchall()}
    return found


def all_rows(cursor):
    """All rows of all tables: values by column, by the row's key, by table.

    The key is the row's id, and all of its values where there is none.
    """
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {
        table: {_key(row): row for row in _rows(cursor, table)}
        for (table,) in cursor.fetchall()
    }


def customers_rows(cursor):
    """Those of ``all_rows`` that are no upgrade's to change.

    What the addon has delivered is not among them, nor are Odoo's lists of what is
    installed.
    """
    names = _names(cursor)
    found = all_rows(cursor)
    return {
        table: {
            key: row
            for key, row in rows.items()
            if (table, key) not in names and row.get("module") != ADDON
        }
        for table, rows in found.items()
        if table not in LISTS
    }


def _rows(cursor, table):
    cursor.execute(f'SELECT to_jsonb("row") FROM "{table}" AS "row"')
    return [row for (row,) in cursor.fetchall()]


def _key(row):
    return row["id"] if "id" in row else tuple(sorted(row.items()))


def delivered(cursor):
    """What has an external identifier of the addon: values by column, by identifier.

    References to other such records are told by their identifiers, as another database
    numbers them otherwise; what links two records by a table of its own is told in
    ``links``, a set of (table, one, other).
    """
    names = _names(cursor)
    references = _references(cursor)
    found = {"links": set()}
    for table in {table for table, _id in names}:
        for row in _rows(cursor, table):
            if name := names.get((table, row["id"])):
                told = {column: row[column] for column in row.keys() - OWN}
                found[name] = _told(told, references.get(table, {}), names)
    for table, targets in references.items():
        if len(targets) == 2:
            found["links"] |= set(_links(cursor, table, targets, names))
    return found


def _names(cursor):
    """The addon's external identifiers by (table, id)."""
    cursor.execute(
        "SELECT model, res_id, name FROM ir_model_data WHERE module = %s", [ADDON]
    )
    return {(_table(model), id_): name for model, id_, name in cursor.fetchall()}


def _table(model):
    return re.sub(r"^ir\.actions\.(act_)?", "ir.act.", model).replace(".", "_")


def _references(cursor):
    """The table each foreign key leads to, by column, by table."""
    cursor.execute(FOREIGN_KEYS)
    found = {}
    for table, column, target in cursor.fetchall():
        found.setdefault(table, {})[column] = target
    return found


def _told(row, targets, names):
    """The row, with names for the numbers of what it refers to, in whichever way."""
    told = {
        column: names.get(_target(targets.get(column), value), value)
        for column, value in row.items()
    }
    if path := told.get("parent_path"):
        parent = targets["parent_id"]
        ids = map(int, path.strip("/").split("/"))
        told["parent_path"] = [names.get((parent, id_), id_) for id_ in ids]
    if texts := told.get("arch_db"):
        actions = {
            id_: name for (table, id_), name in names.items() if "_act_" in table
        }
        told["arch_db"] = {
            lang: ACTION.sub(lambda found: actions.get(int(found[0]), found[0]), text)
            for lang, text in texts.items()
        }
    return told


def _target(table, value):
    """(table, id) of what a value stands for, or None."""
    if table:
        return table, value
    if isinstance(value, str) and re.fullmatch(r"[a-z_.]+,\d+", value):
        model, _comma, id_ = value.partition(",")
        return _table(model), int(id_)
    return None


def _links(cursor, table, targets, names):
    for row in _rows(cursor, table):
        if row.keys() == targets.keys():
            told = _told(row, targets, names)
            if any(isinstance(value, str) for value in told.values()):
                yield table, *map(str, (told[column] for column in sorted(told)))
