import {after, describe, expect, test} from "@odoo/hoot";
import {press, queryFirst} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {contains, mockService, onRpc} from "@web/../tests/web_test_helpers";
import {settled} from "./composer_test_helpers";
import {
    actionablePostData,
    engagementData,
    intentData,
    NO_KEYS,
    NOT_CONNECTED,
    panelData,
    postActionsData,
    postsData,
    text,
    unavailableData,
    updateData,
} from "./crm_twitter_test_helpers";
import {
    answer,
    answerActing,
    boardData,
    BRAND,
    CARD,
    cardData,
    defineInteractionModels,
    mountCard,
    onPost,
    OTHER_BRAND,
    OWN,
} from "./interaction_test_helpers";

defineInteractionModels();

const CHOOSER = `${CARD} .o_crm_twitter_acting_chooser select`;

const withActions = (values, others = {}) =>
    cardData({
        post: actionablePostData({actions: postActionsData(values)}),
        ...others,
    });

/** What `twitter_panel` of a card answers for an account. */
const panelAs = (account, values = {}) =>
    panelData({
        record: {model: "twitter.interaction", id: 1, handle: "jacquesdunagan"},
        accounts: [BRAND, OWN],
        acting: account.id,
        posts: postsData([actionablePostData(values)]),
    });

/** Let links be clicked without leaving the test. */
function stayHere() {
    const stay = (ev) => ev.target.closest("a") && ev.preventDefault();
    document.addEventListener("click", stay);
    after(() => document.removeEventListener("click", stay));
}

describe("by the API", () => {
    test("as the company that was spoken to, also where it is not the first", async () => {
        const engagement = engagementData({kind: "like", label: "Like as @globex"});
        const post = {id: "501", mine: {liked: true, reposted: false}};
        answerActing("twitter_act", updateData({engagement, post}));
        await mountCard(cardData({brand: "globex", acting: OTHER_BRAND}), {
            board: boardData({accounts: [BRAND, OTHER_BRAND, OWN]}),
            onActed: () => expect.step("acted"),
            onChanged: () => expect.step("changed"),
        });
        await contains(onPost("like")).click();
        await animationFrame();
        expect.verifySteps([["twitter_act", 1, "like", "501", 13], "acted"]);
        expect(onPost("unlike")).toHaveAttribute("aria-pressed", "true");
        expect(`${CARD} .o_crm_twitter_notice`).toHaveText("Like as @globex: done.");
    });

    test("as oneself where one may not speak for the company", async () => {
        answerActing("twitter_act", updateData());
        await mountCard(cardData({acting: OWN}), {
            board: boardData({accounts: [OWN]}),
        });
        await contains(onPost("repost")).click();
        expect.verifySteps([["twitter_act", 1, "repost", "501", 11]]);
    });

    test("as the account the board was read for", async () => {
        answerActing("twitter_act", updateData());
        await mountCard(cardData({acting: OWN}), {wanted: 11});
        await contains(onPost("repost")).click();
        expect.verifySteps([["twitter_act", 1, "repost", "501", 11]]);
    });

    test("no call is made before anything is done", async () => {
        onRpc("twitter.interaction", "*", ({method}) => expect.step(method));
        await mountCard();
        expect.verifySteps([]);
    });

    test("a refusal of X is said on the card, with the way on", async () => {
        const problem = {code: "reconnect", message: "Log in again.", action: "login"};
        answerActing("twitter_act", updateData({engagement: false, problem}));
        onRpc("twitter.account", "action_open_preferences", () => ({name: "My"}));
        mockService("action", {
            doAction(action, {onClose}) {
                expect.step(action.name);
                onClose();
            },
        });
        await mountCard(cardData(), {onConnected: () => expect.step("connected")});
        await contains(onPost("like")).click();
        expect(`${CARD} .o_crm_twitter_problem`).toHaveText(/Log in again\./);
        expect.verifySteps([["twitter_act", 1, "like", "501", 12]]);
        await contains(`${CARD} .o_crm_twitter_step`).click();
        expect.verifySteps(["My", "connected"]);
    });
});

