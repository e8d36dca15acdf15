import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {animationFrame, expect} from "@odoo/hoot";
import {
    defineModels,
    fields,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {InteractionCard} from "@crm_twitter/interaction/interaction_card";
import {
    accountData,
    actionablePostData,
    ownKwargs,
    panelData,
    text,
    UUID,
} from "./crm_twitter_test_helpers";

export const OWN = accountData();
export const BRAND = accountData({
    id: 12,
    handle: "acme",
    name: "ACME",
    is_brand: true,
});
export const OTHER_BRAND = accountData({
    id: 13,
    handle: "globex",
    name: "Globex",
    is_brand: true,
});

export const HANDLED_AT = "2019-03-11T09:30:00+00:00";

const RELATIONS = [
    ["potential", "Potential Contacts"],
    ["customer", "Customers"],
    ["known", "Leads and Contacts"],
    ["other", "Others"],
];

export class TwitterInteraction extends models.Model {
    _name = "twitter.interaction";

    relation = fields.Selection({selection: RELATIONS});
    card = fields.Json();

    _records = [1, 2, 3].map((id) => ({id, relation: "known", card: false}));
}

export function defineInteractionModels() {
    defineMailModels();
    defineModels([TwitterInteraction]);
}

/** What `board` answers: the company's account, and the user's own. */
export function boardData(values = {}) {
    const {keys, connection, permissions, privacy_url, site_url, prices} = panelData();
    return {
        keys,
        connection,
        permissions,
        privacy_url,
        site_url,
        accounts: [BRAND, OWN],
        acting: BRAND.id,
        feeds: [],
        prices: {...prices, load: 0.005},
        count: 1,
        can: {start: true, settings: false, create_lead: true, create_contact: true},
        ...values,
    };
}

/** The server's CARD: a mention by somebody who is known by one lead. */
export function cardData({can = {}, author = {}, ...values} = {}) {
    return {
        id: 1,
        kind: "mention",
        kind_label: "Mention",
        state: "new",
        handled: "",
        company: "",
        brand: "acme",
        relation: "known",
        relation_label: "Leads and Contacts",
        user: false,
        author: {
            id: 4,
            twitter_id: "1001",
            profile_id: 7,
            handle: "jacquesdunagan",
            name: "Jacques Dunagan",
            avatar_url: "",
            verified_type: "",
            url: "https://x.com/jacquesdunagan",
            ...author,
        },
        records: [{model: "crm.lead", id: 1, name: "Office chairs", kind: "lead"}],
        hidden_records: false,
        leads: [],
        post: actionablePostData({segments: [text("Is @acme any good?")]}),
        posted_at: "2019-03-11T08:30:00+00:00",
        url: "https://x.com/jacquesdunagan/status/501",
        note: "",
        can_load: false,
        load_price: 0,
        answers: false,
        acting: BRAND,
        handled_at: "",
        shown_until: "2019-03-12T08:30:00+00:00",
        touches: [],
        pending: [],
        can: {
            write: true,
            create_lead: true,
            create_contact: true,
            associate: true,
            ...can,
        },
        ...values,
    };
}

/** A card of which the words may not be shown. */
export function wordlessData(values = {}) {
    return cardData({
        post: false,
        shown_until: "",
        note: "X has not confirmed this post within 24 hours.",
        can_load: true,
        load_price: 0.005,
        author: {name: "jacquesdunagan"},
        ...values,
    });
}

/** Mount one card outside of any view. */
export async function mountCard(card = cardData(), props = {}) {
    const component = await mountWithCleanup(InteractionCard, {
        props: {card, board: boardData(), onChanged: () => true, ...props},
    });
    await animationFrame();
    return component;
}

export const CARD = ".o_crm_twitter_interaction";
export const deed = (name) => `${CARD} [data-deed=${name}]`;
export const onPost = (kind) => `${CARD} article [data-kind=${kind}]`;

/** Note what is asked of the interaction, and say what `answers` have for a method. */
export function answer(answers) {
    for (const [method, said] of Object.entries(answers)) {
        onRpc("twitter.interaction", method, (call) => {
            expect.step([method, ...call.args, ownKwargs(call)]);
            return typeof said === "function" ? said(call) : said;
        });
    }
}

/**
 * Have the server change states as it is asked to, and note from which to which.
 *
 * @param {Function} [change] called with the id and the new state
 */
export function changeStates(change = () => true) {
    onRpc("twitter.interaction", "change_state", function ({args, kwargs}) {
        const [[id], state, seen] = args;
        expect.step([id, seen.state, state]);
        change.call(this, id, state, kwargs);
        const handled_at = state === "new" ? "" : HANDLED_AT;
        const card = cardData({id, state, handled_at, handled: `It is ${state}`});
        return {changed: true, message: "", card};
    });
}

/** The same of acting on X, whose requests have ids of their own. */
export function answerActing(method, said) {
    onRpc("twitter.interaction", method, (call) => {
        const [[id], uid, kind] = call.args;
        expect(uid).toMatch(UUID);
        const {account_id, post_id} = call.kwargs;
        expect.step([method, id, kind, post_id, account_id]);
        return typeof said === "function" ? said(call) : said;
    });
}
