import {_t} from "@web/core/l10n/translation";
import {sentenceOfLink} from "./composer_check";
import {mentions} from "./x_weight";

/** What is said of these is plain to see, or said with both prices. */
const NOT_REPEATED = ["empty", "link_price"];

/** Where a link is not for free: what it costs, and the page where it is. */
function linkWarning({check, route}) {
    const {price, has_link} = check.answer;
    const isDear = route.route === "api" && has_link && price > route.price;
    const message = isDear && sentenceOfLink(price, route.price);
    return isDear ? [{code: "link_price", message, blocks: false}] : [];
}

/** Where a mention mentions the person no more. */
function mentionWarning({kind, text, handle, isBlank}) {
    const isLost = kind === "mention" && !isBlank && !mentions(text, handle);
    const message = _t("@%(handle)s is not mentioned any more.", {handle});
    return isLost ? [{code: "not_mentioned", message, blocks: false}] : [];
}

/**
 * @param {object} composer what is written, and what the server said last of it
 * @returns {{code: string, message: string, blocks: boolean}[]}
 */
export function warningsOf(composer) {
    const {answer} = composer.check;
    const told = answer
        ? answer.warnings.filter(({code}) => !NOT_REPEATED.includes(code))
        : [];
    const links = answer ? linkWarning(composer) : [];
    return [...told, ...links, ...mentionWarning(composer)];
}
