from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from .row_lock import lock_rows


class TwitterProfile(models.Model):
    """Finding and making rows, while others do the same.

    They are made by `INSERT … ON CONFLICT`, and resolved under a lock of the X account:
    a search that is followed by a create would race into an error that Odoo does not
    replay. What it does replay is not logged as an error.
    """

    _inherit = "twitter.profile"

    @api.model
    def _find_or_make(self, handles):
        """Return ``{lower-cased handle: profile}``, making what is not there.

        Where several accounts bore a handle, the one read last has it.

        :param handles: handles without @, as X would accept them
        """
        wanted = {handle.lower(): handle for handle in handles}
        if not wanted:
            return {}
        found = self._ids_by_handle(list(wanted))
        missing = sorted(lowered for lowered in wanted if lowered not in found)
        if missing:
            # Sorted, so that two imports of the same people do not wait crosswise.
            # Whoever comes second is replayed by Odoo, which is nothing to log.
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO twitter_profile (handle, state, create_date, write_date,
                                                 create_uid, write_uid)
                         SELECT unnest(%(handles)s), 'unresolved',
                                now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC',
                                %(uid)s, %(uid)s
                    ON CONFLICT (lower(handle))
                          WHERE twitter_id IS NULL AND superseded_by_id IS NULL
                     DO NOTHING
                    """,
                    handles=[wanted[lowered] for lowered in missing],
                    uid=self.env.uid,
                ),
                log_exceptions=False,
            )
            found.update(self._ids_by_handle(missing))
        # sudo: twitter.profile - whoever may set a handle may have its profile made
        profiles = self.sudo().browse(found.values())
        return dict(zip(found, profiles, strict=True))

    @api.model
    def _ids_by_handle(self, lowered):
        self.flush_model(["handle", "twitter_id", "superseded_by_id", "fetched_at"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                      SELECT DISTINCT ON (lower(handle)) lower(handle), id
                        FROM twitter_profile
                       WHERE lower(handle) = ANY(%s) AND superseded_by_id IS NULL
                    ORDER BY lower(handle), twitter_id IS NULL,
                             fetched_at DESC NULLS LAST, id DESC
                    """,
                    lowered,
                )
            )
        )

    @api.model
    def _of_value(self, value):
        """The row of what X told of an account, made or brought up to date.

        :param Profile value: as X answered it when the account was shown (see
            `_twitter_remember`), which may have been hours ago
        """
        # sudo: twitter.profile - rows are written by the server alone
        profiles = self.sudo()
        profiles._lock_identity(value.id)
        profile = profiles.search([("twitter_id", "=", value.id)])
        if not profile:
            handle = value.handle.lower()
            profile = profiles.browse(self._ids_by_handle([handle]).get(handle))
            if profile and not profile.twitter_id:
                profile._identify(value.id)
            else:
                # Nobody's row, or of whose handle it was once: it stays that person's.
                profile = profiles._make_identified(value)
        _stored, read_at = self.env["twitter.cache"]._get(f"profile:{value.id}")
        read_at = read_at or fields.Datetime.now()
        if not profile._was_read_as(value, read_at):
            lock_rows(profile)
            profile._write_told(value, read_at)
        return profile

    def _was_read_as(self, value, read_at):
        """Whether the row has what X told today, which is not to be written again.

        Colleagues who associate the same person would have to wait for each other. Nor
        is what X told since to be lost, such as that it has suspended the account.
        """
        if self.fetched_at and self.fetched_at >= read_at:
            return True
        return (
            not self._is_stale()
            and self.state in ("active", "protected")
            and self.handle == value.handle
        )

    @api.model
    def _lock_identity(self, twitter_id):
        """Let no other transaction resolve the same X account until this one ends.

        Before any of its rows is locked: they are locked in any order.
        """
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))",
            [f"twitter {twitter_id}"],
            log_exceptions=False,
        )

    def _identify(self, twitter_id):
        """Write X's id; Odoo replays the request where another was first."""
        try:
            self.env.cr.execute(
                "UPDATE twitter_profile SET twitter_id = %s WHERE id = %s",
                [twitter_id, self.id],
                log_exceptions=False,
            )
        except UniqueViolation as error:
            raise ConcurrencyError("The X account has a row by now") from error
        self.invalidate_recordset(["twitter_id"], flush=False)

    @api.model
    def _make_identified(self, value):
        """Make the row of an X account; Odoo replays as in `_identify`."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO twitter_profile (handle, twitter_id, state, create_date,
                                             write_date, create_uid, write_uid)
                     VALUES (%(handle)s, %(twitter_id)s, 'active',
                             now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC',
                             %(uid)s, %(uid)s)
                ON CONFLICT (twitter_id) WHERE twitter_id IS NOT NULL DO NOTHING
                  RETURNING id
                """,
                handle=value.handle,
                twitter_id=value.id,
                uid=self.env.uid,
            ),
            log_exceptions=False,
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _current(self):
        """The rows that stand for the same X accounts today."""
        return self.browse().union(
            *(profile.superseded_by_id or profile for profile in self)
        )
