"""Encryption at rest of tokens, PKCE verifiers and the client secret.

The key is derived from a master and the database's uuid, so a duplicated database (Odoo
gives it a new uuid) cannot read, and so cannot rotate away, the original's tokens. The
master comes from the environment variable ``CRM_TWITTER_MASTER_KEY``, else from a file
in Odoo's data directory made when the first secret is stored. The database keeps the
master's fingerprint: a server that finds another master, or none, says so and does not
make a new one.

Only functions of this module decrypt: no field and no method returns a secret.
"""

import base64
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from odoo.exceptions import UserError
from odoo.tools import config, consteq

MASTER_VARIABLE = "CRM_TWITTER_MASTER_KEY"
FINGERPRINT_PARAMETER = "crm_twitter.master_fingerprint"
SHORTEST_MASTER = 32  # bytes


class SecretUnreadable(UserError):
    """A stored secret cannot be read on this server; the message says what to do."""


def encrypt(env, text):
    """Return `text` encrypted for this database, as a string.

    :raise SecretUnreadable: this server's master is not the database's
    """
    return _fernet(env).encrypt(text.encode()).decode()


def decrypt(env, token):
    """Return the clear text of what :func:`encrypt` gave.

    :raise SecretUnreadable: this server's master is not the database's, or the database
        is a copy
    """
    try:
        return _fernet(env).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise SecretUnreadable(
            env._(
                "This database is a copy: the connections to X stayed with the"
                " original. Please connect again."
            )
        ) from error


def adopt_master(env, replace=False):
    """Tie the database to this server's master, making one where there is none.

    :param replace: give up the master the database was tied to, and with it every
        stored secret
    """
    parameters = _parameters(env)
    if parameters.get_param(FINGERPRINT_PARAMETER) and not replace:
        return
    master = _read_master(env) or _make_master_file()
    parameters.set_param(FINGERPRINT_PARAMETER, _fingerprint(master))


def problem(env):
    """Return a sentence on why secrets cannot be read on this server, or ''."""
    if not _parameters(env).get_param(FINGERPRINT_PARAMETER):
        return ""
    try:
        _master(env)
    except SecretUnreadable as error:
        return error.args[0]
    return ""


def _fernet(env):
    uuid = _parameters(env).get_param("database.uuid")
    key = _derive(_master(env), f"crm_twitter secrets of {uuid}")
    return Fernet(base64.urlsafe_b64encode(key))


def _master(env):
    """The master this database is tied to; never makes one."""
    expected = _parameters(env).get_param(FINGERPRINT_PARAMETER) or ""
    master = _read_master(env)
    if master is None or not consteq(_fingerprint(master), expected):
        raise SecretUnreadable(
            env._(
                "The key that protects this database's connections to X is not on"
                " this server. Bring back the original %(variable)s or key file, or"
                " start over in the settings, after which everyone connects again.",
                variable=MASTER_VARIABLE,
            )
        )
    return master


def _read_master(env):
    """This server's master, or None where it has none.

    :raise SecretUnreadable: it is too short to be one
    """
    path = _master_path()
    variable = os.environ.get(MASTER_VARIABLE)
    if variable:
        name, master = MASTER_VARIABLE, variable.encode()
    elif path.exists():
        name, master = path.name, path.read_bytes().strip()
    else:
        return None
    if len(master) < SHORTEST_MASTER:
        raise SecretUnreadable(
            env._(
                "The key in %(name)s is too short: it takes at least %(count)s"
                " random characters.",
                name=name,
                count=SHORTEST_MASTER,
            )
        )
    return master


def _make_master_file():
    """Make the master's file, once: whoever comes second reads the first one's."""
    path = _master_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under another name, then linked: link() fails where the file exists,
    # so that no reader sees half a key and no second worker replaces the first's.
    draft = path.with_name(f".{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_urlsafe(48).encode())
        file.flush()
        # Not linked before it is on the disk: a crash must not leave an empty key.
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_bytes().strip()
    finally:
        draft.unlink()
    return path.read_bytes().strip()


def _master_path():
    return Path(config["data_dir"]) / "crm_twitter" / "master.key"


def _fingerprint(master):
    return _derive(master, "crm_twitter fingerprint").hex()


def _derive(master, purpose):
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(
        master
    )


def _parameters(env):
    # sudo: ir.config_parameter - the fingerprint and the uuid are no secrets
    return env["ir.config_parameter"].sudo()
