import {onPatched, onWillPatch} from "@odoo/owl";

const CARD = ".o_kanban_record";

/** The card that is being read: with the focus, under the pointer, or first in sight. */
function cardInSight(root) {
    const pointed = root.querySelector(
        `${CARD}:focus-within, ${CARD}:focus, ${CARD}:hover`
    );
    if (pointed) {
        return pointed;
    }
    const {top} = root.closest(".o_content").getBoundingClientRect();
    return [...root.querySelectorAll(CARD)].find(
        (card) => card.getBoundingClientRect().bottom > top
    );
}

/** What `card` is scrolled by: on small screens its column, else the page. */
function scrolledOf(card) {
    const scrolled = [card.closest(".o_kanban_group"), card.closest(".o_content")];
    return scrolled.find((element) => element?.scrollTop);
}

/**
 * Cards that come in above move nothing from under somebody's eyes; at the very top they
 * come into sight.
 */
export function useReadingPlace(rootRef) {
    let card = null;
    let top = 0;
    onWillPatch(() => {
        card = cardInSight(rootRef.el);
        top = card?.getBoundingClientRect().top;
    });
    onPatched(() => {
        const scrolled = card && rootRef.el.contains(card) && scrolledOf(card);
        if (scrolled) {
            scrolled.scrollTop += card.getBoundingClientRect().top - top;
        }
        card = null;
    });
}
