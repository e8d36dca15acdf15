"""Who a person is on X, and where anything of theirs is held here."""

from functools import cached_property

from odoo.fields import Domain
from odoo.tools import SQL

from .twitter_person_mentions import rows_naming
from .twitter_person_words import redactor
from .twitter_profile import ARCHIVED_TOO
from .twitter_profile_forgetting import ASSOCIATED_MODELS


class Person:
    """One X account by all of its rows, and what hangs on them, in superuser mode.

    Found once, when it is asked for: who erases keeps it from changing meanwhile.

    :param records: a lead, a contact or a profile; of a record without a profile, only
        what hangs on the record itself is found
    """

    def __init__(self, records):
        # What is erased must not be tracked as a change.
        context = {**ARCHIVED_TOO, "tracking_disable": True}
        # sudo: twitter.* - what is held of a person is whole; callers check the user
        self.env = records.sudo().with_context(**context).env
        own = records.with_env(self.env)
        is_profile = own._name == "twitter.profile"
        profiles = own if is_profile else own.twitter_profile_id
        profiles |= profiles._current()
        profiles |= profiles.search([("superseded_by_id", "in", profiles.ids)])
        self.profiles = profiles
        self.records = {model: self._records_of(model) for model in ASSOCIATED_MODELS}
        if not is_profile:
            self.records[own._name] |= own
        #: The handles they have and had, in lower case, sorted: what their own
        #: records are searched for. See `their_handles` for everybody else's.
        self.handles = self._handles()
        if profiles:
            self.profiles |= self._namesakes()

    def _records_of(self, model):
        domain = [("twitter_profile_id", "in", self.profiles.ids)]
        return self.env[model].search(domain)

    def _namesakes(self):
        """Rows of a handle of theirs that were never read, and that no record of
        anybody else has."""
        rows = self.profiles.search(
            Domain("twitter_id", "=", False) & self._is_one_of(self.handles)
        )
        return rows.filtered(
            lambda row: row.lead_ids <= self.leads and row.partner_ids <= self.partners
        )

    @property
    def leads(self):
        return self.records["crm.lead"]

    @property
    def partners(self):
        return self.records["res.partner"]

    # ------------------------------------------------------------
    # BY WHAT THEY ARE KNOWN
    # ------------------------------------------------------------

    @cached_property
    def twitter_ids(self):
        """X's ids, one in nearly every case."""
        return [id_ for id_ in self.profiles.mapped("twitter_id") if id_]

    @cached_property
    def their_handles(self):
        """By which rows of others know them: not what a record was tied to once, maybe
        by mistake, nor what was theirs and is somebody else's on X by now."""
        if not self.profiles:
            return []
        others = self.profiles.search(
            Domain("id", "not in", self.profiles.ids)
            & Domain("twitter_id", "!=", False)
            & Domain("superseded_by_id", "=", False)
            & self._is_one_of(self.handles)
        )
        taken = {row.handle.lower() for row in others}
        return [handle for handle in self.handles if handle not in taken]

    @cached_property
    def named_as(self):
        """By which they are taken out of what is said to or of others: who is connected
        is named in whatever is said to them, which says nothing of the person."""
        accounts = self.env["twitter.account"].search([("username", "!=", False)])
        own = {account.username.lower() for account in accounts}
        return [handle for handle in self.their_handles if handle not in own]

    def _handles(self):
        """Of a record that has no profile any more, those its ledger tells of."""
        own = set(self.profiles.mapped("handle"))
        for profile in self.profiles:
            own.update(profile.former_handles or [])
        if not self.profiles:
            rows = self.env["twitter.association"].search(self._domain_of_rows())
            rows = rows.filtered(lambda row: row.kind != "rejected")
            own.update(rows.mapped("handle"))
        return sorted({handle.lower() for handle in own if handle})

    @cached_property
    def post_ids(self):
        """X's ids of what they wrote, as far as that is known here."""
        ids = {row.post_id for row in self.interactions}
        ids |= {row.original_id for row in self.interactions if row.original_id}
        ids |= {row.post_id for row in self.engagements if row.post_id}
        for answer in self.answers:
            ids |= {
                each["id"]
                for each in theirs_in(answer.value, self.twitter_ids)
                if "author_id" in each
            }
        return sorted(ids)

    def redactor(self, handles=None):
        """What takes the account out of a text; see `twitter_person_words`.

        :param handles: by default all, for what is on their own records
        """
        handles = self.handles if handles is None else handles
        site_url = self.env["twitter.account"]._site_url()
        posts = [id_ for id_ in self.post_ids if id_]
        return redactor(handles, self.twitter_ids, posts, site_url)

    # ------------------------------------------------------------
    # WHAT IS HELD
    # ------------------------------------------------------------

    @cached_property
    def authors(self):
        return self._about("twitter.author", "profile_id")

    @cached_property
    def interactions(self):
        domain = [("author_id", "in", self.authors.ids)]
        return self.env["twitter.interaction"].search(domain)

    @cached_property
    def associations(self):
        rows = self.env["twitter.association"]
        return rows.search(self._domain_of_rows())

    @cached_property
    def engagements(self):
        """What was done to them, from whichever record, and what from theirs."""
        rows = self.env["twitter.engagement"]
        posts = Domain("interaction_id", "in", self.interactions.ids)
        # A row from before their profile was read has their handle alone.
        named = Domain("profile_id", "=", False) & self._is_one_of(self.their_handles)
        return rows.search(self._domain_of_rows() | posts | named)

    @cached_property
    def told(self):
        """Profiles of others, who had a handle that is this person's now."""
        self.profiles.flush_model(["told_handles"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM twitter_profile WHERE told_handles ?| %s",
                self.their_handles,
            )
        )
        return self.profiles.browse(row[0] for row in rows) - self.profiles

    @cached_property
    def mentions(self):
        """What others said to a company that names them."""
        rows = self.env["twitter.interaction"]
        found = rows_naming(rows, "kept_text", self.named_as) - self.interactions
        redact = self.redactor(self.named_as)
        return found.filtered(lambda row: redact(row.kept_text) != row.kept_text)

    @cached_property
    def photos(self):
        return self._about("twitter.photo", "profile_id")

    @cached_property
    def answers(self):
        """X's answers that are about them, or have anything of theirs in it."""
        return self.env["twitter.cache"]._with(self.profiles, self.their_handles)

    @property
    def companies(self):
        """Whose data it is; what all companies share is nobody's."""
        return (
            self.leads.company_id
            | self.partners.company_id
            | self.authors.company_id
            | self.engagements.company_id
        )

    def _is_one_of(self, handles):
        """As in the index of profiles: `=ilike` would look at each row of them."""
        return Domain.custom(
            to_sql=lambda rows, alias, query: SQL(
                "lower(%s) = ANY(%s)",
                rows._field_to_sql(alias, "handle", query),
                list(handles),
            )
        )

    def _about(self, model, field):
        return self.env[model].search([(field, "in", self.profiles.ids)])

    def _domain_of_rows(self):
        return (
            Domain("profile_id", "in", self.profiles.ids)
            | Domain("lead_id", "in", self.leads.ids)
            | Domain("partner_id", "in", self.partners.ids)
        )


def theirs_in(value, twitter_ids):
    """The parts of an answer of X, as it is stored, that are about these people.

    :param value: what JSON can hold
    :return: list of dicts: profiles of these people, and posts they wrote
    """
    if isinstance(value, list):
        return [part for each in value for part in theirs_in(each, twitter_ids)]
    if not isinstance(value, dict):
        return []
    whose = value.get("author_id", value.get("id"))
    if whose in twitter_ids and "id" in value:
        return [value]
    return theirs_in(list(value.values()), twitter_ids)
