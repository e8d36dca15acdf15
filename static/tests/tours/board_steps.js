/** Steps on the board, and where things are there, that several tours share. */

import {press} from "@odoo/hoot-dom";

export const WORDS = "Do you make chairs for giants?";
export const column = (title) =>
    `.o_kanban_group:has(.o_column_title:contains(${title}))`;
export const cardIn = (title) => `${column(title)} .o_kanban_record:contains(${WORDS})`;
export const ANY_CARD = `.o_kanban_record:contains(${WORDS})`;
export const GONE = `.o_kanban_renderer:not(:has(${ANY_CARD}))`;

export const key = (keys) => ({trigger: "body", run: () => press(keys)});

const goTo = (selector, way) => ({
    content: `${way} leads to ${selector}`,
    trigger: selector,
    run: async () => {
        for (let i = 0; i < 60; i++) {
            if (document.activeElement.matches(selector)) {
                return;
            }
            await press(way);
        }
        throw new Error(`${way} does not lead to ${selector}`);
    },
});
/** Press the arrow down until `selector` has the focus. */
export const downTo = (selector) => goTo(selector, "ArrowDown");

/** Press Tab until `selector` has the focus. */
export const tabTo = (selector) => goTo(selector, "Tab");

export const hasFocus = (selector) => ({
    content: `The focus is on ${selector}`,
    trigger: `${selector}:focus`,
});

export const cardHasFocus = hasFocus(ANY_CARD);

export const isGone = {content: "It has left what is new", trigger: GONE};

export const dialogIsClosed = {trigger: "body:not(:has(.modal))"};
