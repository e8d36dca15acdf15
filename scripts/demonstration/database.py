"""The demo's database: made once, brought up to date at every start."""

import hashlib
import json
import os

from environment import cache
from environment.installation import ADDON
from environment.progress import say

#: Run once, in the new database.
PEOPLE = """
# A clone of the template has its identity; secrets must be of this database alone.
env["ir.config_parameter"].init(force=True)
# A demo does not report to anybody.
env.ref("mail.ir_cron_module_update_notification").active = False
# The demo's lead is one: without this, Odoo shows opportunities only.
env["res.config.settings"].create({"group_use_lead": True}).execute()
env["res.users"].with_context(no_reset_password=True).create({
    "name": "Erin Employee",
    "login": "employee",
    "password": "employee",
    "group_ids": [(6, 0, [env.ref("base.group_user").id])],
})
env.cr.commit()
"""
#: Run at every start, as ports may differ. `given` is a dictionary.
ADDRESSES = """
import json
given = json.loads({given!r})
parameters = env["ir.config_parameter"]
for name, value in given["parameters"].items():
    parameters.set_param(name, value)
if given["keys"]:
    env["res.config.settings"].create(given["keys"]).execute()
env.cr.commit()
"""


def prepare(databases, options):
    """Make or upgrade the demo's database; return its name."""
    name = _name(options)
    # The keys that read the stored secrets are in the clone's work folder: a database
    # they are missing for cannot be used.
    made = cache.work_folder("demo") / name
    if options.fresh or not made.exists() or name not in databases.names():
        made.unlink(missing_ok=True)
        _make(databases, name)
        made.touch()
    else:
        say("Bringing the demo's database up to date (--fresh makes a new one)")
        databases.odoo(name, "-u", ADDON, "--stop-after-init", "--no-http")
    given = json.dumps(_given(options))
    databases.odoo_shell(name, ADDRESSES.format(given=given))
    return name


def _name(options):
    clone = hashlib.sha256(os.fsencode(cache.CLONE)).hexdigest()[:8]
    return f"crm_twitter_demo_{clone}" + ("" if options.with_x else "_no_x")


def _make(databases, name):
    databases.clone_template(name, demo=True)
    say("Installing the addon with its demo data")
    arguments = ("-i", ADDON, "--with-demo", "--stop-after-init", "--no-http")
    databases.odoo(name, *arguments)
    databases.odoo_shell(name, PEOPLE)


def _given(options):
    parameters = {
        "web.base.url": options.url,
        # Odoo would rewrite it when an administrator logs in under another address.
        "web.base.url.freeze": "True",
        "crm_twitter.callback_url": options.callback,
    }
    if not options.with_x:
        return {"parameters": parameters, "keys": {}}
    parameters["crm_twitter.api_url"] = options.x_url
    parameters["crm_twitter.site_url"] = options.x_url
    keys = {
        # The simulator's own, which open nothing else.
        "twitter_client_id": "demo-client-id",
        "twitter_client_secret": "demo-client-secret",
        "twitter_plan": options.plan,
    }
    return {"parameters": parameters, "keys": keys}
