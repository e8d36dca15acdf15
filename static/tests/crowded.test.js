import {describe, expect, test} from "@odoo/hoot";
import {queryAll} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {contains, onRpc, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {
    associatedData,
    candidateData,
    defineTwitterModels,
    mountPanel,
    postData,
    postsData,
    profileData,
    searchData,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

const PROBLEM = ".o_crm_twitter_problem";
const STEP = ".o_crm_twitter_step";
const WAIT = {code: "crowded", message: "Many are waiting for X.", action: "wait"};
const READ = {profile: profileData(), posts: postsData([postData()]), problem: false};

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

    const crowded = () => ({problem: WAIT});

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
        model.showPeople("followers");
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

    test("what is shown stays while X is waited for", async () => {
        patchWithCleanup(Math, {random: () => 0.5});
        onRpc("crm.lead", "twitter_read", crowded);
        await mountPanel(associatedData());
        await contains(".o_crm_twitter_refresh").click();
        expect(".o_crm_twitter_refresh").toBeFocused();
        await advanceTime(8000);
        await animationFrame();
        expect(PROBLEM).toHaveCount(1);
        expect(".o_crm_twitter_post").toHaveCount(1);
    });

    test("a list that was left is not asked for again", async () => {
        onRpc("crm.lead", "twitter_followers", () => {
            expect.step("people");
            return {people: false, problem: WAIT};
        });
        await mountPanel(associatedData());
        await contains("[data-kind=followers]").click();
        expect.verifySteps(["people"]);
        await contains(".o_crm_twitter_back").click();
        await advanceTime(8000);
        expect.verifySteps([]);
        expect(PROBLEM).toHaveCount(0);
    });
});
