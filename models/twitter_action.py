"""What can be done on X, and what X asks for it: one row per kind.

Which of them X's plans allow: https://docs.x.com/changelog (2026-02-23 replies,
2026-04-20 follow, like and quote). Web Intents, which need neither plan nor login here:
https://docs.x.com/x-for-websites/web-intents/overview.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from ..x_api import profile_url


@dataclass(frozen=True)
class Action:
    """A kind of action.

    ``family`` names what undoes each other: two of them on the same target are not
    under way at once. ``price`` is a key of the client's prices.
    """

    family: str
    scope: str
    price: str
    is_self_serve: bool = True
    on_post: bool = False
    has_text: bool = False


ACTIONS = {
    "post": Action("post", "tweet.write", "post_create", has_text=True),
    "mention": Action("post", "tweet.write", "post_create", has_text=True),
    "reply": Action("post", "tweet.write", "post_create", on_post=True, has_text=True),
    "quote": Action(
        "post",
        "tweet.write",
        "post_create",
        is_self_serve=False,
        on_post=True,
        has_text=True,
    ),
    "repost": Action("repost", "tweet.write", "interaction_create", on_post=True),
    "unrepost": Action("repost", "tweet.write", "interaction_delete", on_post=True),
    "like": Action(
        "like", "like.write", "interaction_create", is_self_serve=False, on_post=True
    ),
    "unlike": Action(
        "like", "like.write", "interaction_delete", is_self_serve=False, on_post=True
    ),
    "follow": Action(
        "follow", "follows.write", "interaction_create", is_self_serve=False
    ),
    "unfollow": Action(
        "follow", "follows.write", "interaction_delete", is_self_serve=False
    ),
    "delete": Action("delete", "tweet.write", "post_delete", on_post=True),
}
UNDOES = {"unrepost": "repost", "unlike": "like", "unfollow": "follow"}
ON_PERSON = ("follow", "unfollow", "post", "mention")
ON_POST = ("reply", "repost", "unrepost", "quote", "like", "unlike")


def intent_url(kind, site_url, handle="", twitter_id="", post_id="", post_url=""):
    """The page on X where a person does it; what has no intent is done on the page of
    the profile or the post. The browser adds the text."""
    if kind == "follow":
        person = {"user_id": twitter_id} if twitter_id else {"screen_name": handle}
        return f"{site_url}/intent/follow?{urlencode(person)}"
    if kind == "unfollow":
        return profile_url(site_url, handle)
    if kind in ("post", "mention"):
        return f"{site_url}/intent/tweet"
    if kind == "reply":
        return f"{site_url}/intent/tweet?{urlencode({'in_reply_to': post_id})}"
    if kind == "quote":
        return f"{site_url}/intent/tweet?{urlencode({'url': post_url})}"
    if kind in ("repost", "like"):
        name = "retweet" if kind == "repost" else kind
        return f"{site_url}/intent/{name}?{urlencode({'tweet_id': post_id})}"
    return post_url
