from odoo import models

from ..x_api import Post
from .x_values import iso, people_in, shown_post


class TwitterProfileMixin(models.AbstractModel):
    """What the panel shows without asking X: what was told today, and to whom."""

    _inherit = "twitter.profile.mixin"

    def _twitter_stored(self, key, profile, account):
        """A stored answer about a profile, as far as it is for the account's eyes."""
        is_shared = not profile.is_protected
        return self.env["twitter.cache"]._get(key, account, is_shared)

    def _twitter_is_refused(self, profile, account):
        """Whether X has refused today to show the account anything of the person."""
        return bool(self.env["twitter.cache"]._refused([profile.twitter_id], account))

    def _twitter_newest_posts(self, profile, account, ways=None):
        """(The newest posts as they are shown, when X told them), or (False, None)."""
        if not profile.twitter_id or profile.state in ("suspended", "gone"):
            return False, None
        key = self._twitter_posts_key(profile.twitter_id)
        stored, read_at = self._twitter_stored(key, profile, account)
        if stored is None or self._twitter_is_refused(profile, account):
            return False, None
        author = profile._to_value()
        posts = self._twitter_posts_dict(stored, author, read_at, account, ways)
        return posts, read_at

    def _twitter_kept_today(self, profile, account):
        """``{followers, following, reposts}``: whose first page costs nothing today."""
        keys = {
            "followers": self._twitter_people_key("followers", profile.twitter_id),
            "following": self._twitter_people_key("following", profile.twitter_id),
            "reposts": self._twitter_posts_key(profile.twitter_id, "", True),
        }
        is_shared = not profile.is_protected
        cache = self.env["twitter.cache"]
        found = cache._stored_among(list(keys.values()), account, is_shared)
        return {name: key in found for name, key in keys.items()}

    def _twitter_posts_key(self, twitter_id, next_token="", reposts=False):
        key = f"posts:{twitter_id}"
        if next_token or reposts:
            key += f":{'all' if reposts else 'own'}:{next_token}"
        return key

    def _twitter_page_json(self, page, reposts=False):
        return {
            "items": [post.to_dict() for post in page.items],
            "next_token": page.next_token or "",
            "reposts": reposts,
        }

    def _twitter_posts_dict(self, stored, author, read_at, account, ways=None):
        """A page of posts as the panel takes it; see `_twitter_post_dicts`."""
        values = [Post.from_dict(post) for post in stored["items"]]
        cache = self.env["twitter.cache"]
        refused = cache._refused(people_in(values), account)
        pairs = [
            (post, author)
            for post in values
            if shown_post(post, author)[1].id not in refused
        ]
        token, reposts = stored["next_token"], stored["reposts"]
        following = self._twitter_posts_key(author.id, token, reposts)
        is_kept = cache._stored_among([following], account, not author.protected)
        return {
            "items": self._twitter_post_dicts(pairs, account, ways),
            "next_token": token,
            "next_kept": bool(token and is_kept),
            "reposts": reposts,
            "read_at": iso(read_at),
        }
