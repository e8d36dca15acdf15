from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .twitter_interaction import SHOWN_FOR
from .twitter_profile_forgetting import CONTENT

#: Days, where the administrator has not said otherwise; 0 keeps for good.
KEEP_PROFILES, KEEP_INTERACTIONS = 180, 365
MOST_DAYS = 36_500
SWEPT_AT_ONCE = 1000
# What was read stays known to have been: or it would be taken for new, and read again.
RETIRED = tuple(name for name in CONTENT if name not in ("fetched_at", "is_protected"))
# When somebody last looked at a profile, or had it read, from a list or by itself. Who
# is not looked at is not read by itself for long: see LOOKED_AT_WITHIN.
LAST_USED = "greatest(looked_at, fetched_at, create_date)"
LAST_HANDLED = "coalesce(handled_at, posted_at)"
# What X told of a post to the company, and a row of it does without.
TOLD = ("kept_text", "content", "conversation_id", "reply_to_id", "quoted_id")


class TwitterProfile(models.Model):
    """What was read about people nobody looks at goes after a while.

    The association stays: whoever opens X on the record has it read again.
    """

    _inherit = "twitter.profile"

    _retained_index = models.Index(f"(({LAST_USED})) WHERE name IS NOT NULL")
    _unknown_index = models.Index(f"(({LAST_USED}))")

    @api.model
    def _kept_since(self, name, days):
        """Since when something is kept, None where all of it is.

        :param name: of the parameter, a number of days; 0 keeps all. Whatever else has
            been written to it by hand is none.
        :param days: where the administrator has not said otherwise
        """
        text = self.env["twitter.account"]._parameter(name)
        if text.isascii() and text.isdigit() and int(text) <= MOST_DAYS:
            days = int(text)
        return fields.Datetime.now() - timedelta(days=days) if days else None

    @api.autovacuum
    def _gc_unlooked(self):
        """Drop what was read about those nobody has looked at for as long.

        :return: (rows done, whether there may be more)
        """
        since = self._kept_since("keep_profiles", KEEP_PROFILES)
        if not since:
            return 0, False
        profiles = self._locked(
            SQL(
                """
                SELECT id FROM twitter_profile profile
                 WHERE %s <= %s AND name IS NOT NULL
                   AND NOT EXISTS (SELECT FROM twitter_author
                                    WHERE profile_id = profile.id AND seen_at > %s)
                """,
                SQL(LAST_USED),
                since,
                fields.Datetime.now() - SHOWN_FOR,
            )
        )
        profiles.write(dict.fromkeys(RETIRED, False))
        self.env["twitter.cache"]._forget(profiles)
        return len(profiles), len(profiles) == SWEPT_AT_ONCE

    @api.autovacuum
    def _gc_unknown(self):
        """Delete old rows that nothing here refers to.

        :return: (rows done, whether there may be more)
        """
        since = self._kept_since("keep_profiles", KEEP_PROFILES)
        if not since:
            return 0, False
        profiles = self._locked(
            SQL(
                """
                SELECT id FROM twitter_profile profile
                 WHERE %s <= %s
                   AND NOT EXISTS (SELECT FROM crm_lead
                                    WHERE twitter_profile_id = profile.id)
                   AND NOT EXISTS (SELECT FROM res_partner
                                    WHERE twitter_profile_id = profile.id)
                   AND NOT EXISTS (SELECT FROM twitter_author
                                    WHERE profile_id = profile.id)
                   AND NOT EXISTS (SELECT FROM twitter_association
                                    WHERE profile_id = profile.id)
                   AND NOT EXISTS (SELECT FROM twitter_engagement
                                    WHERE profile_id = profile.id)
                   AND NOT EXISTS (SELECT FROM twitter_profile
                                    WHERE superseded_by_id = profile.id)
                """,
                SQL(LAST_USED),
                since,
            )
        )
        # Nothing else is held of them: see `unlink`.
        profiles.with_context(twitter_erasing=True).unlink()
        return len(profiles), len(profiles) == SWEPT_AT_ONCE

    @api.model
    def _locked(self, query):
        """The oldest rows of a query that nobody holds; see `twitter.interaction`."""
        return _lock_free(self, query, LAST_USED)


