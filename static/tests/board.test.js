import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryFirst, queryOne} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {ORM} from "@web/core/orm_service";
import {BoardCards} from "@crm_twitter/board/board_cards";
import {accountData} from "./crm_twitter_test_helpers";
import {
    ARCH,
    boardData,
    BRAND,
    defineBoardModels,
    mockBus,
    mountBoard,
    stepReadings,
    TwitterInteraction,
} from "./board_test_helpers";

defineBoardModels();
beforeEach(mockBus);

const OWN = accountData({id: 11, handle: "marcdemo"});
const CHOOSER = ".o_crm_twitter_acting_chooser select";

describe("reading", () => {
    test("cards are read for the account one acts as, and for another one chosen", async () => {
        stepReadings();
        await mountBoard(boardData({accounts: [BRAND, OWN]}));
        expect.verifySteps(["cards as 0"]);
        expect(CHOOSER).toHaveValue("21");
        await contains(CHOOSER).select("11");
        await animationFrame();
        expect.verifySteps(["cards as 11"]);
        expect(CHOOSER).toHaveValue("11");
    });

    test("one acts as another account once the cards are those of it", async () => {
        await mountBoard(boardData({accounts: [BRAND, OWN]}));
        const slow = new Deferred();
        onRpc("twitter.interaction", "web_read_group", async ({parent}) => {
            await slow;
            return parent();
        });
        queryOne(CHOOSER).focus();
        await contains(CHOOSER).select("11");
        await animationFrame();
        expect(CHOOSER).toHaveValue("21");
        expect(CHOOSER).toHaveAttribute("aria-disabled", "true");
        expect(CHOOSER).toBeFocused();
        await contains(CHOOSER).select("11");
        slow.resolve();
        await animationFrame();
        await animationFrame();
        expect(CHOOSER).toHaveValue("11");
        expect(CHOOSER).not.toHaveAttribute("aria-disabled");
        expect(CHOOSER).toBeFocused();
    });

    test("who cannot act as another account goes on as before, and is told", async () => {
        stepReadings();
        await mountBoard(boardData({accounts: [BRAND, OWN]}));
        let isDown = true;
        onRpc("twitter.interaction", "web_read_group", () => {
            if (isDown) {
                throw makeServerError({message: "Not now."});
            }
        });
        await contains(CHOOSER).select("11");
        await animationFrame();
        expect(".o_crm_twitter_banner .o_crm_twitter_error").toHaveText(/Not now\./);
        expect(CHOOSER).toHaveValue("21");
        isDown = false;
        await contains(".o_crm_twitter_banner .o_crm_twitter_error button").click();
        await animationFrame();
        expect.verifySteps(["cards as 0", "cards as 0"]);
        expect(".o_crm_twitter_banner .o_crm_twitter_error").toHaveCount(0);
    });

    test("X's content is not kept on the disk", async () => {
        patchWithCleanup(ORM.prototype, {
            cache({callback} = {}) {
                if (callback) {
                    // By a model, rather than for what a view looks like.
                    expect.step("kept");
                }
                return super.cache(...arguments);
            },
        });
        const config = {cache: true};
        await mountBoard(boardData(), {config});
        expect.verifySteps([]);
        patchWithCleanup(BoardCards, {withCache: true});
        await mountBoard(boardData(), {config});
        expect.verifySteps(["kept"]);
    });
});

describe("cards", () => {
    test("are not dragged where the CRM says in which column they are", async () => {
        await mountBoard();
        expect(".o_kanban_record.o_draggable").toHaveCount(0);
    });

    test("are dragged from state to state", async () => {
        onRpc("twitter.interaction", "web_save", ({args}) => expect.step(args));
        TwitterInteraction._records.at(-1).state = "handled";
        await mountBoard(boardData(), {groupBy: ["state"]});
        expect(".o_kanban_record.o_draggable").toHaveCount(3);
        await contains(".o_kanban_group:first .o_kanban_record").dragAndDrop(
            ".o_kanban_group:last"
        );
        await animationFrame();
        expect.verifySteps([[[1], {state: "handled"}]]);
    });

    test("are dragged into an empty column, and say what they are then", async () => {
        const arch = ARCH.replace(
            `<field name="text"/>`,
            `<field name="text"/><b class="said"><field name="state"/></b>`
        );
        onRpc("twitter.interaction", "web_read_group", async ({parent}) => {
            const answer = await parent();
            answer.groups.push({
                state: "handled",
                __extra_domain: [["state", "=", "handled"]],
                __count: 0,
                __records: [],
            });
            answer.length = answer.groups.length;
            return answer;
        });
        await mountBoard(boardData(), {groupBy: ["state"], arch});
        expect(".o_kanban_group:last .o_kanban_record").toHaveCount(0);
        await contains(".o_kanban_group:first .o_kanban_record").dragAndDrop(
            ".o_kanban_group:last"
        );
        await animationFrame();
        expect(".o_kanban_group:last .o_kanban_record .said").toHaveText("Handled");
        expect(".o_kanban_group:first .o_kanban_record").toHaveCount(2);
    });

    test("arrows go from card to card, and Enter opens one", async () => {
        await mountBoard(boardData(), {
            selectRecord: (id) => expect.step(`open ${id}`),
        });
        queryFirst(".o_kanban_record").focus();
        await press("ArrowRight");
        await animationFrame();
        expect(".o_kanban_group:last .o_kanban_record:first").toBeFocused();
        await press("ArrowDown");
        await animationFrame();
        expect(".o_kanban_group:last .o_kanban_record:last").toBeFocused();
        await press("Enter");
        await animationFrame();
        expect.verifySteps(["open 3"]);
    });
});
