from odoo import api, fields, models

from .match_evidence import Known


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "twitter.profile.mixin"]

    twitter_handle = fields.Char(tracking=True)
    twitter_basis = fields.Selection(tracking=True)

    @api.model
    def _twitter_association_field(self):
        return "partner_id"

    def _twitter_person(self):
        self.ensure_one()
        return self.name or ""

    def _twitter_kind(self):
        return "contact"

    def _twitter_evidence_of(self):
        return Known(
            person=self._twitter_person(),
            company="" if self.is_company else self.commercial_company_name or "",
            website=self.website or self.commercial_partner_id.website or "",
            email=self.email or "",
            city=self.city or "",
            country=self.country_id.name or "",
        )
