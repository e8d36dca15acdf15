import {toRaw} from "@odoo/owl";
import {PanelActing} from "../panel/panel_acting";
import {boardParts, panelOf, postsOf} from "./card_panel";
import {asOfNow, endOf, withoutWords} from "./shown_until";

const {DateTime} = luxon;
/** What was said of something that was done is news for as long; in milliseconds. */
const NEWS_FOR = 60 * 1000;

/** What the card of one interaction shows, for how long, and as whom it is read. */
export class CardShowing extends PanelActing {
    /**
     * @param {object} params
     * @param {object} params.orm
     * @param {object} params.card the server's CARD
     * @param {object|null} params.board the server's BOARD, where it is known
     * @param {number} params.wanted the account that CARD was made for, 0 for the default
     */
    constructor({orm, card, board = null, wanted = 0}) {
        super({orm, resModel: "twitter.interaction", resId: card.id});
        /** an account chosen on this very card, to which all routes belong; or 0 */
        this.chosen = 0;
        /** the account that is chosen for all cards, which may be read only later; or 0 */
        this.above = 0;
        /** whether another one is being chosen for all cards */
        this.isChoosing = false;
        this.shown = 0;
        /** grows by one whenever ages are to be told anew */
        this.minutes = 0;
        /** when the server answered last, in milliseconds */
        this.saidAt = 0;
        // Nobody looks at it yet: see `attach`.
        this.isStopped = true;
        this.show(card, board, wanted);
    }

    // What is shown

    /** The post with what became of it here, or false where it may not be shown. */
    get post() {
        return this.panel.posts.items[0] || false;
    }

    /** Until when its words may be shown, in milliseconds; Infinity without any. */
    get endsAt() {
        return endOf(this.card);
    }

    /** What the user's card says of its state: see `change_state` on the server. */
    get seen() {
        const {state, handled_at} = this.card;
        return {state, handled_at};
    }

    /** Take over what the server says now; what was said before changes nothing. */
    show(card, board, wanted = 0) {
        // Through a reactive model, even its own objects are others.
        const isNew = toRaw(card) !== toRaw(this.given);
        const isOtherBoard = toRaw(board) !== toRaw(this.board);
        const isOther = isNew || isOtherBoard || wanted !== this.wanted;
        if (!isOther) {
            return;
        }
        this.given = toRaw(card);
        this.board = toRaw(board);
        if (wanted !== this.wanted) {
            // Chosen for all cards since: that counts.
            this.chosen = 0;
        }
        this.wanted = wanted;
        if (isNew) {
            this._forgetOldNews();
            this._takeCard(this.given);
        } else {
            this._takeBoard();
        }
    }

    /** Time goes by: ages change, and words grow too old to be shown. */
    tick() {
        this.minutes++;
        if (this.endsAt <= DateTime.now().toMillis()) {
            this.quoted = {};
            this._takeCard(this.card);
        }
    }

    /** Somebody looks at the card. @param {Function} onWritten told of news */
    attach(onWritten) {
        this.onWritten = onWritten;
        this.shown++;
        this.isStopped = false;
        this._hearPending();
    }

    detach() {
        this.shown--;
        if (!this.shown) {
            this.stop();
        }
    }

    /** Whether nobody looks at it, and nothing is asked of the server. */
    get isIdle() {
        const isBusy = Object.values(this.busy).some(Boolean);
        const isActing = Object.keys(this.underWay).length;
        return !this.shown && !isBusy && !isActing;
    }

    /** Whether a click had no answer yet: the next one must be the same request. */
    get hasUnanswered() {
        return Object.keys(this.unanswered).length > 0;
    }

    /** Nobody looks at it any more: nothing that X said stays here. */
    forgetWords() {
        this.given = null;
        this.quoted = {};
        this._forgetNews();
        this.card = withoutWords(this.card);
        this.panel = panelOf(this.card, this.board);
    }

    // Parts

    async _call() {
        try {
            return await super._call(...arguments);
        } finally {
            this.saidAt = DateTime.now().toMillis();
        }
    }

    _forgetOldNews() {
        if (DateTime.now().toMillis() - this.saidAt > NEWS_FOR) {
            this._forgetNews();
        }
    }

    _forgetNews() {
        this.notice = false;
        this.error = "";
        this.problems = {};
        this.status = "";
    }

    _takeCard(card) {
        this.card = asOfNow(card, this.board);
        const before = this.panel;
        const panel = panelOf(this.card, this.board);
        const isOthers = this.chosen && this.chosen !== panel.acting;
        this.panel = isOthers ? this._asChosen(before, panel) : panel;
        this.onTaken?.(this.seen);
        this._hearPending();
    }

    /** The routes of a fresh card are for its own account: they are not taken over. */
    _asChosen(before, {posts, pending}) {
        const [post] = posts.items;
        const [known] = before.posts.items;
        if (!post || !known) {
            return {...before, posts, pending};
        }
        const {actions, mine} = known;
        return {...before, posts: postsOf({...post, actions, mine}), pending};
    }

    _takeBoard() {
        const parts = boardParts(this.card, this.board);
        const {acting} = this.panel;
        Object.assign(this.panel, parts);
        if (acting && !parts.accounts.some(({id}) => id === acting)) {
            this.chosen = 0;
            this._takeCard(this.card);
        }
    }
}
