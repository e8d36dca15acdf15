from datetime import timedelta

from odoo import fields, models

from ..x_api import Post
from .twitter_action_route import Actor, OnPost, Person, Routes
from .twitter_cache_refusals import of_post
from .twitter_engagement_notes import NOTHING_DONE
from .x_values import post_dict, post_url, shown_post

# How long a refusal of X sends an action another way. X's plans change, too.
LEARNED_FOR = timedelta(days=1)


class TwitterActingMixin(models.AbstractModel):
    """The panel's parts about acting: as whom, which way, and what was done before.

    None calls X.
    """

    _inherit = "twitter.acting.mixin"

    # ------------------------------------------------------------
    # PARTS OF THE PANEL
    # ------------------------------------------------------------

    def _twitter_acting_dict(self, profile, account, ways=None):
        """Who of us can do what to the person, and who has.

        :param ways: (Routes, Person), where they are known
        """
        routes, person = ways or self._twitter_ways(account, profile)
        accounts = self._twitter_accounts()
        # sudo: twitter.engagement - the team's touches, and the user's own rows
        engagements = self.env["twitter.engagement"].sudo()
        return {
            "accounts": [self._twitter_account_dict(each) for each in accounts],
            "acting": account.id or 0,
            "actions": routes.on_person(person),
            "relation": self._twitter_relation(profile, account),
            "reached_out": engagements._reached_out(profile, accounts),
            "pending": engagements._pending_on(self, accounts).get(self.id, []),
        }

    def _twitter_account_dict(self, account):
        return {
            "id": account.id,
            "handle": account.username,
            "name": account.name or account.username,
            "avatar_url": account.image_url or "",
            "is_brand": bool(account.company_id),
            "limit": account.limit,
        }

    # ------------------------------------------------------------
    # AS WHOM, AND TO WHOM
    # ------------------------------------------------------------

    def _twitter_ways(self, account, profile=None):
        """(Routes, Person): how the account can act, and on whom."""
        profile = self._twitter_profile() if profile is None else profile
        person = self._twitter_person_facts(profile, account)
        return self._twitter_routes(account), person

    def _twitter_routes(self, account):
        """
        :param account: as which one acts; an empty recordset without a login
        """
        return Routes(self.env, self._twitter_actor(account))

    def _twitter_actor(self, account):
        accounts = self.env["twitter.account"]
        return Actor(
            site_url=accounts._site_url(),
            has_keys=accounts._keys_configured(),
            is_connected=account.state == "connected" and account._secrets_readable(),
            plan=accounts._parameter("plan", "payg"),
            handle=account.username or "",
            twitter_id=account.twitter_id or "",
            scopes=frozenset((account.scope or "").split()),
            is_brand=bool(account.company_id),
            is_out_of_credits=self.env["twitter.limit"]._is_out_of_credits(),
            left=self.env["twitter.budget"]._least_left(account._payer()),
            refused=self._twitter_refused(account),
        )

    def _twitter_refused(self, account):
        """(kind, post's id) that X declined of late; ``""`` stands for every post."""
        if not account:
            return frozenset()
        # sudo: twitter.engagement - what X taught a colleague holds as well
        rows = self.env["twitter.engagement"].sudo()
        taught = rows.search_fetch(
            [
                ("refusal", "in", ("plan", "reply_rule")),
                ("date", ">=", self._twitter_learned_since()),
                "|",
                ("refusal", "=", "plan"),
                ("account_id", "=", account.id),
            ],
            ["kind", "refusal", "post_id"],
        )
        return frozenset(
            (row.kind, "" if row.refusal == "plan" else row.post_id) for row in taught
        )

    def _twitter_learned_since(self):
        """Not what was learned before an administrator chose another plan."""
        # sudo: ir.config_parameter - when the plan was chosen
        plan = (
            self.env["ir.config_parameter"]
            .sudo()
            .search([("key", "=", "crm_twitter.plan")])
        )
        since = fields.Datetime.now() - LEARNED_FOR
        return max(since, plan.write_date.replace(microsecond=0)) if plan else since

    def _twitter_person_facts(self, profile, account):
        relation = self._twitter_relation(profile, account) or {}
        return Person(
            handle=profile.handle or "",
            twitter_id=profile.twitter_id or "",
            state=profile.state or "gone",
            is_protected=profile.is_protected,
            is_blocked=bool(relation.get("blocking")),
            is_followed=bool(relation.get("following")),
        )

    # ------------------------------------------------------------
    # POSTS
    # ------------------------------------------------------------

    def _twitter_post_dicts(self, pairs, account, ways=None):
        """Posts as the panel takes them, with what can be and was done to each.

        :param pairs: for each, the (Post, Profile of whose timeline it stands in)
        :param ways: (Routes, Person), where they are known
        """
        site_url = self.env["twitter.account"]._site_url()
        posts = [post_dict(post, author, site_url) for post, author in pairs]
        routes, person = ways or self._twitter_ways(account)
        # sudo: twitter.engagement - what the team did to these posts
        engagements = self.env["twitter.engagement"].sudo()
        done = engagements._of_posts([post["id"] for post in posts], account)
        shown = [shown_post(*pair) for pair in pairs]
        ours = self._twitter_ours(
            [value.quoted_id for value, _author in shown], account
        )
        for post, (value, author) in zip(posts, shown, strict=True):
            facts = self._twitter_post_facts(value, author, account, ours)
            post["actions"] = routes.on_post(person, facts)
            post.update(done.get(post["id"], NOTHING_DONE))
        return posts

    def _twitter_post_facts(self, post, author, account, ours):
        """
        :param ours: see `_twitter_ours`
        :rtype: OnPost
        """
        site_url = self.env["twitter.account"]._site_url()
        name = f"@{account.username}".lower()
        mentions = {
            segment.text.lower()
            for segment in post.segments
            if segment.kind == "mention"
        }
        return OnPost(
            id=post.id,
            url=post_url(site_url, post.id, author.handle),
            author_id=post.author_id or author.id,
            is_protected=author.protected,
            # X lets apps reply where one was mentioned, answered or quoted.
            is_summons=name in mentions
            or post.quoted_id in ours
            or bool(account and post.reply_to_user_id == account.twitter_id),
        )

    def _twitter_ours(self, post_ids, account):
        """Those of the posts that the account has made from here."""
        wanted = [post_id for post_id in post_ids if post_id]
        if not (account and wanted):
            return set()
        # sudo: twitter.engagement - whichever of the account's users made them
        rows = self.env["twitter.engagement"].sudo()
        made = rows.search(
            [("result_id", "in", wanted), ("account_id", "=", account.id)]
        )
        return set(made.mapped("result_id"))

    def _twitter_shown_post(self, post_id, account):
        """(Post, author) as it was shown today to the account, or None."""
        profile = self._twitter_profile()
        cache = self.env["twitter.cache"]
        shown = self._twitter_stored_post(post_id, account)
        for page in [] if shown else cache._about(profile, "posts:", account):
            for item in page["items"]:
                pair = shown_post(Post.from_dict(item), profile._to_value())
                if pair[0].id == post_id:
                    shown = shown or pair
        if not shown or cache._refused([shown[1].id, of_post(post_id)], account):
            return None
        return shown

    def _twitter_facts_of(self, post_id, account):
        """What is known of a post an action is about.

        :rtype: OnPost
        """
        shown = self._twitter_shown_post(post_id, account)
        if shown:
            ours = self._twitter_ours([shown[0].quoted_id], account)
            return self._twitter_post_facts(*shown, account, ours)
        site_url = self.env["twitter.account"]._site_url()
        is_own = self._twitter_ours([post_id], account)
        return OnPost(
            id=post_id,
            url=post_url(site_url, post_id),
            author_id=account.twitter_id if is_own else "",
        )
