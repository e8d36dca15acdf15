import {describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {
    boardData,
    CARD,
    cardData,
    changeStates,
    deed,
    defineInteractionModels,
    HANDLED_AT,
    mountCard,
    TwitterInteraction,
} from "./interaction_test_helpers";

defineInteractionModels();

const UNDO = ".o_notification button:contains(Undo)";
const said = () => queryAllTexts(".o_notification_content");

/** Have the server say that a colleague was first. */
function colleagueWasFirst(state = "ignored") {
    onRpc("twitter.interaction", "change_state", ({args: [[id], wanted, seen]}) => {
        expect.step([id, seen, wanted]);
        return {
            changed: false,
            message: "Anna has ignored this meanwhile.",
            card: cardData({id, state, handled_at: HANDLED_AT, handled: "By Anna"}),
        };
    });
}

function fail() {
    onRpc("twitter.interaction", "change_state", () => {
        throw makeServerError({message: "The server is ill."});
    });
}

/** Three cards, which leave the board when they are not new any more. */
async function mountKanban() {
    TwitterInteraction._records = [1, 2, 3].map((id) => ({
        id,
        relation: "known",
        card: cardData({id}),
    }));
    onRpc("twitter.interaction", "board", () => boardData());
    await mountView({
        type: "kanban",
        resModel: "twitter.interaction",
        arch: `<kanban default_group_by="relation">
            <templates><t t-name="card">
                <field name="card" widget="crm_twitter_interaction"/>
            </t></templates>
        </kanban>`,
        groupBy: ["relation"],
        domain: [["relation", "=", "known"]],
    });
    await animationFrame();
}

function keepStates() {
    changeStates(function (id, state) {
        const relation = state === "new" ? "known" : "other";
        this.env["twitter.interaction"].write([id], {relation});
    });
}

const record = (id) => `.o_kanban_record:has([data-interaction="${id}"])`;

async function readAgain() {
    await animationFrame();
    await advanceTime(600);
    await animationFrame();
}

describe("what a colleague did meanwhile", () => {
    test("stays, and is said and shown", async () => {
        colleagueWasFirst();
        await mountCard(cardData(), {onChanged: () => expect.step("changed")});
        await contains(deed("handle")).click();
        const seen = {state: "new", handled_at: ""};
        expect.verifySteps([[1, seen, "handled"], "changed"]);
        expect(said()).toEqual(["Anna has ignored this meanwhile."]);
        expect(UNDO).toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_handled`).toHaveText("By Anna");
        expect(deed("reopen")).toHaveCount(1);
    });

    test("is not undone", async () => {
        changeStates();
        await mountCard();
        await contains(deed("handle")).click();
        expect.verifySteps([[1, "new", "handled"]]);
        colleagueWasFirst();
        await contains(UNDO).click();
        const seen = {state: "handled", handled_at: HANDLED_AT};
        expect.verifySteps([[1, seen, "new"]]);
        expect(said()).toEqual(["Anna has ignored this meanwhile."]);
    });

    test("ends the undoing, once the card is read", async () => {
        changeStates();
        const {model, cards, props} = await mountCard();
        await contains(deed("handle")).click();
        const mine = {state: "handled", handled_at: HANDLED_AT};
        model.show(cardData(mine), props.board);
        await animationFrame();
        expect(UNDO).toHaveCount(1);
        const theirs = {...mine, handled_at: "2019-03-11T09:31:00+00:00"};
        model.show(cardData(theirs), props.board);
        await animationFrame();
        expect(UNDO).toHaveCount(0);
        expect(cards.lastDone).toBe(null);
        expect.verifySteps([[1, "new", "handled"]]);
    });
});

describe("undoing", () => {
    test("gives back what was before, and says so", async () => {
        changeStates();
        const before = {state: "ignored", handled_at: HANDLED_AT, handled: "By me"};
        await mountCard(cardData(before));
        await contains(deed("reopen")).click();
        expect(said()).toEqual(["The post of @jacquesdunagan is open again."]);
        await contains(UNDO).click();
        expect.verifySteps([
            [1, "ignored", "new"],
            [1, "new", "ignored"],
        ]);
        expect(said()).toEqual(["The post of @jacquesdunagan is ignored."]);
    });

    test("ends with its notification", async () => {
        changeStates();
        const {cards, deeds} = await mountCard();
        await contains(deed("handle")).click();
        await contains(".o_notification_close").click();
        expect(cards.lastDone).toBe(null);
        expect.verifySteps([[1, "new", "handled"]]);
        deeds.model.show(cardData(), boardData());
        await deeds.undo();
        expect.verifySteps([]);
    });

    test("what failed after the card has left is said, and can be tried again", async () => {
        keepStates();
        await mountKanban();
        await contains(`${record(2)} [data-deed=handle]`).click();
        await readAgain();
        expect(record(2)).toHaveCount(0);
        expect.verifySteps([[2, "new", "handled"]]);
        fail();
        await contains(UNDO).click();
        await animationFrame();
        expect(".o_notification:has(.bg-danger)").toHaveText(/The server is ill\./);
        await advanceTime(60 * 1000);
        expect(UNDO).toHaveCount(1);
        keepStates();
        await contains(UNDO).click();
        await readAgain();
        expect.verifySteps([[2, "handled", "new"]]);
        expect(record(2)).toHaveCount(1);
        expect(UNDO).toHaveCount(0);
    });

    test("by keyboard leaves the focus on the card that is back", async () => {
        keepStates();
        await mountKanban();
        await contains(record(2)).focus();
        await press("h");
        await readAgain();
        queryOne(UNDO).focus();
        expect(UNDO).toBeFocused();
        await press("Enter");
        await readAgain();
        expect.verifySteps([
            [2, "new", "handled"],
            [2, "handled", "new"],
        ]);
        expect(record(2)).toBeFocused();
    });
});

test("assigning that fails after the card has left is said", async () => {
    onRpc("twitter.interaction", "write", () => {
        throw makeServerError({message: "The server is ill."});
    });
    const {deeds, model} = await mountCard();
    model.detach();
    await deeds.assign(3);
    await animationFrame();
    expect(".o_notification:has(.bg-danger)").toHaveText(/The server is ill\./);
    model.attach();
});

test("where the pressed button goes, the card has the focus", async () => {
    changeStates();
    await mountCard();
    const host = document.querySelector(CARD);
    host.tabIndex = 0;
    await contains(deed("handle")).focus();
    await press("Enter");
    await animationFrame();
    expect(deed("handle")).toHaveCount(0);
    expect(CARD).toBeFocused();
    expect.verifySteps([[1, "new", "handled"]]);
});
