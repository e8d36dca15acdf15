"""The two vocabularies of the API, and which of them a request speaks.

X renamed tweet to post in its OpenAPI 2.167 (August 2026); both are answered, each
request in its own words. A request that uses no word of either is answered in the
older one, which X's prose still documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["LEGACY", "NEW", "Dialect", "spoken_in"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_USER_FIELDS = _words(
    "confirmed_email connection_status created_at description entities id "
    "is_identity_verified location name parody profile_banner_url profile_image_url "
    "protected public_metrics receives_your_dm subscription subscription_type url "
    "username verified verified_followers_count verified_type withheld"
)
_POST_FIELDS = _words(
    "article attachments card_uri community_id context_annotations conversation_id "
    "created_at display_text_range edit_controls entities geo id lang "
    "matched_media_notes media_metadata non_public_metrics note_request_suggestions "
    "organic_metrics paid_partnership possibly_sensitive promoted_metrics "
    "public_metrics reply_settings scopes source suggested_source_links "
    "suggested_source_links_with_counts text withheld"
)
_POST_EXPANSIONS = _words(
    "article.cover_media article.media_entities attachments.media_keys "
    "attachments.media_source_tweet attachments.poll_ids author_id "
    "entities.mentions.username geo.place_id in_reply_to_user_id"
)
MEDIA_FIELDS = _words(
    "alt_text duration_ms height media_key non_public_metrics organic_metrics "
    "preview_image_url promoted_metrics public_metrics type url variants width"
)
POLL_FIELDS = _words("duration_minutes end_datetime id options voting_status")
PLACE_FIELDS = _words(
    "contained_within country country_code full_name geo id name place_type"
)


@dataclass(frozen=True)
class Dialect:
    """How one vocabulary spells what differs."""

    name: str
    post_word: str
    post_param: str
    user_fields: frozenset[str]
    post_fields: frozenset[str]
    user_expansions: frozenset[str]
    post_expansions: frozenset[str]
    default_post_fields: frozenset[str]
    includes_posts: str
    post_count: str
    repost_count: str
    problem_host: str

    def problem(self, kind: str) -> str:
        """The type of a problem, such as resource-not-found."""
        return f"https://{self.problem_host}/2/problems/{kind}"


LEGACY = Dialect(
    name="legacy",
    post_word="tweet",
    post_param="tweet.fields",
    user_fields=_USER_FIELDS
    | {"affiliation", "most_recent_tweet_id", "pinned_tweet_id"},
    post_fields=_POST_FIELDS
    | {
        "author_id",
        "edit_history_tweet_ids",
        "in_reply_to_user_id",
        "note_tweet",
        "referenced_tweets",
    },
    user_expansions=frozenset(
        {"affiliation.user_id", "most_recent_tweet_id", "pinned_tweet_id"}
    ),
    post_expansions=_POST_EXPANSIONS
    | {
        "edit_history_tweet_ids",
        "entities.note.mentions.username",
        "referenced_tweets.id",
        "referenced_tweets.id.attachments.media_keys",
        "referenced_tweets.id.author_id",
    },
    default_post_fields=frozenset({"id", "text", "edit_history_tweet_ids"}),
    includes_posts="tweets",
    post_count="tweet_count",
    repost_count="retweet_count",
    problem_host="api.twitter.com",
)
NEW = Dialect(
    name="new",
    post_word="post",
    post_param="post.fields",
    user_fields=_USER_FIELDS | {"subscribes_to_you"},
    post_fields=_POST_FIELDS | {"article_title", "note_post"},
    user_expansions=frozenset({"affiliation", "most_recent_post_id", "pinned_post_id"}),
    post_expansions=_POST_EXPANSIONS
    | {"edit_history_post_ids", "referenced_posts", "username"},
    default_post_fields=frozenset({"id", "text"}),
    includes_posts="posts",
    post_count="post_count",
    repost_count="repost_count",
    problem_host="api.x.com",
)


def spoken_in(query: Mapping[str, str]) -> Dialect:
    """The vocabulary of a request's query."""
    if NEW.post_param in query:
        return NEW
    if LEGACY.post_param in query:
        return LEGACY
    expansions = set(query.get("expansions", "").split(","))
    new_only = (NEW.user_expansions | NEW.post_expansions) - (
        LEGACY.user_expansions | LEGACY.post_expansions
    )
    only_new_fields = set(query.get("user.fields", "").split(",")) & (
        NEW.user_fields - LEGACY.user_fields
    )
    return NEW if expansions & new_only or only_new_fields else LEGACY
