from odoo import api, models

# Of a deal, what the relation of the people around it depends on.
DECISIVE = {"active", "company_id", "partner_id", "type", "won_status"}


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
        # What becomes a deal later is written, and noted then.
        deals = leads.filtered(lambda lead: lead.type == "opportunity")
        self._twitter_note(lead_ids=deals.ids)
        return leads

    def _write_multi(self, vals_list):
        # Here, as whether a deal is won is computed, from a stage that is as well.
        changes = list(zip(self._ids, vals_list, strict=True))
        moved = [lead_id for lead_id, vals in changes if "partner_id" in vals]
        if moved:
            # The contacts they leave, which the table still has.
            self.env.cr.execute(
                "SELECT DISTINCT partner_id FROM crm_lead"
                " WHERE id = ANY(%s) AND partner_id IS NOT NULL",
                [moved],
            )
            left = [partner_id for (partner_id,) in self.env.cr.fetchall()]
            self._twitter_note(partner_ids=left)
        changed = [
            lead_id for lead_id, vals in changes if not DECISIVE.isdisjoint(vals)
        ]
        self._twitter_note(lead_ids=changed)
        return super()._write_multi(vals_list)

    def unlink(self):
        # sudo: crm.lead - whose deals end, whatever the user may read
        self._twitter_note(partner_ids=self.sudo().partner_id.ids)
        return super().unlink()

    @api.model
    def _twitter_note(self, **ids):
        # sudo: twitter.author - rows are written by the server alone
        self.env["twitter.author"].sudo()._note_deals(**ids)
