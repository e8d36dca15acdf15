from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .twitter_account import PERMISSION
from .twitter_interaction import SHOWN_FOR

RELATIONS = [
    ("potential", "Potential contacts"),
    ("customer", "Customers"),
    ("known", "Leads and contacts"),
    ("other", "Others"),
]
LONGEST_TRANSACTION = timedelta(days=2)
# What decides the relation, as the ORM finds it at no cost: from whoever is associated.
# The deals of their contacts, and of these' companies: see `crm_lead_deals`.
_ASSOCIATED = ("profile_id.lead_ids", "profile_id.partner_ids")


class TwitterAuthor(models.Model):
    """Who an X profile is to one company; written by the server alone.

    The relation is the CRM's truth: the board's columns read it from here, so that one
    row moves all that its author has said.
    """

    _name = "twitter.author"
    _description = "X Author"
    _order = "seen_at desc, id desc"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    profile_id = fields.Many2one(
        "twitter.profile",
        string="X Profile",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    handle = fields.Char(related="profile_id.handle")
    relation = fields.Selection(
        RELATIONS,
        compute="_compute_relation",
        store=True,
        help="Potential contacts have an open deal: on the record that is associated"
        " with the profile, on its contact, or on that contact's company. Customers"
        " have a won one, and none open.",
    )
    seen_at = fields.Datetime(
        string="Last Told of by X",
        readonly=True,
        help="While X has told of a post of theirs within a day, their name and picture"
        " are kept",
    )
    interaction_ids = fields.One2many(
        "twitter.interaction", "author_id", string="Interactions"
    )

    _profile_unique = models.UniqueIndex("(company_id, profile_id)")
    _made_index = models.Index("(create_date)")
    _relation_index = models.Index("(company_id, relation)")
    # The board's counts ask many cards' authors for this one column.
    _columns_index = models.Index("(id) INCLUDE (relation)")

    @api.depends("profile_id.handle", "profile_id.name", "seen_at")
    @api.depends_context("uid")
    def _compute_display_name(self):
        since = fields.Datetime.now() - SHOWN_FOR
        is_member = self.env.user.has_group(PERMISSION)
        for author in self:
            # sudo: twitter.profile - its handle is no secret to whoever sees the row
            profile = author.sudo().profile_id
            is_shown = is_member and author.seen_at and author.seen_at > since
            name = profile.name if is_shown else ""
            handle = f"@{profile.handle}"
            author.display_name = f"{name} ({handle})" if name else handle

    @api.model
    def _search_display_name(self, operator, value):
        """By the handle; by the name as long as it is shown."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        named = Domain("profile_id.name", operator, value)
        told = Domain("seen_at", ">", fields.Datetime.now() - SHOWN_FOR)
        return Domain("profile_id.handle", operator, value) | (told & named)

    # ------------------------------------------------------------
    # THE RELATION
    # ------------------------------------------------------------

    @api.depends(
        "company_id",
        *(
            f"{path}.{name}"
            for path in _ASSOCIATED
            for name in ("active", "company_id")
        ),
        "profile_id.lead_ids.type",
        "profile_id.lead_ids.won_status",
        "profile_id.lead_ids.partner_id.commercial_partner_id",
        "profile_id.partner_ids.commercial_partner_id",
    )
    def _compute_relation(self):
        self._touch()
        relations = self._relations()
        for author in self:
            author.relation = relations.get(author._origin.id, "other")

    def _relations(self):
        """``{id: relation}`` as the CRM has it, for those that are not "other"."""
        leads, partners = self.env["crm.lead"], self.env["res.partner"]
        leads.flush_model(
            [
                "twitter_profile_id",
                "partner_id",
                "company_id",
                "type",
                "active",
                "won_status",
            ]
        )
        partners.flush_model(
            ["twitter_profile_id", "commercial_partner_id", "company_id", "active"]
        )
        ids = self._origin.ids
        return dict(self.env.execute_query(SQL(RELATION_QUERY, ids, ids)))

    def _touch(self):
        """Write the rows: of two transactions that change deals of the same author, and
        do not see each other's, the second is replayed."""
        self.flush_recordset(["company_id", "profile_id"])
        self.env.cr.execute(
            """
            UPDATE twitter_author SET write_date = now() AT TIME ZONE 'UTC'
             WHERE id IN (SELECT id FROM twitter_author
                           WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE)
            """,
            [self._origin.ids],
            log_exceptions=False,
        )

    # ------------------------------------------------------------
    # FINDING AND MAKING (PARTS OF OWN TRANSACTIONS)
    # ------------------------------------------------------------

    @api.model
    def _of(self, company, profiles):
        """``{profile: author}`` to a company, making those that are not there.

        :param profiles: rows that stand for X accounts (see `_of_value`)
        """
        self.flush_model(["company_id", "profile_id"])
        made = self.env.execute_query(
            SQL(
                """
                INSERT INTO twitter_author (company_id, profile_id, relation,
                                            create_date, write_date,
                                            create_uid, write_uid)
                     SELECT %(company)s, profile_id, 'other',
                            now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC',
                            %(uid)s, %(uid)s
                       FROM unnest(%(profiles)s::int[]) profile_id
                ON CONFLICT (company_id, profile_id) DO NOTHING
                  RETURNING id
                """,
                company=company.id,
                profiles=sorted(profiles.ids),
                uid=self.env.uid,
            )
        )
        new = self.browse(row[0] for row in made)
        self.env.add_to_compute(self._fields["relation"], new)
        authors = self.search(
            [("company_id", "=", company.id), ("profile_id", "in", profiles.ids)]
        )
        return authors.grouped("profile_id")

    @api.model
    def _relate_again(self, since):
        """Look once more at authors made since: who associated one at that very moment
        did not see the row yet."""
        recent = self.search([("create_date", ">=", since)])
        relations = recent._relations()
        differing = recent.filtered(
            lambda author: author.relation != relations.get(author.id, "other")
        )
        # Only these are locked, and looked at anew behind the lock.
        self._relate(differing)

    @api.autovacuum
    def _gc_relations(self):
        """The same, once a day, for who was long about it, such as an import."""
        self._relate_again(fields.Datetime.now() - LONGEST_TRANSACTION)


RELATION_QUERY = """
WITH associated AS (
    SELECT author.id AS author_id, author.company_id, lead.id AS lead_id,
           lead.partner_id
      FROM twitter_author author
      JOIN crm_lead lead ON lead.twitter_profile_id = author.profile_id
     WHERE author.id = ANY(%s)
           -- A lost lead is archived by Odoo, and is still one.
       AND (lead.active OR lead.won_status = 'lost')
       AND (lead.company_id IS NULL OR lead.company_id = author.company_id)
     UNION ALL
    SELECT author.id, author.company_id, NULL, partner.id
      FROM twitter_author author
      JOIN res_partner partner ON partner.twitter_profile_id = author.profile_id
     WHERE author.id = ANY(%s)
       AND partner.active
       AND (partner.company_id IS NULL OR partner.company_id = author.company_id)
), customer AS (
    -- The contact, and its company: of a thousand contacts of one company, the
    -- company's deals are looked at once.
    SELECT DISTINCT associated.author_id, associated.company_id, each.partner_id
      FROM associated
      JOIN res_partner contact ON contact.id = associated.partner_id
     CROSS JOIN LATERAL (VALUES (contact.id), (contact.commercial_partner_id))
           AS each (partner_id)
), deal AS (
    SELECT associated.author_id, lead.won_status
      FROM associated
      JOIN crm_lead lead ON lead.id = associated.lead_id
     WHERE lead.active AND lead.type = 'opportunity'
     UNION ALL
    SELECT customer.author_id, deal.won_status
      FROM customer
      JOIN (SELECT DISTINCT lead.partner_id, lead.company_id, lead.won_status
              FROM (SELECT DISTINCT partner_id FROM customer) one
              JOIN crm_lead lead ON lead.partner_id = one.partner_id
             WHERE lead.active AND lead.type = 'opportunity') deal
        ON deal.partner_id = customer.partner_id
       AND (deal.company_id IS NULL OR deal.company_id = customer.company_id)
)
   SELECT associated.author_id,
          CASE WHEN bool_or(deal.won_status = 'pending') THEN 'potential'
               WHEN bool_or(deal.won_status = 'won') THEN 'customer'
               ELSE 'known'
          END
     FROM associated
LEFT JOIN deal ON deal.author_id = associated.author_id
 GROUP BY associated.author_id
"""
