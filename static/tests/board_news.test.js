import {beforeEach, expect, test} from "@odoo/hoot";
import {queryFirst, queryOne} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    MockServer,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {
    ARCH,
    boardData,
    cards,
    defineBoardModels,
    feedData,
    gather,
    look,
    mockBus,
    mountBoard,
    say,
    stepReadings,
    tell,
    TwitterInteraction,
} from "./board_test_helpers";

defineBoardModels();
beforeEach(mockBus);

const NEWS = ".o_crm_twitter_news";
const ERROR = ".o_crm_twitter_banner .o_crm_twitter_error";

/** Open something over the page, which a reading would take away. */
function openPopover() {
    const popover = document.createElement("div");
    popover.className = "o_popover";
    document.body.append(popover);
    return popover;
}

test("several messages in a row are one reading", async () => {
    stepReadings();
    await mountBoard();
    expect.verifySteps(["cards as 0"]);
    say("Lamps?");
    tell();
    tell();
    await gather(400);
    tell();
    await gather(600);
    expect.verifySteps(["cards as 0"]);
    expect(cards()).toInclude("Lamps?");
    await gather(5000);
    expect.verifySteps([]);
});

test("of a company that is not active are none", async () => {
    stepReadings();
    await mountBoard();
    tell(77);
    await gather();
    expect.verifySteps(["cards as 0"]);
});

test("take nothing from a card: it stays, with the focus in it", async () => {
    await mountBoard();
    const card = queryFirst(".o_kanban_record");
    card.focus();
    say("Lamps?");
    tell();
    await gather();
    expect(cards()).toInclude("Lamps?");
    expect(queryFirst(".o_kanban_record")).toBe(card);
    expect(card).toBeFocused();
});

test("that come in above move nothing from under one's eyes", async () => {
    for (let id = 4; id < 20; id++) {
        const more = {id, text: `Post ${id}`, relation: "other", state: "new"};
        TwitterInteraction._records.push(more);
    }
    const arch = ARCH.replace("<kanban", `<kanban default_order="id desc"`);
    await mountBoard(boardData(), {arch});
    const page = queryOne(".o_content");
    Object.assign(page.style, {height: "300px", overflow: "auto"});
    page.style.overflowAnchor = "none";
    page.scrollTop = 200;
    const card = queryOne(".o_kanban_record:contains(Post 10)");
    const {top} = card.getBoundingClientRect();
    say("Lamps?");
    tell();
    await gather();
    expect(cards()).toInclude("Lamps?");
    expect(card.getBoundingClientRect().top).toBeWithin(top - 1, top + 1);
    expect(page.scrollTop).toBeGreaterThan(200);
});

test("leave the cards that were loaded further", async () => {
    for (let id = 4; id < 34; id++) {
        const more = {id, text: `Post ${id}`, relation: "other", state: "new"};
        TwitterInteraction._records.push(more);
    }
    await mountBoard();
    const others = ".o_kanban_group:last .o_kanban_record";
    expect(others).toHaveCount(20);
    await contains(".o_kanban_load_more button").click();
    await animationFrame();
    expect(others).toHaveCount(32);
    say("Lamps?");
    tell();
    await gather();
    expect(others).toHaveCount(33);
});

test("a page left open is read again by itself", async () => {
    stepReadings();
    await mountBoard();
    expect.verifySteps(["cards as 0"]);
    await gather(10 * 60 * 1000);
    expect.verifySteps(["cards as 0"]);
});

test("wait while somebody writes, and say how many have come", async () => {
    stepReadings();
    await mountBoard();
    await contains(".o_kanban_record input").edit("Dear", {confirm: false});
    expect.verifySteps(["cards as 0"]);
    say("Lamps?");
    say("Sofas?");
    // Another one was handled meanwhile: that takes nothing from what is new.
    MockServer.env["twitter.interaction"].write([2], {state: "handled"});
    tell();
    await gather();
    await gather(3000);
    expect.verifySteps([]);
    expect(NEWS).toHaveText("2 new");
    expect(".o_kanban_record input:first").toHaveValue("Dear");
    await contains(".o_kanban_record input").clear({confirm: false});
    queryFirst(".o_kanban_record input").blur();
    await gather();
    expect.verifySteps(["cards as 0"]);
    expect(NEWS).toHaveCount(0);
    expect(cards()).toInclude("Lamps?");
});

