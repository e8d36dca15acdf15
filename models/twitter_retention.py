from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .twitter_interaction import SHOWN_FOR
from .twitter_profile_forgetting import CONTENT

#: Days, where the administrator has not said otherwise; 0 keeps for good.
KEEP_PROFILES, KEEP_INTERACTIONS = 180, 365
SWEPT_AT_ONCE = 1000
# What was read stays known to have been: or it would be taken for new, and read again.
RETIRED = tuple(name for name in CONTENT if name not in ("fetched_at", "is_protected"))


class TwitterProfile(models.Model):
    """What was read about people nobody looks at goes after a while.

    The association stays: whoever opens X on the record has it read again.
    """

    _inherit = "twitter.profile"

    _retained_index = models.Index(
        "((coalesce(looked_at, create_date))) WHERE name IS NOT NULL"
    )

    @api.model
    def _kept_since(self, name, days):
        """Since when something is kept, None where all of it is.

        :param name: of the parameter
        :param days: where the administrator has not said otherwise
        """
        days = int(self.env["twitter.account"]._parameter(name, days))
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
                 WHERE coalesce(looked_at, create_date) <= %s AND name IS NOT NULL
                   AND NOT EXISTS (SELECT FROM twitter_author
                                    WHERE profile_id = profile.id AND seen_at > %s)
                """,
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
                 WHERE coalesce(looked_at, create_date) <= %s
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
                since,
            )
        )
        # Nothing else is held of them: see `unlink`.
        profiles.with_context(twitter_erasing=True).unlink()
        return len(profiles), len(profiles) == SWEPT_AT_ONCE

    @api.model
    def _locked(self, query):
        """The first rows of a query that nobody holds; see `twitter.interaction`."""
        return _lock_free(self, query)


class TwitterInteraction(models.Model):
    """What was said to a company and is handled, or ignored, goes after a while."""

    _inherit = "twitter.interaction"

    _retained_index = models.Index(
        "((coalesce(handled_at, posted_at))) WHERE state != 'new'"
    )

    @api.autovacuum
    def _gc_handled(self):
        """Delete what was handled, or ignored, as long ago; leads made from it stay.

        :return: (rows done, whether there may be more)
        """
        profiles = self.env["twitter.profile"]
        since = profiles._kept_since("keep_interactions", KEEP_INTERACTIONS)
        if not since:
            return 0, False
        rows = _lock_free(
            self,
            SQL(
                """
                SELECT id FROM twitter_interaction
                 WHERE coalesce(handled_at, posted_at) <= %s AND state != 'new'
                """,
                since,
            ),
        )
        rows.unlink()
        return len(rows), len(rows) == SWEPT_AT_ONCE


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


def _lock_free(model, query):
    """Lock the first rows of a query that nobody else holds; who does comes again."""
    model.flush_model()
    model.env.cr.execute(
        SQL("%s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED", query, SWEPT_AT_ONCE),
        log_exceptions=False,
    )
    return model.browse(row[0] for row in model.env.cr.fetchall())
