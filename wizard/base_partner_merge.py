from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Have the authors' relations follow: leads change contacts here by SQL, which
        no computed field hears of."""
        profiles = self._twitter_profiles_around(partner_ids)
        result = super()._merge(
            partner_ids, dst_partner=dst_partner, extra_checks=extra_checks
        )
        # sudo: twitter.author - rows are written by the server alone
        authors = self.env["twitter.author"].sudo()
        concerned = authors.search([("profile_id", "in", profiles.ids)])
        self.env.add_to_compute(authors._fields["relation"], concerned)
        concerned.flush_recordset(["relation"])
        return result

    @api.model
    def _twitter_profiles_around(self, partner_ids):
        """Whose relation the deals of these contacts decide."""
        # sudo: res.partner, crm.lead - all of them count, whoever merges
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        merged = partners.browse(partner_ids)
        around = merged | partners.search([("commercial_partner_id", "in", merged.ids)])
        linked = [("twitter_profile_id", "!=", False), ("partner_id", "in", around.ids)]
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        return around.twitter_profile_id | leads.search(linked).twitter_profile_id

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
        result = super()._update_values(src_partners, dst_partner)
        # sudo: res.partner - which website is X's, whoever merges
        kept = dst_partner.sudo()
        if kept.website and kept.website in src_partners.sudo().mapped(
            "twitter_website"
        ):
            kept.twitter_website = kept.website
        return result
