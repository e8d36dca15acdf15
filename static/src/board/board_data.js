import {markRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {sentenceOf} from "../panel/server_error";

const INTERACTION = "twitter.interaction";

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
     *     may ask for as well, when they have changed something
     */
    constructor({orm, reload}) {
        this.orm = markRaw(orm);
        this.reload = reload;
        this.asked = 0;
        /** BOARD, or null before the server has answered */
        this.board = null;
        /** id of the account the cards are read for, 0 for the server's */
        this.chosen = 0;
        /** whether they are being read for another one */
        this.isChoosing = false;
        /** by company: is X being asked, and what it refused */
        this.busy = {};
        this.problems = {};
        /** why something could not be done, by what that is: see `attempt` */
        this.errors = {};
        /** what has just happened, for who listens rather than looks */
        this.status = "";
        /** highest id when the cards were read last, or null where it is not known */
        this.newestId = null;
        /** how many have come since, and wait for something that is open */
        this.unshown = 0;
    }

    get acting() {
        const {accounts, acting} = this.board;
        return accounts.some(({id}) => id === this.chosen) ? this.chosen : acting;
    }

    get error() {
        return Object.values(this.errors).find(Boolean) || "";
    }

    /**
     * @param {string} name of what is done
     * @param {Function} deed
     * @returns {Promise<boolean>} whether it went well; else it is said above the cards
     */
    async attempt(name, deed) {
        try {
            await deed();
            this.errors[name] = "";
            return true;
        } catch (error) {
            this.errors[name] = sentenceOf(error);
            return false;
        }
    }

    /** Ask how the board stands; cards are not read by this. */
    load() {
        this.asked++;
        const {asked} = this;
        return this.attempt("board", async () => {
            const board = await this.orm.call(INTERACTION, "board");
            if (asked === this.asked) {
                this.board = board;
            }
        });
    }

    /** @returns {Promise<number|null>} the highest id there is, 0 where there is none */
    async findNewest() {
        let newestId = null;
        await this.attempt("newest", async () => {
            const [newest] = await this.orm.searchRead(INTERACTION, [], ["id"], {
                limit: 1,
                order: "id desc",
            });
            newestId = newest?.id || 0;
        });
        return newestId;
    }

    /** The cards that are shown are all there are. */
    noteShown(newestId) {
        this.newestId = newestId;
        this.unshown = 0;
    }

    /**
     * @param {Array} domain of the cards
     * @returns {Promise<number>} how many have come since the cards were read
     */
    async countNew(domain) {
        let count = 0;
        if (this.newestId !== null) {
            const isNew = [
                ["id", ">", this.newestId],
                ["state", "=", "new"],
            ];
            await this.attempt("newest", async () => {
                count = await this.orm.searchCount(INTERACTION, [...isNew, ...domain]);
            });
        }
        return count;
    }

    /** Read the newest 100 posts to a company, which X is paid for: on a click alone. */
    startReading(companyId) {
        return this._read(companyId, "start_reading");
    }

    readNow(companyId) {
        return this._read(companyId, "read_now");
    }

    /** Somebody says that there is credit again: the next call goes out to X. */
    tryNow() {
        return this.orm.call("twitter.limit", "try_now");
    }

    async _read(companyId, method) {
        if (this.busy[companyId]) {
            return;
        }
        this.busy[companyId] = true;
        this.problems[companyId] = false;
        this.status = "";
        try {
            await this.attempt("feed", async () => {
                const answer = await this.orm.call("twitter.feed", method, [companyId]);
                this._showFeed(answer.feed);
                this.problems[companyId] = answer.problem;
                this.status = answer.problem ? "" : sentenceOfRead(answer.read);
                await this.reload();
            });
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
