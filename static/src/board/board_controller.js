import {onMounted, onWillStart, onWillUnmount, useState, useSubEnv} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {useSetupAction} from "@web/search/action_hook";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {BoardBanner} from "./board_banner";
import {BoardData} from "./board_data";
import {isEngaged} from "./board_engaged";
import {useNews} from "./board_news";

/** How often it is looked whether who was in the middle of something is done. */
const LOOKED_EVERY = 1000;
/** What X has not confirmed within a day leaves a page as well that is left open. */
const OLD_AFTER = 10 * 60 * 1000;

/** The board: columns of cards, and above them what they come from. */
export class BoardController extends KanbanController {
    static template = "crm_twitter.BoardView";
    static components = {...KanbanController.components, BoardBanner};

    setup() {
        super.setup();
        // Not the component's own `orm`: reading goes on when the board is left.
        const {orm} = this.env.services;
        this.data = useState(new BoardData({orm, reload: () => this.readAgain()}));
        this.data.chosen = this.props.state?.twitterAccountId || 0;
        this.model.accountId = this.data.chosen;
        this.isGone = false;
        useSetupAction({getLocalState: () => ({twitterAccountId: this.data.chosen})});
        // For the cards: `board`, and `reload`.
        useSubEnv({crmTwitterBoard: this.data});
        useNews(() => this.onNews());
        onWillStart(async () => {
            await this.data.load();
            this.data.noteShown();
        });
        onMounted(() => {
            this.growingOld = browser.setInterval(() => this.onNews(), OLD_AFTER);
        });
        onWillUnmount(() => {
            this.isGone = true;
            browser.clearTimeout(this.waiting);
            browser.clearInterval(this.growingOld);
        });
    }

    /** Read the cards again, and how the board stands, wherever one is on the page. */
    async readAgain() {
        if (!this.isGone) {
            await Promise.all([this.data.load(), this.readCards()]);
            this.data.noteShown();
        }
    }

    /** The same cards as before and what is new: see the renderer's keys. */
    async readCards() {
        await this.model.readAgain();
        if (!this.isGone) {
            this.render(true);
        }
    }

    /** Something has changed on the server: at once, or when nothing is open any more. */
    async onNews() {
        await this.data.load();
        await this.readWhenFree();
    }

    async readWhenFree() {
        browser.clearTimeout(this.waiting);
        if (this.isGone) {
            return;
        }
        if (isEngaged(this.rootRef.el)) {
            this.data.isHeld = true;
            this.waiting = browser.setTimeout(() => this.readWhenFree(), LOOKED_EVERY);
            return;
        }
        await this.readCards();
        this.data.noteShown();
    }

    /** Act as another account from now on: what may be done is its own. */
    async setActing(accountId) {
        this.data.chosen = accountId;
        this.model.accountId = accountId;
        await this.readCards();
    }
}
