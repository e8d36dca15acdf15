import json

from odoo import api, models
from odoo.tools import LazyTranslate, formatLang

_lt = LazyTranslate(__name__)

# key of the export → how the page calls it
SECTIONS = {
    "profiles": _lt("Profile on X, as X told it"),
    "records": _lt("Leads and contacts that are associated with it"),
    "associations": _lt("When and why it was associated"),
    "said_to_the_company": _lt("What they said to the company"),
    "done_on_x": _lt("What was done on X"),
    "stored_answers": _lt("Answers of X that are stored until the day ends"),
}
WORDS = {
    "x_id": _lt("X ID"),
    "handle": _lt("Handle"),
    "former_handles": _lt("Former handles"),
    "name": _lt("Name"),
    "bio": _lt("Bio"),
    "place": _lt("Place"),
    "website": _lt("Website"),
    "verified": _lt("Verified"),
    "protected": _lt("Protected"),
    "joined_x_at": _lt("Joined X"),
    "followers": _lt("Followers"),
    "following": _lt("Following"),
    "posts": _lt("Posts"),
    "picture": _lt("Address of the picture"),
    "state": _lt("State"),
    "read_at": _lt("Read from X"),
    "looked_at": _lt("Last looked at"),
    "model": _lt("Kind of record"),
    "id": _lt("Number"),
    "basis": _lt("Basis"),
    "image_from_x": _lt("Image is the one on X"),
    "kind": _lt("Kind"),
    "record": _lt("Record"),
    "records": _lt("Records"),
    "origin": _lt("Origin"),
    "at": _lt("When"),
    "to": _lt("To"),
    "as": _lt("As"),
    "company": _lt("Company"),
    "relation": _lt("Relation to the company"),
    "text": _lt("Text"),
    "confirmed_at": _lt("Last confirmed by X"),
    "post": _lt("Post"),
    "result": _lt("Resulting post"),
    "done_at": _lt("Done"),
    "parts": _lt("Content"),
    "kept_until": _lt("Kept until"),
}

# (section, key) → the selection whose labels the page shows
CODES = {
    ("profiles", "state"): ("twitter.profile", "state"),
    ("profiles", "verified"): ("twitter.profile", "verified_type"),
    ("records", "basis"): ("twitter.association", "basis"),
    ("associations", "kind"): ("twitter.association", "kind"),
    ("associations", "origin"): ("twitter.association", "origin"),
    ("associations", "basis"): ("twitter.association", "basis"),
    ("said_to_the_company", "kind"): ("twitter.interaction", "kind"),
    ("said_to_the_company", "state"): ("twitter.interaction", "state"),
    ("said_to_the_company", "relation"): ("twitter.author", "relation"),
    ("done_on_x", "kind"): ("twitter.engagement", "kind"),
    ("done_on_x", "state"): ("twitter.engagement", "state"),
}
TIMES = {
    "joined_x_at",
    "read_at",
    "looked_at",
    "at",
    "confirmed_at",
    "done_at",
    "kept_until",
}
COUNTS = {"followers", "following", "posts"}


class TwitterErasure(models.Model):
    """The same export as a page to read: in words, and without what is empty."""

    _inherit = "twitter.erasure"

    @api.model
    def _export_page(self, data):
        """What the page shows of an export.

        :return: list of (title, list of rows), a row a list of (words, text)
        """
        return [
            (
                self.env._(title),
                [
                    [
                        (self.env._(WORDS[key]), self._told_value(section, key, value))
                        for key, value in row.items()
                        if value not in ("", [], False)
                    ]
                    for row in data[section]
                ],
            )
            for section, title in SECTIONS.items()
            if data[section]
        ]

    @api.model
    def _told_value(self, section, key, value):
        """A value of an export as a reader takes it; what is nested, as JSON."""
        labels = self._labels(CODES.get((section, key)))
        if key == "model":
            return self._kind_of_record(value)
        if key in ("record", "records"):
            rows = value if isinstance(value, list) else [value]
            return ", ".join(
                f"{self._kind_of_record(row['model'])} {row['id']}" for row in rows
            )
        if isinstance(value, (dict, list)):
            is_plain = all(isinstance(each, str) for each in value)
            if is_plain and isinstance(value, list):
                return ", ".join(value)
            return json.dumps(value, indent=2, ensure_ascii=False)
        if key in TIMES:
            return told_time(value)
        if key in COUNTS:
            return formatLang(self.env, value, digits=0)
        return self.env._("Yes") if value is True else labels.get(value, str(value))

    @api.model
    def _labels(self, code):
        """``{code: label}`` of a selection, or nothing."""
        if not code:
            return {}
        model, name = code
        return dict(self.env[model]._fields[name]._description_selection(self.env))

    @api.model
    def _kind_of_record(self, model):
        is_lead = model == "crm.lead"
        return self.env._("Lead") if is_lead else self.env._("Contact")


def told_time(moment):
    """Such as "2026-11-22 21:47 UTC", of a time in an export."""
    return f"{moment[:16].replace('T', ' ')} UTC"
