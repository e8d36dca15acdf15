import logging

from odoo import fields, models

from ..x_api import XError
from .own_transaction import own_transaction
from .twitter_cache_refusals import is_loss, is_refusal, refusal
from .twitter_profile_panel_keeping import person_told
from .twitter_profile_panel_people import is_token
from .x_problem import XProblem

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
        :return: ``{"profile", "posts", "relation", "actions", "problem"}``; the problem
            alone where it is asked again at once, see ``wait`` in `x_problem_sentences`
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        profile = self._twitter_profile()
        if not profile:
            return {"profile": False, "posts": False, "problem": False}
        if not refresh and not profile._is_stale():
            answer = self._twitter_read_today(profile, account)
            if answer:
                return answer
        try:
            return self._twitter_read_now(profile, account)
        except XProblem as problem:
            if problem.action == "wait":
                return {"problem": problem.to_dict(profile.fetched_at or None)}
            return self._twitter_read_stored(profile, account, problem)

    def twitter_posts(self, next_token="", reposts=False, account_id=0):
        """Ten more posts of the associated profile.

        :param str next_token: of the page before; the newest ones without
        :param bool reposts: with what the person reposted
        :return: ``{"posts": {items, next_token, next_kept, read_at, reposts} | False,
            "problem"}``; ``next_kept`` is whether the next page costs nothing today
        """
        self._twitter_check("read")
        account = self._twitter_account(account_id)
        profile = self._twitter_profile()
        try:
            if not profile.twitter_id or not is_token(next_token):
                raise XProblem(self.env, "not_found")
            stored, read_at = self._twitter_more_posts(
                profile, account, next_token, reposts
            )
        except XProblem as problem:
            first = self._twitter_posts_key(profile.twitter_id)
            _stored, shown_at = self._twitter_stored(first, profile, account)
            told = problem.to_dict(shown_at, works_on_x=not account.company_id)
            return {"posts": False, "problem": told}
        posts = self._twitter_posts_dict(stored, profile._to_value(), read_at, account)
        return {"posts": posts, "problem": False}

    # ------------------------------------------------------------
    # READING
    # ------------------------------------------------------------

    def _twitter_read_today(self, profile, account):
        """What X told today, or None where it has to be asked."""
        posts, read_at = self._twitter_newest_posts(profile, account)
        told = not posts and self._twitter_told(profile)
        problem = XProblem(self.env, told) if told else None
        if not (posts or told) and self._twitter_is_refused(profile, account):
            problem = refusal(self.env, account)
        if not (posts or problem):
            return None
        return {
            "profile": profile._to_dict(self.twitter_handle),
            "posts": posts,
            "problem": problem.to_dict(read_at) if problem else False,
        }

    def _twitter_read_stored(self, profile, account, problem):
        """What is stored where X was not asked, or did not answer.

        In a transaction of its own: without money one acts in other ways, and the
        request's does not see that it has run out.
        """
        with own_transaction(self.env) as env:
            mine, acting, row = (
                each.with_env(env) for each in (self, account, profile)
            )
            ways = mine._twitter_ways(acting)
            posts, read_at = mine._twitter_newest_posts(row, acting, ways)
            return {
                "profile": row._to_dict(self.twitter_handle),
                "posts": posts,
                "relation": mine._twitter_relation(row, acting),
                "actions": ways[0].on_person(ways[1]),
                "problem": problem.to_dict(
                    read_at or row.fetched_at or None,
                    works_on_x=not account.company_id,
                ),
            }

    def _twitter_read_now(self, profile, account):
        """Ask X for the profile and its posts, together where its id is known."""
        page, posts = self._twitter_ask(profile, account)
        value = page.items[0] if page.items else None
        problem = XProblem.of_page(self.env, posts)
        is_refused = is_refusal(problem, value and value.protected)
        told = value and posts and not problem and self._twitter_page_json(posts)
        read_at = fields.Datetime.now()
        kept = self._twitter_keep(profile, account, page, told, problem)
        relation = self._twitter_relation_told(profile, account, value)
        ways = self._twitter_routes(account), person_told(kept, relation)
        shown, shown_at = False, None
        if told:
            shown = self._twitter_posts_dict(told, value, read_at, account, ways)
            # What the request still sees of pages that were dropped just now.
            shown["next_kept"] = False
        elif isinstance(posts, XError) and not is_loss(problem):
            shown, shown_at = self._twitter_newest_posts(profile, account)
        if is_refused:
            problem = refusal(self.env, account)
        problem = self._twitter_problem_of(profile, page) or problem
        return {
            "profile": kept,
            "posts": shown,
            "relation": relation,
            "actions": ways[0].on_person(ways[1]),
            "problem": problem
            and problem.to_dict(shown_at, works_on_x=not account.company_id),
        }

    def _twitter_problem_of(self, profile, page):
        """Why X does not tell of a profile, or False."""
        problem = XProblem.of_page(self.env, page)
        if page.items:
            return problem
        if profile.twitter_id and problem and problem.code == "not_found":
            return XProblem(self.env, "account_gone")
        return problem or XProblem(self.env, "gone")

    def _twitter_ask(self, profile, account):
        """X's answers: (page of the profile, page of posts, an error or None).

        :raise XProblem: X refuses to tell of the profile
        """
        twitter_id = profile.twitter_id
        with account._x_session(patience=0) as x:
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
        return page, posts

    def _twitter_told(self, profile):
        """The code of what is told of a profile without posts to show, or None."""
        if profile.state == "gone" and profile.twitter_id:
            return "account_gone"
        return WITHOUT_POSTS.get(profile.state)

    def _twitter_more_posts(self, profile, account, next_token, reposts):
        """A page of posts, and when it was read; X is asked for it once a day."""
        if self._twitter_is_refused(profile, account):
            raise refusal(self.env, account)
        key = self._twitter_posts_key(profile.twitter_id, next_token, reposts)
        stored, read_at = self._twitter_stored(key, profile, account)
        if stored:
            return stored, read_at
        page = self._twitter_ask_posts(profile, account, next_token, reposts)
        stored = self._twitter_page_json(page, reposts)
        row = self._twitter_posts_row(stored, profile._to_value(), account)
        return stored, self.env["twitter.cache"]._put(key, stored, profile.id, **row)

    def _twitter_ask_posts(self, profile, account, next_token, reposts):
        """
        :raise XProblem: X does not tell
        """
        twitter_id = profile.twitter_id
        try:
            with account._x_session(patience=0) as x:
                page = x.posts_of(twitter_id, POSTS, next_token or None, reposts)
            problem = XProblem.of_page(self.env, page)
            if problem:
                raise problem
        except XProblem as problem:
            self._twitter_lose(problem, profile, account)
            if not is_refusal(problem, profile.is_protected):
                raise
            self.env["twitter.cache"]._refuse(twitter_id, account, profile.id)
            raise refusal(self.env, account) from problem
        return page
