import logging

from odoo import fields, models

from ..x_api import Post, XError
from .own_transaction import Busy, own_transaction
from .twitter_cache import SEEN_BY
from .x_problem import XProblem
from .x_values import iso, profile_dict

_logger = logging.getLogger(__name__)

POSTS = 10
# Profiles without posts to show, and what is told of them.
WITHOUT_POSTS = {
    "protected": "protected",
    "suspended": "suspended",
    "gone": "not_found",
}


class TwitterProfileMixin(models.AbstractModel):
    """The panel's methods that talk to X.

    They write nothing in the request's transaction; what X answers is kept in own ones.
    A refusal of X is part of the answer: ``problem`` is False or ``{code, message,
    action}`` (see `x_problem`).
    """

    _inherit = "twitter.profile.mixin"

    # ------------------------------------------------------------
    # PUBLIC
    # ------------------------------------------------------------

    def twitter_read(self, refresh=False, account_id=0):
        """Read the associated profile and its newest posts, at once.

        :param bool refresh: ask X although it was asked today
        :param int account_id: as which one looks; see `twitter_panel`
        :return: ``{"profile", "posts", "relation", "actions", "problem"}``
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        profile = self._twitter_profile()
        if not profile:
            return {"profile": False, "posts": False, "problem": False}
        stored_posts = self._twitter_stored_posts(profile, account)
        told = not stored_posts and self._twitter_told(profile)
        if not refresh and not profile._is_stale() and (stored_posts or told):
            return {
                "profile": profile._to_dict(self.twitter_handle),
                "posts": stored_posts,
                "problem": XProblem(self.env, told).to_dict() if told else False,
            }
        try:
            return self._twitter_read_now(profile, account)
        except XProblem as problem:
            shown = profile._to_dict(self.twitter_handle)
            return {
                "profile": shown,
                "posts": stored_posts,
                "problem": problem.to_dict(),
            }

    def twitter_posts(self, next_token="", reposts=False, account_id=0):
        """Ten more posts of the associated profile.

        :param str next_token: of the page before; the newest ones without
        :param bool reposts: with what the person reposted
        :return: ``{"posts": {items, next_token, read_at, reposts} | False, "problem"}``
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        profile = self._twitter_profile()
        try:
            if not profile.twitter_id:
                raise XProblem(self.env, "not_found")
            stored, read_at = self._twitter_more_posts(
                profile, account, next_token, reposts
            )
        except XProblem as problem:
            return {"posts": False, "problem": problem.to_dict()}
        posts = self._twitter_posts_dict(stored, profile._to_value(), read_at, account)
        return {"posts": posts, "problem": False}

    # ------------------------------------------------------------
    # READING
    # ------------------------------------------------------------

    def _twitter_read_now(self, profile, account):
        """Ask X for the profile and its posts, together where its id is known."""
        with account._x_session() as x:
            twitter_id = profile.twitter_id
            if twitter_id:
                page, posts = x.together(
                    lambda: x.profiles_by_id([twitter_id], connection=True),
                    lambda: x.posts_of(twitter_id, POSTS),
                )
            else:
                page = x.profiles_by_handle([profile.handle], connection=True)
                posts = None
                if page.items:
                    [posts] = x.together(lambda: x.posts_of(page.items[0].id, POSTS))
            if isinstance(page, XError):
                raise page
        shown = self._twitter_keep(profile, page)
        for value in page.items:
            self._twitter_keep_relation(
                account, value.id, shown["id"], value.connection
            )
        stored = self._twitter_keep_posts(shown["id"], page, posts, account)
        problem = XProblem.of_page(self.env, page) or XProblem.of_page(self.env, posts)
        if not page.items:
            problem = problem or XProblem(self.env, "gone")
            if twitter_id and problem.code == "not_found":
                problem = XProblem(self.env, "account_gone")
        return {
            **self._twitter_stand(account),
            "profile": shown,
            "posts": stored,
            "problem": problem and problem.to_dict(),
        }

    def _twitter_told(self, profile):
        """The code of what is told of a profile without posts to show, or None."""
        if profile.state == "gone" and profile.twitter_id:
            return "account_gone"
        return WITHOUT_POSTS.get(profile.state)

    def _twitter_keep(self, profile, page):
        """Keep the profile as X tells it now, and return it as it is shown.

        It has been paid for, and is shown also where it cannot, or must not, be kept.
        """
        try:
            with own_transaction(self.env) as env:
                row = kept = profile.with_env(env)
                if page.items:
                    kept = row._keep_if_linked(page.items[0])
                for problem in page.problems:
                    row._keep_problem(problem)
                if kept:
                    return kept._to_dict(self.twitter_handle)
        except Busy:
            _logger.info("A profile X told of was not kept: its row is in use")
        shown = profile._to_dict(self.twitter_handle)
        if page.items:
            shown.update(self._twitter_unkept(page.items[0]))
        return shown

    def _twitter_unkept(self, value):
        """What replaces the stored profile on the screen, and nowhere else."""
        return {
            **profile_dict(value, self.env["twitter.account"]._site_url()),
            "state": "protected" if value.protected else "active",
            "fetched_at": iso(fields.Datetime.now()),
            "stale": False,
        }

    def _twitter_keep_posts(self, profile_id, page, posts, account):
        """Keep the newest posts for the day."""
        if not page.items or posts is None or XProblem.of_page(self.env, posts):
            return False
        value = page.items[0]
        stored = self._twitter_page_json(posts, reposts=False)
        key = self._twitter_posts_key(value.id, value.protected, account)
        read_at = self.env["twitter.cache"]._put(key, stored, profile_id)
        return self._twitter_posts_dict(stored, value, read_at, account)

    def _twitter_more_posts(self, profile, account, next_token, reposts):
        """A page of posts, and when it was read; X is asked for it once a day."""
        cache = self.env["twitter.cache"]
        key = self._twitter_posts_key(
            profile.twitter_id, profile.is_protected, account, next_token, reposts
        )
        stored, read_at = cache._get(key)
        if stored and (next_token or reposts):
            return stored, read_at
        with account._x_session() as x:
            page = x.posts_of(profile.twitter_id, POSTS, next_token or None, reposts)
        problem = XProblem.of_page(self.env, page)
        if problem:
            raise problem
        stored = self._twitter_page_json(page, reposts)
        return stored, cache._put(key, stored, profile.id)

    def _twitter_stored_posts(self, profile, account):
        if not profile.twitter_id or profile.state in ("suspended", "gone"):
            return False
        key = self._twitter_posts_key(profile.twitter_id, profile.is_protected, account)
        stored, read_at = self.env["twitter.cache"]._get(key)
        if stored is None:
            return False
        return self._twitter_posts_dict(stored, profile._to_value(), read_at, account)

    def _twitter_posts_key(
        self, twitter_id, is_protected, account, next_token="", reposts=False
    ):
        """What protected people post is kept for whom X shows it alone."""
        key = f"posts:{twitter_id}"
        if next_token or reposts:
            key += f":{'all' if reposts else 'own'}:{next_token}"
        return f"{key}{SEEN_BY}{account.id}" if is_protected else key

    def _twitter_page_json(self, page, reposts):
        return {
            "items": [post.to_dict() for post in page.items],
            "next_token": page.next_token or "",
            "reposts": reposts,
        }

    def _twitter_posts_dict(self, stored, author, read_at, account):
        pairs = [(Post.from_dict(post), author) for post in stored["items"]]
        return {
            "items": self._twitter_post_dicts(pairs, account),
            "next_token": stored["next_token"],
            "reposts": stored["reposts"],
            "read_at": iso(read_at),
        }
