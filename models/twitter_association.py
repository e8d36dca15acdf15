from odoo import api, fields, models
from odoo.tools import SQL

# On what grounds X lets a person be tied to a profile: their consent, or what they gave
# to us themselves, or what is public. A bought list is none of these ("records about
# individuals with whom you have no prior relationship, including data obtained from
# third parties, do not meet this standard"), so there is no such choice.
# https://docs.x.com/developer-terms/policy (off-X matching)
BASES = [
    ("given", "Given by the person"),
    ("consent", "Consent"),
    ("public", "Public information"),
]
# What claims the least of a handle of which nobody has said where it is from.
DEFAULT_BASIS = "public"


class Origin(str):
    """Where an association comes from, set by the server: a client's context cannot
    hold one, so that nobody forges the ledger."""


class TwitterAssociation(models.Model):
    """One event of the ledger of who was tied to which X profile, and on what basis.

    Rows are only added. Whether a profile was rejected for a record is what the last
    row of the two says.
    """

    _name = "twitter.association"
    _inherit = ["twitter.record.row.mixin"]
    _description = "X Profile Association"
    _order = "id desc"
    # Each row has whose it is and its date; nobody writes it again.
    _log_access = False

    kind = fields.Selection(
        [
            ("associated", "Associated"),
            ("disassociated", "Disassociated"),
            ("rejected", "Not This Person"),
        ],
        required=True,
        readonly=True,
    )
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    profile_id = fields.Many2one(
        "twitter.profile", required=True, readonly=True, index=True
    )
    handle = fields.Char(readonly=True, help="As it was at the time")
    origin = fields.Selection(
        [
            ("field", "Field"),
            ("search", "Name Search"),
            ("typed", "Handle Entered"),
            ("board", "Social Board"),
            ("import", "Import"),
            ("customer", "Customer"),
            ("merge", "Merge"),
            ("renamed", "Renamed on X"),
        ],
        required=True,
        readonly=True,
    )
    basis = fields.Selection(
        BASES, readonly=True, help="On what grounds the two were tied to each other"
    )
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True)
    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )

    _basis_required = models.Constraint(
        "CHECK(kind != 'associated' OR basis IS NOT NULL)",
        "A match with a profile on X needs a basis.",
    )
    _last_basis_index = models.Index(
        "(user_id, id DESC) WHERE kind = 'associated' AND basis IS NOT NULL"
    )
    _user_index = models.Index("(user_id, id DESC)")

    @api.depends("kind", "handle")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for row in self:
            row.display_name = f"@{row.handle}: {kinds.get(row.kind, '')}"

    @api.model
    def _log(self, rows):
        """Add rows to the ledger for the calling user, in their order.

        By one statement: an import of thousands of records would wait for the ORM.

        :param rows: list of (kind, record, profile, origin, basis)
        """
        if not rows:
            return
        events = zip(*(self._event(*row) for row in rows), strict=True)
        kinds, lead_ids, partner_ids, profile_ids, handles, origins, bases = events
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO twitter_association (kind, lead_id, partner_id, profile_id,
                                                 handle, origin, basis, user_id, date)
                     SELECT event.*, %(user)s, %(now)s
                       FROM unnest(%(kinds)s::text[], %(lead_ids)s::int[],
                                   %(partner_ids)s::int[], %(profile_ids)s::int[],
                                   %(handles)s::text[], %(origins)s::text[],
                                   %(bases)s::text[]) AS event
                """,
                user=self.env.uid,
                now=fields.Datetime.now(),
                kinds=list(kinds),
                lead_ids=list(lead_ids),
                partner_ids=list(partner_ids),
                profile_ids=list(profile_ids),
                handles=list(handles),
                origins=list(origins),
                bases=list(bases),
            )
        )

    @api.model
    def _event(self, kind, record, profile, origin, basis):
        is_lead = record._twitter_column() == "lead_id"
        return (
            kind,
            record.id if is_lead else None,
            None if is_lead else record.id,
            profile.id,
            # sudo: twitter.profile - its handle stands on the record
            profile.sudo().handle,
            str(origin),
            basis or None,
        )

    @api.model
    def _rejected_profiles(self, record):
        """Profiles somebody said are not this record's person, and nobody since
        associated."""
        field = record._twitter_column()
        # sudo: twitter.association - a colleague's "not this person" counts as well
        rows = self.sudo().search([(field, "=", record.id)], order="id")
        last = {row.profile_id: row.kind for row in rows}
        return self.env["twitter.profile"].union(
            *(profile for profile, kind in last.items() if kind == "rejected")
        )

    @api.model
    def _rejecting(self, profile, records):
        """Those of `records`, leads and contacts, for which `profile` is rejected."""
        # sudo: twitter.association - a colleague's "not this person" counts as well
        rows = self.sudo().search([("profile_id", "=", profile.id)], order="id")
        last = {
            row.partner_id or row.lead_id: row.kind
            for row in rows
            if row.partner_id or row.lead_id
        }
        # sudo: crm.lead, res.partner - as they are in the rows
        return [record for record in records if last.get(record.sudo()) == "rejected"]

    @api.model
    def _last_basis(self):
        """The basis the calling user chose last, or the administrator's default."""
        # sudo: twitter.association - the domain holds to the user's own rows
        row = self.sudo().search(
            [
                ("user_id", "=", self.env.uid),
                ("kind", "=", "associated"),
                ("basis", "!=", False),
            ],
            limit=1,
        )
        return row.basis or self._default_basis()

    @api.model
    def _default_basis(self):
        basis = self.env["twitter.account"]._parameter("default_basis")
        # Whatever has been written to the parameter by hand is none.
        return basis if basis in dict(BASES) else DEFAULT_BASIS
