import {markRaw, reactive, toRaw, useEnv} from "@odoo/owl";
import {Domain} from "@web/core/domain";
import {user} from "@web/core/user";
import {CardFocus} from "./card_focus";
import {InteractionModel} from "./interaction_model";

/** More colleagues than these are searched for. */
export const COLLEAGUES = 8;

/** The cards of one board: their models, and what they have in common. */
export class Cards {
    constructor(orm) {
        this.orm = orm;
        this.models = new Map();
        this.focus = new CardFocus();
        /** the model of the card whose state was changed last, to undo that; or null */
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
const boardByPage = new WeakMap();

function boardOfPage(env) {
    const {services} = env;
    if (!boardByPage.has(services)) {
        const shared = reactive({
            board: null,
            async reload() {
                shared.board = await services.orm.call("twitter.interaction", "board");
            },
        });
        boardByPage.set(services, shared);
        shared.reload();
    }
    return boardByPage.get(services);
}

/**
 * What the cards of this view share: the board the view provides, or, on a form, the
 * page's own, which is read once.
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
    return {shared, cards: cardsByBoard.get(key)};
}
