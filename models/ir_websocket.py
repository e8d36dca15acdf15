from odoo import models

from .twitter_account import PERMISSION


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Tell whoever may see a board when it has changed, of each of their companies;
        see `twitter.interaction` `_announce`."""
        channels = list(channels)  # the caller's stays as it is
        user = self.env.user
        if user.has_group(PERMISSION):
            channels += [(company, "crm_twitter_board") for company in user.company_ids]
        return super()._build_bus_channel_list(channels)
