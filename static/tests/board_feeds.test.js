import {beforeEach, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {contains, getService, onRpc} from "@web/../tests/web_test_helpers";
import {
    boardData,
    cards,
    defineBoardModels,
    feedData,
    gather,
    mockBus,
    mountBoard,
    stepReadings,
    tell,
} from "./board_test_helpers";

defineBoardModels();
beforeEach(mockBus);

const withFeed = (feed, values = {}) => boardData({feeds: [feedData(feed)], ...values});

test("no account: an administrator is led to the settings, others to him", async () => {
    let settings = false;
    const unconnected = () => withFeed({state: "none", handle: ""}, {can: {settings}});
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

test("a sentence names the account as a whole, which another language may move", async () => {
    await mountBoard(withFeed({state: "reconnect"}));
    expect(".o_crm_twitter_feed span:first").toHaveText(
        "X no longer accepts the connection of \u2068@ourcompany\u2069, so nothing new is read."
    );
    expect(".o_crm_twitter_acting_as").toHaveText("Acting as \u2068@ourcompany\u2069");
});

test("the focus stays where it was while X is asked, however it ends", async () => {
    await mountBoard(withFeed({state: "unstarted", last_read_at: ""}));
    const answer = new Deferred();
    onRpc("twitter.feed", "start_reading", () => answer);
    onRpc("twitter.interaction", "board", () => boardData());
    queryOne(".o_crm_twitter_start").focus();
    await press("Enter");
    await animationFrame();
    expect(".o_crm_twitter_start").toHaveAttribute("aria-disabled", "true");
    expect(".o_crm_twitter_start").toBeFocused();
    answer.resolve({feed: feedData(), read: 12, problem: false});
    await animationFrame();
    await animationFrame();
    expect(".o_crm_twitter_read_now").toBeFocused();
});

test("the focus stays on Read now, which is one reading however often one presses", async () => {
    await mountBoard();
    const answer = new Deferred();
    onRpc("twitter.feed", "read_now", () => {
        expect.step("read_now");
        return answer;
    });
    queryOne(".o_crm_twitter_read_now").focus();
    await press("Enter");
    await animationFrame();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["read_now"]);
    expect(".o_crm_twitter_read_now").toBeFocused();
    expect(queryOne(".o_crm_twitter_read_now").offsetHeight).toBeGreaterThan(23);
    answer.resolve({feed: feedData(), read: 0, problem: false});
    await animationFrame();
    await animationFrame();
    expect(".o_crm_twitter_read_now").toBeFocused();
});

test("the focus goes along to where one logs in", async () => {
    await mountBoard(boardData({accounts: [], acting: 0}));
    await contains(".o_crm_twitter_log_in").focus();
    await press("Enter");
    await animationFrame();
    expect(".o_crm_twitter_banner .o_crm_twitter_login").toBeFocused();
});
