import re

from odoo import models

from ..x_api import Post, Profile
from .own_transaction import own_transaction
from .twitter_cache_refusals import is_refusal, of_post
from .x_problem import XProblem
from .x_values import is_withheld, people_in


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
            told = problem.to_dict(works_on_x=not account.company_id)
            return {"post": False, "problem": told}
        [post] = self._twitter_post_dicts([pair], account)
        return {"post": post, "problem": False}

    def _twitter_single_post(self, post_id, account):
        """A post and its author; X is asked once a day, and again where it refused.

        :raise XProblem: X does not give it
        """
        if not re.fullmatch("[0-9]{1,19}", post_id):
            raise XProblem(self.env, "gone")
        known = self._twitter_stored_post(post_id, account)
        was_refused = self._twitter_post_refused(post_id, known, account)
        if known and not was_refused:
            return known
        with account._x_session(patience=0) as x:
            page = x.posts_by_id([post_id])
        try:
            post = XProblem.only_item(self.env, page)
        except XProblem as problem:
            if is_refusal(problem, is_protected=False):
                self.env["twitter.cache"]._refuse(of_post(post_id), account)
            raise
        authors = {author.id: author for author in page.authors}
        author = authors.get(post.author_id)
        if not author:
            raise XProblem(self.env, "gone")
        self._twitter_keep_single(post, author, account)
        if was_refused:
            with own_transaction(self.env) as env:
                env["twitter.cache"]._let_in(of_post(post_id), account)
        return post, author

    def _twitter_stored_post(self, post_id, account):
        """(Post, author) as X told it today, or None."""
        stored, _read_at = self.env["twitter.cache"]._get(f"post:{post_id}", account)
        if not stored:
            return None
        return Post.from_dict(stored["post"]), Profile.from_dict(stored["author"])

    def _twitter_post_refused(self, post_id, known, account):
        """Whether X showed the account no such post, or nothing of its author."""
        names = [of_post(post_id), *([known[1].id] if known else [])]
        return bool(self.env["twitter.cache"]._refused(names, account))

    def _twitter_keep_single(self, post, author, account):
        if author.protected:
            return
        is_own = is_withheld(post) or is_withheld(author)
        self.env["twitter.cache"]._put(
            f"post:{post.id}",
            {"post": post.to_dict(), "author": author.to_dict()},
            people=people_in([post]) | {author.id},
            account=account if is_own else None,
        )
