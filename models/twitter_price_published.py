from odoo import models


class TwitterPrice(models.Model):
    _inherit = "twitter.price"

    def action_take_published(self):
        """Take over what X publishes as the price of each of these.

        :raise AccessError: the user may not change prices
        """
        for row in self:
            if row.price != row.published_price:
                row.price = row.published_price
        return True
