from odoo import models

from .twitter_account import PERMISSION


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the browser where X is, so that it links without a call, and which
        hosts it may load X's pictures from."""
        result = super().session_info()
        if self.env.user.has_group(PERMISSION):
            accounts = self.env["twitter.account"]
            result["twitter_site_url"] = accounts._site_url()
            result["twitter_image_hosts"] = sorted(accounts._image_hosts())
        return result
