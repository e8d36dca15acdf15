/** What is open over the page: a dialog, a menu, a popover. */
const OVERLAYS = [
    ".o_dialog",
    ".o_popover",
    ".o-dropdown--menu",
    ".o_bottom_sheet",
    ".o_dragged",
].join(",");
/** What is open in a card, by the components' own classes. */
const OPEN_IN_CARDS = [
    ".o_crm_twitter_composer",
    "[data-crm-twitter-open]",
    ".o_record_selected",
].join(",");
const WRITTEN_IN = "textarea, input, [contenteditable=true]";

function holdsWords(element) {
    const {type, value, textContent} = element;
    if (["checkbox", "radio", "hidden", "button", "submit"].includes(type)) {
        return false;
    }
    return Boolean(value === undefined ? textContent.trim() : value);
}

/**
 * Whether somebody is in the middle of something that reading the board again would take
 * away: writes, chooses, is asked.
 *
 * @param {HTMLElement} root the board's
 */
export function isEngaged(root) {
    return (
        Boolean(document.querySelector(OVERLAYS)) ||
        Boolean(root.querySelector(OPEN_IN_CARDS)) ||
        [...root.querySelectorAll(`.o_kanban_record :is(${WRITTEN_IN})`)].some(
            (element) => element === document.activeElement || holdsWords(element)
        )
    );
}
