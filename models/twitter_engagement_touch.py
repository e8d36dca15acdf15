from odoo import api, fields, models
from odoo.fields import Domain

from .twitter_engagement import TOUCH_DOMAIN


class TwitterEngagement(models.Model):
    """Whether an engagement reached the person, for the filter of the list."""

    _inherit = "twitter.engagement"

    is_touch = fields.Boolean(
        string="Touch",
        compute="_compute_is_touch",
        search="_search_is_touch",
        help="It reached the person on X, and was not deleted there since",
    )

    @api.depends("state", "deleted_at", "kind", "profile_id", "refusal")
    def _compute_is_touch(self):
        touches = self.filtered_domain(TOUCH_DOMAIN)
        for row in self:
            row.is_touch = row in touches

    @api.model
    def _search_is_touch(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(TOUCH_DOMAIN if touch else ~TOUCH_DOMAIN for touch in value)
