"""Which role may read, change, make and delete what: the rest of the specification.

Written by hand, as access_methods.py is. A model of the addon without a row here fails
the test.
"""

from typing import Any, NamedTuple

from .access_methods import ADMINISTRATORS, HERE, NOBODY, PERMITTED, SETTINGS

#: Whose rows the salesperson's are: the salesperson, and who manages sales.
OWN_AND_MANAGERS = ("sales", "manager")


class Rights(NamedTuple):
    """The roles that may do each to the row of the matrix.

    ``values`` gives of a test what is written, or made, where somebody may.
    """

    read: tuple = NOBODY
    write: tuple = NOBODY
    create: tuple = NOBODY
    unlink: tuple = NOBODY
    values: Any = None


#: ``{model: Rights}``
MODELS = {
    # Those who may act as it; and administrators, who can end it.
    "twitter.account": Rights(read=("poster", *ADMINISTRATORS)),
    "twitter.association": Rights(read=OWN_AND_MANAGERS),
    "twitter.author": Rights(read=HERE),
    "twitter.billed.resource": Rights(),
    "twitter.budget": Rights(
        read=ADMINISTRATORS,
        write=ADMINISTRATORS,
        create=ADMINISTRATORS,
        values=lambda test, is_new: {
            "day_limit": "5",
            **({"user_id": test.salesperson.id} if is_new else {}),
        },
    ),
    "twitter.cache": Rights(),
    # Of the app, which all companies share.
    "twitter.compliance.job": Rights(read=SETTINGS),
    "twitter.engagement": Rights(read=OWN_AND_MANAGERS),
    # A dialog: everybody's own, made by a method that has checked who may.
    "twitter.erase": Rights(read=("manager",)),
    # The same of an administrator.
    "twitter.erase.all": Rights(
        read=("administrator",),
        write=("administrator",),
        create=SETTINGS,
        values=lambda test, is_new: {"confirmation": "No"},
    ),
    # How much of what was erased, by whom: names nobody.
    "twitter.erasure": Rights(
        read=("manager", "elsewhere", *SETTINGS),
    ),
    "twitter.feed": Rights(read=ADMINISTRATORS),
    "twitter.interaction": Rights(
        read=HERE, write=HERE, values=lambda test, is_new: {"state": "handled"}
    ),
    "twitter.limit": Rights(read=ADMINISTRATORS),
    "twitter.login": Rights(read=SETTINGS),
    "twitter.photo": Rights(),
    # What X asks is the same for all companies.
    "twitter.price": Rights(
        read=SETTINGS, write=SETTINGS, values=lambda test, is_new: {"price": 1}
    ),
    # What everybody on X can read, shared by the companies.
    "twitter.profile": Rights(read=PERMITTED),
    # A dialog: everybody's own.
    "twitter.profile.look.up": Rights(
        read=("sales",),
        write=("sales",),
        create=PERMITTED,
        values=lambda test, is_new: {"profile_ids": []},
    ),
    "twitter.reservation": Rights(read=ADMINISTRATORS),
    "twitter.usage": Rights(read=ADMINISTRATORS),
}
