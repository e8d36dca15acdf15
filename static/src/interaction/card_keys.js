import {useEffect} from "@odoo/owl";
import {getActiveHotkey} from "@web/core/hotkeys/hotkey_service";
import {hostOf} from "./card_focus";
import {KEYS} from "./keys";

const OWN_KEYS = ["Enter", " "];
const WRITTEN_IN = "input, textarea, select, [contenteditable=true]";

function deedOf(ev) {
    const pressed = ev.key === "?" ? "?" : getActiveHotkey(ev);
    return KEYS.find(({key}) => key === pressed)?.deed;
}

/** Whether the board would take a key away that is meant for a field of the card. */
function isWritten(ev) {
    const isPlain = !(ev.ctrlKey || ev.altKey || ev.metaKey);
    return isPlain && !["Escape", "Tab"].includes(ev.key);
}

/** Whether a menu of the card is open, which has its own keys. */
function hasMenu(host) {
    return Boolean(host.querySelector("[aria-expanded=true]"));
}

/**
 * Single keys on the card that has the focus, or has it within; nowhere else, so that
 * words typed elsewhere do nothing.
 *
 * @param {object} root ref of the card
 * @param {Function} onDeed called with the deed of the key that was pressed
 */
export function useCardKeys(root, onDeed) {
    const onKeydown = (ev, host) => {
        if (ev.target.closest(WRITTEN_IN)) {
            if (isWritten(ev)) {
                ev.stopPropagation();
            }
            return;
        }
        if (ev.defaultPrevented) {
            return;
        }
        if (OWN_KEYS.includes(ev.key)) {
            if (ev.target !== host) {
                // Else the kanban's own keys keep the button from being pressed.
                ev.stopPropagation();
            }
            return;
        }
        const deed = !ev.repeat && !hasMenu(host) && deedOf(ev);
        if (deed) {
            ev.preventDefault();
            ev.stopPropagation();
            onDeed(deed);
        }
    };
    useEffect(
        (el) => {
            const host = hostOf(el);
            const listen = (ev) => onKeydown(ev, host);
            host.addEventListener("keydown", listen);
            return () => host.removeEventListener("keydown", listen);
        },
        () => [root.el]
    );
}
