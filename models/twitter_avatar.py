from odoo import api, fields, models
from odoo.fields import Domain

from ..x_api import Profile
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
        # sudo: twitter.profile - the record's own, and what is shown of it is public
        profiles = self.sudo().twitter_profile_id
        # Not all of a profile: lists and boards show many.
        profiles.fetch(["superseded_by_id", "image_url"])
        urls = {}
        for profile in profiles:
            url = (profile.superseded_by_id or profile).image_url or ""
            urls[profile.id] = Profile(id="", handle="", image_url=url)
        for record in self.sudo():
            value = urls.get(record.twitter_profile_id.id)
            record.twitter_avatar_url = value and value.image_url_of("bigger")

    @api.model
    def _search_twitter_avatar_url(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("twitter_profile_id.image_url", "in", value)
