"""The client's values as the panel takes them: plain dictionaries, absolute links."""

from ..x_api import profile_url


def segment_dicts(segments, site_url):
    """``[{kind, text, href}]``; a path on X's site becomes an address."""
    return [
        {
            "kind": segment.kind,
            "text": segment.text,
            "href": site_url + segment.href
            if segment.href.startswith("/")
            else segment.href,
        }
        for segment in segments
    ]


def profile_dict(value, site_url):
    """What the panel shows of a profile.

    :param Profile value: as X told it
    """
    return {
        "twitter_id": value.id,
        "handle": value.handle,
        "name": value.name or value.handle,
        "description": value.description,
        "description_segments": segment_dicts(value.description_segments, site_url),
        "location": value.location,
        "url": value.url,
        "display_url": value.display_url,
        "verified_type": value.verified_type,
        "protected": value.protected,
        "created_at": iso(value.created_at),
        "followers": value.followers,
        "following": value.following,
        "posts": value.posts,
        "avatar_url": value.image_url_of("bigger"),
        "avatar_large_url": value.image_url_of("400x400"),
        "profile_url": profile_url(site_url, value.handle),
    }


def post_dict(post, author, site_url):
    """What the panel shows of a post; of a repost, the whole post it repeats.

    :param Post post: as X told it
    :param Profile author: whose timeline it stands in, or who wrote it
    """
    shown, shown_author = shown_post(post, author)
    reposted_by = (author.name or author.handle) if post.reposted else ""
    url = post_url(site_url, shown.id, shown_author.handle)
    return {
        "id": shown.id,
        "url": url,
        "created_at": iso(shown.created_at),
        "segments": segment_dicts(shown.segments, site_url),
        "likes": shown.likes,
        "reposts": shown.reposts,
        "replies": shown.replies,
        "quotes": shown.quotes,
        "is_reply": bool(shown.reply_to_id),
        "edited": shown.edited,
        "quoted_id": shown.quoted_id,
        "quoted_url": shown.quoted_id and post_url(site_url, shown.quoted_id),
        "reposted_by": reposted_by,
        "media": [
            {"type": media.type, "url": media.url, "alt": media.alt}
            for media in shown.media
        ],
        "author": {
            "handle": shown_author.handle,
            "name": shown_author.name or shown_author.handle,
            "avatar_url": shown_author.image_url_of("normal"),
            "verified_type": shown_author.verified_type,
            "url": profile_url(site_url, shown_author.handle),
        },
    }


def shown_post(post, author):
    """(Post, its author's Profile) of what is shown: of a repost, what it repeats."""
    if post.reposted:
        return post.reposted, post.reposted_author or author
    return post, author


def people_in(posts):
    """X's ids of who wrote these posts, and what they repeat.

    :param posts: `Post` values
    """
    authors = {post.author_id for post in posts}
    authors |= {post.reposted_author.id for post in posts if post.reposted_author}
    return authors - {""}


def is_withheld(value):
    """Whether X holds it, or what it repeats, back in some countries.

    :param value: a `Post` or a `Profile`
    """
    parts = [value, getattr(value, "reposted", None)]
    parts.append(getattr(value, "reposted_author", None))
    return any(getattr(part, "withheld", ()) for part in parts)


def is_for_some(value):
    """Whether X gives it to some only: withheld somewhere, or of who is protected.

    :param value: a `Post`, a repost of one, or a `Profile`
    """
    authors = (value, getattr(value, "reposted_author", None))
    is_protected = any(getattr(author, "protected", False) for author in authors)
    return is_protected or is_withheld(value)


def format_usd(usd):
    """A price as X prints it, and as the browser does: "$0.10", "$0.005"."""
    whole, _point, cents = f"{usd:.4f}".partition(".")
    return f"${whole}.{cents[:2]}{cents[2:].rstrip('0')}"


def post_url(site_url, post_id, handle=""):
    """Permalink of a post; X finds it without its author's handle as well."""
    if handle:
        return f"{profile_url(site_url, handle)}/status/{post_id}"
    return f"{site_url}/i/web/status/{post_id}"


def iso(moment):
    """A UTC moment, naive or aware, as the browser reads it; '' for none."""
    if not moment:
        return ""
    return moment.replace(tzinfo=None, microsecond=0).isoformat() + "Z"