class TwitterInteraction(models.Model):
    """What was said to a company and is handled, or ignored, goes after a while."""

    _inherit = "twitter.interaction"

    _retained_index = models.Index(f"(({LAST_HANDLED})) WHERE state != 'new'")

    @api.autovacuum
    def _gc_handled(self):
        """Delete what was handled, or ignored, as long ago; leads made from it stay.

        So does what a colleague still has to do about it, with the row it is on. Of
        what colleagues have written about, only what X told goes.

        :return: (rows done, whether there may be more)
        """
        profiles = self.env["twitter.profile"]
        since = profiles._kept_since("keep_interactions", KEEP_INTERACTIONS)
        if not since:
            return 0, False
        rows = _lock_free(self, self._handled_query(since), LAST_HANDLED)
        noted = self.browse(
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT id FROM twitter_interaction WHERE id = ANY(%s) AND %s",
                    rows.ids,
                    self._is_noted(),
                )
            )
        )
        noted._wipe()
        noted.write(dict.fromkeys(TOLD, False))
        (rows - noted).unlink()
        return len(rows), len(rows) == SWEPT_AT_ONCE

    @api.model
    def _handled_query(self, since):
        """What goes: without those that are kept, and have nothing of X's any more."""
        self.env["mail.activity"].flush_model()
        self.env["mail.message"].flush_model()
        return SQL(
            """
            SELECT id FROM twitter_interaction
             WHERE %(handled)s <= %(since)s AND state != 'new'
               AND NOT EXISTS (SELECT FROM mail_activity
                                WHERE res_model = 'twitter.interaction'
                                  AND res_id = twitter_interaction.id AND active)
               AND (num_nonnulls(%(told)s) > 0 OR NOT %(noted)s)
            """,
            handled=SQL(LAST_HANDLED),
            since=since,
            told=SQL(", ").join(map(SQL.identifier, TOLD)),
            noted=self._is_noted(),
        )

    @api.model
    def _is_noted(self):
        """Whether somebody has written in its chatter, also when done with a task."""
        return SQL(
            """
            EXISTS (SELECT FROM mail_message
                     WHERE model = 'twitter.interaction'
                       AND res_id = twitter_interaction.id
                       AND (message_type IN ('comment', 'email')
                            OR mail_activity_type_id IS NOT NULL))
            """
        )


class TwitterAuthor(models.Model):
    """Who nobody has a word of any more is no author."""

    _inherit = "twitter.author"

    @api.autovacuum
    def _gc_silent(self):
        """
        :return: (rows done, whether there may be more)
        """
        rows = _lock_free(
            self,
            SQL(
                """
                SELECT id FROM twitter_author author
                 WHERE (seen_at <= %(since)s OR seen_at IS NULL)
                   AND create_date <= %(since)s
                   AND NOT EXISTS (SELECT FROM twitter_interaction
                                    WHERE author_id = author.id)
                """,
                since=fields.Datetime.now() - SHOWN_FOR,
            ),
        )
        rows.unlink()
        return len(rows), len(rows) == SWEPT_AT_ONCE


def _lock_free(model, query, order="id"):
    """Lock the first rows of a query that nobody else holds; who does comes again.

    :param order: of columns; an index that has it finds the first without the others
    """
    model.flush_model()
    model.env.cr.execute(
        SQL(
            "%s ORDER BY %s LIMIT %s FOR UPDATE SKIP LOCKED",
            query,
            SQL(order),
            SWEPT_AT_ONCE,
        ),
        log_exceptions=False,
    )
    return model.browse(row[0] for row in model.env.cr.fetchall())
