import {markRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {sentenceOf} from "../panel/server_error";

function sentenceOfRead(count) {
    if (!count) {
        return _t("Nothing new on X.");
    }
    return count === 1
        ? _t("1 post was read from X.")
        : _t("%(count)s posts were read from X.", {count});
}

/**
 * What is above the board's cards: as whom one acts, and how the reading of each company's
 * mentions stands. See `twitter.interaction` `board` on the server.
 */
export class BoardData {
    /**
     * @param {object} params
     * @param {object} params.orm
     * @param {Function} params.reload reads the board and its cards again, which cards
     *     may ask for as well
     */
    constructor({orm, reload}) {
        this.orm = markRaw(orm);
        this.reload = reload;
        this.asked = 0;
        /** BOARD, or null before the server has answered */
        this.board = null;
        /** id of the account chosen to act as, 0 for the server's */
        this.chosen = 0;
        /** by company: is X being asked, and what it refused */
        this.busy = {};
        this.problems = {};
        this.error = "";
        /** what has just happened, for who listens rather than looks */
        this.status = "";
        /** new interactions when the cards were read last */
        this.shownCount = 0;
        /** whether cards wait for something that is open on the board */
        this.isHeld = false;
    }

    get acting() {
        const {accounts, acting} = this.board;
        return accounts.some(({id}) => id === this.chosen) ? this.chosen : acting;
    }

    /** How many have come since, and are not shown yet. */
    get unshown() {
        return this.isHeld ? Math.max(0, this.board.count - this.shownCount) : 0;
    }

    /** Ask how the board stands; cards are not read by this. */
    async load() {
        this.asked++;
        const {asked} = this;
        try {
            const board = await this.orm.call("twitter.interaction", "board");
            if (asked === this.asked) {
                this.board = board;
                this.error = "";
            }
        } catch (error) {
            this.error = sentenceOf(error);
        }
    }

    /** The cards that are shown are all there are. */
    noteShown() {
        this.shownCount = this.board?.count || 0;
        this.isHeld = false;
    }

    /** Read the newest 100 posts to a company, which X is paid for: on a click alone. */
    startReading(companyId) {
        return this._read(companyId, "start_reading");
    }

    readNow(companyId) {
        return this._read(companyId, "read_now");
    }

    async _read(companyId, method) {
        if (this.busy[companyId]) {
            return;
        }
        this.busy[companyId] = true;
        this.problems[companyId] = false;
        this.error = "";
        this.status = "";
        try {
            const answer = await this.orm.call("twitter.feed", method, [companyId]);
            this._showFeed(answer.feed);
            this.problems[companyId] = answer.problem;
            this.status = answer.problem ? "" : sentenceOfRead(answer.read);
            await this.reload();
        } catch (error) {
            this.error = sentenceOf(error);
        } finally {
            this.busy[companyId] = false;
        }
    }

    _showFeed(feed) {
        this.board.feeds = this.board.feeds.map((one) =>
            one.company_id === feed.company_id ? feed : one
        );
    }
}
