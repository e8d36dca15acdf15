import re

from odoo import models

from ..x_api import Post, Profile
from .x_problem import XProblem


class TwitterActingMixin(models.AbstractModel):
    """The panel's method that asks X for a single post."""

    _inherit = "twitter.acting.mixin"

    def twitter_post(self, post_id, account_id=0):
        """A single post, such as a quoted one, with its author.

        :return: ``{"post": post | False, "problem"}``
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        try:
            pair = self._twitter_single_post(str(post_id), account)
        except XProblem as problem:
            return {"post": False, "problem": problem.to_dict()}
        [post] = self._twitter_post_dicts([pair], account)
        return {"post": post, "problem": False}

    def _twitter_single_post(self, post_id, account):
        """A post and its author; X is asked once a day.

        :raise XProblem: X does not give it
        """
        if not re.fullmatch("[0-9]{1,19}", post_id):
            raise XProblem(self.env, "gone")
        cache = self.env["twitter.cache"]
        key = f"post:{post_id}"
        stored, _read_at = cache._get(key)
        if stored:
            return Post.from_dict(stored["post"]), Profile.from_dict(stored["author"])
        with account._x_session() as x:
            page = x.posts_by_id([post_id])
        post = XProblem.only_item(self.env, page)
        authors = {author.id: author for author in page.authors}
        author = authors.get(post.author_id)
        if not author:
            raise XProblem(self.env, "gone")
        if not author.protected:
            cache._put(key, {"post": post.to_dict(), "author": author.to_dict()})
        return post, author
