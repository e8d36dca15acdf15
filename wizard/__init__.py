from . import (
    base_partner_merge,
    twitter_erase,
    twitter_erase_all,
    twitter_profile_look_up,
)
