from . import base_partner_merge, twitter_erase, twitter_profile_look_up
