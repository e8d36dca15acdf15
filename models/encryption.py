"""Encryption at rest of tokens, PKCE verifiers, the client secret and the bearer token.

The key is derived from a master (see ``encryption_masters.py``) and the database's
uuid, so a duplicated database (Odoo gives it a new uuid) cannot read, and so cannot
rotate away, the original's tokens. The master's file is made when the first secret is
stored. The database keeps the master's fingerprint: a server that finds another master,
or none, says so and does not make a new one.

While the master is replaced (see ``encryption_rotation.py``) the database keeps the old
one's fingerprint as well, and a server needs both masters.

Only functions of this module decrypt: no field and no method returns a secret.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from .encryption_masters import (
    MASTER_VARIABLE,
    OLD_MASTER_VARIABLE,
    DatabaseIsCopy,
    SecretUnreadable,
    derive,
    fingerprint,
    make_master_file,
    read_master,
    read_masters,
)

FINGERPRINT_PARAMETER = "crm_twitter.master_fingerprint"
OLD_FINGERPRINT_PARAMETER = "crm_twitter.old_master_fingerprint"
ROTATION_COMMAND = "odoo crm_twitter_key"


def encrypt(env, text, keys=None):
    """Return `text` encrypted for this database, as a string.

    :param keys: of this transaction, from :func:`keys_now`
    :raise SecretUnreadable: this server's master is not the database's
    """
    keys = keys or keys_now(env)
    return MultiFernet(keys).encrypt(text.encode()).decode()


def decrypt(env, token, keys=None):
    """Return the clear text of what :func:`encrypt` gave.

    :param keys: of this transaction, from :func:`keys_now`
    :raise SecretUnreadable: this server's master is not the database's
    :raise DatabaseIsCopy: it is, and the secret is another database's
    """
    keys = keys or _keys(env, _fingerprints(env))
    try:
        return MultiFernet(keys).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise _is_a_copy(env) from error


def keys_now(env):
    """The keys this server can encrypt with at this moment, whatever its cache says.

    What was encrypted with them is replaced with the rest, and so may be written until
    the end of the transaction even where another master is taken meanwhile: see
    ``encryption_rotation.py``, which waits for that end.

    :raise SecretUnreadable: this server's master is not the database's
    """
    return _keys(env, fingerprints_now(env))


def is_readable(env, token):
    """Whether :func:`decrypt` can read it on this server."""
    try:
        decrypt(env, token)
    except SecretUnreadable:
        return False
    return True


def renewed(env, token):
    """Return `token` encrypted with the database's present key, None where it is.

    :raise SecretUnreadable: as :func:`decrypt`
    :raise DatabaseIsCopy: likewise
    """
    keys = keys_now(env)
    if _is_of(keys[0], token):
        return None
    try:
        return MultiFernet(keys).rotate(token.encode()).decode()
    except InvalidToken as error:
        raise _is_a_copy(env) from error


def _is_of(key, token):
    try:
        key.decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def adopt_master(env, replace=False):
    """Tie the database to this server's master, making one where there is none.

    :param replace: give up the master the database was tied to, and with it every
        stored secret
    """
    parameters = _parameters(env)
    if parameters.get_param(FINGERPRINT_PARAMETER) and not replace:
        return
    master = read_master(env) or make_master_file()
    parameters.set_param(FINGERPRINT_PARAMETER, fingerprint(master))
    parameters.set_param(OLD_FINGERPRINT_PARAMETER, False)


def problem(env):
    """Return a sentence on why secrets cannot be read on this server, or ''."""
    if not _parameters(env).get_param(FINGERPRINT_PARAMETER):
        return ""
    try:
        _keys(env, _fingerprints(env))
    except SecretUnreadable as error:
        return error.args[0]
    return ""


def _keys(env, fingerprints):
    """The keys of this database, the one that encrypts first; never makes one.

    :param fingerprints: of the database's master, and of the one it replaces or None
    """
    masters = read_masters(env)
    present, old = fingerprints
    if present not in masters:
        raise _is_missing(env)
    if old and old not in masters:
        raise _old_is_missing(env)
    uuid = _parameters(env).get_param("database.uuid")
    first = masters.pop(present)
    return [
        Fernet(
            base64.urlsafe_b64encode(derive(master, f"crm_twitter secrets of {uuid}"))
        )
        for master in (first, *masters.values())
    ]


def _is_missing(env):
    return SecretUnreadable(
        env._(
            "The key that protects this database's connections to X is not on"
            " this server. Bring back the original %(variable)s or key file, or"
            " start over in the settings, after which everyone connects again.",
            variable=MASTER_VARIABLE,
        )
    )


def _old_is_missing(env):
    return SecretUnreadable(
        env._(
            "The key that protects this database's connections to X is being"
            " replaced, and the old one is not on this server. Bring it back as"
            " %(variable)s until the command “%(command)s” has said that it is"
            " done.",
            variable=OLD_MASTER_VARIABLE,
            command=ROTATION_COMMAND,
        )
    )


def _fingerprints(env):
    parameters = _parameters(env)
    return (
        parameters.get_param(FINGERPRINT_PARAMETER),
        parameters.get_param(OLD_FINGERPRINT_PARAMETER),
    )


def fingerprints_now(env):
    """As the database has them at this moment, rather than a worker's cache.

    Of its master, and of the one that is being replaced; None where there is none.

    Nothing may be encrypted with the old key any more once another process has begun to
    replace it.
    """
    names = (FINGERPRINT_PARAMETER, OLD_FINGERPRINT_PARAMETER)
    _parameters(env).flush_model(["key", "value"])
    env.cr.execute(
        "SELECT key, value FROM ir_config_parameter WHERE key IN %s", [names]
    )
    found = dict(env.cr.fetchall())
    return tuple(found.get(name) for name in names)


def _is_a_copy(env):
    return DatabaseIsCopy(
        env._(
            "This database is a copy: the connections to X stayed with the original."
            " Please connect again."
        )
    )


def _parameters(env):
    # sudo: ir.config_parameter - the fingerprints and the uuid are no secrets
    return env["ir.config_parameter"].sudo()
