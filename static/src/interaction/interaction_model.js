import {toRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {PanelActing} from "../panel/panel_acting";
import {actingOf, boardParts, panelOf, postsOf} from "./card_panel";

/**
 * What the card of one interaction knows, and its calls to the server: acting on X as
 * from a panel, and what the CRM does with it.
 *
 * It outlives its component: a board makes its cards anew whenever it is read.
 */
export class InteractionModel extends PanelActing {
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
        this.shown = 0;
        // Nobody looks at it yet: see `attach`.
        this.isStopped = true;
        this.show(card, board, wanted);
    }

    // What is shown

    /** The post with what became of it here, or false where it may not be shown. */
    get post() {
        return this.panel.posts.items[0] || false;
    }

    /** Take over what the server says now; what was said before changes nothing. */
    show(card, board, wanted = 0) {
        const isNew = toRaw(card) !== this.given;
        const isOther = isNew || toRaw(board) !== this.board || wanted !== this.wanted;
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
            this.card = this.given;
            this._takeCard();
        } else {
            this._takeBoard();
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

    // What the CRM does; each returns null where it did not

    handle() {
        return this._deed("action_handle");
    }

    ignore() {
        return this._deed("action_ignore");
    }

    reopen() {
        return this._deed("action_reopen");
    }

    /** @param {number|false} userId a colleague, or nobody */
    assign(userId) {
        return this._deed("write", [{user_id: userId}]);
    }

    /** @returns {Promise<object|null>} the form's action */
    createLead() {
        return this._deed("action_create_lead");
    }

    /** @returns {Promise<object|null>} the form's action */
    createContact() {
        return this._deed("action_create_contact");
    }

    /** Have X tell the post again, which costs `card.load_price`. */
    async loadAgain() {
        if (this.busy.load) {
            return;
        }
        const answer = await this._askX("load", "twitter_load_again");
        if (answer?.card) {
            this.card = answer.card;
            this._takeCard();
        }
        if (this.post) {
            this.status = _t("The post is shown.");
        }
    }

    // Parts

    /** One at a time: a double click is one. */
    async _deed(method, args = []) {
        return this.busy.write ? null : this._ask("write", method, args);
    }

    _takeCard() {
        const before = this.panel;
        const panel = panelOf(this.card, this.board, this.wanted);
        const isOthers = this.chosen && this.chosen !== panel.acting;
        this.panel = isOthers ? this._asChosen(before, panel) : panel;
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
        if (!parts.accounts.some(({id}) => id === acting)) {
            this.chosen = 0;
            this.panel.acting = actingOf(parts.accounts, this.wanted);
        }
    }

    /** After another account was chosen: see `setActing`. */
    _show(panel) {
        this.chosen = panel.acting;
        this.panel = panel;
        this.quoted = {};
        this.problems = {};
        this._hearPending();
    }

    /** A card has no place of its own where one logs in: the problem leads there. */
    _showProblem(kind, problem) {
        this.status = "";
        this.problems = {[kind]: problem};
    }
}
