import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred, mockDate} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {Problem} from "@crm_twitter/problem/problem";
import {
    associatedData,
    defineTwitterModels,
    mountPanel,
    ownKwargs,
    postData,
    postsData,
    profileData,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

const PROBLEM = ".o_crm_twitter_problem";
const STEP = ".o_crm_twitter_step";
const CREDITS = {
    code: "out_of_credits",
    message: "Your company's X credit is used up. This is from 14:05.",
    action: "credits",
};
const READ = {profile: profileData(), posts: postsData([postData()]), problem: false};

const priceIn = (selector) =>
    queryAllTexts(`${selector} .o_crm_twitter_price`).join(" ");

describe("without money", () => {
    test("try now lets the next call out, and asks the same again", async () => {
        let isOut = true;
        onRpc("crm.lead", "twitter_read", (call) => {
            expect.step(["read", ownKwargs(call).refresh]);
            return isOut ? {...READ, problem: CREDITS} : READ;
        });
        onRpc("twitter.limit", "try_now", () => {
            expect.step("try_now");
            isOut = false;
            return true;
        });
        await mountPanel(
            associatedData({profile: profileData({stale: true}), posts: false})
        );
        expect(PROBLEM).toHaveText(/used up\. This is from 14:05\./);
        expect(".o_crm_twitter_post").toHaveCount(1);
        expect(`${PROBLEM} ${STEP}`).toHaveText(/^Try now/);
        expect(priceIn(`${PROBLEM} ${STEP}`)).toBe("$0.06");
        await contains(`${PROBLEM} ${STEP}`).click();
        await animationFrame();
        expect.verifySteps([["read", false], "try_now", ["read", false]]);
        expect(PROBLEM).toHaveCount(0);
    });

    test("a refresh that was stopped is a refresh again", async () => {
        onRpc("crm.lead", "twitter_read", (call) => {
            expect.step(ownKwargs(call).refresh);
            return {...READ, problem: {code: "down", message: "No.", action: "retry"}};
        });
        await mountPanel(associatedData());
        await contains(".o_crm_twitter_refresh").click();
        await contains(`${PROBLEM} ${STEP}`).click();
        await animationFrame();
        expect.verifySteps([true, true]);
    });

    test("where trying now fails, it is said, and X is not asked", async () => {
        const onTryNow = () => {
            throw makeServerError({message: "You may not."});
        };
        await mountWithCleanup(Problem, {
            props: {problem: CREDITS, onStep: () => expect.step("step"), onTryNow},
        });
        await contains(STEP).click();
        await animationFrame();
        expect(PROBLEM).toHaveText(/You may not\./);
        expect.verifySteps([]);
    });

    test("administrators get to X's console, others to an administrator", async () => {
        const onStep = () => true;
        const onTryNow = () => true;
        const props = {problem: CREDITS, onStep, onTryNow};
        await mountWithCleanup(Problem, {props});
        expect(`${PROBLEM} .o_crm_twitter_tell`).toHaveCount(1);
        expect(".o_crm_twitter_console").toHaveCount(0);
        await mountWithCleanup(Problem, {props: {...props, canConfigure: true}});
        expect(".o_crm_twitter_console").toHaveAttribute(
            "href",
            "https://console.x.com"
        );
    });

    test("over budget nothing is offered but what is stored", async () => {
        const problem = {code: "over_company_day", message: "Used up.", action: ""};
        onRpc("crm.lead", "twitter_read", () => ({...READ, problem}));
        await mountPanel(associatedData());
        await contains(".o_crm_twitter_refresh").click();
        expect(PROBLEM).toHaveText("Used up. Ask your administrator for more.");
        expect(`${PROBLEM} button`).toHaveCount(0);
        expect(`${PROBLEM} a`).toHaveCount(0);
        expect(".o_crm_twitter_post").toHaveCount(1);
    });

    test("who may raise the budget gets there", async () => {
        const problem = {code: "over_user_day", message: "Used up.", action: ""};
        onRpc("crm.lead", "twitter_read", () => ({...READ, problem}));
        const keys = {configured: true, can_configure: true};
        await mountPanel(associatedData({keys}));
        await contains(".o_crm_twitter_refresh").click();
        expect(`${PROBLEM} .o_crm_twitter_tell`).toHaveCount(0);
        expect(`${PROBLEM} .o_crm_twitter_budgets`).toHaveAttribute(
            "href",
            "/odoo/action-crm_twitter.twitter_budget_action"
        );
    });

    test("two quick presses of try now let out one call", async () => {
        const answer = new Deferred();
        const onTryNow = () => {
            expect.step("try_now");
            return answer;
        };
        const onStep = () => expect.step("step");
        await mountWithCleanup(Problem, {props: {problem: CREDITS, onStep, onTryNow}});
        await contains(STEP).press("Enter");
        await contains(STEP).press("Enter");
        expect(STEP).toBeFocused();
        answer.resolve();
        await animationFrame();
        expect.verifySteps(["try_now", "step"]);
    });

    test("before X is asked again, to try has no use", async () => {
        mockDate("2019-03-11 12:00:00", 0);
        const problem = {
            code: "down",
            message: "Later.",
            action: "retry",
            until: "2019-03-11T12:00:40Z",
        };
        await mountWithCleanup(Problem, {
            props: {
                problem,
                price: 0.06,
                onStep: () => expect.step("step"),
                onTryNow: () => true,
            },
        });
        expect(STEP).toHaveText("Try again");
        await contains(STEP).click();
        expect.verifySteps([]);
        await advanceTime(41000);
        await animationFrame();
        expect(STEP).not.toHaveAttribute("aria-disabled");
        expect(STEP).toHaveText(/\$0\.06/);
        await contains(STEP).click();
        expect.verifySteps(["step"]);
    });

    test("that X is not asked now is said at once, as a line, and once", async () => {
        const stop = {code: "over_company_day", message: "Used up.", action: ""};
        onRpc("crm.lead", "twitter_read", () => ({...READ, problem: stop}));
        await mountPanel(associatedData({stop}));
        expect(".o_crm_twitter_stop").toHaveText("Used up.");
        expect(PROBLEM).toHaveCount(0);
        await contains(".o_crm_twitter_refresh").click();
        expect(PROBLEM).toHaveCount(1);
        expect(".o_crm_twitter_stop").toHaveCount(0);
    });

    test("nor is it said when that is over, or X was asked", async () => {
        onRpc("crm.lead", "twitter_read", () => READ);
        const stop = {code: "down", message: "Down.", action: "retry"};
        const {model} = await mountPanel(
            associatedData({stop: {...stop, until: "2019-03-11T00:00:00Z"}})
        );
        expect(".o_crm_twitter_stop").toHaveCount(0);
        model.panel.stop = {...stop, until: ""};
        await animationFrame();
        expect(".o_crm_twitter_stop").toHaveCount(1);
        await contains(".o_crm_twitter_refresh").click();
        expect(".o_crm_twitter_stop").toHaveCount(0);
    });

    test("a quoted post says it, too, and is tried again", async () => {
        const post = postData({quoted_id: "9", quoted_url: "https://x.com/i/9"});
        let isOut = true;
        onRpc("twitter.limit", "try_now", () => {
            isOut = false;
            return true;
        });
        onRpc("crm.lead", "twitter_post", () =>
            isOut
                ? {post: false, problem: CREDITS}
                : {post: postData({id: "9"}), problem: false}
        );
        await mountPanel(associatedData({posts: postsData([post])}));
        await contains(".o_crm_twitter_show_quoted").click();
        await contains(`.o_crm_twitter_quoted ${STEP}`).click();
        await animationFrame();
        expect(".o_crm_twitter_quoted [data-post='9']").toHaveCount(1);
    });
});
