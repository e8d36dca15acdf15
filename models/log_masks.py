"""Keeping secrets out of what Odoo itself logs.

Odoo's access log writes the address that X sends the browser to, with a login's code
and state; its log of calls writes, at DEBUG, what an administrator types into the
settings. What the libraries that talk to X would write is kept out by
``x_api/quiet.py``.
"""

import logging
import re

from odoo.service.model import Params

ACCESS_LOGGERS = ("werkzeug", "longpolling")
CALLS_LOGGER = "odoo.service.model"
# Fields of the settings into which secrets are typed.
SECRET_FIELDS = frozenset({"twitter_client_secret", "twitter_bearer_token"})
MASK = "…"
# The callback's address, also where another address quotes it, with all that follows.
_CALLBACK = re.compile(
    r"(crm_twitter(?:/|%(?:25)*2f)oauth(?:/|%(?:25)*2f)callback)"
    r".+?(?= HTTP/\d|\"|$)",
    re.IGNORECASE,
)


def mask_addresses(record):
    """A logging filter: the callback's parameters are not written."""
    record.msg = _without_parameters(record.msg)
    if isinstance(record.args, tuple):
        record.args = tuple(map(_without_parameters, record.args))
    return True


def mask_calls(record):
    """A logging filter: secrets among the values of a call are not written."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            Params(_without_secrets(told.args), _without_secrets(told.kwargs))
            if isinstance(told, Params)
            else told
            for told in record.args
        )
    return True


def _without_parameters(told):
    if not isinstance(told, str):
        return told
    return _CALLBACK.sub(rf"\1?{MASK}", told)


def _without_secrets(values):
    """`values`, with what is under the name of a secret field masked, at any depth."""
    if isinstance(values, dict):
        return {
            name: MASK if name in SECRET_FIELDS and value else _without_secrets(value)
            for name, value in values.items()
        }
    if isinstance(values, (list, tuple)):
        return [_without_secrets(value) for value in values]
    return values


for _name in ACCESS_LOGGERS:
    logging.getLogger(_name).addFilter(mask_addresses)
logging.getLogger(CALLS_LOGGER).addFilter(mask_calls)
