from odoo import models

from .twitter_account import PERMISSION


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the handle field where X is, so that it links without a call."""
        result = super().session_info()
        if self.env.user.has_group(PERMISSION):
            result["twitter_site_url"] = self.env["twitter.account"]._site_url()
        return result
