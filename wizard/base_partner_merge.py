from odoo import api, models

from ..models.twitter_erasure_person import bare_address


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Have the authors' relations follow: leads change contacts here by SQL, which
        no computed field hears of."""
        # sudo: twitter.author - rows are written by the server alone
        authors = self.env["twitter.author"].sudo()
        concerned = authors._around_deals((), partner_ids)
        result = super()._merge(
            partner_ids, dst_partner=dst_partner, extra_checks=extra_checks
        )
        authors._relate(concerned | authors._around_deals((), partner_ids))
        return result

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

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Keep that the website the kept contact takes over came from X."""
        # sudo: res.partner - which website is X's, whoever merges
        kept, merged = dst_partner.sudo(), src_partners.sudo()
        had, origins = kept.website, merged.mapped("twitter_website")
        result = super()._update_values(src_partners, dst_partner)
        from_x = {bare_address(url) for url in origins if url}
        # What a colleague typed is not X's, though it be alike.
        if kept.website and not had and bare_address(kept.website) in from_x:
            kept.twitter_website = kept.website
        return result
