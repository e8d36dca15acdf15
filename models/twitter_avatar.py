from odoo import api, fields, models
from odoo.fields import Domain

from .twitter_account import PERMISSION


class TwitterProfileMixin(models.AbstractModel):
    """The person's picture on X for cards and lists, from what is stored.

    Browsers load it from X's own image host: X's API is not asked for it.
    """

    _inherit = "twitter.profile.mixin"

    twitter_avatar_url = fields.Char(
        string="Picture on X",
        compute="_compute_twitter_avatar_url",
        search="_search_twitter_avatar_url",
        groups=PERMISSION,
    )

    @api.depends("twitter_profile_id.image_url")
    def _compute_twitter_avatar_url(self):
        for record in self:
            profile = record._twitter_profile()
            record.twitter_avatar_url = (
                profile._to_value().image_url_of("bigger") if profile else False
            )

    @api.model
    def _search_twitter_avatar_url(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("twitter_profile_id.image_url", "in", value)
