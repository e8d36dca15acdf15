from odoo import models

from .x_values import iso


class TwitterActingMixin(models.AbstractModel):
    """How the person and the account that acts stand to each other."""

    _inherit = "twitter.acting.mixin"

    def _twitter_relation(self, profile, account):
        """``{following, pending, followed_by, blocking, read_at}``, or False.

        As X told today, else as far as it is known from what was done from here.
        """
        if profile.twitter_id and account:
            key = self._twitter_relation_key(profile.twitter_id, account)
            stored, read_at = self.env["twitter.cache"]._get(key)
            if stored:
                return {**stored, "read_at": iso(read_at)}
        # sudo: twitter.engagement - the account's, or the user's own
        rows = self.env["twitter.engagement"].sudo()
        last = profile and rows._last_follow(profile, account)
        if not last:
            return False
        is_on = last.kind == "follow"
        return {
            "following": is_on and not last.is_request,
            "pending": is_on and last.is_request,
            "followed_by": False,
            "blocking": False,
            "read_at": iso(last.done_at),
        }

    def _twitter_keep_relation(self, account, twitter_id, profile_id, connection):
        """
        :param connection: X's words for it, as `Profile.connection` has them
        """
        key = self._twitter_relation_key(twitter_id, account)
        stored = self._twitter_relation_of(connection)
        self.env["twitter.cache"]._put(key, stored, profile_id)

    def _twitter_relation_of(self, connection):
        said = set(connection)
        return {
            "following": "following" in said,
            "pending": "follow_request_sent" in said,
            "followed_by": "followed_by" in said,
            "blocking": "blocking" in said,
        }

    def _twitter_relation_key(self, twitter_id, account):
        return f"relation:{account.id}:{twitter_id}"
