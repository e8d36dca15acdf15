const HANDLES = /^(\s*@\w+)+/;
const FIRST_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
    /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * @param {string} text
 * @returns {string} the direction of the writer's own words: handles in front of them,
 *     always Latin, do not count. "auto" where there are none
 */
export function directionOf(text) {
    const [letter] = text.replace(HANDLES, "").match(FIRST_LETTER) || [];
    if (!letter) {
        return "auto";
    }
    return RIGHT_TO_LEFT.test(letter) ? "rtl" : "ltr";
}
