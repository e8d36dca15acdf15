import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryAllAttributes} from "@odoo/hoot-dom";
import {animationFrame, advanceTime} from "@odoo/hoot-mock";
import {contains, mountView, onRpc} from "@web/../tests/web_test_helpers";
import {mockBus} from "./board_test_helpers";
import {settled} from "./composer_test_helpers";
import {
    actionablePostData,
    panelData,
    postsData,
    updateData,
} from "./crm_twitter_test_helpers";
import {
    answerActing,
    boardData,
    BRAND,
    CARD,
    cardData,
    changeStates,
    defineInteractionModels,
    OWN,
    TwitterInteraction,
} from "./interaction_test_helpers";

defineInteractionModels();
beforeEach(mockBus);

const BOARD = /* xml */ `
    <kanban js_class="crm_twitter_board" limit="20" create="0" quick_create="0">
        <templates>
            <t t-name="card">
                <field name="card" widget="crm_twitter_interaction"/>
            </t>
        </templates>
    </kanban>`;
const record = (id) => `.o_kanban_record:has([data-interaction="${id}"])`;
const shown = () => queryAllAttributes(CARD, "data-interaction");

/** The server makes cards for the account that they are asked for. */
function actingAs(acting, answer) {
    const isCard = (value) => value && typeof value === "object" && "acting" in value;
    return JSON.parse(JSON.stringify(answer), (_key, value) =>
        isCard(value) ? {...value, acting} : value
    );
}

async function mountBoard(domain = [["relation", "=", "known"]]) {
    TwitterInteraction._records = [1, 2, 3].map((id) => ({
        id,
        relation: "known",
        card: cardData({id}),
    }));
    for (const method of ["web_read_group", "web_search_read"]) {
        onRpc("twitter.interaction", method, ({parent, kwargs}) => {
            const isOwn = kwargs.context.twitter_account_id === OWN.id;
            return actingAs(isOwn ? OWN : BRAND, parent());
        });
    }
    onRpc("twitter.interaction", "board", () => boardData());
    await mountView({
        type: "kanban",
        resModel: "twitter.interaction",
        arch: BOARD,
        groupBy: ["relation"],
        domain,
    });
    await animationFrame();
    onRpc("twitter.interaction", "board", () => {
        expect.step("board");
        return boardData();
    });
}

async function readAgain() {
    await animationFrame();
    await advanceTime(50);
    await animationFrame();
}

describe("on the board", () => {
    test("all cards share what the board has read", async () => {
        await mountBoard();
        expect(shown()).toEqual(["1", "2", "3"]);
        expect(`${CARD} .o_crm_twitter_acting_chooser`).toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_card_relation`).toHaveCount(0);
        expect(`${CARD}[tabindex]`).toHaveCount(0);
    });

    test("who is handled leaves with the board's own reading", async () => {
        changeStates(function (id) {
            this.env["twitter.interaction"].write([id], {relation: "other"});
        });
        await mountBoard();
        await contains(record(2)).focus();
        await press("h");
        await readAgain();
        expect.verifySteps([[2, "new", "handled"], "board"]);
        expect(shown()).toEqual(["1", "3"]);
        expect(record(3)).toBeFocused();
    });

    test("the account chosen above is the cards' account", async () => {
        answerActing("twitter_act", updateData());
        await mountBoard();
        await contains(".o_crm_twitter_acting_chooser select").select("11");
        await animationFrame();
        await contains(`${record(2)} [data-kind=like]`).click();
        expect.verifySteps([["twitter_act", 2, "like", "501", 11]]);
    });

    test("a click on a button does not open the record, on the rest it does", async () => {
        changeStates();
        await mountBoard();
        document.addEventListener(
            "click",
            ({target}) => expect.step(`bubbled from ${target.className}`),
            {once: true}
        );
        await contains(`${record(1)} [data-deed=handle]`).click();
        expect.verifySteps([[1, "new", "handled"], "board"]);
        await contains(`${record(1)} .o_crm_twitter_kind`).click();
        expect.verifySteps(["bubbled from o_crm_twitter_kind"]);
    });

    test("whom one chose to write as stays chosen for that card, when all are read again", async () => {
        changeStates();
        onRpc("twitter.interaction", "twitter_check_text", () => ({
            length: 0,
            limit: 280,
            valid: true,
            has_link: false,
            price: 0.015,
            warnings: [],
        }));
        onRpc("twitter.interaction", "twitter_panel", () =>
            panelData({
                record: {model: "twitter.interaction", id: 2},
                accounts: [BRAND, OWN],
                acting: 11,
                posts: postsData([actionablePostData()]),
            })
        );
        await mountBoard();
        onRpc("twitter.interaction", "board", () => boardData());
        await contains(`${record(2)} [data-kind=reply]`).click();
        await settled();
        await contains(".o_crm_twitter_as[data-account='11'] input").click();
        await settled();
        const writing = ".o_crm_twitter_composer .o_crm_twitter_as:has(input:checked)";
        expect(writing).toHaveText(/@marcdemo/);
        await press("Escape");
        await readAgain();
        const chooser = `${record(2)} .o_crm_twitter_acting_chooser select`;
        expect(chooser).toHaveValue("11");
        await contains(`${record(1)} [data-deed=handle]`).click();
        await readAgain();
        expect.verifySteps([[1, "new", "handled"]]);
        expect(shown()).toEqual(["1", "2", "3"]);
        expect(chooser).toHaveValue("11");
        expect(`${record(1)} .o_crm_twitter_acting_chooser`).toHaveCount(0);
    });
});
