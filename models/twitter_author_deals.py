from odoo import api, models
from odoo.tools import SQL

# In `precommit.data`: what was noted of this transaction.
LEADS, CONTACTS = "crm_twitter.deals.leads", "crm_twitter.deals.contacts"


class TwitterAuthor(models.Model):
    """The relation follows the deals once, before the commit; see `crm_lead_deals`."""

    _inherit = "twitter.author"

    @api.model
    def _note_deals(self, lead_ids=(), partner_ids=()):
        """Have the relation of those whom these deals, or the deals of these contacts,
        concern be computed before the commit."""
        if not (lead_ids or partner_ids):
            return
        precommit = self.env.cr.precommit
        if LEADS not in precommit.data:
            precommit.data.update({LEADS: set(), CONTACTS: set()})
            precommit.add(self._relate_around_noted)
        precommit.data[LEADS].update(lead_ids)
        precommit.data[CONTACTS].update(partner_ids)

    @api.model
    def _relate_around_noted(self):
        data = self.env.cr.precommit.data
        self._relate(self._around_deals(data.pop(LEADS), data.pop(CONTACTS)))

    def _relate(self, authors):
        """Compute the relation of these anew, and write it."""
        self.env.add_to_compute(self._fields["relation"], authors)
        authors.flush_recordset(["relation"])

    @api.model
    def _around_deals(self, lead_ids, partner_ids):
        """The authors whom deals of these leads, or of these contacts, may concern.

        The inverse of `RELATION_QUERY`: for the contact, for those of whom the contact
        is the company, and for whoever is associated by a lead of theirs.
        """
        self.flush_model(["profile_id"])
        self.env["crm.lead"].flush_model(["partner_id", "twitter_profile_id"])
        self.env["res.partner"].flush_model(
            ["commercial_partner_id", "twitter_profile_id"]
        )
        rows = self.env.execute_query(
            SQL(AROUND_QUERY, sorted(lead_ids), sorted(partner_ids))
        )
        return self.browse(author_id for (author_id,) in rows)


AROUND_QUERY = """
WITH customer AS (
    SELECT partner_id AS id
      FROM crm_lead
     WHERE id = ANY(%s) AND partner_id IS NOT NULL
     UNION
    SELECT unnest(%s::int[])
), person AS (
    SELECT partner.id, partner.twitter_profile_id
      FROM res_partner partner
      JOIN customer USING (id)
     UNION
    SELECT partner.id, partner.twitter_profile_id
      FROM res_partner partner
      JOIN customer ON customer.id = partner.commercial_partner_id
), profile AS (
    SELECT twitter_profile_id AS id
      FROM person
     WHERE twitter_profile_id IS NOT NULL
     UNION
    SELECT lead.twitter_profile_id
      FROM crm_lead lead
      JOIN person ON person.id = lead.partner_id
     WHERE lead.twitter_profile_id IS NOT NULL
)
SELECT author.id
  FROM twitter_author author
  JOIN profile ON profile.id = author.profile_id
 ORDER BY author.id
"""
