import re

from odoo import models
from odoo.fields import Domain

from .name_query import is_same_name, to_query, words_of_name
from .twitter_profile_forgetting import ASSOCIATED_MODELS

OFFERED_AT_MOST = 10
READ_AT_MOST = 40
SHORTEST_INDEXED = 3  # characters; PostgreSQL's trigrams find nothing shorter
NAMES = {
    "crm.lead": ("contact_name", "partner_name"),
    "res.partner": ("complete_name",),
}
SEARCHED = {
    "crm.lead": ("name", "contact_name", "partner_name", "email_normalized"),
    "res.partner": ("complete_name",),
}


class TwitterInteraction(models.Model):
    """The records whose person the author may be; the user decides."""

    _inherit = "twitter.interaction"

    def suggestions(self, query=""):
        """Leads and contacts to associate the author with.

        :param str query: part of a name or an e-mail address; without it, those with
            the author's handle or name
        :return: list of ``{model, id, name, kind, reason, handle}``, at most 10, which
            the user may write, and which have not this profile yet; ``handle`` is what
            they have
        :raise AccessError: no permission, or the row may not be read
        """
        self._twitter_check("read")
        query = (query or "").strip()
        found = self._searched(query) if query else self._proposed()
        reasons = {}
        for record, reason in found:
            reasons.setdefault(record, reason)
        offered = self._associable(reasons)[:OFFERED_AT_MOST]
        return [
            {
                "model": record._name,
                "id": record.id,
                "name": record.display_name,
                "kind": record._twitter_kind(),
                "reason": reasons[record],
                "handle": record.twitter_handle or "",
            }
            for record in offered
        ]

    # ------------------------------------------------------------
    # FINDING: LISTS OF (RECORD, REASON)
    # ------------------------------------------------------------

    def _searched(self, query):
        found = []
        for records in self._writable_models():
            searched = SEARCHED[records._name]
            if "@" in query:
                # Of contacts it has no index, and is looked through on request alone.
                searched = {*searched, "email_normalized"}
            domain = Domain.OR(Domain(name, "ilike", query) for name in searched)
            for record in self._of_company(records, domain):
                reason = self.env._("Found by “%(query)s”.", query=query)
                if record.twitter_profile_id:
                    reason += " " + self.env._(
                        "Has @%(handle)s now.", handle=record.twitter_handle
                    )
                found.append((record, reason))
        return found

    def _proposed(self):
        """Those with the same handle, then those with the same name; none that somebody
        said is another person, and none that has another profile."""
        found = [
            *((record, self.env._("Same handle.")) for record in self._by_handle()),
            *((record, self.env._("Same name.")) for record in self._by_name()),
        ]
        # sudo: twitter.profile - which one, of a record that may be read
        profile = self.sudo().author_id.profile_id._current()
        rejected = self.env["twitter.association"]._rejecting(
            profile, [record for record, _reason in found]
        )
        return [
            (record, reason)
            for record, reason in found
            if not record.twitter_profile_id and record not in rejected
        ]

    def _by_handle(self):
        """Records with the handle as somebody typed it, tied to nothing."""
        # sudo: twitter.profile - its handle is no secret to whoever sees the row
        handle = self.sudo().author_id.profile_id._current().handle
        alone = re.compile(rf"(?<!\w){re.escape(handle)}(?!\w)", re.IGNORECASE)
        found = []
        for records in self._writable_models():
            typed = self._of_company(records, _typed_domain(handle))
            found += typed.filtered(lambda one: alone.search(one.twitter_handle))
        return found

    def _by_name(self):
        name = self._making_person()
        if name.startswith("@"):
            return []  # not told by X today
        found = []
        partners = self._of_company(
            self.env["res.partner"], _name_domain(name, NAMES["res.partner"])
        ).filtered(lambda partner: is_same_name(name, partner.name or ""))
        for records in self._writable_models():
            if records._name == "res.partner":
                found += partners
                continue
            fields = NAMES[records._name]
            domain = _name_domain(name, fields)
            if partners:
                domain |= Domain("partner_id", "in", partners.ids)
            for record in self._of_company(records, domain):
                names = [record[field] or "" for field in fields]
                if record.partner_id in partners or any(
                    is_same_name(name, theirs) for theirs in names
                ):
                    found.append(record)
        return found

    # ------------------------------------------------------------
    # AMONG WHICH
    # ------------------------------------------------------------

    def _writable_models(self):
        models_ = [self.env[model] for model in ASSOCIATED_MODELS]
        return [records for records in models_ if records.has_access("write")]

    def _of_company(self, records, domain):
        """Those of the interaction's company, or of none."""
        if domain.is_false() or not records.has_access("read"):
            return records.browse()
        company = Domain("company_id", "in", [False, self.company_id.id])
        return records.search(company & domain, limit=READ_AT_MOST)

    def _associable(self, records):
        """Those the user may write and that have not this profile, in their order."""
        # sudo: twitter.profile - which one, of a record that may be read
        profile = self.sudo().author_id.profile_id._current()
        writable = set()
        for model in ASSOCIATED_MODELS:
            ids = [record.id for record in records if record._name == model]
            writable.update(self.env[model].browse(ids)._filtered_access("write"))
        return [
            record
            for record in records
            if record in writable
            # sudo: twitter.profile - as above
            and record.sudo().twitter_profile_id._current() != profile
        ]


def _typed_domain(handle):
    """What somebody typed that holds `handle`, and is no handle; see
    `_twitter_typed_index` of leads and contacts."""
    unlinked = Domain("twitter_profile_id", "=", False)
    typed = Domain("twitter_handle", "!=", False)
    return unlinked & typed & Domain("twitter_handle", "ilike", handle)


def _name_domain(name, fields):
    """Records whose `fields` hold all words of `name`, as written or in Latin letters.

    In whatever order: `is_same_name` decides on what is found.
    """
    spellings = {tuple(words_of_name(name)), tuple(to_query(name).split())}
    return Domain.OR(
        _words_domain(field, words)
        for field in fields
        for words in sorted(spellings)
        if words
    )


def _words_domain(field, words):
    if max(map(len, words)) < SHORTEST_INDEXED:
        return Domain(field, "=ilike", " ".join(words))
    return Domain.AND(Domain(field, "ilike", word) for word in words if len(word) > 1)
