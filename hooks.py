# Images that are held in memory at a time.
IMAGES_AT_ONCE = 100


def uninstall_hook(env):
    """Tell X that it is over, and remove what Odoo leaves behind when the addon goes.

    These are its parameters, the filters users have saved on its models, images that
    contacts had from X, and the changes of its fields that the chatter lists. What was
    done stays there as notes, as the CRM's own history: *Erase All X Data* takes them.
    """
    env["twitter.account"]._revoke_all()
    while photos := env["twitter.photo"].search([], limit=IMAGES_AT_ONCE):
        photos._take_back()
        env.flush_all()
        env.invalidate_all()
    while env["twitter.erasure"]._change_batch("mail.tracking.value"):
        env.flush_all()
    env["ir.config_parameter"].search([("key", "=like", "crm\\_twitter.%")]).unlink()
    filters = env["ir.filters"].with_context(active_test=False)
    filters.search([("model_id", "=like", "twitter.%")]).unlink()
