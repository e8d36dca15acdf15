from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Say in the ledger which associations the kept contact does not take over."""
        given_up = src_partners.filtered(
            lambda partner: partner.twitter_profile_id
            and dst_partner.twitter_handle
            and partner.twitter_profile_id != dst_partner.twitter_profile_id
        )
        self.env["twitter.association"]._log(
            [
                (
                    "disassociated",
                    partner,
                    partner.twitter_profile_id,
                    "merge",
                    partner.twitter_basis,
                )
                for partner in given_up
            ]
        )
        return super()._update_foreign_keys(src_partners, dst_partner)
