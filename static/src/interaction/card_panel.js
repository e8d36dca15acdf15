/** What a card shares with all the cards of a board. */
const PARTS = ["keys", "connection", "permissions", "privacy_url", "site_url"];
/** Where the board is not known: what is on the card itself still holds. */
const NO_BOARD = {
    accounts: [],
    keys: {configured: true, can_configure: false},
    connection: {state: "none", handle: "", name: "", scopes: []},
    permissions: [],
    privacy_url: "",
    site_url: "",
    prices: {},
};

/** @returns {object} what the panel calls its posts: the one of a card, maybe none */
export function postsOf(post) {
    return {items: post ? [post] : [], next_token: "", reposts: false, read_at: ""};
}

/**
 * As whom the user may act on a card, as the server orders it: the company first. The
 * card's own account is always there: what it says of itself is newer than the board.
 */
export function accountsOf(card, board) {
    const {accounts} = board || NO_BOARD;
    const isTheirs = ({is_brand, handle}) => is_brand && handle === card.brand;
    const known = [
        ...accounts.filter(isTheirs),
        ...accounts.filter(({is_brand}) => !is_brand),
    ];
    const {acting} = card;
    const isMissing = acting && !known.some(({id}) => id === acting.id);
    return isMissing ? [acting, ...known] : known;
}

/** @returns {object} the parts of a card's panel that come from BOARD, maybe null */
export function boardParts(card, board) {
    const source = board || NO_BOARD;
    return {
        ...Object.fromEntries(PARTS.map((part) => [part, source[part]])),
        accounts: accountsOf(card, board),
        prices: source.prices,
    };
}

/**
 * What `twitter_panel` of a card would answer, without asking the server.
 *
 * @param {object} card the server's CARD
 * @param {object|null} board the server's BOARD
 * @returns {object} PANEL
 */
export function panelOf(card, board) {
    return {
        ...boardParts(card, board),
        acting: card.acting ? card.acting.id : 0,
        record: {
            model: "twitter.interaction",
            id: card.id,
            handle: card.author.handle,
            can_write: card.can.write,
        },
        profile: false,
        posts: postsOf(card.post),
        search: false,
        actions: {},
        relation: false,
        reached_out: [],
        pending: card.pending,
    };
}
