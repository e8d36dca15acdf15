"""What somebody opens in a spreadsheet: words of people on X stay words there.

A name may be a formula that sends the sheet's other cells elsewhere, or an address in
somebody's network that is opened with the reader's password.
"""

import json
import re
from itertools import chain

from werkzeug.datastructures import FileStorage

from odoo import http

from odoo.addons.web.controllers.export import (
    CSVExport,
    ExcelExport,
    ExportXlsxWriter,
    GroupExportXlsxWriter,
)
from odoo.addons.web.controllers.pivot import TableExporter

# What spreadsheets take for a formula beside what begins with = + or -, before which
# Odoo puts a quote itself: behind blanks; with signs of full width; and, the oldest
# kind, behind an @, as most posts begin, where something is called or referred to.
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(
    r"[\t\r\n]|\s+[=+\-]|\s*[\uff1d\uff0b\uff0d\uff20]|\s*@(?=.*(?:[|(\[]|'!))",
    re.DOTALL,
)
# What XlsxWriter makes formulas and links of, where it is not told that they are words.
_NO_WORDS = re.compile(r"=|\{=|(?:ftp|http)s?://|file://|mailto:|(?:in|ex)ternal:")


class _Words:
    """Of a writer of sheets: a text is a text, whatever it looks like."""

    def write(self, row, column, cell_value, style=None):
        if cell_value and isinstance(cell_value, str):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class _Writer(_Words, ExportXlsxWriter):
    pass


class _GroupWriter(_Words, GroupExportXlsxWriter):
    pass


class CrmTwitterExcelExport(ExcelExport):
    """As Odoo's; its writers are named in its methods, hence these."""

    def from_data(self, fields, columns_headers, rows):
        with _Writer(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        with _GroupWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value


class CrmTwitterCsvExport(CSVExport):
    """With a quote before whatever is a formula, as Odoo does with most of them."""

    def from_data(self, fields, columns_headers, rows):
        quoted = [[_quoted(value, _FORMULA) for value in row] for row in rows]
        return super().from_data(fields, columns_headers, quoted)


class CrmTwitterPivotExport(TableExporter):
    """With a quote before labels that would be formulas or links."""

    @http.route()
    def export_xlsx(self, data, **kw):
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        if table:
            for cell in chain(*table["col_group_headers"], table["rows"]):
                cell["title"] = _quoted(cell["title"], _NO_WORDS)
        return super().export_xlsx(json.dumps(table), **kw)


def _quoted(value, pattern):
    return f"'{value}" if isinstance(value, str) and pattern.match(value) else value
