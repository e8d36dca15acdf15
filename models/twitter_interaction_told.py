"""What is read off X's posts about who spoke to whom; nothing of Odoo."""


def unnamed(page, own_id):
    """X's ids of those who have written posts of an answer, and whom X neither names
    nor says to be no more.

    :param own_id: of the account that is spoken to
    """
    told = {own_id, *(author.id for author in page.authors)}
    told |= {
        problem.value
        for problem in page.problems
        if problem.resource_type == "user" and problem.state in ("gone", "suspended")
    }
    return {post.author_id for post in page.items if not post.repost_of_id} - told


def first_version(post):
    """X's id of the first version of a post."""
    return post.versions[0] if post.versions else post.id


def newest_versions(told):
    """Of versions of the same posts, the latest of each; see `_told`."""
    by_first = {}
    for each in sorted(told, key=lambda each: int(each["post_id"])):
        by_first[each["first_id"]] = each
    return by_first.values()


def kind_of(post, account):
    """How a post speaks to an account: "reply", "quote" or "mention".

    A reply to, or a quote of, somebody else's post is here for the mention in it.

    :param Post post: as X told it
    """
    if post.reply_to_user_id == account.twitter_id:
        return "reply"
    if post.quoted_id and _quotes(post, account.username.lower()):
        return "quote"
    return "mention"


def _quotes(post, handle):
    """Whether the quoted post is theirs: X tells by its address, if at all."""
    shown = [segment.text.lower() for segment in post.segments]
    is_named = f"@{handle}" in shown
    return not is_named or any(f"/{handle}/status/" in text for text in shown)
