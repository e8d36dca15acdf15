import {_t} from "@web/core/l10n/translation";

const {DateTime} = luxon;

/** @returns {number} when the words of a card are old, in ms; Infinity where never */
export function endOf({post, shown_until}) {
    return post && shown_until ? DateTime.fromISO(shown_until).toMillis() : Infinity;
}

/** A card without X's words: what may be shown of it in any case. */
export function withoutWords(card) {
    const {author} = card;
    return {
        ...card,
        post: false,
        shown_until: "",
        author: {...author, name: author.handle, avatar_url: "", verified_type: ""},
    };
}

/** At most: X may be asked for the author's name and picture as well. */
function mostOf({load = 0, profile = 0} = {}) {
    return load && load + profile;
}

/**
 * A card as it may be shown now: X's words go a day after X told them last, also where
 * the page is left open. https://docs.x.com/developer-terms/policy
 *
 * @param {object} card the server's CARD
 * @param {object|null} board the server's BOARD
 * @returns {object} CARD, itself where nothing changes
 */
export function asOfNow(card, board) {
    if (endOf(card) > DateTime.now().toMillis()) {
        return card;
    }
    return {
        ...withoutWords(card),
        note: _t(
            "X has not confirmed this post within 24 hours, so what it says is not shown."
        ),
        can_load: Boolean(board?.keys.configured),
        load_price: mostOf(board?.prices),
    };
}
