import {onPatched, onWillPatch} from "@odoo/owl";

/**
 * The focus stays within `ref` when what had it is gone.
 *
 * @param {object} ref
 * @param {...string} selectors of what has it then, the first that is there
 */
export function useKeptFocus(ref, ...selectors) {
    let hadFocus = false;
    onWillPatch(() => {
        hadFocus = Boolean(ref.el?.contains(document.activeElement));
    });
    onPatched(() => {
        const {activeElement} = document;
        if (hadFocus && ref.el && (!activeElement || activeElement === document.body)) {
            const found = selectors.map((selector) => ref.el.querySelector(selector));
            found.find(Boolean)?.focus();
        }
    });
}
