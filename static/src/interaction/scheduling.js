import {_t} from "@web/core/l10n/translation";

/** @returns {object} the action of Odoo's own window that schedules an activity */
export function schedulingOf(interactionId) {
    return {
        type: "ir.actions.act_window",
        name: _t("Schedule Activity"),
        res_model: "mail.activity.schedule",
        views: [[false, "form"]],
        target: "new",
        context: {
            active_model: "twitter.interaction",
            active_ids: [interactionId],
            active_id: interactionId,
            dialog_size: "large",
        },
    };
}