describe("other routes", () => {
    test("X's own window, and the question whether it was done there", async () => {
        stayHere();
        const opened = engagementData({
            kind: "like",
            route: "intent",
            state: "opened",
            post_id: "501",
            can_answer: true,
            question: "Did you like it on X?",
        });
        answerActing(
            "twitter_open_intent",
            updateData({engagement: opened, pending: [opened]})
        );
        const done = {...opened, state: "done", label: "Like on x.com"};
        answer({twitter_answer: updateData({engagement: done})});
        await mountCard(withActions({like: intentData("like?tweet_id=501")}));
        expect(onPost("like")).toHaveAttribute(
            "href",
            "https://x.com/intent/like?tweet_id=501"
        );
        await contains(onPost("like")).click();
        expect.verifySteps([["twitter_open_intent", 1, "like", "501", 12]]);
        window.dispatchEvent(new Event("focus"));
        await animationFrame();
        expect(`${CARD} .o_crm_twitter_pending`).toHaveText(/Did you like it on X/);
        await contains(`${CARD} .o_crm_twitter_done`).click();
        expect.verifySteps([["twitter_answer", [1], 31, true, {account_id: 12}]]);
        expect(`${CARD} .o_crm_twitter_pending`).toHaveCount(0);
    });

    test("what cannot be done says why, and where it can be changed", async () => {
        const keys = {configured: false, can_configure: true};
        mockService("action", {doAction: (action) => expect.step(action)});
        const like = unavailableData("X is not set up here.", "settings");
        await mountCard(withActions({like}, {acting: false}), {
            board: boardData({keys, connection: NOT_CONNECTED, accounts: []}),
        });
        await contains(onPost("like")).click();
        expect(`${CARD} .o_crm_twitter_reason`).toHaveText(/X is not set up here/);
        await contains(`${CARD} .o_crm_twitter_remedy`).click();
        expect.verifySteps(["crm.crm_config_settings_action"]);
    });

    test("without keys and accounts the post is shown, and links still work", async () => {
        const intent = intentData("like?tweet_id=501");
        await mountCard(withActions({like: intent, repost: intent}, {acting: false}), {
            board: boardData({keys: NO_KEYS, connection: NOT_CONNECTED, accounts: []}),
        });
        expect(`${CARD} article`).toHaveCount(1);
        expect(onPost("like")).toHaveAttribute("data-route", "intent");
        expect(CHOOSER).toHaveCount(0);
    });

    test("what is pending is asked about at once, and can be checked", async () => {
        const unknown = engagementData({
            kind: "reply",
            state: "unknown",
            label: "Reply as @acme",
            can_check: true,
        });
        answer({twitter_check: updateData({engagement: {...unknown, state: "done"}})});
        await mountCard(cardData({pending: [unknown]}));
        expect(`${CARD} .o_crm_twitter_pending`).toHaveText(/Reply as @acme/);
        await contains(`${CARD} .o_crm_twitter_check`).click();
        expect.verifySteps([["twitter_check", [1], 31, {account_id: 12}]]);
        expect(`${CARD} .o_crm_twitter_notice`).toHaveText("Reply as @acme: done.");
    });
});

