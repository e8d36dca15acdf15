import {describe, expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {FeedLine} from "@crm_twitter/board/feed_line";
import {formatPrice} from "@crm_twitter/price/price";
import {Problem} from "@crm_twitter/problem/problem";
import {
    associatedData,
    candidateData,
    defineTwitterModels,
    mountPanel,
    ownKwargs,
    panelData,
    postData,
    postsData,
    profileData,
    searchData,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

const PROBLEM = ".o_crm_twitter_problem";
const STEP = ".o_crm_twitter_step";
const WAIT = {code: "crowded", message: "Many are waiting for X.", action: "wait"};
const CREDITS = {
    code: "out_of_credits",
    message: "Your company's X credit is used up. This is from 14:05.",
    action: "credits",
};
const READ = {profile: profileData(), posts: postsData([postData()]), problem: false};

const priceIn = (selector) =>
    queryAllTexts(`${selector} .o_crm_twitter_price`).join(" ");

describe("prices before the click", () => {
    test("all alike, to the last digit that counts", () => {
        expect([0.1, 0.06, 0.005, 0.0015, 2].map(formatPrice)).toEqual([
            "$0.10",
            "$0.06",
            "$0.005",
            "$0.0015",
            "$2.00",
        ]);
    });

    test("of all that is read of the person", async () => {
        const post = postData({quoted_id: "9", quoted_url: "https://x.com/i/9"});
        const posts = postsData([post], {next_token: "t"});
        await mountPanel(associatedData({posts}));
        expect(priceIn(".o_crm_twitter_refresh")).toBe("$0.06");
        expect(priceIn("[data-kind=followers]")).toBe("$0.20");
        expect(priceIn("[data-kind=following]")).toBe("$0.20");
        expect(priceIn(".o_crm_twitter_reposts")).toBe("$0.35");
        expect(priceIn(".o_crm_twitter_more")).toBe("$0.05");
        expect(priceIn(".o_crm_twitter_show_quoted")).toBe("$0.015");
    });

    test("none where X was asked for it today", async () => {
        const kept = {followers: true, following: false, reposts: true};
        const posts = postsData([postData()], {next_token: "t", next_kept: true});
        await mountPanel(associatedData({posts, kept}));
        expect(priceIn("[data-kind=followers]")).toBe("");
        expect(priceIn("[data-kind=following]")).toBe("$0.20");
        expect(priceIn(".o_crm_twitter_reposts")).toBe("");
        expect(priceIn(".o_crm_twitter_more")).toBe("");
        expect(priceIn(".o_crm_twitter_refresh")).toBe("$0.06");
    });

    test("what was read here costs nothing a second time; a refresh may", async () => {
        onRpc("crm.lead", "twitter_posts", () => ({
            posts: postsData([postData()], {reposts: true}),
            problem: false,
        }));
        onRpc("crm.lead", "twitter_read", () => READ);
        await mountPanel(associatedData());
        await contains(".o_crm_twitter_reposts").click();
        await contains(".o_crm_twitter_reposts").click();
        expect(".o_crm_twitter_reposts").toHaveText("Show reposts");
        await contains(".o_crm_twitter_refresh").click();
        expect(priceIn(".o_crm_twitter_reposts")).toBe("$0.35");
    });

    test("a name costs nothing as long as it is the one that was searched", async () => {
        await mountPanel(panelData({search: searchData([candidateData()])}));
        const search = ".o_crm_twitter_search";
        expect(priceIn(search)).toBe("");
        await contains(`${search} input`).edit("Somebody Else", {confirm: false});
        await animationFrame();
        expect(priceIn(search)).toBe("$0.10");
        await contains(".o_crm_twitter_know").click();
        expect(priceIn(".o_crm_twitter_show")).toBe("$0.01");
    });

    test("the next page of a list, and a list that was looked at", async () => {
        const person = profileData({
            twitter_id: "5",
            linked: [],
            profile_url: "https://x.com/a",
        });
        onRpc("crm.lead", "twitter_followers", () => ({
            people: {items: [person], next_token: "t", next_kept: false, read_at: ""},
            problem: false,
        }));
        await mountPanel(associatedData());
        await contains("[data-kind=followers]").click();
        expect(priceIn(".o_crm_twitter_more_people")).toBe("$0.20");
        expect(priceIn("[data-kind=followers]")).toBe("");
    });

    test("nothing is shown where X charges nothing", async () => {
        const posts = postsData([postData({quoted_id: "9"})], {next_token: "t"});
        const prices = Object.fromEntries(
            Object.keys(panelData().prices).map((name) => [name, 0])
        );
        await mountPanel(associatedData({posts, prices, actions: {}}));
        expect(".o_crm_twitter_panel").not.toHaveText(/\$/);
    });
});

describe("the board's prices", () => {
    const feed = (values) => ({
        id: 1,
        account_id: 2,
        company_id: 3,
        company: "Us",
        handle: "ourcompany",
        state: "reading",
        is_started: true,
        last_read_at: "",
        next_read_at: "",
        problem: false,
        first_price: 1.5,
        post_price: 0.015,
        unverified: 0,
        ...values,
    });

    function mountFeed(values) {
        return mountWithCleanup(FeedLine, {
            props: {
                feed: feed(values),
                can: {start: true, settings: false},
                hasName: false,
                isBusy: false,
                onStart: () => true,
                onRead: () => expect.step("read"),
                onOpenSettings: () => true,
            },
        });
    }

    test("of what is read at first", async () => {
        await mountFeed({state: "unstarted"});
        expect(".o_crm_twitter_start").toHaveText(/at most \$1\.50$/);
    });

    test("of each new post", async () => {
        await mountFeed();
        expect(".o_crm_twitter_read_now").toHaveText("Read now$0.015 a post");
    });

    test("none on a contract that has none", async () => {
        await mountFeed({post_price: 0});
        expect(".o_crm_twitter_feed").not.toHaveText(/\$/);
    });

    test("nor for what is read at first", async () => {
        await mountFeed({state: "unstarted", first_price: 0});
        expect(".o_crm_twitter_start").toHaveText("Read the newest 100");
    });

    test("try now lets the next call out, and reads", async () => {
        onRpc("twitter.limit", "try_now", () => {
            expect.step("try_now");
            return true;
        });
        await mountFeed({problem: CREDITS});
        await contains(STEP).click();
        await animationFrame();
        expect.verifySteps(["try_now", "read"]);
    });
});

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
        onRpc("twitter.limit", "try_now", () => {
            throw makeServerError({message: "You may not."});
        });
        await mountWithCleanup(Problem, {
            props: {problem: CREDITS, onStep: () => expect.step("step")},
        });
        await contains(STEP).click();
        await animationFrame();
        expect(PROBLEM).toHaveText(/You may not\./);
        expect.verifySteps([]);
    });

    test("administrators get to X's console, others to an administrator", async () => {
        const onStep = () => true;
        await mountWithCleanup(Problem, {props: {problem: CREDITS, onStep}});
        expect(`${PROBLEM} .o_crm_twitter_tell`).toHaveCount(1);
        expect(".o_crm_twitter_console").toHaveCount(0);
        await mountWithCleanup(Problem, {
            props: {problem: CREDITS, onStep, canConfigure: true},
        });
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
        expect(PROBLEM).toHaveText("Used up.");
        expect(`${PROBLEM} button`).toHaveCount(0);
        expect(".o_crm_twitter_post").toHaveCount(1);
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

describe("many wait for X", () => {
    /** The panel of a profile to be read, while `answer` says how X stands. */
    async function mountReading(answer) {
        onRpc("crm.lead", "twitter_read", () => {
            expect.step("read");
            return answer();
        });
        return mountPanel(
            associatedData({profile: profileData({stale: true}), posts: false})
        );
    }

    const crowded = () => ({...READ, posts: false, problem: WAIT});

    test("it is asked again by itself, without a word", async () => {
        const answers = [crowded(), crowded(), READ];
        await mountReading(() => answers.shift());
        expect(PROBLEM).toHaveCount(0);
        expect(".o_crm_twitter_refresh .fa-spin").toHaveCount(1);
        expect.verifySteps(["read"]);
        await advanceTime(600);
        expect.verifySteps(["read"]);
        expect(PROBLEM).toHaveCount(0);
        await advanceTime(1100);
        expect.verifySteps(["read"]);
        expect(".o_crm_twitter_post").toHaveCount(1);
        expect(".o_crm_twitter_refresh .fa-spin").toHaveCount(0);
    });

    test("after some six seconds it is said, with a button", async () => {
        patchWithCleanup(Math, {random: () => 0.5});
        await mountReading(crowded);
        for (let tenths = 0; tenths < 70; tenths++) {
            await advanceTime(100);
        }
        expect.verifySteps(Array(6).fill("read"));
        expect(PROBLEM).toHaveText(/Many are waiting/);
        expect(`${PROBLEM} ${STEP}`).toHaveText(/^Try again/);
        await contains(`${PROBLEM} ${STEP}`).click();
        await animationFrame();
        expect.verifySteps(["read"]);
    });

    test("where each answer takes long, it is asked less often", async () => {
        const taken = [];
        await mountReading(() => {
            const answer = new Deferred();
            taken.push(answer);
            return answer;
        });
        for (let asked = 0; asked < 4; asked++) {
            await advanceTime(3000);
            taken.at(-1).resolve(crowded());
            await animationFrame();
            await advanceTime(1100);
        }
        expect.verifySteps(["read", "read"]);
        expect(PROBLEM).toHaveCount(1);
    });

    test("nobody asks for a panel that was closed", async () => {
        const {model} = await mountReading(crowded);
        expect.verifySteps(["read"]);
        model.stop();
        await advanceTime(5000);
        expect.verifySteps([]);
    });

    for (const [name, leave] of [
        ["Change", () => contains(".o_crm_twitter_change").click()],
        ["another account", (model) => model.setActing(12)],
    ]) {
        test(`nobody asks for what was left by: ${name}`, async () => {
            const {model} = await mountReading(crowded);
            expect.verifySteps(["read"]);
            await leave(model);
            await advanceTime(5000);
            expect.verifySteps([]);
            expect(model.busy.read).toBe(false);
            expect(PROBLEM).toHaveCount(0);
        });
    }

    test("what changes something is never sent again", async () => {
        onRpc("crm.lead", "twitter_act", () => {
            expect.step("act");
            return {engagement: false, problem: WAIT, reached_out: [], pending: []};
        });
        await mountPanel(associatedData());
        await contains("[data-kind=follow]").click();
        await advanceTime(8000);
        expect.verifySteps(["act"]);
        expect(PROBLEM).toHaveText(/Many are waiting/);
        expect(queryAll(`${PROBLEM} ${STEP}`)).toHaveLength(0);
    });

    test("people, posts, names and handles are asked for again alike", async () => {
        const answers = {
            twitter_followers: {people: {items: [], next_token: "", read_at: ""}},
            twitter_posts: {posts: postsData([], {reposts: true})},
            twitter_search: {search: searchData([candidateData()])},
            twitter_look_up: {candidate: candidateData()},
            twitter_post: {post: postData({id: "9"})},
        };
        const {model} = await mountPanel(associatedData());
        for (const [method, answer] of Object.entries(answers)) {
            const given = [{problem: WAIT}, {...answer, problem: false}];
            onRpc("crm.lead", method, () => {
                expect.step(method);
                return given.shift();
            });
        }
        model.readPeople("followers");
        model.showReposts();
        model.searchPeople("Jane");
        model.lookUp("jane");
        model.readPost("9");
        await animationFrame();
        const methods = Object.keys(answers);
        expect.verifySteps(methods);
        await advanceTime(600);
        expect.verifySteps(methods, {ignoreOrder: true});
        expect(model.search.candidates).toHaveLength(1);
        expect(model.quoted["9"].id).toBe("9");
    });
});
