"""The masters on this server, of which the keys of its databases are derived.

There is one, and another while it is being replaced: the new one in the environment
variable ``CRM_TWITTER_MASTER_KEY``, or else in a file in Odoo's data directory, and the
old one in ``CRM_TWITTER_OLD_MASTER_KEY``, or else in a file beside.
"""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from odoo.exceptions import UserError
from odoo.tools import config

MASTER_VARIABLE = "CRM_TWITTER_MASTER_KEY"
OLD_MASTER_VARIABLE = "CRM_TWITTER_OLD_MASTER_KEY"
MASTER_FILE, OLD_MASTER_FILE = "master.key", "old_master.key"
SHORTEST_MASTER = 32  # bytes


class SecretUnreadable(UserError):
    """A stored secret cannot be read on this server; the message says what to do."""


class DatabaseIsCopy(SecretUnreadable):
    """This server has the database's masters, and the secret is another database's."""


def read_master(env):
    """This server's master, or None where it has none.

    :raise SecretUnreadable: it is too short to be one, or may not be read
    """
    return _read(env, MASTER_VARIABLE, MASTER_FILE)


def read_masters(env):
    """All masters of this server by their fingerprints, the newest first.

    :raise SecretUnreadable: one is too short to be one, or may not be read
    """
    masters = [read_master(env), _read(env, OLD_MASTER_VARIABLE, OLD_MASTER_FILE)]
    return {fingerprint(master): master for master in masters if master}


def _read(env, variable, file_name):
    told = os.environ.get(variable)
    if told:
        name, master = variable, told.encode()
    else:
        name, master = file_name, _read_file(env, file_name)
    if master is None:
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


def _read_file(env, file_name):
    """What is in a key file, or None where there is no such file."""
    try:
        return (_folder() / file_name).read_bytes().strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SecretUnreadable(
            env._(
                "The key file %(name)s cannot be read on this server (%(reason)s). It"
                " has to belong to the user Odoo runs as.",
                name=file_name,
                reason=error.strerror,
            )
        ) from error


def master_path():
    """Where the master's file is, or is to be."""
    return _folder() / MASTER_FILE


def make_master_file():
    """Make the master's file, once: whoever comes second reads the first one's."""
    path = master_path()
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


def fingerprint(master):
    """What a database keeps of its master, to know it again."""
    return derive(master, "crm_twitter fingerprint").hex()


def derive(master, purpose):
    """32 bytes for one purpose, from which the master cannot be found."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(
        master
    )


def _folder():
    return Path(config["data_dir"]) / "crm_twitter"
