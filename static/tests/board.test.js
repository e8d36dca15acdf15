import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryFirst, queryOne} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, getService, MockServer, onRpc} from "@web/../tests/web_test_helpers";
import {accountData} from "./crm_twitter_test_helpers";
import {
    ARCH,
    boardData,
    BRAND,
    defineBoardModels,
    feedData,
    gather,
    mockBus,
    mountBoard,
    tell,
    TwitterInteraction,
} from "./board_test_helpers";

defineBoardModels();
beforeEach(mockBus);

/** Note each reading of the cards, by the account it is for. */
const stepReadings = () =>
    onRpc("twitter.interaction", "web_read_group", ({kwargs}) => {
        expect.step(`cards as ${kwargs.context.twitter_account_id}`);
    });
const cards = () => queryAllTexts(".o_kanban_record:not(.o_kanban_ghost)");
const say = (text) =>
    MockServer.env["twitter.interaction"].create({
        text,
        relation: "other",
        state: "new",
    });

describe("reading", () => {
    test("cards are read for the account one acts as, and for another one chosen", async () => {
        stepReadings();
        const accounts = [BRAND, accountData({id: 11, handle: "marcdemo"})];
        await mountBoard(boardData({accounts}));
        expect.verifySteps(["cards as 0"]);
        expect(".o_crm_twitter_acting_chooser select").toHaveValue("21");
        await contains(".o_crm_twitter_acting_chooser select").select("11");
        await animationFrame();
        expect.verifySteps(["cards as 11"]);
        expect(".o_crm_twitter_acting_chooser select").toHaveValue("11");
    });

    test("X's content is not kept on the disk", async () => {
        const view = await mountBoard();
        expect(view.model?.withCache || false).toBe(false);
    });
});

