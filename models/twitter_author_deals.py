from odoo import api, models
from odoo.tools import SQL

# Of a deal, what the relation of the people around it depends on.
DECISIVE = {"active", "company_id", "partner_id", "type", "won_status"}
NOTED = "crm_twitter.deals"


class CrmLead(models.Model):
    """Deals decide who those are that speak: the contact of a deal, others of whom the
    contact is the company, and whoever is associated by their leads.

    The ORM would look for them at each write of each lead, before and after, which took
    half as long again as the rest of a mass change. So leads are noted, and looked at
    together before the commit; nobody else sees a deal any earlier.
    """

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._twitter_note_deals()
        return leads

    def write(self, vals):
        if "partner_id" in vals:
            self._twitter_note_left()
        return super().write(vals)

    def _write_multi(self, vals_list):
        # Here, as whether a deal is won is computed, from a stage that is as well.
        changed = (
            lead_id
            for lead_id, vals in zip(self._ids, vals_list, strict=True)
            if not DECISIVE.isdisjoint(vals)
        )
        self.browse(changed)._twitter_note_deals()
        return super()._write_multi(vals_list)

    def unlink(self):
        self._twitter_note_left()
        return super().unlink()

    def _twitter_note_deals(self):
        """The people around the contacts these have once the transaction ends."""
        if self:
            self._twitter_noted()["leads"].update(self._ids)

    def _twitter_note_left(self):
        """The people around the contacts these have now."""
        # sudo: crm.lead - whose deals change, whatever the user may read
        contacts = self.sudo().partner_id
        if contacts:
            self._twitter_noted()["contacts"].update(contacts._ids)

    def _twitter_noted(self):
        """``{"leads": ids, "contacts": ids}`` of this transaction."""
        precommit = self.env.cr.precommit
        if NOTED not in precommit.data:
            precommit.data[NOTED] = {"leads": set(), "contacts": set()}
            # sudo: twitter.author - rows are written by the server alone
            precommit.add(self.env["twitter.author"].sudo()._relate_around_noted)
        return precommit.data[NOTED]


class TwitterAuthor(models.Model):
    _inherit = "twitter.author"

    @api.model
    def _relate_around_noted(self):
        """Compute the relation anew of everybody whose deals were noted."""
        noted = self.env.cr.precommit.data.pop(NOTED)
        around = self._around(noted["leads"], noted["contacts"])
        self.env.add_to_compute(self._fields["relation"], around)
        around.flush_recordset(["relation"])

    @api.model
    def _around(self, lead_ids, partner_ids):
        """The authors whom deals of these leads, or of these contacts, may concern."""
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
