def uninstall_hook(env):
    """Remove what Odoo leaves behind when the addon goes: its parameters."""
    env["ir.config_parameter"].search([("key", "=like", "crm\\_twitter.%")]).unlink()
