"""Replacing the master: every stored secret is encrypted with the new key.

The database is tied to the new master first, and keeps the fingerprint of the old one
until no secret is left that is encrypted with it: killed at any moment, it goes on when
it is run again. Servers that run meanwhile need both masters; they read either way, and
encrypt with the new one from the moment on that the database is tied to it.
"""

import time
from collections import Counter
from contextlib import contextmanager

from odoo.tools import SQL

from .encryption import (
    FINGERPRINT_PARAMETER,
    OLD_FINGERPRINT_PARAMETER,
    ROTATION_COMMAND,
    fingerprints_now,
    keys_now,
    renewed,
)
from .encryption_masters import (
    MASTER_FILE,
    MASTER_VARIABLE,
    DatabaseIsCopy,
    SecretUnreadable,
    fingerprint,
    read_master,
)
from .own_transaction import own_transaction

# Where secrets are: table, column, which rows.
_KEYS = SQL("key IN ('crm_twitter.client_secret', 'crm_twitter.bearer_token')")
PLACES = (
    ("twitter_account", "access_token", SQL("TRUE")),
    ("twitter_account", "refresh_token", SQL("TRUE")),
    ("twitter_login", "verifier", SQL("TRUE")),
    ("ir_config_parameter", "value", _KEYS),
)
# Seconds to wait for a row whose tokens are being renewed, X taking its time.
LOCK_TIMEOUT = 60
# Seconds to wait for transactions that began with the old key; requests take no longer.
PATIENCE = 180
# PostgreSQL's advisory lock of whoever replaces a database's master.
LOCK = SQL("hashtext('crm_twitter_key')")


class Unfinished(Exception):
    """Not all could be done; the message says what to do."""


def rotate(env, patience=PATIENCE):
    """Encrypt all of a database's secrets with this server's new master.

    To be run in a process of its own, outside of requests; commits as it goes.

    :param env: environment of the superuser
    :param patience: seconds to wait for transactions that began before
    :return: Counter of ``renewed``, ``kept`` (had the new key already), ``unreadable``
        (neither key reads them; they are left alone) and ``gone`` secrets
    :raise SecretUnreadable: a master that is needed is not on this server
    :raise Unfinished: something was in use for too long, or another one is at it; to be
        run again
    """
    with _alone(env):
        return _rotate(env, patience)


@contextmanager
def _alone(env):
    """Nobody else replaces this database's master meanwhile, on whichever server."""
    env.cr.execute(SQL("SELECT pg_try_advisory_lock(%s)", LOCK))
    [is_ours] = env.cr.fetchone()
    env.cr.commit()
    if not is_ours:
        raise Unfinished(
            env._("The key of this database is being replaced by another process.")
        )
    try:
        yield
    finally:
        env.cr.rollback()
        env.cr.execute(SQL("SELECT pg_advisory_unlock(%s)", LOCK))


def _rotate(env, patience):
    _tie_to_new_master(env)
    began = _now(env)
    counted = _renew_all(env)
    _wait_for_older(env, began, patience)
    # What such a transaction has stored meanwhile.
    late = _renew_all(env)
    counted.update(renewed=late["renewed"])
    _set(env, OLD_FINGERPRINT_PARAMETER, False)
    return counted


def _tie_to_new_master(env):
    """Let the new master's fingerprint take the place of the old one's."""
    with own_transaction(env, LOCK_TIMEOUT) as own:
        names = (FINGERPRINT_PARAMETER, OLD_FINGERPRINT_PARAMETER)
        own.cr.execute(
            "SELECT FROM ir_config_parameter WHERE key IN %s FOR UPDATE", [names]
        )
        present, old = fingerprints_now(own)
        if not present:
            return
        keys_now(own)
        new = _new_master(own)
        if present == new:
            return
        if old:
            raise Unfinished(
                env._(
                    "An earlier replacement of the key has not been finished. Run this"
                    " again with the keys of that one first."
                )
            )
        own["ir.config_parameter"].set_param(OLD_FINGERPRINT_PARAMETER, present)
        own["ir.config_parameter"].set_param(FINGERPRINT_PARAMETER, new)
    _tell_servers(env)


def _new_master(env):
    """The fingerprint of the master to tie the database to; none is made here, where
    other servers would not have it."""
    master = read_master(env)
    if master:
        return fingerprint(master)
    raise SecretUnreadable(
        env._(
            "There is no new key on this server, neither in %(variable)s nor in the"
            " file %(name)s. Make one by “%(command)s --new”, and give it to every"
            " server first.",
            variable=MASTER_VARIABLE,
            name=MASTER_FILE,
            command=ROTATION_COMMAND,
        )
    )


def _renew_all(env):
    """Renew each secret in a transaction of its own."""
    counted = Counter()
    for table, column, which in PLACES:
        names = {"table": SQL.identifier(table), "column": SQL.identifier(column)}
        env.cr.execute(
            SQL(
                "SELECT id FROM %(table)s"
                " WHERE %(which)s AND %(column)s IS NOT NULL ORDER BY id",
                which=which,
                **names,
            )
        )
        rows = [row for (row,) in env.cr.fetchall()]
        # No transaction is left open: it would be waited for.
        env.cr.commit()
        for row in rows:
            with own_transaction(env, LOCK_TIMEOUT) as own:
                counted[_renew(own, names, row)] += 1
    _tell_servers(env)
    return counted


def _renew(env, names, row):
    """Renew one secret; return what it is counted as, see `rotate`."""
    env.cr.execute(
        SQL(
            "SELECT %(column)s FROM %(table)s WHERE id = %(row)s FOR NO KEY UPDATE",
            row=row,
            **names,
        )
    )
    [secret] = env.cr.fetchone() or [None]
    try:
        new = secret and renewed(env, secret)
    except DatabaseIsCopy:
        return "unreadable"
    if not new:
        return "kept" if secret else "gone"
    env.cr.execute(
        SQL(
            "UPDATE %(table)s SET %(column)s = %(new)s WHERE id = %(row)s",
            new=new,
            row=row,
            **names,
        )
    )
    return "renewed"


def _wait_for_older(env, began, patience):
    """Return when no transaction is left that began before.

    Such a one may have encrypted with the old key, and not have committed yet.

    :raise Unfinished: one took longer than `patience` seconds
    """
    end = time.monotonic() + patience
    while True:
        env.cr.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            "   AND backend_type = 'client backend' AND xact_start < %s",
            [began],
        )
        [left] = env.cr.fetchone()
        env.cr.commit()
        if not left:
            return
        if time.monotonic() > end:
            raise Unfinished(
                env._(
                    "Something that began before has not ended yet. All is encrypted"
                    " with the new key; keep the old one, and run this again later."
                )
            )
        time.sleep(0.2)


def _now(env):
    env.cr.execute("SELECT clock_timestamp()")
    [now] = env.cr.fetchone()
    env.cr.commit()
    return now


def _set(env, name, value):
    with own_transaction(env, LOCK_TIMEOUT) as own:
        own["ir.config_parameter"].set_param(name, value)
    _tell_servers(env)


def _tell_servers(env):
    """Have all workers read the parameters anew."""
    env.registry.clear_cache("stable")
    env.registry.signal_changes()
