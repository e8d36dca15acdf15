from odoo import api, fields, models

from ..x_api import Profile, Segment
from .twitter_account import PERMISSION
from .x_values import iso, profile_dict

ARCHIVED_TOO = {"active_test": False}


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

    # For who may read leads: Odoo would refuse all of a profile to whoever asks for it.
    lead_ids = fields.One2many(
        "crm.lead",
        "twitter_profile_id",
        string="Leads",
        context=ARCHIVED_TOO,
        groups="sales_team.group_sale_salesman",
    )
    partner_ids = fields.One2many(
        "res.partner", "twitter_profile_id", string="Contacts", context=ARCHIVED_TOO
    )

    _twitter_id_unique = models.UniqueIndex("(twitter_id) WHERE twitter_id IS NOT NULL")
    _unresolved_handle_unique = models.UniqueIndex(
        "(lower(handle)) WHERE twitter_id IS NULL AND superseded_by_id IS NULL"
    )
    _handle_index = models.Index("(lower(handle))")

    @api.depends("handle", "name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        # A record's profile is named to those, too, who may not look at profiles.
        is_member = self.env.user.has_group(PERMISSION)
        for profile in self:
            handle = f"@{profile.handle}"
            profile.display_name = (
                f"{profile.name} ({handle})" if profile.name and is_member else handle
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
        profile._write_told(value)
        return profile

    def _keep_problem(self, problem):
        """Keep that X has taken the profile away, and drop what it had said of it.

        :param Problem problem: X's answer for this profile
        """
        if problem.state not in ("suspended", "gone"):
            return
        self._wipe()
        self.write({"state": problem.state, "fetched_at": fields.Datetime.now()})
        self._drop_words("gone")

    def _values_of(self, value):
        values = {
            "twitter_id": value.id,
            "handle": value.handle,
            "name": value.name,
            "description": value.description,
            # As `to_dict` has them, without the rest: a hundred are kept at once.
            "description_segments": [vars(each) for each in value.description_segments],
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
    # SHOWING
    # ------------------------------------------------------------

    def _answers_to(self, handle):
        """Whether this person has that handle on X, or had it before."""
        known = [self.handle or "", *(self.former_handles or [])]
        return handle.lower() in [name.lower() for name in known]

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
        site_url = self.env["twitter.account"]._site_url()
        value = profile_dict(self._to_value(), site_url)
        if self._handle_is_free():
            value["profile_url"] = f"{site_url}/intent/user?user_id={self.twitter_id}"
        return {
            **value,
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
        if self.state == "gone":
            return self.env._(
                "This account is no longer on X. If somebody has the handle now, it is"
                " somebody else."
            )
        return self._renamed_note(entered) if self.twitter_id else ""

    def _handle_is_free(self):
        """Whether the handle leads, or may lead, to somebody else on X."""
        is_known = bool(self.twitter_id)
        return is_known and (self.state == "gone" or self._taken(self.handle))

    def _is_stale(self):
        """Whether it was not read yet this UTC day."""
        today = fields.Datetime.now().date()
        return not self.fetched_at or self.fetched_at.date() < today

    @api.model
    def _prices(self):
        """What the panel's clicks cost at most, in USD."""
        price_of = self.env["twitter.price"]._of
        user, post = price_of("user"), price_of("post")
        return {
            "search": round(10 * user, 4),
            "profile": user,
            "posts": round(10 * post, 4),
            "quoted": round(post + user, 4),
            # Ten posts, and what each of them may bring along: two posts, two people.
            "reposts": round(30 * post + 20 * user, 4),
            "open": round(user + 10 * post, 4),
        }
