import {_t} from "@web/core/l10n/translation";

/** Whether an UPDATE says anything: it does not where the database did not answer. */
export function isTold(update) {
    return Boolean(update.engagement || update.problem || "pending" in update);
}

/** "Follow as @marcdemo: done.", for who cannot see it on the button. */
export function sentenceOfDone({kind, label}, relation) {
    return kind === "follow" && relation?.pending
        ? _t("%(label)s: requested. The person decides about it on X.", {label})
        : _t("%(label)s: done.", {label});
}
