from odoo import api, fields, models
from odoo.fields import Domain

from .twitter_profile_forgetting import ASSOCIATED_MODELS

# More of one profile's records than this nobody looks through on a card.
SHOWN_AT_MOST = 5
READ_AT_MOST = 1000
# What decides the column: see `twitter.author`. A lost lead is archived by Odoo.
IN_THE_CRM = {
    "crm.lead": Domain("active", "=", True) | Domain("won_status", "=", "lost"),
    "res.partner": Domain("active", "=", True),
}
ORDER = {"pending": 0, "won": 1, "lost": 3}


class TwitterInteraction(models.Model):
    """The leads and contacts that the authors of cards are known by.

    Names of records are shown to whom may read them alone; others learn that there are
    some.
    """

    _inherit = "twitter.interaction"

    record_name = fields.Char(
        string="Lead or Contact",
        compute="_compute_record_name",
        search="_search_record_name",
        help="By whom the author is known here",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_record_name(self):
        records = self._records_of_authors()
        for row in self:
            names = [record.display_name for record in records[row.author_id]]
            row.record_name = ", ".join(names)

    @api.model
    def _search_record_name(self, operator, value):
        """By the names of records that the user may read."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        names = {
            "crm.lead": ("name", "contact_name"),
            "res.partner": ("complete_name",),
        }
        linked = {"crm.lead": "lead_ids", "res.partner": "partner_ids"}
        return Domain.OR(
            Domain(
                f"author_id.profile_id.{linked[model]}",
                "any",
                IN_THE_CRM[model]
                & Domain.OR(Domain(name, operator, value) for name in names[model]),
            )
            for model in ASSOCIATED_MODELS
            if self.env[model].has_access("read")
        )

    def _records_of_authors(self, limit=SHOWN_AT_MOST):
        """``{author: leads and contacts}`` this user may read, who decides first."""
        # sudo: twitter.author - who said it, which whoever sees the row may know
        authors = self.sudo().author_id
        found = {author: [] for author in authors}
        for model in ASSOCIATED_MODELS:
            for author, records in self._linked(authors, self.env[model]).items():
                found[author] += records
        return {
            author.with_env(self.env): sorted(records, key=_weight)[:limit]
            for author, records in found.items()
        }

    def _authors_with_hidden_records(self, readable):
        """Authors who are known by records as well that this user may not read.

        :param readable: see `_records_of_authors`
        """
        # sudo: twitter.author, crm.lead, res.partner - that there are some, not which
        authors = self.sudo().author_id
        hidden = authors.browse()
        for model in ASSOCIATED_MODELS:
            # sudo: crm.lead, res.partner - that there are some, not which
            everybodys = self.env[model].sudo()
            for author, records in self._linked(authors, everybodys).items():
                shown = {
                    (record._name, record.id)
                    for record in readable.get(author.with_env(self.env), ())
                }
                if len(shown) < SHOWN_AT_MOST and any(
                    (record._name, record.id) not in shown for record in records
                ):
                    hidden |= author
        return hidden

    def _linked(self, authors, records):
        """``{author: records}`` of one model that are associated with them."""
        if not (authors and records.has_access("read")):
            return {}
        theirs = Domain("company_id", "in", [False, *authors.company_id.ids])
        records = records.with_context(active_test=False)
        linked = records.browse()
        # One who is known by thousands must not crowd out the others.
        crowds = [authors.profile_id.ids]
        if (
            len(authors) > 1
            and records.search_count(
                theirs & Domain("twitter_profile_id", "in", crowds[0]),
                limit=READ_AT_MOST,
            )
            == READ_AT_MOST
        ):
            crowds = [[profile_id] for profile_id in crowds[0]]
        for profile_ids in crowds:
            linked += records.search(
                Domain("twitter_profile_id", "in", profile_ids)
                & theirs
                & IN_THE_CRM[records._name],
                limit=READ_AT_MOST,
            )
        by_profile = {}
        for record in linked:
            # sudo: twitter.profile - which one, of a record that may be read
            profile = record.sudo().twitter_profile_id
            by_profile.setdefault(profile.id, []).append(record)
        return {
            author: [
                record
                for record in by_profile.get(author.profile_id.id, ())
                # sudo: crm.lead, res.partner - whose company's it is
                if record.sudo().company_id
                in (author.company_id, record.company_id.browse())
            ]
            for author in authors
        }


def _weight(record):
    """Open deals first, then won ones, other leads, contacts."""
    if record._name != "crm.lead":
        return 4, record.id
    deal = ORDER[record.won_status] if record.type == "opportunity" else 2
    return deal, record.id
