import {after, describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    mockService,
    mountView,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import {settled} from "./composer_test_helpers";
import {engagementData, updateData} from "./crm_twitter_test_helpers";
import {
    answer,
    answerActing,
    boardData,
    CARD,
    cardData,
    changeStates,
    deed,
    defineInteractionModels,
    mountCard,
    TwitterInteraction,
} from "./interaction_test_helpers";

defineInteractionModels();

const KANBAN = /* xml */ `
    <kanban default_group_by="relation" records_draggable="0">
        <templates>
            <t t-name="card">
                <field name="card" widget="crm_twitter_interaction"/>
            </t>
        </templates>
    </kanban>`;
const record = (id) => `.o_kanban_record:has([data-interaction="${id}"])`;

/** Three cards in one column, of a server that keeps what is done to them. */
async function mountKanban(makeCard = (id) => cardData({id})) {
    TwitterInteraction._records = [1, 2, 3].map((id) => ({
        id,
        relation: "known",
        card: makeCard(id),
    }));
    onRpc("twitter.interaction", "board", () => boardData());
    await mountView({
        type: "kanban",
        resModel: "twitter.interaction",
        arch: KANBAN,
        groupBy: ["relation"],
        domain: [["relation", "=", "known"]],
    });
    await animationFrame();
}

/** Whoever is handled leaves, whoever is open again comes back. */
function keepStates() {
    changeStates(function (id, state) {
        const relation = state === "new" ? "known" : "other";
        this.env["twitter.interaction"].write([id], {relation});
    });
}

/** Until the cards are read again, and the focus is where it belongs. */
async function readAgain() {
    await animationFrame();
    await advanceTime(600);
    await animationFrame();
}

async function focus(selector) {
    await contains(selector, {visible: false}).focus();
}

describe("on a card", () => {
    test("what is handled leaves, and the next card has the focus", async () => {
        keepStates();
        await mountKanban();
        await focus(record(2));
        await press("h");
        await readAgain();
        expect.verifySteps([[2, "new", "handled"]]);
        expect(record(3)).toBeFocused();
        await press("u");
        await readAgain();
        expect.verifySteps([[2, "handled", "new"]]);
        expect(record(3)).toBeFocused();
    });

    test("a card that stays keeps the focus", async () => {
        answer({write: true});
        await mountKanban();
        await focus(record(2));
        await press("a");
        await readAgain();
        expect.verifySteps([["write", [2], {user_id: serverState.userId}, {}]]);
        expect(record(2)).toBeFocused();
        await focus(`${record(2)} [data-deed=add]`);
        await press("a");
        await readAgain();
        expect.verifySteps([["write", [2], {user_id: serverState.userId}, {}]]);
        expect(`${record(2)} [data-deed=add]`).toBeFocused();
    });

    test("a button in a card is pressed by Enter and Space, as anywhere", async () => {
        keepStates();
        await mountKanban();
        await focus(`${record(1)} [data-deed=handle]`);
        await press("Enter");
        await readAgain();
        expect.verifySteps([[1, "new", "handled"]]);
        // Space is the browser's own business: unless somebody prevents it.
        const space = new KeyboardEvent("keydown", {
            key: " ",
            bubbles: true,
            cancelable: true,
        });
        queryOne(`${record(2)} [data-deed=handle]`).dispatchEvent(space);
        expect(space.defaultPrevented).toBe(false);
    });

    test("a key does nothing where no card has the focus", async () => {
        keepStates();
        await mountKanban();
        document.activeElement.blur();
        await press("h");
        await contains(".o_searchview_input").focus();
        await press("h");
        await press("a");
        expect.verifySteps([]);
    });

    test("no key with another one held, and none that repeats itself", async () => {
        keepStates();
        await mountKanban();
        await focus(record(1));
        await press(["control", "h"]);
        await press(["alt", "h"]);
        await press(["shift", "h"]);
        expect.verifySteps([]);
    });
});

test("the keys of a choice within a card are its own", async () => {
    await mountKanban();
    const choice = document.createElement("select");
    queryOne(`${record(2)} .o_crm_twitter_interaction`).append(choice);
    choice.focus();
    const keep = ({key}) => expect.step(key);
    window.addEventListener("keydown", keep);
    after(() => window.removeEventListener("keydown", keep));
    await press("ArrowDown");
    await press("h");
    expect(choice).toBeFocused();
    expect.verifySteps([]);
    // What is no letter of a choice is nobody's to hold back.
    await press("Escape");
    expect.verifySteps(["Escape"]);
});

describe("what each key does", () => {
    const mountFocused = async (card = cardData(), props = {}) => {
        await mountCard(card, {isAlone: true, ...props});
        await focus(CARD);
    };

    test("r writes a reply, and what is typed there is no key", async () => {
        onRpc("twitter.interaction", "twitter_check_text", () => ({
            length: 1,
            limit: 280,
            valid: true,
            has_link: false,
            price: 0.015,
            warnings: [],
        }));
        changeStates();
        await mountFocused();
        await press("r");
        await settled();
        expect(".o_crm_twitter_composer .modal-title").toHaveText(/Reply/);
        await press("h");
        await settled();
        expect(".o_crm_twitter_words").toHaveValue("h");
        expect.verifySteps([]);
    });

    for (const [key, kind, question] of [
        ["t", "repost", /Repost this as @acme\?.*\$0\.015/],
        ["l", "like", /Like this as @acme\?/],
    ]) {
        test(`${key} asks, as everybody sees it, and then does it`, async () => {
            answerActing(
                "twitter_act",
                updateData({engagement: engagementData({kind})})
            );
            await mountFocused();
            await press(key);
            await animationFrame();
            expect(".o_dialog .modal-body").toHaveText(question);
            expect.verifySteps([]);
            await contains(".o_dialog .btn-primary").click();
            await animationFrame();
            expect.verifySteps([["twitter_act", 1, kind, "501", 12]]);
        });
    }

    test("i ignores", async () => {
        changeStates();
        await mountFocused();
        await press("i");
        expect.verifySteps([[1, "new", "ignored"]]);
    });

    test("u reopens what is handled; h and i do nothing there", async () => {
        changeStates();
        await mountFocused(cardData({state: "handled", handled: "Handled by Anna"}));
        await press("h");
        await press("i");
        expect.verifySteps([]);
        await press("u");
        expect.verifySteps([[1, "handled", "new"]]);
    });

    test("u with nothing to undo does nothing", async () => {
        changeStates();
        await mountFocused();
        await press("u");
        expect.verifySteps([]);
    });

    test("c begins a lead, where one may", async () => {
        const form = {type: "ir.actions.act_window"};
        answer({action_create_lead: form});
        mockService("action", {doAction: (action) => expect.step(action)});
        await mountFocused(cardData({relation: "other"}));
        await press("c");
        await animationFrame();
        expect.verifySteps([["action_create_lead", [1], {}], form]);
    });

    test("s schedules an activity on it, in Odoo's own window", async () => {
        mockService("action", {
            doAction: ({res_model, context}) =>
                expect.step([res_model, context.active_model, context.active_ids]),
        });
        await mountFocused();
        await press("s");
        await animationFrame();
        expect.verifySteps([["mail.activity.schedule", "twitter.interaction", [1]]]);
    });

    test("n begins a contact", async () => {
        const form = {type: "ir.actions.act_window"};
        answer({action_create_contact: form});
        mockService("action", {doAction: (action) => expect.step(action)});
        await mountFocused();
        await press("n");
        await animationFrame();
        expect.verifySteps([["action_create_contact", [1], {}], form]);
    });

    test("who may not make a lead is told so", async () => {
        answer({action_create_lead: true});
        mockService("notification", {add: (message) => expect.step(message)});
        await mountFocused(cardData({can: {write: true, create_lead: false}}));
        await press("c");
        expect.verifySteps([
            "You need another right for this. An administrator can give it to you.",
        ]);
    });

    test("nothing is written by who may not", async () => {
        changeStates();
        answer({action_create_lead: true, write: true});
        await mountFocused(cardData({can: {write: false, create_lead: false}}));
        await press("h");
        await press("a");
        await press("c");
        expect.verifySteps([]);
    });

    test("? lists them, and so does the button", async () => {
        await mountFocused();
        await press("?");
        await animationFrame();
        expect(queryAllTexts(".o_crm_twitter_keys kbd")).toEqual([
            "r",
            "t",
            "l",
            "h",
            "i",
            "u",
            "a",
            "s",
            "c",
            "n",
            "e",
            "?",
        ]);
        await press("Escape");
        await readAgain();
        expect(".o_crm_twitter_keys").toHaveCount(0);
        await contains(deed("keys")).click();
        expect(".o_crm_twitter_keys").toHaveCount(1);
        expect(deed("createLead")).toHaveAttribute("aria-keyshortcuts", "c");
    });
});

test("on a form the card reads the board once for the page", async () => {
    TwitterInteraction._records = [{id: 1, relation: "known", card: cardData()}];
    answer({board: () => boardData()});
    await mountView({
        type: "form",
        resModel: "twitter.interaction",
        resId: 1,
        arch: `<form>
            <field name="card" widget="crm_twitter_interaction"/>
            <field name="card" widget="crm_twitter_interaction"/>
        </form>`,
    });
    await animationFrame();
    expect.verifySteps([["board", {}]]);
    expect(CARD).toHaveCount(2);
    expect(`${CARD}:first .o_crm_twitter_card_relation`).toHaveText(
        "Leads and Contacts"
    );
    expect(`${CARD}:first .o_crm_twitter_acting_chooser select`).toHaveValue("12");
});
