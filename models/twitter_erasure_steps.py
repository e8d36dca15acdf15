import re
from urllib.parse import urlsplit

from odoo import api, models
from odoo.tools import SQL

from ..x_api import SITE_HOSTS
from .row_lock import lock_rows
from .twitter_erasure_words import TRACKED
from .twitter_person_words import redactor
from .twitter_profile_forgetting import ASSOCIATED_MODELS

#: Rows of which each has a message, a picture or a chatter; and rows that are all.
FEW, MANY = 200, 5000
#: Records that stay, and that somebody may be writing.
RECORDS = 50
#: Rows that stay are locked as by whoever writes them, and rows that go wholly.
TO_WRITE, TO_DELETE = SQL("FOR NO KEY UPDATE"), SQL("FOR UPDATE")


class TwitterErasure(models.Model):
    """The steps in which all X data goes, each until nothing of it is left.

    In an order in which no row is needed by one that is still there. What is used up
    and paid stays: it is the organisation's own reckoning, and says nothing of X's
    people. So do texts colleagues wrote themselves, but for the handles on their
    records.
    """

    _inherit = "twitter.erasure"

    @api.model
    def _steps(self):
        """(kind, model, how a batch of it is erased); see `KINDS`."""
        return [
            ("answers", "twitter.cache", self._delete_batch),
            ("images", "twitter.photo", self._photo_batch),
            ("records", "crm.lead", self._link_batch),
            ("records", "res.partner", self._link_batch),
            ("engagements", "twitter.engagement", self._engagement_batch),
            ("changes", "mail.tracking.value", self._change_batch),
            ("others", "mail.link.preview", self._preview_batch),
            ("interactions", "twitter.interaction", self._unlink_batch),
            ("associations", "twitter.association", self._ledger_batch),
            ("others", "twitter.author", self._unlink_batch),
            ("others", "twitter.feed", self._unlink_batch),
            ("others", "twitter.compliance.job", self._delete_batch),
            ("others", "twitter.login", self._delete_batch),
            ("others", "twitter.reservation", self._delete_batch),
            ("others", "twitter.limit", self._unlink_batch),
            ("others", "twitter.billed.resource", self._delete_batch),
            ("profiles", "twitter.profile", self._profile_batch),
            ("accounts", "twitter.account", self._unlink_batch),
        ]

    def _erase_batch(self, first=0):
        """Erase the next batch.

        :param first: number of the step that the batch before was of; those before it
            are looked at again when none after it has anything left
        :return: (kind, number of rows, number of the step); no rows where nothing is
            left of any
        """
        steps = self._steps()
        for at in (*range(first, len(steps)), *range(first)):
            kind, model, batch = steps[at]
            number = batch(model)
            if number:
                self.env.flush_all()
                return kind, number, at
        return "others", 0, 0

    # ------------------------------------------------------------
    # BATCHES
    # ------------------------------------------------------------

    @api.model
    def _next(self, model, limit, condition=None, order="id", lock=TO_DELETE):
        """Lock the next rows of a table nobody else is at; of those held, wait for one,
        rather than taking the table for empty."""
        # sudo: twitter.* and what hangs on it - all of it is erased
        rows = self.env[model].sudo()
        rows = rows.with_context(active_test=False, tracking_disable=True)
        rows.flush_model()
        for wait, most in ((SQL("SKIP LOCKED"), limit), (SQL(), 1)):
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM %s WHERE %s ORDER BY %s LIMIT %s %s %s",
                    SQL.identifier(rows._table),
                    condition or SQL("TRUE"),
                    SQL.identifier(order),
                    most,
                    lock,
                    wait,
                ),
                log_exceptions=False,
            )
            found = [row[0] for row in self.env.cr.fetchall()]
            if found:
                return rows.browse(found)
        return rows.browse()

    @api.model
    def _delete_batch(self, model):
        """Rows nothing hangs on, in one statement."""
        return self._delete(self._next(model, MANY))

    @api.model
    def _delete(self, rows):
        if rows:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE id = ANY(%s)",
                    SQL.identifier(rows._table),
                    rows.ids,
                ),
                log_exceptions=False,
            )
            rows.invalidate_model(flush=False)
        return len(rows)

    @api.model
    def _unlink_batch(self, model):
        """Rows with messages, activities or followers."""
        rows = self._next(model, FEW)
        rows.unlink()
        return len(rows)

    @api.model
    def _photo_batch(self, model):
        rows = self._next(model, FEW)
        rows._take_back()
        return len(rows)

    @api.model
    def _engagement_batch(self, model):
        """With the notes in the chatter, of which older ones are known by the post."""
        rows = self._next(model, FEW)
        # sudo: mail.message - the notes that this addon has written
        self.env["mail.message"].sudo().browse(self._notes_on(rows).ids).unlink()
        rows.unlink()
        return len(rows)

    @api.model
    def _change_batch(self, model):
        rows = self._next(model, FEW, SQL("field_id = ANY(%s)", self._tracked_ids()))
        messages, number = rows.mail_message_id, len(rows)
        rows.unlink()
        messages.filtered(
            lambda message: not message.body and not message.tracking_value_ids
        ).unlink()
        return number

    @api.model
    def _preview_batch(self, model):
        """What Odoo has read of addresses on X that colleagues wrote."""
        rows = self._next(model, FEW, self._is_preview())
        rows.unlink()
        return len(rows)

    @api.model
    def _profile_batch(self, model):
        """Those that another one stands for first."""
        superseded = SQL("superseded_by_id IS NOT NULL")
        rows = self._next(model, FEW, superseded) or self._next(model, FEW)
        rows.with_context(twitter_erasing=True).unlink()
        return len(rows)

    def _link_batch(self, model):
        """Records that have something of X, with what the ledger tells of them."""
        records = self.env[model]
        for condition, order in self._linked(model):
            records = records or self._next(
                model, RECORDS, condition, order, lock=TO_WRITE
            )
        rows = sum(self._redact_record(record) for record in records)
        if rows:
            self._note_batch("associations", rows)
        records._twitter_drop_link()
        if model == "crm.lead":
            records.twitter_interaction_id = False
        return len(records)

    @api.model
    def _ledger_batch(self, model):
        """The rest of the ledger is of records that were let go of: they still may have
        a title or a note that names who was taken for them."""
        rows = self._next(model, RECORDS)
        number = 0
        for records in (rows.lead_id, rows.partner_id):
            records = records.with_context(active_test=False)
            lock_rows(records)
            number += sum(self._redact_record(record) for record in records)
        return number + self._delete(rows.exists())

    # ------------------------------------------------------------
    # PARTS
    # ------------------------------------------------------------

    @api.model
    def _linked(self, model):
        """Which records have anything of X: each condition is one of an index, in
        whose order they are looked for among millions that have nothing."""
        typed = "twitter_handle IS NOT NULL AND twitter_profile_id IS NULL"
        yield SQL("twitter_profile_id IS NOT NULL"), "twitter_profile_id"
        yield SQL(typed), "id"
        if model == "crm.lead":
            yield SQL("twitter_interaction_id IS NOT NULL"), "twitter_interaction_id"

    @api.model
    def _redact_record(self, record):
        """Take X out of what stays of a record, and delete its rows of the ledger.

        :return: how many rows there were
        """
        rows = self._ledger_of(record)
        profiles = record.twitter_profile_id | rows.profile_id
        redact = self._redactor_of(record, rows, profiles)
        self._redact_fields(record, redact)
        self._redact_messages(record, redact)
        self._redact_activities(record, redact)
        self._clear_website(record)
        return self._delete(rows)

    @api.model
    def _ledger_of(self, record):
        # sudo: twitter.association - all of it is erased
        ledger = self.env["twitter.association"].sudo()
        return ledger.search([(record._twitter_column(), "=", record.id)], order="id")

    @api.model
    def _redactor_of(self, record, rows, profiles):
        """
        :param rows: the record's rows of the ledger
        :param profiles: those that are, and were, associated with it
        """
        said = record._name == "crm.lead" and record.twitter_interaction_id
        handles = {record.twitter_handle, *rows.mapped("handle")}
        for profile in profiles | said.author_id.profile_id if said else profiles:
            handles.update({profile.handle, *(profile.former_handles or [])})
            # Who has a handle of theirs now is named in their chatter.
            handles.update(profile.told_handles or [])
        return redactor(
            {handle for handle in handles if handle},
            [id_ for id_ in profiles.mapped("twitter_id") if id_],
            [said.post_id] if said else [],
            self.env["twitter.account"]._site_url(),
        )

    @api.model
    def _is_preview(self):
        site = urlsplit(self.env["twitter.account"]._site_url()).netloc
        hosts = "|".join(map(re.escape, {*SITE_HOSTS, site} - {""}))
        return SQL("source_url ~* %s", rf"^https?://([\w-]+\.)*({hosts})([/?#:]|$)")

    @api.model
    def _tracked_ids(self):
        # sudo: ir.model.fields - their ids
        fields_ = self.env["ir.model.fields"].sudo()
        return [
            fields_._get(model, name).id
            for model in ASSOCIATED_MODELS
            for name in TRACKED
        ]
