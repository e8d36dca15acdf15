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


def read_master(env):
    """This server's master, or None where it has none.

    :raise SecretUnreadable: it is too short to be one
    """
    return _read(env, MASTER_VARIABLE, MASTER_FILE)


def read_masters(env):
    """All masters of this server by their fingerprints, the newest first.

    :raise SecretUnreadable: one is too short to be one
    """
    masters = [read_master(env), _read(env, OLD_MASTER_VARIABLE, OLD_MASTER_FILE)]
    return {fingerprint(master): master for master in masters if master}


def _read(env, variable, file_name):
    path = _folder() / file_name
    told = os.environ.get(variable)
    if told:
        name, master = variable, told.encode()
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


def make_master_file():
    """Make the master's file, once: whoever comes second reads the first one's."""
    path = _folder() / MASTER_FILE
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
