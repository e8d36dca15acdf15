import {browser} from "@web/core/browser/browser";

const KEY = "crm_twitter.reopen";
const TEN_MINUTES = 10 * 60 * 1000;

/**
 * Remember, in this tab, which record's panel to open again when the user is back
 * from X, and the login he left for.
 */
export function rememberPanel({resModel, resId, login}) {
    const entry = {resModel, resId, login, at: Date.now()};
    browser.sessionStorage.setItem(KEY, JSON.stringify(entry));
}

export function forgetPanel() {
    browser.sessionStorage.removeItem(KEY);
}

/** @returns {{login: number}|false} once only, on the record it was remembered for */
export function takePanel(resModel, resId) {
    const entry = JSON.parse(browser.sessionStorage.getItem(KEY) || "false");
    if (!entry || entry.resModel !== resModel || entry.resId !== resId) {
        return false;
    }
    forgetPanel();
    return Date.now() - entry.at < TEN_MINUTES && {login: entry.login};
}
