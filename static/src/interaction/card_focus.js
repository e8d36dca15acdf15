import {onMounted, onPatched, onWillPatch, onWillUnmount, useEffect} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";

const CARD = ".o_crm_twitter_interaction";
/** How long a card that comes back is waited for; in milliseconds. */
const COMES_WITHIN = 500;

/** @returns {HTMLElement} what has the focus when a card has it: the kanban's record */
export function hostOf(card) {
    return card.closest(".o_kanban_record") || card;
}

function idOf(card) {
    return Number(card.dataset.interaction);
}

function cardOf(id) {
    return document.querySelector(`${CARD}[data-interaction="${id}"]`);
}

/** What a button does, and to which post: those that are quoted have their own. */
function nameOf(element) {
    const {deed, kind} = element.dataset;
    const post = element.closest("article[data-post]")?.dataset.post;
    return deed || (kind && `${kind} ${post}`) || "";
}

/**
 * Where the focus was among the cards of a board: when the board is read, its cards are
 * made anew, and some have left.
 */
export class CardFocus {
    constructor() {
        /** ids: of the card that had it, of those after it, and of those before it */
        this.trail = [];
        /** name of the button in that card, or "" */
        this.control = "";
        this.isLost = false;
    }

    /** Whether the focus is nowhere among cards: in a notification, say. */
    get isOutside() {
        return !document.activeElement?.closest(`.o_kanban_record, ${CARD}`);
    }

    /** `target`, within `card`, has the focus now. */
    note(card, target) {
        const column = card.closest(".o_kanban_group, .o_kanban_renderer") || card;
        const ids = [...column.querySelectorAll(CARD)].map(idOf);
        const place = ids.indexOf(idOf(card));
        const before = ids.slice(0, Math.max(place, 0)).reverse();
        const board = card.closest(".o_kanban_renderer") || column;
        const elsewhere = [...board.querySelectorAll(CARD)].map(idOf);
        const trail = [idOf(card), ...ids.slice(place + 1), ...before, ...elsewhere];
        this.trail = [...new Set(trail)];
        this.control = nameOf(target);
    }

    /** `card` goes, maybe to come back. */
    leave(card) {
        if (hostOf(card).contains(document.activeElement)) {
            this.isLost = true;
            browser.setTimeout(() => this.restore());
        }
    }

    /**
     * Something that was in front of the cards is closed.
     *
     * @param {number} [id] of a card that was brought back by it
     */
    comeBack(id = 0) {
        if (id) {
            this.trail = [...new Set([id, ...this.trail])];
            this.control = "";
        }
        this.isLost = true;
        const isComing = id && !cardOf(id);
        browser.setTimeout(() => this.restore(), isComing ? COMES_WITHIN : 0);
    }

    /** Where the focus is nowhere: to the card that had it, or to the next one. */
    restore() {
        const {activeElement} = document;
        if (activeElement && activeElement !== document.body) {
            this.isLost = false;
        }
        if (!this.isLost) {
            return;
        }
        for (const id of this.trail) {
            const card = cardOf(id);
            if (card) {
                this.isLost = false;
                this._focus(card, id === this.trail[0]);
                return;
            }
        }
    }

    _focus(card, isSame) {
        const controls = [...card.querySelectorAll("[data-deed], [data-kind]")];
        const control =
            isSame &&
            this.control &&
            controls.find((el) => nameOf(el) === this.control);
        (control || hostOf(card)).focus();
    }
}

/**
 * @param {object} root ref of a card
 * @param {CardFocus} focus
 */
export function useCardFocus(root, focus) {
    useEffect(
        (el) => {
            const host = hostOf(el);
            const note = ({target}) => focus.note(el, target);
            host.addEventListener("focusin", note);
            return () => host.removeEventListener("focusin", note);
        },
        () => [root.el]
    );
    onMounted(() => focus.restore());
    onWillUnmount(() => focus.leave(root.el));
}

/**
 * Where a button that was pressed goes, its card keeps the focus.
 *
 * @param {object} root ref of a part of a card
 */
export function useKeptFocus(root) {
    let isInside = false;
    onWillPatch(() => {
        isInside = root.el.contains(document.activeElement);
    });
    onPatched(() => {
        if (isInside && document.activeElement === document.body) {
            hostOf(root.el.closest(CARD)).focus();
        }
    });
}
