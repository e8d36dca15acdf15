import {onPatched, onWillStart, onWillUnmount, useState, useSubEnv} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {useSetupAction} from "@web/search/action_hook";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {useRereading} from "./board_age";
import {BoardBanner} from "./board_banner";
import {BoardData} from "./board_data";
import {isEngaged} from "./board_engaged";
import {useNews} from "./board_news";

/** How often it is looked whether who was in the middle of something is done. */
const LOOKED_EVERY = 1000;

/** The board: columns of cards, and above them what they come from. */
export class BoardController extends KanbanController {
    static template = "crm_twitter.BoardView";
    static components = {...KanbanController.components, BoardBanner};

    setup() {
        super.setup();
        // Not the component's own `orm`: reading goes on when the board is left.
        const {orm} = this.env.services;
        this.data = useState(new BoardData({orm, reload: () => this.readWritten()}));
        this.data.chosen = this.props.state?.twitterAccountId || 0;
        this.model.accountId = this.data.chosen;
        this.isGone = false;
        this.reading = null;
        /** highest id before new cards were asked for, the first of which gets the focus */
        this.newSince = null;
        useSetupAction({getLocalState: () => ({twitterAccountId: this.data.chosen})});
        // For the cards: `board`, and `reload`.
        useSubEnv({crmTwitterBoard: this.data});
        this.news = useNews({
            tell: () => this.onNews(),
            tellOwn: () => this.onOwnNews(),
        });
        useRereading(() => this.onNews());
        onWillStart(async () => {
            const {data} = this;
            const [newestId] = await Promise.all([data.findNewest(), data.load()]);
            data.noteShown(newestId);
        });
        onPatched(() => this.focusNew());
        onWillUnmount(() => {
            this.isGone = true;
            browser.clearTimeout(this.waiting);
        });
    }

    /** Read the cards again, and how the board stands, wherever one is on the page. */
    async readAgain() {
        if (!this.isGone) {
            await Promise.all([this.data.load(), this.readCards()]);
        }
    }

    /** The same, after something was written from here. */
    readWritten() {
        this.news.noteOwn();
        this.reading = this.readAgain();
        return this.reading;
    }

    /**
     * The same cards as before and what is new: see the renderer's keys.
     *
     * @returns {Promise<boolean>} whether they were read; else it is said why not
     */
    async readCards() {
        const {data, model} = this;
        const [isRead, newestId] = await Promise.all([
            data.attempt("cards", () => model.readAgain()),
            data.findNewest(),
        ]);
        if (isRead) {
            data.noteShown(newestId);
        }
        if (isRead && !this.isGone) {
            this.render(true);
        }
        return isRead;
    }

    /** Something has changed on the server: at once, or when nothing is open any more. */
    async onNews() {
        const {data, model} = this;
        await data.load();
        if (!this.isGone && isEngaged(this.rootRef.el)) {
            data.unshown = await data.countNew(model.config.domain);
        }
        await this.readWhenFree();
    }

    /** What was written from here is read already; only somebody else's post is not. */
    async onOwnNews() {
        await this.reading;
        if (await this.data.countNew(this.model.config.domain)) {
            this.news.note();
        }
    }

    async readWhenFree() {
        browser.clearTimeout(this.waiting);
        if (this.isGone) {
            return;
        }
        if (isEngaged(this.rootRef.el)) {
            this.waiting = browser.setTimeout(() => this.readWhenFree(), LOOKED_EVERY);
            return;
        }
        await this.readCards();
    }

    /** Show what has come while something was open, and go there. */
    async showNew() {
        const {newestId} = this.data;
        await this.readAgain();
        if (!this.isGone) {
            this.newSince = newestId;
            this.render();
        }
    }

    focusNew() {
        const since = this.newSince;
        if (since === null) {
            return;
        }
        this.newSince = null;
        const news = this.model.records.filter(({resId}) => resId > since);
        const selectors = news.map(({id}) => `.o_kanban_record[data-id="${id}"]`);
        const card = selectors
            .map((selector) => this.rootRef.el.querySelector(selector))
            .find(Boolean);
        (card || this.rootRef.el.querySelector(".o_kanban_record[data-id]"))?.focus();
    }

    /** Act as another account, once the cards say what may be done as it. */
    async setActing(accountId) {
        const {data, model} = this;
        if (data.isChoosing) {
            return;
        }
        data.isChoosing = true;
        model.accountId = accountId;
        try {
            if (await this.readCards()) {
                data.chosen = accountId;
            }
        } finally {
            model.accountId = data.chosen;
            data.isChoosing = false;
        }
    }
}
