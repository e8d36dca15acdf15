"""Uses the addon: a row in each of its tables, and what hangs on them.

Odoo's shell runs this file; ``env`` is the administrator's.
"""

import base64

env = env  # noqa: F821 - given by the shell

user = env.ref("base.user_admin")
env["twitter.account"]._set_client_secret("a secret")
for name, value in (("client_id", "an id"), ("read_in_background", "True")):
    env["ir.config_parameter"].set_param(f"crm_twitter.{name}", value)

partner = env["res.partner"].create({"name": "Azure", "twitter_handle": "azure"})
lead = env["crm.lead"].create(
    {"name": "Azure", "partner_id": partner.id, "twitter_handle": "azure_lead"}
)
lead.twitter_handle = False
profile = partner.twitter_profile_id
profile.write({"twitter_id": "1", "name": "Azure"})
superseded = env["twitter.profile"].create(
    {"handle": "azure_old", "superseded_by_id": profile.id}
)
account = env["twitter.account"].create(
    {
        "twitter_id": "2",
        "username": "ourcompany",
        "member_ids": user.ids,
        "access_token": "encrypted",
        "refresh_token": "encrypted",
    }
)
# A message, an activity, a follower and a file.
account._mark_reconnect()
account.message_subscribe(user.partner_id.ids)
account.message_post(body="Hello", attachments=[("hello.txt", b"Hello")])
env["twitter.login"].create(
    {
        "user_id": user.id,
        "state_hash": "a hash",
        "session_hash": "another one",
        "scope": "users.read",
        "redirect_uri": "http://127.0.0.1:8069/crm_twitter/oauth/callback",
        "return_path": "/odoo",
    }
)
env["twitter.cache"]._put("posts:1", {"items": []}, None)
env["twitter.engagement"].create(
    {
        "kind": "mention",
        "route": "api",
        "state": "done",
        "request_uid": "an id",
        "intention": "a mention",
        "user_id": user.id,
        "account_id": account.id,
        "lead_id": lead.id,
        "partner_id": partner.id,
        "profile_id": profile.id,
        "done_at": "2026-01-01 12:00:00",
    }
)._note()
env["twitter.account"]._set_bearer_token("a token")
account.company_id = env.company
env["twitter.feed"].create(
    {"account_id": account.id, "company_id": env.company.id, "known_id": "3"}
)
author = env["twitter.author"]._of(env.company, profile)[profile]
interaction = env["twitter.interaction"].create(
    {
        "account_id": account.id,
        "company_id": env.company.id,
        "author_id": author.id,
        "post_id": "3",
        "kind": "mention",
        "posted_at": "2026-01-01 12:00:00",
    }
)
interaction.write({"user_id": user.id, "state": "handled"})
env["twitter.compliance.job"].create({"job_id": "4"})
dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
dot += "DwADhgGAWjR9awAAAABJRU5ErkJggg=="
env["twitter.photo"]._set_on(partner, profile, base64.b64decode(dot))
budget = env["twitter.budget"].create({"user_id": user.id, "day_limit": "1"})
budget.write({"day": "2026-01-01", "day_spent": 1})
# Administrators are told in own transactions, of what is in the database.
env.cr.commit()
budget._tell_of("day", budget.day, 100)
env["twitter.limit"]._tell_out_of_credits()
env["twitter.usage"].create(
    {
        "day": "2026-01-01",
        "company_id": env.company.id,
        "user_id": user.id,
        "account_id": account.id,
        "kind": "user",
        "payer": "1:2:ourcompany",
        "calls": 1,
    }
)
env["twitter.reservation"].create(
    {
        "company_id": env.company.id,
        "endpoint": "GET /2/users/me",
        "amount": 1,
        "reserved_at": "2026-01-01 12:00:00",
        "expires_at": "2026-01-01 12:03:00",
    }
)
env["twitter.billed.resource"].create(
    {"day": "2026-01-01", "kind": "user", "resource_id": "1"}
)
env["twitter.profile.look.up"].create({"profile_ids": profile.ids})
# By whom it is for; superuser mode is nobody's who has the permission.
dialog = partner.with_user(user).action_twitter_erase()["res_id"]
env["twitter.erase"].browse(dialog).extent  # noqa: B018 - as it is shown
env["twitter.erase.all"].create({"confirmation": "ERASE ALL"})
env["twitter.erasure"]._report({"profiles": 1})
env["ir.filters"].create(
    {"name": "Connected", "model_id": "twitter.account", "user_ids": False}
)
env["ir.default"].set("crm.lead", "twitter_basis", "public")
env.cr.commit()
print("used to the end")
