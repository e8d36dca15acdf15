"""What processes of a crowd run: a registry loaded once, forked for every task.

Reads tasks from its input, a line of JSON each: ``{"deed": function of deeds.py,
"logins": [str or null for each], "each": [keyword arguments of one process, …]}``. All
of them begin at the same moment. Answers a line of JSON: for each process
``{"pid", "result"}``, or ``{"pid", "error": traceback}``.
"""

import importlib
import json
import multiprocessing
import os
import sys
import traceback

import odoo.sql_db
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config

PATIENCE = 60  # seconds for all to get ready


def main():
    """Serve tasks until the input ends."""
    config.parse_config([], setup_logging=True)
    database = config["db_name"][0]
    Registry(database)
    print("ready", flush=True)
    for line in sys.stdin:
        # Processes must not share a connection.
        odoo.sql_db.close_all()
        print(json.dumps(_run(database, **json.loads(line))), flush=True)


def _run(database, deed, logins, each):
    forking = multiprocessing.get_context("fork")
    barrier = forking.Barrier(len(each))
    answers = []
    for login, given in zip(logins, each, strict=True):
        reader, writer = forking.Pipe(duplex=False)
        process = forking.Process(
            target=_work, args=(database, deed, login, given, barrier, writer)
        )
        process.start()
        writer.close()
        answers.append((process, reader))
    return [_answer(process, reader) for process, reader in answers]


def _answer(process, reader):
    try:
        answer = reader.recv()
    except EOFError:
        answer = {"error": "killed"}
    process.join()
    return {"pid": process.pid, **answer}


def _work(database, deed, login, given, barrier, writer):
    try:
        with Registry(database).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            if login:
                user = env["res.users"].search([("login", "=", login)])
                env = api.Environment(cr, user.id, {})
            # The addon can be imported once Odoo has read where addons are.
            work = getattr(importlib.import_module("deeds"), deed)
            barrier.wait(PATIENCE)
            # As a request does: replayed where PostgreSQL says so.
            result = retrying(lambda: work(env, **given), env)
        writer.send({"result": result})
    except BaseException:  # noqa: BLE001 - the test is told, whatever it is
        writer.send({"error": traceback.format_exc()})
    # Nothing of the parent's is to be cleaned up here.
    os._exit(0)


if __name__ == "__main__":
    main()
