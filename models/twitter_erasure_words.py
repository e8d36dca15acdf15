from collections import Counter

from odoo import api, models
from odoo.tools import SQL

from .twitter_profile_forgetting import ASSOCIATED_MODELS

TEXTS = ("char", "text", "html")
# What the chatter's tracking of these says is all about the match.
TRACKED = ("twitter_handle", "twitter_basis")


class TwitterErasure(models.Model):
    """The words around a record: its notes go, what people wrote stays without them.

    Only the chatter of the person's own records is looked through, of their leads' and
    contacts' colleagues' notes elsewhere nothing is known here.
    """

    _inherit = "twitter.erasure"

    @api.model
    def _erase_words(self, person, redact):
        """
        :return: ``{kind: number}``
        """
        counts = Counter()
        notes = self._notes_on(person.engagements)
        counts["notes"] = len(notes)
        notes.unlink()
        for records in person.records.values():
            counts["changes"] += self._erase_changes(records)
            counts["fields"] += self._redact_fields(records, redact)
        for records in (*person.records.values(), *self._told_records(person)):
            counts["notes"] += self._redact_messages(records, redact)
            counts["activities"] += self._redact_activities(records, redact)
        self._erase_bus(person)
        return counts

    # ------------------------------------------------------------
    # THE CHATTER
    # ------------------------------------------------------------

    @api.model
    def _notes_on(self, engagements):
        """Notes on what was done on X; older ones are known by the post's address."""
        # sudo: mail.message - of records whose X data is erased
        notes = engagements.sudo().note_id
        for row in engagements.filtered(lambda row: not row.note_id and row.is_noted):
            words = [f"/status/{id_}" for id_ in (row.result_id, row.post_id) if id_]
            for record in filter(None, (row.lead_id, row.partner_id)):
                notes |= self._notes_with(record, words)
        return notes

    @api.model
    def _notes_with(self, record, words):
        # sudo: mail.message - of records whose X data is erased
        messages = self.env["mail.message"].sudo()
        found = messages.search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("message_type", "=", "notification"),
                ("tracking_value_ids", "=", False),
            ]
        )
        return found.filtered(
            lambda message: any(f'{word}"' in message.body for word in words)
        )

    @api.model
    def _redact_messages(self, records, redact):
        # sudo: mail.message, mail.mail - of records whose X data is erased
        messages = self.env["mail.message"].sudo()
        found = messages.search(
            [("model", "=", records._name), ("res_id", "in", records.ids)]
        )
        mails = self.env["mail.mail"].sudo()
        sent = mails.search([("mail_message_id", "in", found.ids)])
        _redact(sent, ("body_html",), redact)
        _redact(
            # sudo: mail.tracking.value - of the same messages
            found.sudo().tracking_value_ids,
            ("old_value_char", "new_value_char", "old_value_text", "new_value_text"),
            redact,
        )
        return _redact(found, ("body", "subject"), redact)

    @api.model
    def _erase_changes(self, records):
        """Tracked changes of handle and basis, with messages of nothing else."""
        fields_ = self.env["ir.model.fields"]
        ids = [fields_._get(records._name, name).id for name in TRACKED]
        # sudo: mail.tracking.value - of records whose X data is erased
        values = self.env["mail.tracking.value"].sudo()
        changes = values.search(
            [
                ("field_id", "in", ids),
                ("mail_message_id.model", "=", records._name),
                ("mail_message_id.res_id", "in", records.ids),
            ]
        )
        messages, count = changes.mail_message_id, len(changes)
        changes.unlink()
        messages.filtered(
            lambda message: not message.body and not message.tracking_value_ids
        ).unlink()
        return count

    @api.model
    def _redact_activities(self, records, redact):
        # sudo: mail.activity - of records whose X data is erased
        activities = self.env["mail.activity"].sudo().with_context(active_test=False)
        found = activities.search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        )
        return _redact(found, ("summary", "note", "feedback"), redact)

    # ------------------------------------------------------------
    # THE RECORDS, AND WHO WAS TOLD
    # ------------------------------------------------------------

    @api.model
    def _redact_fields(self, records, redact):
        """Texts of the records themselves, such as a title made from a post."""
        names = [
            name
            for name, field in records._fields.items()
            if field.type in TEXTS
            and field.store
            and not (field.readonly or field.translate)
            and name not in TRACKED
        ]
        quiet = records.with_context(tracking_disable=True)
        return _redact(quiet, names, redact)

    @api.model
    def _told_records(self, person):
        """Records of others in whose chatter this person is named, as they have a
        handle that these had: see `_tell_losers`."""
        ids = [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT id FROM twitter_profile WHERE told_handles ?| %s",
                    person.handles,
                )
            )
        ]
        for model in ASSOCIATED_MODELS:
            others = person.env[model].search([("twitter_profile_id", "in", ids)])
            yield others - person.records[model]

    @api.model
    def _erase_bus(self, person):
        """What open pages are just being told."""
        for handle in person.handles:
            words = rf"@{handle}\M"
            self.env.execute_query(
                SQL(
                    "DELETE FROM bus_bus WHERE message ILIKE %s AND message ~* %s"
                    " RETURNING id",
                    "%@" + handle.replace("_", "\\_") + "%",
                    words,
                )
            )


def _redact(rows, names, redact):
    """Redact texts of rows; returns of how many."""
    changed = 0
    for row in rows:
        new = {name: redact(row[name]) for name in names if row[name]}
        values = {name: text for name, text in new.items() if text != row[name]}
        if values:
            row.write(values)
            changed += 1
    return changed
