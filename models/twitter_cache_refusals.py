from odoo import api, models

from .own_transaction import own_transaction
from .twitter_cache import SEEN_BY, seen_by
from .x_problem import XProblem


class TwitterCache(models.Model):
    """Whom X shows nothing of somebody, although it shows that to others.

    Most likely they are blocked there: what X gave a colleague is not for their eyes.
    Kept for each account as what X answered, and ending as that does.
    """

    _inherit = "twitter.cache"

    @api.model
    def _refuse(self, name, account, profile_id=None):
        """Keep that X shows nothing of this person, or not this post, to the account.

        :param name: X's id of the person, or see `of_post`
        """
        self._put(_key(name), True, profile_id, (name,), account)

    @api.model
    def _note_refusal(self, name, account, profile_id=None):
        """As `_refuse`, as part of an own transaction."""
        self._put_row(_key(name), True, profile_id, None, (name,), account)

    @api.model
    def _take_from(self, twitter_id, account):
        """Drop what X gave to this account alone of a person, in an own transaction."""
        with own_transaction(self.env) as env:
            env["twitter.cache"]._take_back(twitter_id, account)

    @api.model
    def _take_back(self, twitter_id, account):
        """As `_take_from`, as part of an own transaction."""
        self.env.cr.execute(
            "DELETE FROM twitter_cache WHERE people ? %s AND key LIKE %s",
            [twitter_id, f"%{SEEN_BY}{account.id}"],
        )

    @api.model
    def _let_in(self, name, account):
        """Forget a refusal, as X has shown it now; part of an own transaction."""
        key = seen_by(_key(name), account)
        self.env.cr.execute("DELETE FROM twitter_cache WHERE key = %s", [key])

    @api.model
    def _refused(self, names, account):
        """Those of the names of what X does not show to the account."""
        if not (account and names):
            return set()
        by_key = {_key(name): name for name in names}
        stored = self._stored_among(list(by_key), account, is_shared=False)
        return {by_key[key] for key in stored}


def is_refusal(problem, is_protected):
    """Whether X shows something to others, but not to the account that has asked.

    X says the same of who is protected, which is said of the profile, too. What its
    plan forbids, it forbids to all; any other refusal is taken for one of this
    account's, as X's words for a block are not documented.

    :param XProblem problem: of an answer about posts or people, or a false value
    :param is_protected: whether the author is
    """
    if not problem or is_protected:
        return False
    is_block = problem.code == "not_allowed" and not problem.is_of_plan
    return problem.code == "protected" or is_block


def is_loss(problem):
    """Whether X does not show the account somebody's posts, or does not any more.

    As a refusal, or because the account is none of who may see protected ones.

    :param XProblem problem: of an answer about posts or people, or a false value
    """
    return is_refusal(problem, is_protected=False)


def refusal(env, account):
    """The problem that is told of a refusal."""
    return XProblem(env, "blocked", handle=account.username)


def of_post(post_id):
    """The name of a single post's refusal: whose it is, X does not say."""
    return f"post {post_id}"


def _key(name):
    return f"refused:{name}"
