from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .own_transaction import Busy, own_transaction

# What X has not told again for as long is not shown; see SHOWN_FOR.
CONFIRMED_FOR = timedelta(hours=24)
# What a person wrote of themselves, as opposed to who they are.
WORDS = ("description", "description_segments", "location", "url", "display_url")
WIPED_AT_ONCE = 1000


class TwitterProfile(models.Model):
    """What X takes down goes here, wherever it is kept.

    What a read tells goes at once. What no read has confirmed for a day goes as well:
    nobody knows whether it is still there. Who somebody is (handle, name, numbers, and
    the picture, which browsers load from X itself) stays until X says otherwise.
    https://docs.x.com/developer-terms/policy (content that was deleted or changed)
    """

    _inherit = "twitter.profile"

    # Small: what is confirmed no more loses its words, and is not in it then.
    _words_index = models.Index("(fetched_at) WHERE description IS NOT NULL")

    # ------------------------------------------------------------
    # WHAT A READ TELLS (PARTS OF OWN TRANSACTIONS)
    # ------------------------------------------------------------

    def _write_told(self, value, read_at=None):
        is_hidden = self._hides_now(value)
        result = super()._write_told(value, read_at)
        if is_hidden:
            self.env["twitter.cache"]._forget(self)
            self._drop_words("protected")
        return result

    @api.model
    def _write_answers(self, pairs, is_superseding=False):
        hidden = self.browse(row.id for row, value in pairs if row._hides_now(value))
        result = super()._write_answers(pairs, is_superseding)
        if hidden:
            self.env["twitter.cache"]._forget(hidden)
            hidden._drop_words("protected")
        return result

    def _hides_now(self, value):
        """Whether the posts of who was read as public before are protected now.

        :param Profile value: X's answer
        """
        return bool(value.protected and self.fetched_at and not self.is_protected)

    def _drop_words(self, absence):
        """Drop what these people said to companies, and their pictures on contacts.

        Their posts elsewhere go with what is forgotten of the stored answers.

        :param absence: ``gone`` or ``protected``: why X does not give it any more
        """
        theirs = Domain("author_id.profile_id", "in", self.ids)
        theirs |= Domain("author_id.profile_id.superseded_by_id", "in", self.ids)
        # sudo: twitter.interaction - rows are written by the server alone
        rows = self.env["twitter.interaction"].sudo()
        said = rows.search(theirs & Domain("content", "!=", False))
        said._wipe(absence)
        said._announce(said.company_id)
        # sudo: twitter.photo - rows are the server's
        photos = self.env["twitter.photo"].sudo()
        if absence == "gone" and photos.search_count(
            [("profile_id", "in", self.ids)], limit=1
        ):
            # Contacts are the CRM's, and not ours to write here.
            for cron in self._following_cron():
                cron._trigger()

    # ------------------------------------------------------------
    # WHAT NO READ HAS CONFIRMED
    # ------------------------------------------------------------

    def _is_confirmed(self):
        """Whether X has told of it within a day."""
        now = fields.Datetime.now()
        return bool(self.fetched_at) and self.fetched_at > now - CONFIRMED_FOR

    def _to_value(self):
        value = super()._to_value()
        if self._is_confirmed():
            return value
        return replace(
            value,
            description="",
            description_segments=(),
            location="",
            url="",
            display_url="",
        )

    @api.model
    def _wipe_unconfirmed(self):
        """Drop the words of profiles X has not told of for a day (an own transaction).

        :return: whether there are more
        """
        query = SQL(
            """
            UPDATE twitter_profile
               SET %(columns)s
             WHERE id IN (SELECT id FROM twitter_profile
                           WHERE description IS NOT NULL AND fetched_at <= %(since)s
                        ORDER BY fetched_at LIMIT %(limit)s
                             FOR NO KEY UPDATE SKIP LOCKED)
         RETURNING id
            """,
            columns=SQL(", ").join(SQL("%s = NULL", SQL.identifier(n)) for n in WORDS),
            since=fields.Datetime.now() - CONFIRMED_FOR,
            limit=WIPED_AT_ONCE,
        )
        try:
            with own_transaction(self.env) as env:
                ids = [row[0] for row in env.execute_query(query)]
                self.with_env(env).browse(ids).invalidate_recordset(flush=False)
        except Busy:
            return True
        return len(ids) == WIPED_AT_ONCE
