import {onPatched, onWillPatch} from "@odoo/owl";

/** What scrolls on a board: the page, and on small screens each column. */
const SCROLLED = ".o_content, .o_renderer, .o_kanban_group";
const CARD = ".o_kanban_record";
const FOCUSABLE = "a, button, input, select, textarea, [tabindex]";

/** @returns {Function} scrolls back to where it is now */
function keepScroll(root) {
    const places = [...root.querySelectorAll(SCROLLED)].map((element) => ({
        element,
        top: element.scrollTop,
        left: element.scrollLeft,
    }));
    return () => {
        for (const {element, top, left} of places) {
            element.scrollTop = top;
            element.scrollLeft = left;
        }
    };
}

/** @returns {Function} gives the focus back to the card that has it, or its neighbour */
function keepFocus(root) {
    const {activeElement} = document;
    const card = root.contains(activeElement) && activeElement.closest(CARD);
    if (!card) {
        return () => false;
    }
    const place = [...card.querySelectorAll(FOCUSABLE)].indexOf(activeElement);
    const column = card.closest(".o_kanban_group");
    const neighbours = [card.nextElementSibling, card.previousElementSibling];
    return () => {
        if (root.contains(document.activeElement)) {
            return;
        }
        if (root.contains(card)) {
            (card.querySelectorAll(FOCUSABLE)[place] || card).focus();
            return;
        }
        const isCard = (element) => element?.matches(CARD) && root.contains(element);
        const next = neighbours.find(isCard) || column?.querySelector(CARD);
        next?.focus();
    };
}

/** Whoever looks at the board stays where they are when it is read again. */
export function useKeptPlace(rootRef) {
    let giveBack = [];
    onWillPatch(() => {
        giveBack = [keepScroll(rootRef.el), keepFocus(rootRef.el)];
    });
    onPatched(() => {
        giveBack.forEach((give) => give());
    });
}
