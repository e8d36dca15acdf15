import json
from collections import Counter

from odoo import api, models
from odoo.tools import SQL

from .twitter_person_mentions import ADDRESS, MENTION, redacted, rows_naming
from .twitter_person_words import names_alone
from .twitter_profile_forgetting import ASSOCIATED_MODELS

TEXTS = ("char", "text", "html")
# Of these a part is never redacted: who has x.com/acme may have another acme.com.
ADDRESSES = ("website", "email", "phone")
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
        own = [(records, redact) for records in person.records.values()]
        named = person.redactor(person.named_as)
        told = [(records, named) for records in self._told_records(person)]
        for records, redact_ in (*own, *told):
            counts["notes"] += self._redact_messages(records, redact_)
            counts["activities"] += self._redact_activities(records, redact_)
        # sudo: mail.link.preview - of addresses of theirs, whoever wrote them
        previews = self.env["mail.link.preview"].sudo()
        theirs = rows_naming(previews, "source_url", person.named_as, (ADDRESS,))
        self._erase_previews(theirs, named)
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
        """Messages that were sent, and those that wait for it.

        :return: how many
        """
        of_records = [("model", "=", records._name), ("res_id", "in", records.ids)]
        # sudo: mail.message, mail.scheduled.message - of records whose X data is erased
        found = self.env["mail.message"].sudo().search(of_records)
        drafts = self.env["mail.scheduled.message"].sudo().search(of_records)
        # sudo: mail.mail - of the same messages
        mails = self.env["mail.mail"].sudo()
        sent = mails.search([("mail_message_id", "in", found.ids)])
        _redact(sent, ("body_html",), redact)
        # sudo: mail.tracking.value - likewise
        _redact(
            found.sudo().tracking_value_ids,
            ("old_value_char", "new_value_char", "old_value_text", "new_value_text"),
            redact,
        )
        self._erase_previews(found.message_link_preview_ids.link_preview_id, redact)
        changed = _redact(found, ("body", "subject"), redact)
        # sudo: mail.message.translation - of the same messages, and made anew from them
        translations = self.env["mail.message.translation"].sudo()
        translations.search([("message_id", "in", changed.ids)]).unlink()
        return len(changed) + len(_redact(drafts, ("body", "subject"), redact))

    @api.model
    def _erase_previews(self, previews, redact):
        """What Odoo has fetched of addresses that are theirs: names, and posts."""
        previews.filtered(lambda row: redact(row.source_url) != row.source_url).unlink()

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
        return len(_redact(found, ("summary", "note", "feedback"), redact))

    # ------------------------------------------------------------
    # THE RECORDS, AND WHO WAS TOLD
    # ------------------------------------------------------------

    @api.model
    def _redact_fields(self, records, redact):
        """Texts of the records themselves, such as a title made from a post.

        Their own addresses stay, unless one is nothing but the account's.
        """

        def of_address(text):
            is_theirs = redact(text) != text and names_alone(redact(text))
            return False if is_theirs else text

        names = [
            name
            for name, field in records._fields.items()
            if field.type in TEXTS
            and field.store
            and not (field.readonly or field.translate)
            and name not in TRACKED
        ]
        quiet = records.with_context(tracking_disable=True)
        addresses = [name for name in names if name.startswith(ADDRESSES)]
        words = [name for name in names if name not in addresses]
        changed = _redact(quiet, words, redact)
        changed |= _redact(quiet, addresses, of_address)
        return len(changed | self._redact_properties(quiet, redact))

    @api.model
    def _redact_properties(self, records, redact):
        """Fields that users made themselves, as they are stored: ``{name: value}``."""
        changed = records.browse()
        for field in records._fields.values():
            if field.type != "properties" or not field.store:
                continue
            records.flush_recordset([field.name])
            column, table = SQL.identifier(field.name), SQL.identifier(records._table)
            rows = self.env.execute_query(
                SQL(
                    "SELECT id, %s FROM %s WHERE id = ANY(%s)",
                    column,
                    table,
                    records.ids,
                )
            )
            for id_, value in rows:
                new = redacted(value, redact)
                if new != value:
                    self.env.execute_query(
                        SQL(
                            "UPDATE %s SET %s = %s WHERE id = %s RETURNING id",
                            table,
                            column,
                            json.dumps(new),
                            id_,
                        )
                    )
                    changed |= records.browse(id_)
            changed.invalidate_recordset([field.name], flush=False)
        return changed

    @api.model
    def _told_records(self, person):
        """Records of others in whose chatter this person is named, as they have a
        handle that these had: see `_tell_losers`."""
        told = [("twitter_profile_id", "in", person.told.ids)]
        for model in ASSOCIATED_MODELS:
            others = person.env[model].search(told)
            yield others - person.records[model]

    @api.model
    def _erase_bus(self, person):
        """What open pages are just being told."""
        # sudo: bus.bus - of whatever was said to whomever
        messages = self.env["bus.bus"].sudo()
        rows_naming(messages, "message", person.named_as, (MENTION,)).unlink()


def _redact(rows, names, redact):
    """Redact texts of rows; returns those that have changed."""
    changed = rows.browse()
    for row in rows:
        new = {name: redact(row[name]) for name in names if row[name]}
        values = {name: text for name, text in new.items() if text != row[name]}
        if values:
            row.write(values)
            changed |= row
    return changed
