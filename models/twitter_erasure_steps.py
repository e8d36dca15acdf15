from odoo import api, models
from odoo.tools import SQL

from .twitter_erasure_words import TRACKED
from .twitter_person_words import redactor
from .twitter_profile_forgetting import ASSOCIATED_MODELS

#: Rows of which each has a message, a picture or a chatter; and rows that are all.
FEW, MANY = 200, 5000


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
            ("interactions", "twitter.interaction", self._unlink_batch),
            ("associations", "twitter.association", self._delete_batch),
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

    def _erase_batch(self):
        """Erase the next batch.

        :return: (kind, number of rows); 0 where nothing is left
        """
        for kind, model, batch in self._steps():
            number = batch(model)
            if number:
                self.env.flush_all()
                return kind, number
        return "others", 0

    # ------------------------------------------------------------
    # BATCHES
    # ------------------------------------------------------------

    @api.model
    def _next(self, model, limit, condition=None, order="id"):
        """Lock the next rows of a table nobody else is at; of those held, wait for one,
        rather than taking the table for empty."""
        # sudo: twitter.* and what hangs on it - all of it is erased
        rows = self.env[model].sudo()
        rows = rows.with_context(active_test=False, tracking_disable=True)
        rows.flush_model()
        for wait, most in ((SQL("SKIP LOCKED"), limit), (SQL(), 1)):
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM %s WHERE %s ORDER BY %s LIMIT %s FOR UPDATE %s",
                    SQL.identifier(rows._table),
                    condition or SQL("TRUE"),
                    SQL.identifier(order),
                    most,
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
        rows = self._next(model, MANY)
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
    def _profile_batch(self, model):
        """Those that another one stands for first."""
        superseded = SQL("superseded_by_id IS NOT NULL")
        rows = self._next(model, FEW, superseded) or self._next(model, FEW)
        rows.with_context(twitter_erasing=True).unlink()
        return len(rows)

    @api.model
    def _link_batch(self, model):
        records = self.env[model]
        for condition, order in self._linked(model):
            records = records or self._next(model, FEW, condition, order)
        for record in records:
            redact = self._redactor_of(record)
            self._redact_fields(record, redact)
            self._redact_messages(record, redact)
            self._redact_activities(record, redact)
            self._clear_website(record, record.twitter_profile_id)
        records._twitter_drop_link()
        if model == "crm.lead":
            records.twitter_interaction_id = False
        return len(records)

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
    def _redactor_of(self, record):
        profile = record.twitter_profile_id
        handles = {record.twitter_handle, profile.handle}
        handles.update(profile.former_handles or [])
        # Who has a handle of theirs now is named in their chatter.
        handles.update(profile.told_handles or [])
        post_id = record._name == "crm.lead" and record.twitter_interaction_id.post_id
        return redactor(
            {handle for handle in handles if handle},
            [profile.twitter_id] if profile.twitter_id else [],
            [post_id] if post_id else [],
            self.env["twitter.account"]._site_url(),
        )

    @api.model
    def _tracked_ids(self):
        # sudo: ir.model.fields - their ids
        fields_ = self.env["ir.model.fields"].sudo()
        return [
            fields_._get(model, name).id
            for model in ASSOCIATED_MODELS
            for name in TRACKED
        ]
