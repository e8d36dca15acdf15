import {describe, expect, test} from "@odoo/hoot";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {contains, onRpc} from "@web/../tests/web_test_helpers";
import {
    associatedData,
    candidateData,
    defineTwitterModels,
    mountPanel,
    panelData,
    postData,
    postsData,
    profileData,
    searchData,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

const PROBLEM = ".o_crm_twitter_problem";
const STEP = ".o_crm_twitter_step";
const REFRESH = ".o_crm_twitter_refresh";
const problemOf = (code, action = "") => ({code, message: "No.", action});

describe("what X refuses now", () => {
    for (const code of ["blocked", "protected"]) {
        test(`posts go from the screen: ${code}`, async () => {
            const post = postData({quoted_id: "9", quoted_url: ""});
            onRpc("crm.lead", "twitter_post", () => ({
                post: postData({id: "9"}),
                problem: false,
            }));
            onRpc("crm.lead", "twitter_read", () => ({
                profile: profileData(),
                posts: false,
                problem: problemOf(code),
            }));
            const {model} = await mountPanel(
                associatedData({posts: postsData([post])})
            );
            await contains(".o_crm_twitter_show_quoted").click();
            expect(".o_crm_twitter_post").toHaveCount(2);
            await contains(REFRESH).click();
            expect(".o_crm_twitter_post").toHaveCount(0);
            expect(PROBLEM).toHaveCount(1);
            expect(model.quoted).toEqual({});
        });
    }

    test("what was shown goes with the next page that is refused", async () => {
        onRpc("crm.lead", "twitter_posts", () => ({
            posts: false,
            problem: problemOf("blocked"),
        }));
        const posts = postsData([postData()], {next_token: "t"});
        await mountPanel(associatedData({posts}));
        await contains(".o_crm_twitter_more").click();
        expect(".o_crm_twitter_post").toHaveCount(0);
        expect(PROBLEM).toHaveCount(1);
    });

    test("nor does hiding the reposts bring them back", async () => {
        onRpc("crm.lead", "twitter_posts", () => ({
            posts: postsData([postData()], {reposts: true}),
            problem: false,
        }));
        onRpc("crm.lead", "twitter_read", () => ({
            profile: profileData(),
            posts: false,
            problem: problemOf("blocked"),
        }));
        const {model} = await mountPanel(associatedData());
        await contains(".o_crm_twitter_reposts").click();
        await contains(REFRESH).click();
        expect(model.postsWithoutReposts).toBe(false);
        expect(".o_crm_twitter_posts").toHaveCount(0);
    });
});

describe("the focus", () => {
    test("stays on what was clicked while X is read", async () => {
        const reads = [new Deferred(), new Deferred()];
        onRpc("crm.lead", "twitter_read", () => {
            expect.step("read");
            return reads[0];
        });
        onRpc("crm.lead", "twitter_posts", () => {
            expect.step("posts");
            return reads[1];
        });
        await mountPanel(associatedData());
        await contains(REFRESH).press("Enter");
        await animationFrame();
        expect(REFRESH).toBeFocused();
        expect(REFRESH).toHaveAttribute("aria-disabled", "true");
        await contains(REFRESH).press("Enter");
        await contains(".o_crm_twitter_reposts").click();
        expect.verifySteps(["read"]);
        reads[0].resolve({
            profile: profileData(),
            posts: postsData([postData()]),
            problem: false,
        });
        await animationFrame();
        await contains(".o_crm_twitter_reposts").press("Enter");
        await contains(".o_crm_twitter_reposts").press("Enter");
        await animationFrame();
        expect(".o_crm_twitter_reposts").toBeFocused();
        expect.verifySteps(["posts"]);
        reads[1].resolve({
            posts: postsData([postData()], {reposts: true}),
            problem: false,
        });
        await animationFrame();
        expect(".o_crm_twitter_reposts").toBeFocused();
    });

    test("goes to the quoted post, which is asked for once", async () => {
        const answers = [new Deferred(), new Deferred()];
        let asked = 0;
        onRpc("crm.lead", "twitter_post", () => {
            expect.step("post");
            return answers[asked++];
        });
        const post = postData({quoted_id: "9", quoted_url: "https://x.com/i/9"});
        await mountPanel(associatedData({posts: postsData([post])}));
        const show = ".o_crm_twitter_show_quoted";
        await contains(show).press("Enter");
        await contains(show).press("Enter");
        await animationFrame();
        expect(show).toBeFocused();
        expect.verifySteps(["post"]);
        answers[0].resolve({post: false, problem: problemOf("down", "retry")});
        await animationFrame();
        await contains(`.o_crm_twitter_quoted ${STEP}`).press("Enter");
        await animationFrame();
        expect(show).toBeFocused();
        answers[1].resolve({post: postData({id: "9"}), problem: false});
        await animationFrame();
        await animationFrame();
        expect(".o_crm_twitter_quoted .o_crm_twitter_post a:focus").toHaveCount(1);
        expect.verifySteps(["post"]);
    });

    test("goes to Refresh where a problem that had it is gone", async () => {
        const answers = [
            {problem: problemOf("unavailable", "retry")},
            {profile: profileData(), posts: postsData([postData()]), problem: false},
        ];
        onRpc("crm.lead", "twitter_read", () => answers.shift());
        await mountPanel(associatedData({profile: profileData({stale: true})}));
        await contains(`${PROBLEM} ${STEP}`).press("Enter");
        await animationFrame();
        expect(PROBLEM).toHaveCount(0);
        expect(REFRESH).toBeFocused();
    });
});

test("who was found by another name is headed by it", async () => {
    onRpc("crm.lead", "twitter_search", () => ({
        search: false,
        problem: problemOf("unavailable", "retry"),
    }));
    await mountPanel(panelData({search: searchData([candidateData()])}));
    const found = ".o_crm_twitter_found";
    expect(found).toHaveText("as of 10 minutes ago");
    await contains(".o_crm_twitter_search input").edit("Jane", {confirm: false});
    await contains(".o_crm_twitter_search button").click();
    expect(PROBLEM).toHaveCount(1);
    expect(".o_crm_twitter_candidate").toHaveCount(1);
    expect(found).toHaveText(/^Found for “Jacques Dunagan”,\s*as of 10 minutes ago$/);
});
