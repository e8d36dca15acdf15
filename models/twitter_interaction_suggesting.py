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
        # Then without the short words, which may have accents: "Bojing Hú".
        return self._named(name, 2) or self._named(name, SHORTEST_INDEXED)

    def _named(self, name, shortest):
        """Contacts of that name, leads of theirs, and leads of that name.

        :param int shortest: characters of the words that are looked for
        """
        partners = self.env["res.partner"]
        domain = _name_domain(name, NAMES[partners._name], shortest)
        contacts = self._of_company(partners, domain).filtered(
            lambda contact: is_same_name(name, contact.name or "")
        )
        found = list(contacts if partners.has_access("write") else ())
        leads = self.env["crm.lead"]
        if not leads.has_access("write"):
            return found
        fields = NAMES[leads._name]
        domain = _name_domain(name, fields, shortest)
        if contacts:
            domain |= Domain("partner_id", "in", contacts.ids)
        found += self._of_company(leads, domain).filtered(
            lambda lead: lead.partner_id in contacts
            or any(is_same_name(name, lead[field] or "") for field in fields)
        )
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


def _name_domain(name, fields, shortest):
    """Records whose `fields` hold the words of `name`, as written or in Latin letters.

    In whatever order: `is_same_name` decides on what is found.
    """
    spellings = {tuple(words_of_name(name)), tuple(to_query(name).split())}
    return Domain.OR(
        _words_domain(field, words, shortest)
        for field in fields
        for words in sorted(spellings)
        if words
    )


def _words_domain(field, words, shortest):
    if max(map(len, words)) < SHORTEST_INDEXED:
        orders = {" ".join(words), " ".join(reversed(words))}
        return Domain.OR(Domain(field, "=ilike", name) for name in sorted(orders))
    return Domain.AND(
        Domain(field, "ilike", word) for word in words if len(word) >= shortest
    )
