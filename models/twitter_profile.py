from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.tools import SQL

from ..x_api import PRICES, Profile, Segment
from .row_lock import lock_rows
from .x_values import iso, profile_dict

# Models whose records can be associated with a profile.
ASSOCIATED_MODELS = ("crm.lead", "res.partner")

# What was read about a person, as opposed to who it is.
CONTENT = (
    "name",
    "description",
    "description_segments",
    "location",
    "url",
    "display_url",
    "verified_type",
    "is_protected",
    "joined_at",
    "followers",
    "following",
    "posts",
    "image_url",
    "fetched_at",
)


class TwitterProfile(models.Model):
    """A public X profile, known by X's numeric id once it has been read.

    Rows are made by `INSERT … ON CONFLICT`: a search that is followed by a create would
    race into an error that Odoo does not replay. Only partial unique indexes stand on
    the table, so that reading a profile never waits for a record that is just being
    associated with it.
    """

    _name = "twitter.profile"
    _description = "X Profile"
    _order = "handle, id"
    _rec_name = "handle"

    twitter_id = fields.Char(string="X ID", readonly=True)
    handle = fields.Char(required=True, readonly=True)
    former_handles = fields.Json(readonly=True)
    superseded_by_id = fields.Many2one(
        "twitter.profile",
        readonly=True,
        index="btree_not_null",
        help="The row of the same X account that was known by another handle before",
    )

    name = fields.Char(string="Name on X", readonly=True)
    description = fields.Text(string="Bio", readonly=True)
    description_segments = fields.Json(readonly=True)
    location = fields.Char(string="Place", readonly=True)
    url = fields.Char(string="Website", readonly=True)
    display_url = fields.Char(readonly=True)
    verified_type = fields.Selection(
        [("blue", "Blue"), ("business", "Business"), ("government", "Government")],
        string="Verified",
        readonly=True,
    )
    is_protected = fields.Boolean(string="Protected", readonly=True)
    joined_at = fields.Datetime(string="Joined X", readonly=True)
    followers = fields.Integer(readonly=True)
    following = fields.Integer(readonly=True)
    posts = fields.Integer(readonly=True)
    image_url = fields.Char(readonly=True)

    state = fields.Selection(
        [
            ("unresolved", "Not Read Yet"),
            ("active", "Active"),
            ("protected", "Protected"),
            ("suspended", "Suspended"),
            ("gone", "No Longer on X"),
        ],
        required=True,
        default="unresolved",
        readonly=True,
    )
    fetched_at = fields.Datetime(string="Read At", readonly=True, index=True)

    _twitter_id_unique = models.UniqueIndex("(twitter_id) WHERE twitter_id IS NOT NULL")
    _unresolved_handle_unique = models.UniqueIndex(
        "(lower(handle)) WHERE twitter_id IS NULL AND superseded_by_id IS NULL"
    )
    _handle_index = models.Index("(lower(handle))")

    @api.depends("handle", "name")
    def _compute_display_name(self):
        for profile in self:
            handle = f"@{profile.handle}"
            profile.display_name = (
                f"{profile.name} ({handle})" if profile.name else handle
            )

    # ------------------------------------------------------------
    # FINDING AND MAKING ROWS
    # ------------------------------------------------------------

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
        return {lowered: self.sudo().browse(id_) for lowered, id_ in found.items()}

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

        :param Profile value: as X answered it today
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
        lock_rows(profile)
        profile.write(profile._values_of(value))
        return profile

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

    # ------------------------------------------------------------
    # KEEPING WHAT X ANSWERED (PARTS OF OWN TRANSACTIONS)
    # ------------------------------------------------------------

    def _keep(self, value):
        """Keep what X told of this profile; return the row that stands for it now.

        :param Profile value: X's answer
        """
        self._lock_identity(value.id)
        known = self.search([("twitter_id", "=", value.id)])
        if known and known != self:
            # Known by another handle before. Records are repointed by the cron: they
            # are the CRM's, and not ours to write here.
            self.write({"superseded_by_id": known.id})
        profile = known or self
        profile.write(profile._values_of(value))
        return profile

    def _keep_problem(self, problem):
        """Keep that X has taken the profile away, and drop what it had said of it.

        :param Problem problem: X's answer for this profile
        """
        if problem.state not in ("suspended", "gone"):
            return
        self._wipe()
        self.write({"state": problem.state, "fetched_at": fields.Datetime.now()})

    def _values_of(self, value):
        values = {
            "twitter_id": value.id,
            "handle": value.handle,
            "name": value.name,
            "description": value.description,
            "description_segments": value.to_dict()["description_segments"],
            "location": value.location,
            "url": value.url,
            "display_url": value.display_url,
            "verified_type": value.verified_type or False,
            "is_protected": value.protected,
            "joined_at": value.created_at and value.created_at.replace(tzinfo=None),
            "followers": value.followers,
            "following": value.following,
            "posts": value.posts,
            "image_url": value.image_url,
            "state": "protected" if value.protected else "active",
            "fetched_at": fields.Datetime.now(),
        }
        if self.twitter_id and self.handle.lower() != value.handle.lower():
            values["former_handles"] = [*(self.former_handles or []), self.handle]
        return values

    # ------------------------------------------------------------
    # FORGETTING
    # ------------------------------------------------------------

    def _forget_if_unlinked(self):
        """Drop what was read about people no record is associated with any more."""
        if not self:
            return
        linked = self.browse()
        for model in ASSOCIATED_MODELS:
            # sudo: crm.lead, res.partner - records the user may not see count as well
            records = self.env[model].sudo().with_context(active_test=False)
            domain = [("twitter_profile_id", "in", self.ids)]
            linked |= records.search(domain).twitter_profile_id
        # sudo: twitter.profile - rows are written by the server alone
        (self.sudo() - linked)._wipe()

    def _wipe(self):
        lock_rows(self)
        self.write({**dict.fromkeys(CONTENT, False), "state": "unresolved"})
        keys = [f"handle:{profile.handle.lower()}" for profile in self]
        keys += [f"profile:{profile.twitter_id}" for profile in self]
        about = Domain("profile_id", "in", self.ids) | Domain("key", "in", keys)
        answers = self.env["twitter.cache"].search(about)
        lock_rows(answers)
        answers.unlink()

    # ------------------------------------------------------------
    # SHOWING
    # ------------------------------------------------------------

    def _to_value(self):
        """The stored profile as the client's value."""
        return Profile(
            id=self.twitter_id or "",
            handle=self.handle,
            name=self.name or "",
            description=self.description or "",
            location=self.location or "",
            url=self.url or "",
            display_url=self.display_url or "",
            created_at=self.joined_at or None,
            protected=self.is_protected,
            verified_type=self.verified_type or "",
            followers=self.followers,
            following=self.following,
            posts=self.posts,
            image_url=self.image_url or "",
            description_segments=tuple(
                Segment(**segment) for segment in self.description_segments or []
            ),
        )

    def _to_dict(self, entered=""):
        """What the panel shows of the stored profile.

        :param entered: the handle as the record has it
        """
        return {
            **profile_dict(self._to_value(), self.env["twitter.account"]._site_url()),
            "id": self.id,
            "photo_url": f"/crm_twitter/profile/{self.id}/photo",
            "state": self.state,
            "fetched_at": iso(self.fetched_at),
            "stale": self._is_stale(),
            "note": self._note(entered),
        }

    def _note(self, entered):
        """What to tell about the handle on the record, or ''."""
        if self.state == "gone" and not self.twitter_id:
            return self.env._("There is nobody on X with this handle.")
        if self.twitter_id and entered and entered.lower() != self.handle.lower():
            return self.env._(
                "Entered here as @%(entered)s; on X it is @%(handle)s now.",
                entered=entered,
                handle=self.handle,
            )
        return ""

    def _is_stale(self):
        """Whether it was not read yet this UTC day."""
        today = fields.Datetime.now().date()
        return not self.fetched_at or self.fetched_at.date() < today

    @api.model
    def _prices(self):
        """What the panel's clicks cost at most, in USD."""
        user, post = float(PRICES["user"]), float(PRICES["post"])
        return {
            "search": round(10 * user, 4),
            "profile": user,
            "posts": round(10 * post, 4),
            "quoted": round(post + user, 4),
            "open": round(user + 10 * post, 4),
        }
