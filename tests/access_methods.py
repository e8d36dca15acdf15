"""Which role may call what: the specification that the access matrix holds to.

Written by hand, and not derived from access rights. A public method of the addon that
has no row here fails the test: who adds a method decides who may call it.
"""

from collections.abc import Callable
from typing import NamedTuple

from .access_roles import ROLES

UID = "00000000-0000-0000"

EVERYBODY = tuple(ROLES)
NOBODY = ()
#: Who has the permission today, in whichever company.
PERMITTED = (
    "permission",
    "sales",
    "manager",
    "poster",
    "administrator",
    "elsewhere",
    "administrator_elsewhere",
)
#: Those of them who work in the company the rows are of.
HERE = ("permission", "sales", "manager", "poster", "administrator")
SALESPEOPLE = ("sales", "manager", "poster")
CONTACT_MAKERS = (*SALESPEOPLE, "administrator")
#: Who answers a person who wants their data erased or handed over.
ANSWERING = ("manager", "administrator")
SETTINGS = ("administrator", "administrator_without", "administrator_elsewhere")
ADMINISTRATORS = ("administrator", "administrator_without")


class Call(NamedTuple):
    """A call, the roles that it answers, and those to whom it says why not.

    ``arguments`` are a tuple, or what gives one of a test; ``told`` are roles that get
    as far, and are refused in words for another reason than a right of theirs, such as
    that it was a colleague who did it. All others get an AccessError, and X is not
    asked.
    """

    arguments: tuple | Callable
    may: tuple
    told: tuple = ()


def own(test):
    """Of the engagement that is the salesperson's."""
    return (test.rows["twitter.engagement"].id,)


def acting(readers, on_lead=False):
    """The methods of `twitter.acting.mixin`.

    :param readers: who may read the record
    :param on_lead: whether the salesperson's engagement was made from it
    """
    mine = ("sales",) if on_lead else NOBODY
    others = tuple(role for role in readers if role not in mine)
    return {
        "twitter_act": Call((UID, "post", "", "Hello"), readers),
        "twitter_answer": Call(lambda test: (*own(test), True), mine, others),
        "twitter_check": Call(own, mine, others),
        "twitter_check_text": Call(("post", "Hello"), readers),
        "twitter_engagement_state": Call((UID,), readers),
        # Who is logged in on x.com is not the company.
        "twitter_open_intent": Call(
            (UID, "post"),
            tuple(role for role in readers if role != "poster"),
            ("poster",),
        ),
        "twitter_panel": Call((), readers),
        "twitter_post": Call(("1",), readers),
    }


def panel(readers, writers, answering, on_lead=False):
    """The methods of `twitter.profile.mixin`, see `acting`.

    :param writers: who may change the record
    :param answering: those of them who may erase and give out what is held
    """
    return {
        **acting(readers, on_lead),
        "action_twitter_erase": Call((), answering),
        "action_twitter_export": Call((), answering),
        "action_open_twitter_engagements": Call((), readers),
        "action_open_twitter_interactions": Call((), readers),
        "action_open_twitter_panel": Call((), readers),
        "twitter_associate": Call(("jack", "given"), writers),
        "twitter_disassociate": Call((), writers),
        "twitter_fetch_photo": Call((), readers),
        "twitter_fill_website": Call((), writers),
        "twitter_followers": Call((), readers),
        "twitter_following": Call((), readers),
        "twitter_look_up": Call(("jack",), readers),
        "twitter_posts": Call((), readers),
        "twitter_read": Call((), readers),
        "twitter_reject": Call(("1", "jack"), writers),
        "twitter_search": Call((), readers),
        # A lead without a customer has nobody to undo anything on.
        "twitter_undo_photo": Call((), readers if on_lead else writers),
        # Nothing was fetched.
        "twitter_use_photo": Call((), NOBODY, readers),
    }


#: ``{model: {method: Call}}``
METHODS = {
    "crm.lead": panel(SALESPEOPLE, SALESPEOPLE, ("manager",), on_lead=True),
    # Contacts are changed by whom Odoo lets: salespeople and administrators.
    "res.partner": panel(HERE, CONTACT_MAKERS, ANSWERING),
    "res.config.settings": {
        "action_twitter_connect_brand": Call((), SETTINGS),
        # All companies' data: whoever administers each of them.
        "action_twitter_erase_all": Call((), ("administrator",)),
        "action_twitter_disconnect_brand": Call((), SETTINGS),
        "action_twitter_remove_bearer_token": Call((), SETTINGS),
        "action_twitter_remove_keys": Call((), SETTINGS),
        "action_twitter_start_over": Call((), SETTINGS),
        "action_twitter_test_connection": Call((), SETTINGS),
        "action_twitter_try_now": Call((), SETTINGS),
        "action_twitter_use_present_callback": Call((), SETTINGS),
    },
    "res.users": {
        # As Odoo has it, users are administered across companies.
        "action_twitter_budgets": Call((), SETTINGS),
        "action_twitter_grant": Call((), (*SETTINGS, "access_manager")),
        "action_twitter_remove": Call((), (*SETTINGS, "access_manager")),
    },
    "twitter.account": {
        "action_disconnect": Call((), ADMINISTRATORS),
        # Everybody's own preferences; a form that shows what its reader may see.
        "action_open_preferences": Call((), EVERYBODY),
        "connection": Call((), PERMITTED),
        # Whoever lost the permission may still take his keys back.
        "disconnect": Call(
            (), tuple(role for role in EVERYBODY if role not in ("archived", "public"))
        ),
    },
    "twitter.engagement": {
        "action_done": Call((), ("sales", "manager")),
        "action_not_done": Call((), ("sales", "manager")),
    },
    # Made by the manager.
    "twitter.erase": {"action_erase": Call((), ("manager",))},
    "twitter.erase.all": {"action_erase_all": Call((), ("administrator",))},
    "twitter.feed": {
        "read_now": Call(lambda test: (test.company.id,), HERE),
        "start_reading": Call(
            lambda test: (test.company.id,), ("poster", "administrator")
        ),
    },
    "twitter.interaction": {
        **acting(HERE),
        "action_create_contact": Call((), CONTACT_MAKERS),
        "action_create_lead": Call((), SALESPEOPLE),
        "action_handle": Call((), HERE),
        "action_ignore": Call((), HERE),
        "action_reopen": Call((), HERE),
        # Of each one's own companies.
        "board": Call((), PERMITTED),
        "change_state": Call(("handled", {}), HERE),
        "new_count": Call((), PERMITTED),
        "suggestions": Call((), HERE),
        "twitter_load_again": Call((), HERE),
    },
    "twitter.limit": {
        "action_try_now": Call((), ADMINISTRATORS),
        "try_now": Call((), (*PERMITTED, "administrator_without")),
    },
    "twitter.login": {
        # One's own: see test_access_strangers.
        "cancel": Call((0,), PERMITTED),
        "poll": Call((0,), PERMITTED),
        "start": Call(([], True), PERMITTED),
    },
    "twitter.price": {"action_take_published": Call((), SETTINGS)},
    "twitter.profile": {
        "action_twitter_erase": Call((), ANSWERING),
        "action_twitter_export": Call((), ANSWERING),
    },
    "twitter.profile.look.up": {"action_look_up": Call((), ("sales",))},
}
#: Methods of Odoo's that the addon adds to, and what looks after who may call them.
ADDED_TO = {
    "create": "test_access_models",
    "write": "test_access_models",
    "unlink": "test_access_models",
    "get_values": "Odoo's own",
    "set_values": "Odoo's own: reads the settings, which administrators alone have",
    "session_info": "test_access_routes",
}