test("that are not among what is looked for are not counted", async () => {
    await mountBoard(boardData(), {domain: [["relation", "=", "potential"]]});
    openPopover();
    say("Lamps?");
    tell();
    await gather();
    expect(NEWS).toHaveCount(0);
    document.querySelector(".o_popover").remove();
});

test("are counted where the board could not be read at first", async () => {
    let isDown = true;
    await mountBoard(() => {
        if (isDown) {
            throw makeServerError({message: "Not now."});
        }
        return boardData({count: 40});
    });
    isDown = false;
    const popover = openPopover();
    say("Lamps?");
    tell();
    await gather();
    expect(NEWS).toHaveText("1 new");
    popover.remove();
});

test("wait for a dialog, too; a click shows them, and leads to the first", async () => {
    stepReadings();
    await mountBoard();
    const popover = openPopover();
    say("Lamps?");
    tell();
    await gather();
    expect.verifySteps(["cards as 0"]);
    expect(NEWS).toHaveText("1 new");
    await contains(NEWS).click();
    await animationFrame();
    expect.verifySteps(["cards as 0"]);
    expect(NEWS).toHaveCount(0);
    expect(".o_kanban_record:contains(Lamps?)").toBeFocused();
    popover.remove();
});

test("of what was done here are no second reading; what somebody else said is", async () => {
    stepReadings();
    await mountBoard();
    expect.verifySteps(["cards as 0"]);
    onRpc("twitter.feed", "read_now", () => {
        expect.step("read");
        say("Lamps?");
        return {feed: feedData(), read: 1, problem: false};
    });
    await contains(".o_crm_twitter_read_now").click();
    await animationFrame();
    expect.verifySteps(["read", "cards as 0"]);
    expect(cards()).toInclude("Lamps?");
    tell();
    await gather();
    expect.verifySteps([]);
    tell();
    await gather();
    expect.verifySteps(["cards as 0"]);
    await contains(".o_crm_twitter_read_now").click();
    await animationFrame();
    expect.verifySteps(["read", "cards as 0"]);
    say("Sofas?");
    tell();
    await animationFrame();
    await gather();
    expect.verifySteps(["cards as 0"]);
    expect(cards()).toInclude("Sofas?");
});

test("of what was done here, heard of before it was answered, are none, too", async () => {
    stepReadings();
    await mountBoard();
    onRpc("twitter.feed", "read_now", () => {
        tell();
        return {feed: feedData(), read: 0, problem: false};
    });
    await contains(".o_crm_twitter_read_now").click();
    await gather(4000);
    expect.verifySteps(["cards as 0", "cards as 0"]);
});

test("are asked about by many pages one after another", async () => {
    patchWithCleanup(Math, {random: () => 0.5});
    stepReadings();
    await mountBoard();
    tell();
    await gather(1900);
    expect.verifySteps(["cards as 0"]);
    await gather(200);
    expect.verifySteps(["cards as 0"]);
});

test("wait until somebody looks", async () => {
    stepReadings();
    await mountBoard();
    look(false);
    say("Lamps?");
    tell();
    await gather(30 * 1000);
    expect.verifySteps(["cards as 0"]);
    look(true);
    await gather();
    expect.verifySteps(["cards as 0"]);
    expect(cards()).toInclude("Lamps?");
});

test("a page nobody looks at is read again when somebody does", async () => {
    stepReadings();
    await mountBoard();
    look(false);
    await gather(25 * 60 * 1000);
    expect.verifySteps(["cards as 0"]);
    look(true);
    await gather();
    expect.verifySteps(["cards as 0"]);
});

test("that cannot be read are said to be so above the cards", async () => {
    await mountBoard();
    let isDown = true;
    onRpc("twitter.interaction", "web_read_group", () => {
        if (isDown) {
            throw makeServerError({message: "Not now."});
        }
    });
    say("Lamps?");
    tell();
    await gather();
    expect(ERROR).toHaveText(/Not now\./);
    expect(".o_dialog").toHaveCount(0);
    expect(cards()).toHaveLength(3);
    isDown = false;
    await contains(`${ERROR} button`).click();
    await animationFrame();
    expect(ERROR).toHaveCount(0);
    expect(cards()).toInclude("Lamps?");
    expect(".o_crm_twitter_read_now").toBeFocused();
});
