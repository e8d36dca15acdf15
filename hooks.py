def uninstall_hook(env):
    """Remove what Odoo leaves behind when the addon goes.

    These are its parameters, the filters users have saved on its models, and images
    that contacts had from X.
    """
    env["twitter.photo"].search([])._take_back()
    env["ir.config_parameter"].search([("key", "=like", "crm\\_twitter.%")]).unlink()
    filters = env["ir.filters"].with_context(active_test=False)
    filters.search([("model_id", "=like", "twitter.%")]).unlink()
