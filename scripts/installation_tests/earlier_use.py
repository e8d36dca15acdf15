"""What a company has done with an earlier version, by that version's own doors.

Odoo's shell runs this file in that version, after the version's own ``use.py``; ``env``
is the administrator's.
"""

from odoo import Command

from odoo.addons.crm_twitter.x_api import Profile, Tokens

env = env  # noqa: F821 - given by the shell

SCOPE = ("offline.access", "tweet.read", "users.read")


def new_user(login, group):
    """A user of that group, whose e-mail nobody sends."""
    groups = [Command.set([env.ref(group).id])]
    values = {"name": login.title(), "login": login, "group_ids": groups}
    return env["res.users"].with_context(no_reset_password=True).create(values)


def join(user, profile):
    """Connect the user as that person, as the end of a login does."""
    tokens = Tokens(f"access of {user.login}", f"refresh of {user.login}", 7200, SCOPE)
    accounts = env["twitter.account"]
    accounts._join(user, profile, tokens)
    return accounts.search([("member_ids", "=", user.id)])


settings = {
    "twitter_client_id": "the app's id",
    "twitter_client_secret": "the app's secret",
    "twitter_plan": "enterprise",
    "twitter_privacy_url": "example.com/privacy",
    "twitter_search_on_open": False,
    "twitter_default_basis": "consent",
}
env["res.config.settings"].create(settings).execute()

sam = new_user("sam", "sales_team.group_sale_salesman")
max_ = new_user("max", "sales_team.group_sale_manager")
pat = new_user("pat", "base.group_user")
gone = new_user("gone", "sales_team.group_sale_salesman")
pat.action_twitter_grant()
env["res.company"].create({"name": "Another Company"})

# Two share a connection, one's is at its end, one has left the company.
shared = Profile("101", "acme", name="Acme")
account = join(sam, shared)
join(pat, shared)
ended = join(max_, Profile("102", "max_at_acme", name="Max"))
ended._mark_reconnect()
join(gone, Profile("103", "gone", name="Gone"))
gone.active = False
sam.twitter_share_connection = True
account.message_post(body="Connected at last")

# Contacts: read, protected, taken away by X, typed wrongly, cleared, archived.
contacts = env["res.partner"].with_user(sam)
ada = contacts.create({"name": "Ada", "twitter_handle": "ada_l"})
ada.sudo().twitter_profile_id._keep(
    Profile("201", "Ada_L", name="Ada L.", description="Engines", followers=7)
)
ada.write({"twitter_basis": "consent"})
shy = contacts.create({"name": "Shy", "twitter_handle": "https://x.com/shy"})
shy.sudo().twitter_profile_id._keep(Profile("202", "shy", protected=True))
away = contacts.create({"name": "Away", "twitter_handle": "@away"})
away.sudo().twitter_profile_id._keep(Profile("203", "away", name="Away"))
away.sudo().twitter_profile_id._keep(Profile("203", "far_away", name="Away"))
contacts.create({"name": "Typed", "twitter_handle": "no handle at all"})
contacts.create({"name": "Cleared", "twitter_handle": "cleared"}).twitter_handle = False
archived = contacts.create({"name": "Archived", "twitter_handle": "archived"})
archived.active = False
names = [[f"Imported {number}", f"imported_{number}"] for number in range(30)]
importing = contacts.with_context(import_file=True)
importing.load(["name", "twitter_handle"], names)

# Leads: of a customer, on their own, not this person, lost, merged, converted.
leads = env["crm.lead"].with_user(sam)
leads.create({"name": "Of Ada", "partner_id": ada.id})
own = leads.create({"name": "Own", "contact_name": "Bob", "twitter_handle": "bob"})
own.twitter_associate("bobby", "public")
doubtful = leads.create({"name": "Doubtful", "contact_name": "Carol"})
doubtful.twitter_associate("carol", "given")
doubtful.twitter_reject("", "carol")
lost = leads.create({"name": "Lost", "type": "opportunity", "twitter_handle": "lost"})
lost.action_set_lost()
both = leads.create({"name": "One", "type": "opportunity", "twitter_handle": "one"})
both |= leads.create({"name": "Two", "type": "opportunity", "twitter_handle": "two"})
both.merge_opportunity()
made = leads.create({"name": "Made", "contact_name": "Dora", "twitter_handle": "dora"})
made.convert_opportunity(made._create_customer())

# Somebody wrote a match without a basis, by SQL: nothing kept them from it.
env.flush_all()
env.cr.execute(
    """
    INSERT INTO twitter_association (kind, lead_id, profile_id, handle, origin, user_id,
                                     date)
         SELECT 'associated', lead_id, profile_id, handle, origin, %s, date
           FROM twitter_association
          WHERE handle = 'lost'
    """,
    [max_.id],
)

# What administrators decided otherwise than the addon delivers it.
env["res.config.settings"].create({"group_twitter_social_integration": False}).execute()
sam.action_twitter_grant()
env.ref("crm_twitter.ir_cron_read_new_handles").write(
    {"active": False, "interval_number": 3}
)
rule = env.ref("crm_twitter.twitter_association_rule_manager")
rule.domain_force = "[('date', '>', '2020-01-01')]"

# Answers of X are kept in transactions of their own.
env.cr.commit()
seen = ada.sudo().twitter_profile_id
env["twitter.cache"]._put("posts:201:own", {"posts": [], "next": ""}, seen.id)
env.cr.commit()
print("used earlier to the end")
