from odoo import api, fields, models
from odoo.modules.db import FunctionStatus

from .match_evidence import Known
from .twitter_account import PERMISSION
from .twitter_association import Origin


def _trigrams_of_name(registry):
    """Contacts are suggested by parts of their names, as leads are, on which Odoo has
    such an index of its own."""
    if not registry.has_trigram:
        return ""
    column = "complete_name"
    if registry.has_unaccent == FunctionStatus.INDEXABLE:
        column = registry.unaccent(column)
    return f"USING gin ({column} gin_trgm_ops)"


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "twitter.profile.mixin"]

    twitter_handle = fields.Char(tracking=True)
    twitter_basis = fields.Selection(tracking=True)
    twitter_engagement_ids = fields.One2many(
        "twitter.engagement", "partner_id", string="X Engagements", groups=PERMISSION
    )

    # What was typed and is no handle: few, and looked through for suggestions.
    _twitter_typed_index = models.Index(
        "(id) WHERE twitter_handle IS NOT NULL AND twitter_profile_id IS NULL"
    )
    _twitter_name_index = models.Index(_trigrams_of_name)

    # ------------------------------------------------------------
    # LEADS
    # ------------------------------------------------------------

    def _twitter_log_changes(self, before):
        result = super()._twitter_log_changes(before)
        # sudo: crm.lead - they show the contact's handle, whoever works on them
        for partner in self.sudo():
            profile = before.get(partner.id, [partner.twitter_profile_id])[0]
            if profile != partner.twitter_profile_id:
                partner._twitter_show_on_leads(profile)
        return result

    def _twitter_show_on_leads(self, profile):
        """Have the contact's leads show its handle, where they showed the one before.

        :param profile: the one before, maybe empty
        A lead that was given another handle, or had the contact's cleared, keeps it so.
        """
        leads = self.env["crm.lead"].with_context(active_test=False)
        showing = leads.search(
            [
                ("partner_id", "=", self.id),
                ("twitter_profile_id", "=", profile.id),
                ("twitter_handle", "!=" if profile else "=", False),
            ]
        )
        showing.with_context(twitter_origin=Origin("customer")).write(
            {
                "twitter_handle": self.twitter_handle,
                "twitter_profile_id": self.twitter_profile_id.id,
                "twitter_basis": self.twitter_basis,
            }
        )

    # ------------------------------------------------------------
    # X PROFILE
    # ------------------------------------------------------------

    @api.model
    def _twitter_column(self):
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

    def _twitter_photo_partner(self):
        return self
