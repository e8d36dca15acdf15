from decimal import Decimal

from odoo import fields, models

from ..x_api import Post, XStopped
from .twitter_budget import day_ends, month_ends
from .twitter_limit import aware
from .x_problem import XProblem
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

    def _twitter_stop(self, account):
        """Why X is not asked at the moment, as a problem's dictionary, or False.

        As this transaction sees it: the gate alone decides.
        """
        if not account:
            return False
        try:
            self._twitter_check_stop(account)
        except XStopped as stop:
            problem = XProblem.of(self.env, stop)
            return problem.to_dict(works_on_x=not account.company_id)
        return False

    def _twitter_check_stop(self, account):
        """
        :raise XStopped: there is no credit, X does not answer, or there is no money to
            read the profile anew
        """
        limits = self.env["twitter.limit"]
        if limits._is_out_of_credits():
            raise XStopped("out_of_credits")
        limits._check_reachable()
        price = Decimal(str(self.env["twitter.profile"]._prices()["open"]))
        payer, today = account._payer(), fields.Datetime.now().date()
        rows = self.env["twitter.budget"]._of(payer)
        for row, (day, month) in rows._left(today).items():
            owner = "company" if row.company_id else "user"
            if month is not None and price > month:
                raise XStopped(f"over_{owner}_month", until=aware(month_ends(today)))
            if day is not None and price > day:
                raise XStopped(f"over_{owner}_day", until=aware(day_ends(today)))

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
        """A page of posts as the panel takes it; see `_twitter_post_dicts`.

        ``quoted_kept`` of each is whether the post it quotes costs nothing today.

        Whether X shows the account the author's is for the caller to know: it may have
        just told them, which this transaction does not see.
        """
        values = [Post.from_dict(post) for post in stored["items"]]
        cache = self.env["twitter.cache"]
        refused = cache._refused(people_in(values) - {author.id}, account)
        pairs = [
            (post, author)
            for post in values
            if shown_post(post, author)[1].id not in refused
        ]
        token, reposts = stored["next_token"], stored["reposts"]
        following = self._twitter_posts_key(author.id, token, reposts)
        items = self._twitter_post_dicts(pairs, account, ways)
        quoted = [f"post:{item['quoted_id']}" for item in items]
        is_shared = not author.protected
        kept = cache._stored_among([following, *quoted], account, is_shared)
        for item, key in zip(items, quoted, strict=True):
            item["quoted_kept"] = key in kept
        return {
            "items": items,
            "next_token": token,
            "next_kept": bool(token and following in kept),
            "reposts": reposts,
            "read_at": iso(read_at),
        }