describe("news", () => {
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

    test("wait while somebody writes, and say how many there are", async () => {
        stepReadings();
        let count = 3;
        await mountBoard(() => boardData({count}));
        await contains(".o_kanban_record input").edit("Dear", {confirm: false});
        expect.verifySteps(["cards as 0"]);
        say("Lamps?");
        count = 5;
        tell();
        await gather();
        await gather(3000);
        expect.verifySteps([]);
        expect(".o_crm_twitter_news").toHaveText("2 new");
        expect(".o_kanban_record input:first").toHaveValue("Dear");
        await contains(".o_kanban_record input").clear({confirm: false});
        queryFirst(".o_kanban_record input").blur();
        await gather();
        expect.verifySteps(["cards as 0"]);
        expect(".o_crm_twitter_news").toHaveCount(0);
        expect(cards()).toInclude("Lamps?");
    });

    test("wait for a dialog, too; a click shows them all the same", async () => {
        stepReadings();
        let count = 3;
        await mountBoard(() => boardData({count}));
        const popover = document.createElement("div");
        popover.className = "o_popover";
        document.body.append(popover);
        count = 4;
        tell();
        await gather();
        expect.verifySteps(["cards as 0"]);
        expect(".o_crm_twitter_news").toHaveText("1 new");
        await contains(".o_crm_twitter_news").click();
        await animationFrame();
        expect.verifySteps(["cards as 0"]);
        expect(".o_crm_twitter_news").toHaveCount(0);
        popover.remove();
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

describe("what it comes from", () => {
    const withFeed = (feed, values = {}) =>
        boardData({feeds: [feedData(feed)], ...values});

    test("no account: an administrator is led to the settings, others to him", async () => {
        let settings = false;
        const unconnected = () =>
            withFeed({state: "none", handle: ""}, {can: {settings}});
        await mountBoard(unconnected);
        expect(".o_crm_twitter_feed").toHaveText(/Ask your administrator/);
        expect(".o_crm_twitter_settings").toHaveCount(0);
        settings = true;
        tell();
        await gather();
        expect(".o_crm_twitter_settings").toHaveText("Connect it in the settings");
    });

    test("the first reading names its price, and is one however often one clicks", async () => {
        stepReadings();
        let feed = {state: "unstarted", last_read_at: ""};
        await mountBoard(() => withFeed(feed));
        expect.verifySteps(["cards as 0"]);
        expect(".o_crm_twitter_start").toHaveText("Read the newest 100: at most $1.50");
        onRpc("twitter.feed", "start_reading", ({args}) => {
            expect.step(["start_reading", ...args]);
            feed = {};
            return {feed: feedData(), read: 12, problem: false};
        });
        queryOne(".o_crm_twitter_start").click();
        queryOne(".o_crm_twitter_start").click();
        await animationFrame();
        await animationFrame();
        expect.verifySteps([["start_reading", 1], "cards as 0"]);
        expect(".o_crm_twitter_banner .o_crm_twitter_status").toHaveText(
            "12 posts were read from X."
        );
        expect(".o_crm_twitter_start").toHaveCount(0);
        expect(".o_crm_twitter_last_read").toHaveText("Read 3 minutes ago");
    });

    test("who may not start it is told who may", async () => {
        await mountBoard(withFeed({state: "unstarted"}, {can: {start: false}}));
        expect(".o_crm_twitter_start").toHaveCount(0);
        expect(".o_crm_twitter_feed").toHaveText(/Who may post as the company/);
    });

    test("X's refusal is said, and the button is there again", async () => {
        await mountBoard();
        const problem = {code: "unreachable", message: "X is away.", action: "retry"};
        onRpc("twitter.feed", "read_now", () => ({
            feed: feedData(),
            read: 0,
            problem,
        }));
        await contains(".o_crm_twitter_read_now").click();
        await animationFrame();
        expect(".o_crm_twitter_problem").toHaveText(/X is away\./);
        expect(".o_crm_twitter_banner .o_crm_twitter_status").toHaveText("");
        expect(".o_crm_twitter_read_now").toBeEnabled();
    });

    test("a pause has its reason, and cards without words are counted", async () => {
        const problem = {code: "budget", message: "Nothing left.", action: ""};
        await mountBoard(withFeed({problem, unverified: 2}));
        expect(".o_crm_twitter_paused").toHaveText("Nothing left.");
        expect(".o_crm_twitter_unverified").toHaveText(
            /2 cards wait for X to confirm them/
        );
    });

    test("of several companies each is named", async () => {
        const feeds = [
            feedData(),
            feedData({company_id: 2, company: "Second", state: "reconnect"}),
        ];
        await mountBoard(boardData({feeds}));
        expect(queryAllTexts(".o_crm_twitter_feed_company")).toEqual([
            "My Company",
            "Second",
        ]);
        expect(".o_crm_twitter_feed:last").toHaveText(/Ask your administrator/);
    });

    test("without keys nothing is offered that needs them", async () => {
        const keys = {configured: false, can_configure: false};
        await mountBoard(boardData({keys, accounts: [], acting: 0}));
        expect(".o_crm_twitter_no_keys").toHaveText(/X is not set up here/);
        expect(".o_crm_twitter_feed").toHaveCount(0);
        expect(".o_crm_twitter_log_in").toHaveCount(0);
    });

    test("who could act as nobody can log in from here", async () => {
        await mountBoard(boardData({accounts: [], acting: 0}));
        await contains(".o_crm_twitter_log_in").click();
        expect(".o_crm_twitter_banner .o_crm_twitter_login").toHaveCount(1);
    });

    test("a server that does not answer is asked again", async () => {
        let isDown = true;
        await mountBoard(() => {
            if (isDown) {
                throw new Error("Not now.");
            }
            return boardData();
        });
        expect(".o_crm_twitter_banner .o_crm_twitter_error").toHaveCount(1);
        expect(cards()).toHaveLength(3);
        isDown = false;
        await contains(".o_crm_twitter_banner .o_crm_twitter_error button").click();
        await animationFrame();
        expect(".o_crm_twitter_banner .o_crm_twitter_error").toHaveCount(0);
        expect(".o_crm_twitter_last_read").toHaveCount(1);
    });

    test("the dialog of the settings is one click away", async () => {
        await mountBoard(withFeed({state: "none"}, {can: {settings: true}}));
        getService("action").doAction = (action) => expect.step(action);
        await contains(".o_crm_twitter_settings").click();
        expect.verifySteps(["crm.crm_config_settings_action"]);
    });
});
