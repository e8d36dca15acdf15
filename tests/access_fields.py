"""Which role may read which field: the rest of the specification.

Written by hand, as access_methods.py is. A field of the addon without a row here fails
the test.
"""

from .access_methods import NOBODY, PERMITTED, SALESPEOPLE, SETTINGS
from .access_models import MODELS

INTERNAL = (
    "employee",
    "sales_without",
    "access_manager",
    "administrator_without",
    "permission",
    "sales",
    "manager",
    "poster",
    "administrator",
    "revoked",
)
#: Who may read the matrix's rows of Odoo's own models.
READERS = {
    **{model: rights.read for model, rights in MODELS.items()},
    "crm.lead": (*SALESPEOPLE, "sales_without", "revoked"),
    "res.partner": INTERNAL,
    "res.users": (*INTERNAL, "elsewhere", "administrator_elsewhere"),
    "res.config.settings": SETTINGS,
}
#: Whoever may read the row.
ALL = "all"
MAGIC = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}

# The handle is a field of the record like its e-mail address; what was done and said
# is for those who use X.
_OF_RECORDS = {
    ALL: "twitter_handle twitter_profile_id twitter_basis",
    PERMITTED: "twitter_avatar_url twitter_last_touch twitter_touch_count"
    " twitter_touched_by_me twitter_engagement_count twitter_interaction_count"
    " twitter_said_something twitter_engagement_ids",
    NOBODY: "twitter_has_done twitter_website",
}

#: ``{model: {roles: names of fields}}``
FIELDS = {
    "crm.lead": {
        **_OF_RECORDS,
        PERMITTED: _OF_RECORDS[PERMITTED] + " twitter_interaction_id",
    },
    "res.partner": _OF_RECORDS,
    "res.users": {
        **_OF_RECORDS,
        ALL: _OF_RECORDS[ALL] + " twitter_share_connection",
    },
    "res.config.settings": {
        ALL: "group_twitter_social_integration twitter_client_id twitter_client_secret"
        " twitter_client_secret_is_set twitter_secrets_problem twitter_callback_url"
        " twitter_callback_is_refused twitter_callback_present twitter_plan"
        " twitter_privacy_url twitter_search_on_open twitter_read_in_background"
        " twitter_refresh_in_background twitter_default_basis twitter_profile_price"
        " twitter_refresh_price twitter_search_price twitter_brand_handle"
        " twitter_brand_state twitter_brand_since twitter_brand_is_new"
        " twitter_brand_permissions twitter_day_limit twitter_month_limit twitter_spent"
        " twitter_keep_profiles twitter_keep_interactions twitter_erasing"
        " twitter_credits_gone twitter_is_down twitter_stops twitter_bearer_token"
        " twitter_bearer_token_is_set twitter_compliance_problem twitter_post_price",
    },
    "twitter.account": {
        ALL: "twitter_id username name image_url limit member_ids company_id state"
        " scope permissions connected_at last_used_at expires_at",
        NOBODY: "access_token refresh_token",
    },
    "twitter.association": {
        ALL: "kind lead_id partner_id profile_id handle origin basis user_id date",
    },
    "twitter.author": {
        ALL: "company_id profile_id handle relation seen_at interaction_ids"
        " is_followed",
    },
    "twitter.billed.resource": {ALL: "day kind resource_id"},
    "twitter.budget": {
        ALL: "company_id user_id day_limit month_limit day day_spent month month_spent"
        " told spent_today spent_this_month forecast day_share month_share",
    },
    "twitter.cache": {ALL: "key value profile_id people read_at expires_at"},
    "twitter.compliance.job": {
        ALL: "job_id state asked_at upto_id ended_at problem_message",
    },
    "twitter.engagement": {
        ALL: "kind route state request_uid intention user_id company_id account_id"
        " account_handle is_brand lead_id partner_id interaction_id profile_id handle"
        " post_id text media result_id cost reason refusal date done_at deleted_at"
        " is_request is_touch result_url check_at expected_cost is_noted"
        " can_be_answered",
        # Whoever may read the record reads its chatter.
        NOBODY: "note_id",
    },
    "twitter.erase": {ALL: "lead_id partner_id profile_id handles extent"},
    "twitter.erase.all": {ALL: "word confirmation"},
    "twitter.erasure": {
        ALL: "scope user_id date ended_at counts summary total done progress",
    },
    "twitter.feed": {
        ALL: "account_id company_id known_id known_at walk_begun_at walk_top_id"
        " walk_bottom_id walk_held_id oldest_id started_at last_read_at next_read_at"
        " interval problem_code problem_message",
    },
    "twitter.interaction": {
        ALL: "account_id company_id post_id author_id relation kind posted_at"
        " conversation_id reply_to_id quoted_id url verified_at text is_shown state"
        " user_id handled_by_id handled_at record_name card original_id absence",
        SALESPEOPLE: "lead_ids",
        # Words that X may have taken back: ``text`` says whether they are shown.
        NOBODY: "kept_text content",
    },
    "twitter.limit": {
        ALL: "key endpoint account_id most remaining until since failures openings"
        " window is_stop",
    },
    "twitter.login": {
        ALL: "user_id company_id state message handle scope redirect_uri return_path"
        " is_popup",
        NOBODY: "state_hash session_hash verifier",
    },
    "twitter.photo": {ALL: "partner_id profile_id checksum previous"},
    "twitter.price": {ALL: "name kind unit price published_price sequence"},
    "twitter.profile": {
        ALL: "twitter_id handle former_handles superseded_by_id name description"
        " description_segments location url display_url verified_type is_protected"
        " joined_at followers following posts image_url state fetched_at partner_ids"
        " looked_at has_taken_handle told_handles",
        (*SALESPEOPLE, "elsewhere"): "lead_ids",
    },
    "twitter.profile.look.up": {
        ALL: "profile_ids profile_count left_count summary",
    },
    "twitter.reservation": {
        ALL: "company_id user_id clicked_by account_id account_handle endpoint kinds"
        " amount reserved_at expires_at",
    },
    "twitter.usage": {
        ALL: "day company_id user_id account_id account_handle kind calls resources"
        " billed cost payer",
    },
}
