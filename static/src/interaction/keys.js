import {_t} from "@web/core/l10n/translation";

/** What a key does on a card that has the focus: by the name of the deed. */
export const KEYS = [
    {key: "r", deed: "reply", label: _t("Reply")},
    {key: "t", deed: "repost", label: _t("Repost, after a question")},
    {key: "l", deed: "like", label: _t("Like, after a question")},
    {key: "h", deed: "handle", label: _t("Mark as handled")},
    {key: "i", deed: "ignore", label: _t("Ignore")},
    {key: "u", deed: "undo", label: _t("Reopen, or undo what you did last")},
    {key: "a", deed: "assignToMe", label: _t("Assign to me")},
    {key: "s", deed: "schedule", label: _t("Schedule an activity")},
    {key: "c", deed: "createLead", label: _t("Create lead")},
    {key: "n", deed: "createContact", label: _t("Create contact")},
    {key: "e", deed: "associate", label: _t("Associate with an existing record")},
    {key: "?", deed: "showKeys", label: _t("Show these keys")},
];

/** @returns {string|boolean} the key of a deed, as `aria-keyshortcuts` wants it */
export function keyOf(deed) {
    return KEYS.find((one) => one.deed === deed)?.key || false;
}
