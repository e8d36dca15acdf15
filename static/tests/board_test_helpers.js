import {animationFrame, expect, queryAllTexts} from "@odoo/hoot";
import {advanceTime} from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    MockServer,
    mockService,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {
    accountData,
    defineTwitterModels,
    PERMISSIONS,
} from "./crm_twitter_test_helpers";

export class TwitterInteraction extends models.Model {
    _name = "twitter.interaction";

    text = fields.Char();
    relation = fields.Selection({
        selection: [
            ["potential", "Potential Contacts"],
            ["customer", "Customers"],
            ["other", "Others"],
        ],
        readonly: true,
    });
    state = fields.Selection({
        selection: [
            ["new", "New"],
            ["handled", "Handled"],
        ],
    });

    _records = [
        {id: 1, text: "Hello", relation: "potential", state: "new"},
        {id: 2, text: "Chairs?", relation: "other", state: "new"},
        {id: 3, text: "Desks?", relation: "other", state: "new"},
    ];
}

export function defineBoardModels() {
    defineTwitterModels();
    defineModels([TwitterInteraction]);
}

/** How the reading of one company's mentions stands: read some minutes ago. */
export function feedData(values = {}) {
    return {
        id: 5,
        account_id: 21,
        company_id: 1,
        company: "My Company",
        handle: "ourcompany",
        state: "reading",
        is_started: true,
        last_read_at: "2019-03-11T09:27:00+00:00",
        next_read_at: "2019-03-11T09:35:00+00:00",
        problem: false,
        first_price: 1.5,
        unverified: 0,
        ...values,
    };
}

export const BRAND = accountData({id: 21, handle: "ourcompany", is_brand: true});

/** What `board` of twitter.interaction answers. */
export function boardData({can = {}, ...values} = {}) {
    return {
        accounts: [BRAND],
        acting: 21,
        keys: {configured: true, can_configure: false},
        connection: {state: "none", handle: "", name: "", scopes: []},
        permissions: PERMISSIONS,
        privacy_url: "",
        site_url: "https://x.com",
        feeds: [feedData()],
        prices: {load: 0.005},
        count: 3,
        can: {
            start: true,
            settings: false,
            create_lead: true,
            create_contact: true,
            ...can,
        },
        ...values,
    };
}

export const ARCH = `
    <kanban js_class="crm_twitter_board" limit="20" create="0" quick_create="0">
        <templates>
            <t t-name="card">
                <field name="text"/>
                <input class="words" aria-label="words"/>
            </t>
        </templates>
    </kanban>`;

/** Mount the board, for which the server has `board`, or what it returns. */
export async function mountBoard(board = boardData(), props = {}) {
    onRpc(
        "twitter.interaction",
        "board",
        typeof board === "function" ? board : () => board
    );
    onRpc("twitter.interaction", "search_read", ({kwargs, model}) => {
        // Odoo's mock server searches in no order.
        const ids = MockServer.env[model].search(kwargs.domain);
        expect([kwargs.order, kwargs.limit]).toEqual(["id desc", 1]);
        return ids.length ? [{id: Math.max(...ids)}] : [];
    });
    const view = await mountView({
        type: "kanban",
        resModel: "twitter.interaction",
        arch: ARCH,
        groupBy: ["relation"],
        ...props,
    });
    await animationFrame();
    return view;
}

/** Note each reading of the cards, by the account it is for. */
export const stepReadings = () =>
    onRpc("twitter.interaction", "web_read_group", ({kwargs}) => {
        expect.step(`cards as ${kwargs.context.twitter_account_id}`);
    });

export const cards = () => queryAllTexts(".o_kanban_record:not(.o_kanban_ghost)");

/** Somebody says something to the company; nobody is told of it yet. */
export const say = (text) =>
    MockServer.env["twitter.interaction"].create({
        text,
        relation: "other",
        state: "new",
    });

/** Whether somebody looks at the page, from now on. */
export function look(isLooking) {
    patchWithCleanup(document, {
        get hidden() {
            return !isLooking;
        },
    });
    document.dispatchEvent(new Event("visibilitychange"));
}

const listeners = new Set();

/**
 * Have the bus tell what the tests say, and nobody wait longer than others to ask about
 * it; to be called before something is mounted.
 */
export function mockBus() {
    listeners.clear();
    patchWithCleanup(Math, {random: () => 0});
    mockService("bus_service", {
        subscribe(type, listener) {
            if (type === "crm_twitter/interactions") {
                listeners.add(listener);
            } else {
                super.subscribe(type, listener);
            }
        },
        unsubscribe(type, listener) {
            listeners.delete(listener);
            super.unsubscribe(type, listener);
        },
    });
}

/** The server says that something has changed on a company's board. */
export function tell(companyId = 1) {
    for (const listener of listeners) {
        listener({company_id: companyId});
    }
}

/** Until what was told is acted on. */
export async function gather(milliseconds = 1000) {
    await advanceTime(milliseconds);
    await animationFrame();
    await animationFrame();
}
