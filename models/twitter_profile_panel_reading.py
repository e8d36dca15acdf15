from odoo import models

from ..x_api import Post, Profile, XError, parse_handle
from . import name_query
from .match_evidence import evidence
from .own_transaction import own_transaction
from .x_problem import XProblem
from .x_values import iso, post_dict, profile_dict

SEARCH_RESULTS = 10
POSTS = 10


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

    def twitter_search(self, query=""):
        """Find profiles by name; the same name is searched once per UTC day.

        :param str query: a name in any script; the record's person by default
        :return: ``{"search": {query, candidates, read_at} | False, "problem"}``
        """
        self._twitter_check("read")
        name = (query or "").strip() or self._twitter_person()
        latin = name_query.to_query(name)
        try:
            if not latin:
                raise XProblem(self.env, "name_not_searchable" if name else "no_name")
            values, read_at = self._twitter_searched(latin)
        except XProblem as problem:
            return {"search": False, "problem": problem.to_dict()}
        problem = False if values else XProblem(self.env, "nobody").to_dict()
        search = self._twitter_search_dict(name, values, read_at)
        return {"search": search, "problem": problem}

    def twitter_look_up(self, handle):
        """Show who has a handle, before the record is associated.

        :return: ``{"candidate": candidate | False, "problem"}``
        """
        self._twitter_check("read")
        parsed = parse_handle(handle or "")
        try:
            if not parsed:
                raise XProblem(self.env, "no_handle")
            value = self._twitter_looked_up(parsed)
        except XProblem as problem:
            return {"candidate": False, "problem": problem.to_dict()}
        return {"candidate": self._twitter_candidates([value])[0], "problem": False}

    def twitter_read(self, refresh=False):
        """Read the associated profile and its newest posts, at once.

        :param bool refresh: ask X although it was asked today
        :return: ``{"profile", "posts", "problem"}``
        """
        self._twitter_check("read")
        profile = self._twitter_profile()
        if not profile:
            return {"profile": False, "posts": False, "problem": False}
        stored_posts = self._twitter_stored_posts(profile)
        if not refresh and stored_posts and not profile._is_stale():
            shown = profile._to_dict(self.twitter_handle)
            return {"profile": shown, "posts": stored_posts, "problem": False}
        try:
            return self._twitter_read_now(profile)
        except XProblem as problem:
            shown = profile._to_dict(self.twitter_handle)
            return {
                "profile": shown,
                "posts": stored_posts,
                "problem": problem.to_dict(),
            }

    def twitter_posts(self, next_token="", reposts=False):
        """Ten more posts of the associated profile.

        :param str next_token: of the page before; the newest ones without
        :param bool reposts: with what the person reposted
        :return: ``{"posts": {items, next_token, read_at, reposts} | False, "problem"}``
        """
        self._twitter_check("read")
        profile = self._twitter_profile()
        try:
            if not profile.twitter_id:
                raise XProblem(self.env, "not_found")
            with self.env["twitter.account"]._of_user()._x_session() as x:
                page = x.posts_of(
                    profile.twitter_id, POSTS, next_token or None, reposts
                )
            self._twitter_raise_problem(page)
        except XProblem as problem:
            return {"posts": False, "problem": problem.to_dict()}
        stored = self._twitter_page_json(page, reposts)
        posts = self._twitter_posts_dict(stored, profile._to_value(), None)
        return {"posts": posts, "problem": False}

    def twitter_post(self, post_id):
        """A single post, such as a quoted one, with its author.

        :return: ``{"post": post | False, "problem"}``
        """
        self._twitter_check("read")
        accounts = self.env["twitter.account"]
        key = f"post:{post_id}"
        stored, _read_at = self.env["twitter.cache"]._get(key)
        try:
            if not stored:
                with accounts._of_user()._x_session() as x:
                    page = x.posts_by_id([str(post_id)])
                self._twitter_raise_problem(page)
                post, author = page.items[0], page.authors[0]
                stored = {"post": post.to_dict(), "author": author.to_dict()}
                if not author.protected:
                    self.env["twitter.cache"]._put(key, stored)
        except XProblem as problem:
            return {"post": False, "problem": problem.to_dict()}
        post, author = (
            Post.from_dict(stored["post"]),
            Profile.from_dict(stored["author"]),
        )
        return {"post": post_dict(post, author, accounts._site_url()), "problem": False}

    # ------------------------------------------------------------
    # SEARCHING
    # ------------------------------------------------------------

    def _twitter_searched(self, query):
        """Profiles X finds, and when it was asked; X is asked once a day."""
        cache = self.env["twitter.cache"]
        stored, read_at = cache._get(self._twitter_search_key(query))
        if stored is None:
            with self.env["twitter.account"]._of_user()._x_session() as x:
                page = x.search_profiles(query, SEARCH_RESULTS)
            stored = [value.to_dict() for value in page.items]
            read_at = cache._put(self._twitter_search_key(query), stored)
            self._twitter_remember(page.items)
        return [Profile.from_dict(value) for value in stored], read_at

    def _twitter_looked_up(self, handle):
        """The profile with a handle; X is asked once a day."""
        cache = self.env["twitter.cache"]
        key = f"handle:{handle.lower()}"
        stored, _read_at = cache._get(key)
        if stored:
            return Profile.from_dict(stored)
        with self.env["twitter.account"]._of_user()._x_session() as x:
            page = x.profiles_by_handle([handle])
        self._twitter_raise_problem(page)
        value = page.items[0]
        cache._put(key, value.to_dict())
        self._twitter_remember([value])
        return value

    def _twitter_remember(self, values):
        """Keep for the day who was shown, so that associating costs no second call."""
        for value in values:
            self.env["twitter.cache"]._put(f"profile:{value.id}", value.to_dict())

    def _twitter_known_value(self, twitter_id):
        """What X told today of whom was shown, or None."""
        stored, _read_at = self.env["twitter.cache"]._get(f"profile:{twitter_id}")
        return stored and Profile.from_dict(stored)

    def _twitter_search_key(self, query):
        return f"search:{query.lower()}"

    def _twitter_stored_search(self):
        name = self._twitter_person()
        latin = name_query.to_query(name)
        key = self._twitter_search_key(latin)
        stored, read_at = self.env["twitter.cache"]._get(key) if latin else (None, None)
        if stored is None:
            return False
        values = [Profile.from_dict(value) for value in stored]
        return self._twitter_search_dict(name, values, read_at)

    def _twitter_search_dict(self, query, values, read_at):
        return {
            "query": query,
            "candidates": self._twitter_candidates(values),
            "read_at": iso(read_at),
        }

    def _twitter_candidates(self, values):
        """Profiles with what speaks for and against them; rejected ones are marked."""
        site_url = self.env["twitter.account"]._site_url()
        rejected = self.env["twitter.association"]._rejected_profiles(self)
        ids = set(rejected.mapped("twitter_id"))
        handles = {handle.lower() for handle in rejected.mapped("handle")}
        known = self._twitter_evidence_of()
        return [
            {
                **profile_dict(value, site_url),
                "evidence": evidence(self.env, known, value),
                "rejected": value.id in ids or value.handle.lower() in handles,
            }
            for value in values
        ]

    # ------------------------------------------------------------
    # READING
    # ------------------------------------------------------------

    def _twitter_read_now(self, profile):
        """Ask X for the profile and its posts, together where its id is known."""
        with self.env["twitter.account"]._of_user()._x_session() as x:
            twitter_id = profile.twitter_id
            if twitter_id:
                page, posts = x.together(
                    lambda: x.profiles_by_id([twitter_id]),
                    lambda: x.posts_of(twitter_id, POSTS),
                )
            else:
                page = x.profiles_by_handle([profile.handle])
                posts = None
                if page.items:
                    [posts] = x.together(lambda: x.posts_of(page.items[0].id, POSTS))
            if isinstance(page, XError):
                raise page
        shown = self._twitter_keep(profile, page)
        problem = self._twitter_page_problem(page) or self._twitter_page_problem(posts)
        stored = self._twitter_keep_posts(shown["id"], page, posts)
        return {
            "profile": shown,
            "posts": stored,
            "problem": problem and problem.to_dict(),
        }

    def _twitter_keep(self, profile, page):
        """Keep the profile as X tells it now, and return it as it is shown."""
        with own_transaction(self.env) as env:
            row = profile.with_env(env)
            if page.items:
                row = row._keep(page.items[0])
            for problem in page.problems:
                row._keep_problem(problem)
            return row._to_dict(self.twitter_handle)

    def _twitter_keep_posts(self, profile_id, page, posts):
        """Keep the newest posts for the day; those of protected people for nobody."""
        if not page.items or posts is None or isinstance(posts, XError):
            return False
        value = page.items[0]
        stored = self._twitter_page_json(posts, reposts=False)
        read_at = None
        if not value.protected:
            key = self._twitter_posts_key(value.id)
            read_at = self.env["twitter.cache"]._put(key, stored, profile_id)
        return self._twitter_posts_dict(stored, value, read_at)

    def _twitter_stored_posts(self, profile):
        if not profile.twitter_id:
            return False
        key = self._twitter_posts_key(profile.twitter_id)
        stored, read_at = self.env["twitter.cache"]._get(key)
        if stored is None:
            return False
        return self._twitter_posts_dict(stored, profile._to_value(), read_at)

    def _twitter_posts_key(self, twitter_id):
        return f"posts:{twitter_id}"

    def _twitter_page_json(self, page, reposts):
        return {
            "items": [post.to_dict() for post in page.items],
            "next_token": page.next_token or "",
            "reposts": reposts,
        }

    def _twitter_posts_dict(self, stored, author, read_at):
        site_url = self.env["twitter.account"]._site_url()
        posts = [Post.from_dict(post) for post in stored["items"]]
        return {
            "items": [post_dict(post, author, site_url) for post in posts],
            "next_token": stored["next_token"],
            "reposts": stored["reposts"],
            "read_at": iso(read_at or self.env.cr.now()),
        }

    # ------------------------------------------------------------
    # PROBLEMS WITHIN AN ANSWER
    # ------------------------------------------------------------

    def _twitter_raise_problem(self, page):
        """
        :raise XProblem: the answer has nothing but a problem
        """
        problem = self._twitter_page_problem(page)
        if problem and not page.items:
            raise problem

    def _twitter_page_problem(self, page):
        """The problem that stands for what is missing in an answer, or False."""
        if isinstance(page, XError):
            return XProblem.of(self.env, page)
        if page is None or page.items or not page.problems:
            return False
        state = page.problems[0].state
        is_user = page.problems[0].resource_type == "user"
        if state == "gone" and is_user:
            state = "not_found"
        return XProblem(self.env, state if state != "unknown" else "not_allowed")
