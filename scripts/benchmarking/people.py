"""Who works in the database of a benchmark. Run in an Odoo shell, which gives `env`.

They are made by the ORM, which knows what belongs to a user; the rows in bulk are made
by `rows.sql`.
"""

SALESPEOPLE = 20
#: The manager has leads, too.
OWNERS = SALESPEOPLE + 1
MANAGER, FIRST_SALESPERSON = "bench_manager", "bench_salesperson_1"

SCRIPT = f"""
from odoo import Command

company = env.company
other = env["res.company"].create({{"name": "Bench Branch"}})
users = env["res.users"].with_context(no_reset_password=True, mail_create_nolog=True)
salesperson = env.ref("sales_team.group_sale_salesman")
manager = env.ref("sales_team.group_sale_manager")
common = {{"company_id": company.id, "tz": "UTC"}}
users.create(
    [
        {{
            **common,
            "name": f"Bench Salesperson {{number}}",
            "login": f"bench_salesperson_{{number}}",
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set(salesperson.ids)],
        }}
        for number in range(1, {SALESPEOPLE} + 1)
    ]
)
users.create(
    {{
        **common,
        "name": "Bench Manager",
        "login": "{MANAGER}",
        "company_ids": [Command.set((company + other).ids)],
        "group_ids": [Command.set(manager.ids)],
    }}
)
for brand, username in ((company, "bench_brand"), (other, "bench_branch")):
    env["twitter.account"].create(
        {{
            "twitter_id": str(1_000_000 + brand.id),
            "username": username,
            "name": brand.name,
            "company_id": brand.id,
            "scope": "tweet.read users.read tweet.write offline.access",
        }}
    )
# The project's template has no trigram indexes, as databases Odoo makes itself do.
env.registry.check_indexes(env.cr, list(env.registry.models))
env.cr.commit()
"""
