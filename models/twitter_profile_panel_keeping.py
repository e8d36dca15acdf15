import logging

from odoo import fields, models

from ..x_api import Post
from .own_transaction import Busy, own_transaction
from .twitter_action_route import Person
from .twitter_cache_refusals import is_loss, is_refusal
from .x_values import is_for_some, iso, people_in, profile_dict

_logger = logging.getLogger(__name__)


class TwitterProfileMixin(models.AbstractModel):
    """What X told the panel is kept, in one own transaction."""

    _inherit = "twitter.profile.mixin"

    def _twitter_keep(self, profile, account, page, posts, problem):
        """Keep what X tells now, in one own transaction.

        It has been paid for, and is shown also where it cannot, or must not, be kept.

        :param page: X's answer for the profile
        :param posts: what is kept of the newest posts, or a false value
        :param problem: why X shows the account no posts of the person, or False
        :return: the profile as it is shown
        """
        try:
            with own_transaction(self.env) as env:
                mine, acting = self.with_env(env), account.with_env(env)
                row = profile.with_env(env)
                kept = mine._twitter_keep_profile(row, page)
                if kept and page.items:
                    value = page.items[0]
                    mine._twitter_keep_stand(acting, value, kept)
                    mine._twitter_keep_posts(acting, value, kept, posts, problem)
                shown = kept and kept._to_dict(self.twitter_handle)
        except Busy:
            _logger.info("What X told was not kept: a row of it is in use")
            shown = None
        if not shown:
            shown = profile._to_dict(self.twitter_handle)
            if page.items:
                shown.update(self._twitter_unkept(page.items[0]))
        return shown

    def _twitter_keep_profile(self, row, page):
        """The row that stands for the profile now, where a record links it still."""
        kept = row
        if page.items:
            kept = row._keep_if_linked(page.items[0])
        for problem in page.problems:
            row._keep_problem(problem)
        return kept

    def _twitter_unkept(self, value):
        """What replaces the stored profile on the screen, and nowhere else."""
        return {
            **profile_dict(value, self.env["twitter.account"]._site_url()),
            "state": "protected" if value.protected else "active",
            "fetched_at": iso(fields.Datetime.now()),
            "stale": False,
        }

    def _twitter_relation_told(self, profile, account, value):
        """How the account and the person stand to each other, as X told just now."""
        if not value:
            return self._twitter_relation(profile, account)
        told = self._twitter_relation_of(value.connection)
        return {**told, "read_at": iso(fields.Datetime.now())}

    def _twitter_keep_stand(self, account, value, profile):
        """Keep how the account and the person stand to each other."""
        key = self._twitter_relation_key(value.id, account)
        stored = self._twitter_relation_of(value.connection)
        self.env["twitter.cache"]._put_row(key, stored, profile.id)

    def _twitter_keep_posts(self, account, value, profile, posts, problem):
        """Keep the newest posts for the day, or that X refuses them to the account."""
        cache = self.env["twitter.cache"]
        if is_loss(problem):
            cache._take_back(value.id, account)
        if is_refusal(problem, value.protected):
            cache._note_refusal(value.id, account, profile.id)
            return
        if posts or value.protected:
            # Of who is protected, the profile says so.
            cache._let_in(value.id, account)
        if posts:
            cache._drop_older_answers(value.id, profile)
            key = self._twitter_posts_key(value.id)
            row = self._twitter_posts_row(posts, value, account)
            cache._put_row(key, posts, profile.id, **row)

    def _twitter_lose(self, problem, profile, account):
        """Drop what X had shown the account alone, where it does not any more."""
        if is_loss(problem):
            self.env["twitter.cache"]._take_from(profile.twitter_id, account)

    def _twitter_posts_row(self, posts, author, account):
        """``{people, account}`` of a page of posts, as the cache keeps them."""
        values = [Post.from_dict(post) for post in posts["items"]]
        is_own = any(is_for_some(value) for value in (author, *values))
        people = people_in(values) | {author.id}
        return {"people": people, "account": account if is_own else None}


def person_told(profile, relation):
    """Whom one acts on, from what is shown of the profile, without reading it again.

    :param dict profile: as the panel shows it
    :param relation: see `_twitter_relation`
    """
    relation = relation or {}
    return Person(
        handle=profile["handle"],
        twitter_id=profile["twitter_id"],
        state=profile["state"],
        is_protected=profile["protected"],
        is_blocked=bool(relation.get("blocking")),
        is_followed=bool(relation.get("following")),
    )
