from odoo import api, fields, models
from odoo.tools import SQL

from .own_transaction import Busy, own_transaction
from .twitter_interaction import SHOWN_FOR

ABSENCES = [
    ("gone", "No Longer on X"),
    ("protected", "Protected"),
    ("erased", "Names Somebody Who Was Erased"),
]
WIPED_AT_ONCE = 1000


class TwitterInteraction(models.Model):
    """What X does not confirm loses its words; who, when and what was done stay."""

    _inherit = "twitter.interaction"

    absence = fields.Selection(
        ABSENCES, readonly=True, help="Why X does not give its words any more"
    )

    # ------------------------------------------------------------
    # PARTS OF OWN TRANSACTIONS
    # ------------------------------------------------------------

    def _wipe(self, absence=None):
        """Drop what these say; who, when and what was done about them stays.

        :param absence: why X does not give it, where it was asked
        """
        self.flush_model()
        query = SQL(
            """
            UPDATE twitter_interaction
               SET kept_text = NULL, content = NULL,
                   absence = CASE WHEN absence = 'erased' THEN absence
                                  ELSE coalesce(%(absence)s, absence) END,
                   write_date = now() AT TIME ZONE 'UTC'
             WHERE id IN (SELECT id FROM twitter_interaction
                           WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE)
         RETURNING id
            """,
            absence=absence,
            ids=self.ids,
        )
        if self:
            self.env.execute_query(query)
            self.invalidate_recordset(flush=False)

    @api.model
    def _said_in_public(self, profiles):
        """What those of these who protect their posts by now said before."""
        protected = profiles.filtered("is_protected")
        if not protected:
            return self.browse()
        return self.search(
            [
                ("author_id.profile_id", "in", protected.ids),
                ("kept_text", "!=", False),
            ]
        )

    # ------------------------------------------------------------
    # OWN TRANSACTIONS
    # ------------------------------------------------------------

    @api.model
    def _wipe_unverified(self):
        """Drop the words X has not confirmed for a day, those of profiles as well, and
        people seen no longer.

        :return: whether there is more
        """
        try:
            with own_transaction(self.env) as env:
                rows = env[self._name].browse(
                    row[0]
                    for row in env.execute_query(
                        SQL(
                            """
                            SELECT id FROM twitter_interaction
                             WHERE content IS NOT NULL AND verified_at <= %s
                          ORDER BY id LIMIT %s
                               FOR NO KEY UPDATE SKIP LOCKED
                            """,
                            fields.Datetime.now() - SHOWN_FOR,
                            WIPED_AT_ONCE,
                        )
                    )
                )
                rows._wipe()
                self.with_env(env)._announce(rows.company_id)
            with own_transaction(self.env) as env:
                is_left = env["twitter.profile"]._forget_unseen()
        except Busy:
            return True
        is_left = self.env["twitter.profile"]._wipe_unconfirmed() or is_left
        return is_left or len(rows) == WIPED_AT_ONCE

    # ------------------------------------------------------------
    # SHOWING
    # ------------------------------------------------------------

    def _card_can_load(self):
        return super()._card_can_load() and self.absence not in ("protected", "erased")

    def _card_note(self):
        if self.absence == "gone":
            return self.env._("X does not have this post any more.")
        if self.absence == "protected":
            return self.env._(
                "Who wrote this protects their posts: what they say is for approved"
                " followers on X alone."
            )
        if self.absence == "erased":
            return self._erased_note()
        return super()._card_note()

    def _erased_note(self):
        return self.env._(
            "Somebody who was named here had their X data erased, so this post is not"
            " read from X again."
        )
