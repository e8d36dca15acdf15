from odoo import SUPERUSER_ID, api

# Rules are not updatable, as administrators may have adapted them: what is still as it
# was delivered becomes what is delivered now. Domain before, and values, by name.
RULES = {
    "twitter_account_rule_administrator": (
        "[(1, '=', 1)]",
        {
            "name": "X account: administrators see all of their companies",
            "domain_force": "[('company_id', 'in', company_ids + [False])]",
        },
    ),
}
DEFAULT_BASIS = "crm_twitter.default_basis"


def migrate(cr, version):
    """Bring what administrators left alone to what is delivered today."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, (before, values) in RULES.items():
        rule = env.ref(f"crm_twitter.{name}", raise_if_not_found=False)
        if rule and rule.domain_force == before:
            rule.write(values)
    # What a handle's basis was where nobody had chosen one; it is another one now.
    parameters = env["ir.config_parameter"]
    if not parameters.get_param(DEFAULT_BASIS):
        parameters.set_param(DEFAULT_BASIS, "given")
    # Who was looked at was not kept; people were read when somebody did.
    cr.execute(
        """
        UPDATE twitter_profile SET looked_at = fetched_at
         WHERE looked_at IS NULL AND fetched_at IS NOT NULL
        """
    )
