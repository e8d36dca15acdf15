from . import twitter_profile_look_up
