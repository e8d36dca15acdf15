import re

from odoo import models

# What a spreadsheet takes for a formula: the oldest also what begins with @, as most
# posts do; those count that call something, or refer to something elsewhere.
FORMULA = re.compile(r"[=+\-\t\r]|@(?=.*(?:[|(\[]|'!))", re.DOTALL)


class Base(models.AbstractModel):
    """Exports: words of people on X stay words in whatever opens the file.

    Odoo puts a quote before what looks like a formula in CSV files alone, and not
    before all that is one.
    """

    _inherit = "base"

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        rows = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        of_x = [i for i, path in enumerate(fields) if self._is_column_of_x(path)]
        for row in rows if of_x else ():
            for i in of_x:
                if isinstance(row[i], str) and FORMULA.match(row[i]):
                    row[i] = f"'{row[i]}"
        return rows

    def _is_column_of_x(self, path):
        """Whether an exported column shows what X told: of a model of ours, or the
        name of such a record."""
        field = self._fields.get(path[0]) if path else None
        comodel = getattr(field, "comodel_name", None) or ""
        return self._name.startswith("twitter.") or comodel.startswith("twitter.")
