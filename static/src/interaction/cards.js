import {markRaw, onMounted, reactive, toRaw, useEnv} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {Domain} from "@web/core/domain";
import {user} from "@web/core/user";
import {CardFocus} from "./card_focus";
import {InteractionModel} from "./interaction_model";
import {boardOfPage} from "./page_board";

/** More colleagues than these are searched for. */
export const COLLEAGUES = 8;
/** How often ages are told anew; in milliseconds. */
const MINUTE = 60 * 1000;

/** The cards of one board: their models, and what they have in common. */
export class Cards {
    constructor(orm) {
        this.orm = orm;
        this.models = new Map();
        this.focus = new CardFocus();
        /** CardUndo of the card whose state was changed last, or null */
        this.lastDone = null;
    }

    /** @returns {InteractionModel} of `card`, which is taken over */
    of(card, board, wanted) {
        const model = this.models.get(card.id);
        if (model) {
            model.show(card, board, wanted);
            return model;
        }
        const {orm} = this;
        const made = reactive(new InteractionModel({orm, card, board, wanted}));
        this.models.set(card.id, made);
        return made;
    }

    /** Somebody looks at the card of `model`, which is told of news. */
    attach(model, onWritten) {
        this.models.set(model.resId, model);
        model.attach(onWritten);
        this._wait();
    }

    detach(model) {
        model.detach();
        this.sweepSoon();
    }

    // Time

    /** One timer for all cards: for their ages, and for words that grow too old. */
    _wait() {
        browser.clearTimeout(this.timer);
        const ends = [...this.models.values()].map(({endsAt}) => endsAt);
        const left = Math.min(...ends) - luxon.DateTime.now().toMillis();
        if (this.models.size) {
            const delay = Math.min(Math.max(left, 0), MINUTE);
            this.timer = browser.setTimeout(() => this._onTime(), delay);
        }
    }

    _onTime() {
        for (const model of this.models.values()) {
            model.tick();
        }
        this._sweep();
        this._wait();
    }

    // What is not needed any more

    /** Once those who came in the place of a card are there. */
    sweepSoon() {
        browser.clearTimeout(this.sweeping);
        this.sweeping = browser.setTimeout(() => this._sweep());
    }

    /** X's words of cards that have gone are kept nowhere. */
    _sweep() {
        const last = this.lastDone && toRaw(this.lastDone.model);
        for (const [id, model] of this.models) {
            if (!model.isIdle) {
                continue;
            }
            if (toRaw(model) === last || model.hasUnanswered) {
                model.forgetWords();
            } else {
                this.models.delete(id);
            }
        }
    }

    // Colleagues

    /** @returns {Promise<{domain, people}>} who can look after an interaction */
    async colleagues() {
        this.found ||= await this._colleagues();
        return this.found;
    }

    async _colleagues() {
        const {user_id} = await this.orm.call(
            "twitter.interaction",
            "fields_get",
            [["user_id"]],
            {attributes: ["domain"]}
        );
        const companies = user.activeCompanies.map(({id}) => id);
        const domain = Domain.and([
            new Domain(user_id.domain),
            [["company_ids", "in", companies]],
        ]).toList(user.context);
        const people = await this.orm.searchRead("res.users", domain, ["name"], {
            limit: COLLEAGUES + 1,
            order: "name",
        });
        return {domain, people};
    }
}

const cardsByBoard = new WeakMap();

/**
 * What the cards of this view share: the board the view provides, or, on a form, the
 * page's own.
 *
 * @returns {{shared: {board: object|null, reload: Function}, cards: Cards}}
 */
export function useCards() {
    const env = useEnv();
    const shared = env.crmTwitterBoard || boardOfPage(env);
    const key = toRaw(shared);
    if (!cardsByBoard.has(key)) {
        cardsByBoard.set(key, markRaw(new Cards(env.services.orm)));
    }
    if (!env.crmTwitterBoard) {
        onMounted(() => shared.refresh());
    }
    return {shared, cards: cardsByBoard.get(key)};
}