describe("the composer", () => {
    test("replies as the company first, and says so and the price", async () => {
        onRpc("twitter.interaction", "twitter_check_text", () => ({
            length: 6,
            limit: 280,
            valid: true,
            has_link: false,
            price: 0.015,
            warnings: [],
        }));
        const engagement = engagementData({kind: "reply", label: "Reply as @acme"});
        answerActing("twitter_act", updateData({engagement}));
        await mountCard();
        await contains(onPost("reply")).click();
        await settled();
        const checked = ".o_crm_twitter_composer .o_crm_twitter_as:has(input:checked)";
        expect(checked).toHaveText(/@acme\s*the company's account/);
        expect(queryFirst(".o_crm_twitter_as").dataset.account).toBe("12");
        expect(".o_crm_twitter_answered .o_crm_twitter_text").toHaveText(
            "Is @acme any good?"
        );
        await contains(".o_crm_twitter_words").edit("Thanks", {confirm: false});
        await settled();
        expect(".o_crm_twitter_send").toHaveText(/\$0\.015/);
        await contains(".o_crm_twitter_send").click();
        await settled();
        expect.verifySteps([["twitter_act", 1, "reply", "501", 12]]);
        expect(".o_crm_twitter_composer").toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_notice`).toHaveText("Reply as @acme: done.");
    });

    test("as another account: all routes are that one's, and the card says so", async () => {
        onRpc("twitter.interaction", "twitter_check_text", () => ({
            length: 0,
            limit: 280,
            valid: true,
            has_link: false,
            price: 0.015,
            warnings: [],
        }));
        const like = intentData("like?tweet_id=501");
        const asOwn = panelAs(OWN, {actions: postActionsData({like})});
        answer({twitter_panel: asOwn});
        await mountCard();
        expect(CHOOSER).toHaveCount(0);
        await contains(onPost("reply")).click();
        await settled();
        await contains(".o_crm_twitter_as[data-account='11'] input").click();
        await settled();
        expect.verifySteps([["twitter_panel", [1], {account_id: 11}]]);
        await press("Escape");
        await animationFrame();
        expect(CHOOSER).toHaveValue("11");
        expect(onPost("like")).toHaveAttribute("data-route", "intent");
    });
});

describe("a card that is read again", () => {
    test("keeps the account that was chosen, and its routes", async () => {
        const like = intentData("like?tweet_id=501");
        const asOwn = panelAs(OWN, {actions: postActionsData({like})});
        answer({twitter_panel: asOwn});
        const {model, props} = await mountCard();
        await model.setActing(11);
        expect.verifySteps([["twitter_panel", [1], {account_id: 11}]]);
        const fresh = cardData({
            post: actionablePostData({segments: [text("Edited")]}),
        });
        model.show(fresh, props.board);
        await animationFrame();
        expect(`${CARD} .o_crm_twitter_text`).toHaveText("Edited");
        expect(onPost("like")).toHaveAttribute("data-route", "intent");
        expect(model.panel.acting).toBe(11);
        // Another choice for all cards counts for this one as well.
        model.show(cardData(), props.board, 12);
        await animationFrame();
        expect(model.panel.acting).toBe(12);
        expect(onPost("like")).toHaveAttribute("data-route", "api");
    });

    test("shows no words any more that X does not confirm", async () => {
        const {model, props} = await mountCard();
        await model.show(cardData({post: false, note: "Gone."}), props.board);
        await animationFrame();
        expect(`${CARD} article`).toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_note`).toHaveText("Gone.");
    });

    test("goes on with what is being done", async () => {
        const said = new Deferred();
        answerActing("twitter_act", () => said);
        const {model, props} = await mountCard();
        await contains(onPost("like")).click();
        model.show(cardData(), props.board);
        await animationFrame();
        expect(onPost("like")).toHaveAttribute("aria-busy", "true");
        const post = {id: "501", mine: {liked: true, reposted: false}};
        said.resolve(updateData({post}));
        await animationFrame();
        expect(onPost("unlike")).toHaveCount(1);
        expect.verifySteps([["twitter_act", 1, "like", "501", 12]]);
    });

    test("the board may be known later than the card", async () => {
        const {model, props} = await mountCard(cardData(), {board: null});
        expect(model.panel.accounts.map(({id}) => id)).toEqual([12]);
        model.show(props.card, boardData());
        expect(model.panel.accounts.map(({id}) => id)).toEqual([12, 11]);
        expect(model.panel.prices.load).toBe(0.005);
    });
});
