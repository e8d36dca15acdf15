from odoo import api, fields, models
from odoo.tools import SQL

# The handles a person had, in lower case, as the index has them.
FORMER = SQL("lower(person.former_handles::text)::jsonb")


class TwitterProfile(models.Model):
    """People who are called otherwise on X now, and others who took their handles.

    X's numeric id says who is meant. What X tells is kept at once; records are the
    CRM's, and follow when the cron has the time (see `twitter_profile_following`).
    """

    _inherit = "twitter.profile"

    has_taken_handle = fields.Boolean(
        readonly=True, help="Records of who had the handle before are to be told of it"
    )
    told_handles = fields.Json(
        readonly=True, help="Handles whose new bearers the records were told of"
    )

    _former_handles_index = models.Index(
        "USING gin ((lower(former_handles::text)::jsonb))"
        " WHERE former_handles IS NOT NULL"
    )
    _has_taken_handle_index = models.Index("(id) WHERE has_taken_handle")

    # ------------------------------------------------------------
    # KEEPING (PARTS OF OWN TRANSACTIONS)
    # ------------------------------------------------------------

    def _write_told(self, value, read_at=None):
        """Write what X told of this profile, and have the records follow.

        :param Profile value: X's answer
        :param read_at: when it was given, if not just now
        """
        values = self._values_of(value)
        if read_at:
            values["fetched_at"] = read_at
        self.write(values)
        is_renamed = "former_handles" in values
        if self._untold_losers():
            self.has_taken_handle = True
        if is_renamed or self.has_taken_handle:
            for cron in self._following_cron():
                cron._trigger()

    @api.model
    def _following_cron(self):
        """The scheduled action; none where an administrator has deleted it."""
        return self._cron("follow_renamed")

    # ------------------------------------------------------------
    # WHO HAD A HANDLE, AND WHO HAS IT
    # ------------------------------------------------------------

    def _untold_losers(self):
        """People who had this profile's handle, and whose records do not know."""
        handle = self.handle.lower()
        return self._losers().filtered(
            lambda person: handle not in (person.told_handles or [])
        )

    def _losers(self):
        """People who had this profile's handle on X before.

        Of two with the same handle the one read last has it.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT person.id
                  FROM twitter_profile person
                 WHERE lower(person.handle) = %(handle)s
                   AND person.twitter_id != %(twitter_id)s
                   AND (person.fetched_at < %(fetched_at)s OR person.state = 'gone')
                   AND person.superseded_by_id IS NULL
                 UNION
                SELECT person.id
                  FROM twitter_profile person
                 WHERE person.former_handles IS NOT NULL
                   AND %(former)s @> to_jsonb(%(handle)s::text)
                   AND person.twitter_id != %(twitter_id)s
                   AND person.superseded_by_id IS NULL
                """,
                handle=self.handle.lower(),
                twitter_id=self.twitter_id,
                fetched_at=self.fetched_at,
                former=FORMER,
            )
        )
        return self.browse(row[0] for row in rows)

    def _taken(self, handle):
        """Whether somebody else on X has a handle this person is known by here."""
        if not (self.twitter_id and handle):
            return False
        taker = self.browse(self._ids_by_handle([handle.lower()]).get(handle.lower()))
        return bool(taker.twitter_id) and taker.twitter_id != self.twitter_id

    def _renamed_note(self, entered):
        """What to tell where the person, or the handle on the record, is another's."""
        names = {"entered": entered, "handle": self.handle}
        is_renamed = entered and entered.lower() != self.handle.lower()
        if is_renamed and self._taken(entered):
            return self.env._(
                "@%(entered)s is somebody else on X now; this person is @%(handle)s.",
                **names,
            )
        if self._taken(self.handle):
            return self.env._(
                "@%(handle)s is somebody else on X now. Look this person up anew to see"
                " what they are called.",
                **names,
            )
        if is_renamed:
            return self.env._(
                "Entered here as @%(entered)s; on X it is @%(handle)s now.", **names
            )
        return ""
