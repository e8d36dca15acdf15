from odoo import api, fields, models

from .twitter_person_finding import theirs_in
from .x_values import iso

#: The shape of an export. It is raised where a key changes its meaning or goes.
FORMAT, VERSION = "crm_twitter.person", 1


class TwitterErasure(models.Model):
    """All that is held of a person on X, to answer them when they ask.

    Values are as they are stored, words as well that are not shown here any more. Who
    of us did something is left out: that is the colleague's data, not the person's.
    """

    _inherit = "twitter.erasure"

    @api.model
    def _export(self, person):
        """
        :param Person person: see there; the caller has checked the user
        :return: what JSON can hold; times in UTC, ISO 8601; "" and [] for nothing
        """
        return {
            "format": FORMAT,
            "version": VERSION,
            "exported_at": iso(fields.Datetime.now()),
            "profiles": [self._export_profile(row) for row in person.profiles],
            "records": self._export_records(person),
            "associations": [
                self._export_event(row, person) for row in person.associations
            ],
            "said_to_the_company": [
                self._export_interaction(row) for row in person.interactions
            ],
            "done_on_x": [
                self._export_engagement(row)
                for row in person.engagements
                if _is_theirs(row, person)
            ],
            "stored_answers": [
                answer
                for row in person.answers
                if (answer := self._export_answer(row, person))["parts"]
            ],
        }

    @api.model
    def _export_profile(self, row):
        return {
            "x_id": row.twitter_id or "",
            "handle": row.handle,
            "former_handles": row.former_handles or [],
            "name": row.name or "",
            "bio": row.description or "",
            "place": row.location or "",
            "website": row.url or "",
            "verified": row.verified_type or "",
            "protected": row.is_protected,
            "joined_x_at": iso(row.joined_at),
            "followers": row.followers,
            "following": row.following,
            "posts": row.posts,
            "picture": row.image_url or "",
            "state": row.state,
            "read_at": iso(row.fetched_at),
            "looked_at": iso(row.looked_at),
        }

    @api.model
    def _export_records(self, person):
        """The leads and contacts; named to who may read them alone."""
        with_image = set(person.photos._still_set().partner_id.ids)
        rows = []
        for records in person.records.values():
            readable = set(records.with_env(self.env)._filtered_access("read").ids)
            rows += [
                {
                    **self._export_record(record, record.id in readable),
                    "handle": record.twitter_handle or "",
                    "basis": record.twitter_basis or "",
                    "image_from_x": record._name == "res.partner"
                    and record.id in with_image,
                }
                for record in records
            ]
        return rows

    @api.model
    def _export_record(self, record, is_readable=False):
        name = (record.display_name or "") if is_readable else ""
        return {"model": record._name, "id": record.id, "name": name}

    @api.model
    def _export_event(self, row, person):
        """Also of whom their record was tied to before, or was not: unnamed, as that is
        somebody else's data."""
        record = row.lead_id or row.partner_id
        return {
            "kind": row.kind,
            "record": {"model": record._name, "id": record.id},
            "handle": (_is_theirs(row, person) and row.handle) or "",
            "origin": row.origin,
            "basis": row.basis or "",
            "at": iso(row.date),
        }

    @api.model
    def _export_interaction(self, row):
        return {
            "kind": row.kind,
            "to": row.account_id.username,
            "company": row.company_id.name,
            "relation": row.author_id.relation or "",
            "x_id": row.post_id,
            "text": row.kept_text or "",
            "at": iso(row.posted_at),
            "confirmed_at": iso(row.verified_at),
            "state": row.state,
        }

    @api.model
    def _export_engagement(self, row):
        records = (row.lead_id, row.partner_id)
        return {
            "kind": row.kind,
            "as": row.account_handle or "",
            "company": row.company_id.name or "",
            "state": row.state,
            "text": row.text or "",
            "post": row.post_id or "",
            "result": row.result_id or "",
            "records": [
                {"model": each._name, "id": each.id} for each in records if each
            ],
            "at": iso(row.date),
            "done_at": iso(row.done_at),
        }

    @api.model
    def _export_answer(self, row, person):
        """What of a stored answer is theirs; of lists of others, their part alone."""
        return {
            "parts": theirs_in(row.value, person.twitter_ids),
            "read_at": iso(row.read_at),
            "kept_until": iso(row.expires_at),
        }


def _is_theirs(row, person):
    """Whether a row that is about a person on X is about this one."""
    return row.profile_id <= person.profiles
