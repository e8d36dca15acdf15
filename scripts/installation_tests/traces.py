"""What an addon may leave in a database, and what of it is there."""

from environment.installation import ADDON

#: Everything an addon may leave in a database, as sets of rows.
TRACES = {
    "columns": "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = 'public'",
    "indexes": "SELECT tablename, indexname FROM pg_indexes "
    "WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname FROM pg_constraint",
    "parameters": "SELECT key FROM ir_config_parameter",
    "crons": "SELECT id, cron_name FROM ir_cron",
    "groups": "SELECT id FROM res_groups",
    "privileges": "SELECT id FROM res_groups_privilege",
    "implied groups": "SELECT gid, hid FROM res_groups_implied_rel",
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT model, name FROM ir_model_fields",
    "views": "SELECT id, name FROM ir_ui_view",
    "menus": "SELECT id FROM ir_ui_menu",
    "actions": "SELECT id FROM ir_actions",
    "access rights": "SELECT id, name FROM ir_model_access",
    "rules": "SELECT id, name FROM ir_rule",
    "activity types": "SELECT id FROM mail_activity_type",
    "message subtypes": "SELECT id FROM mail_message_subtype",
    "messages": "SELECT id FROM mail_message WHERE model LIKE 'twitter.%'",
    "tracked changes": "SELECT id FROM mail_tracking_value WHERE field_id IS NULL OR"
    " field_id IN (SELECT id FROM ir_model_fields WHERE name LIKE 'twitter%')",
    "activities": "SELECT id FROM mail_activity WHERE res_model LIKE 'twitter.%'",
    "followers": "SELECT id FROM mail_followers WHERE res_model LIKE 'twitter.%'",
    "filters": "SELECT id FROM ir_filters",
    "defaults": "SELECT id FROM ir_default",
    "external identifiers": "SELECT module, name FROM ir_model_data "
    f"WHERE module = '{ADDON}'",
    # Assets are made anew at need; a field's files belong to a record.
    "attachments": "SELECT id, name FROM ir_attachment "
    "WHERE url IS NULL OR url NOT LIKE '/web/assets/%'",
}
