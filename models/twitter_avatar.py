from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..x_api import image_url_of
from .twitter_account import PERMISSION


def array(ids):
    """As PostgreSQL reads it at once, and not each id by itself."""
    return f"{{{','.join(map(str, ids))}}}"


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

    @api.depends("twitter_profile_id.image_url", "twitter_profile_id.superseded_by_id")
    def _compute_twitter_avatar_url(self):
        # sudo: twitter.profile - the record's own, and what is shown of it is public
        records = self.sudo()
        profile_ids = [record.twitter_profile_id.id for record in records]
        urls = self._twitter_image_urls(profile_ids)
        shown = (urls.get(profile_id) for profile_id in profile_ids)
        values = [url and image_url_of(url, "bigger") for url in shown]
        # Not one by one: a list has 80 records, each with a picture of its own.
        self._fields["twitter_avatar_url"]._insert_cache(self, values)

    @api.model
    def _twitter_image_urls(self, profile_ids):
        """``{profile's id: URL or None}``, of the row that stands for it now.

        Not by the ORM: lists and boards show many.
        """
        ids = [each for each in set(profile_ids) if each]
        if not ids:
            return {}
        self.env["twitter.profile"].flush_model(["image_url", "superseded_by_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id, image_url, superseded_by_id FROM twitter_profile"
                " WHERE id = ANY(%s::int[])",
                array(ids),
            )
        )
        urls = {profile_id: url for profile_id, url, _current in rows}
        current = {profile_id: other for profile_id, _url, other in rows if other}
        if current:
            others = self._twitter_image_urls(current.values())
            urls.update((each, others.get(other)) for each, other in current.items())
        return urls

    @api.model
    def _search_twitter_avatar_url(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("twitter_profile_id.image_url", "in", value)
