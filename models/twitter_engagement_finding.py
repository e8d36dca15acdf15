"""What X shows of an engagement it has not answered: one function for each kind.

Each takes the client and `_query()` of the engagement, and gives an `Outcome`, or None
where X does not tell.
"""

from ..x_api import is_text_of
from .twitter_engagement_outbox import Outcome

NEWEST = 20  # posts or likes of the account that are looked through
NEWEST_AT_MOST = 100


def _find_follow(x, query):
    if not query["profile_id"]:
        return None
    page = x.profiles_by_id([query["profile_id"]], connection=True)
    if not page.items:
        return None  # suspended or gone: how the two stood is not told
    said = {"following", "follow_request_sent"} & set(page.items[0].connection)
    if query["kind"] == "follow" and said:
        is_request = "following" not in said
        return Outcome("done", following="pending" if is_request else "following")
    return _outcome(bool(said) == (query["kind"] == "follow"))


def _find_repost(x, query):
    page, is_whole = _newest(x, query)
    found = [post.id for post in page.items if post.repost_of_id == query["post_id"]]
    return _told(found, is_whole) if query["post_id"] else None


def _find_unrepost(x, query):
    # Not reposted from here: where to look is not known.
    return _find_absent(x, query["repost_id"]) if query["repost_id"] else None


def _find_deleted(x, query):
    return _find_absent(x, query["post_id"]) if query["post_id"] else None


def _find_absent(x, post_id):
    page = x.posts_by_id([post_id])
    if page.items:
        return _outcome(False)
    is_gone = any(problem.state == "gone" for problem in page.problems)
    return _outcome(True) if is_gone else None


def _find_like(x, query):
    page = x.liked_by(query["me"], NEWEST)
    is_on = any(post.id == query["post_id"] for post in page.items)
    is_whole = not (page.next_token or page.problems)
    if query["kind"] == "like":
        return _told([""] if is_on else [], is_whole)
    return _outcome(not is_on) if is_on or is_whole else None


def _find_post(x, query):
    page, is_whole = _newest(x, query)
    return _told([post.id for post in page.items if _is_it(post, query)], is_whole)


def _is_it(post, query):
    """Whether a post is the one that was sent, and not another engagement's."""
    about = {"reply": post.reply_to_id, "quote": post.quoted_id}
    wanted = query["post_id"] if query["kind"] in about else ""
    if query["kind"] not in about and post.reply_to_id:
        return False
    return (
        post.id not in query["taken"]
        and not post.repost_of_id
        and about.get(query["kind"], "") == wanted
        and is_text_of(post, query["text"])
    )


def _newest(x, query):
    """What the account made since, and whether that is all of it."""
    page = x.newest_of(query["me"], NEWEST, start_time=query["since"])
    if page.next_token:
        # Billed once a day: the first of them cost nothing again.
        page = x.newest_of(query["me"], NEWEST_AT_MOST, start_time=query["since"])
    return page, not (page.next_token or page.problems)


def _told(found, is_whole):
    if found:
        return _outcome(True, found[0])
    return _outcome(False) if is_whole else None


FINDERS = {
    **dict.fromkeys(("follow", "unfollow"), _find_follow),
    "repost": _find_repost,
    "unrepost": _find_unrepost,
    **dict.fromkeys(("like", "unlike"), _find_like),
    **dict.fromkeys(("post", "mention", "reply", "quote"), _find_post),
    "delete": _find_deleted,
}


def _outcome(is_done, result_id=""):
    return Outcome("done" if is_done else "not_done", result_id=result_id)
