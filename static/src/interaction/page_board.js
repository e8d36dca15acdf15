import {markRaw, reactive} from "@odoo/owl";
import {sentenceOf} from "../panel/server_error";

const {DateTime} = luxon;
/** In milliseconds; what is older is read again where a card is opened. */
const FRESH_FOR = 60 * 1000;

/** BOARD for the cards that are on no board: read where one is opened. */
class PageBoard {
    constructor(orm) {
        this.orm = markRaw(orm);
        /** BOARD, or null as long as the server has not answered */
        this.board = null;
        /** why it is not known, for the user */
        this.error = "";
        this.readAt = 0;
        this.asked = 0;
        this.reading = false;
    }

    /** Read it unless that was done just now, or is being done. */
    async refresh() {
        const age = DateTime.now().toMillis() - this.readAt;
        if (!this.reading && age > FRESH_FOR) {
            await this.reload();
        }
    }

    async reload() {
        const asked = ++this.asked;
        this.reading = true;
        try {
            const board = await this.orm.call("twitter.interaction", "board");
            this._take(asked, {board, error: "", readAt: DateTime.now().toMillis()});
        } catch (error) {
            this._take(asked, {board: null, error: sentenceOf(error), readAt: 0});
        }
    }

    /** A late answer is about what is not so any more. */
    _take(asked, said) {
        if (asked === this.asked) {
            Object.assign(this, said, {reading: false});
        }
    }
}

const boardByPage = new WeakMap();

/** @returns {PageBoard} the one of the page */
export function boardOfPage({services}) {
    if (!boardByPage.has(services)) {
        boardByPage.set(services, reactive(new PageBoard(services.orm)));
    }
    return boardByPage.get(services);
}
