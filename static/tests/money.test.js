import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, mockDate} from "@odoo/hoot-mock";
import {contains, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {FeedLine} from "@crm_twitter/board/feed_line";
import {formatPrice} from "@crm_twitter/price/price";
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

const STEP = ".o_crm_twitter_step";
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

    test("a quoted post that was read today is free, and a handle that was", async () => {
        onRpc("crm.lead", "twitter_look_up", () => ({
            candidate: candidateData({handle: "jane"}),
            problem: false,
        }));
        const post = postData({quoted_id: "9", quoted_url: "", quoted_kept: true});
        await mountPanel(associatedData({posts: postsData([post])}));
        expect(priceIn(".o_crm_twitter_show_quoted")).toBe("");
        await contains(".o_crm_twitter_change").click();
        await contains(".o_crm_twitter_know").click();
        const input = ".o_crm_twitter_handle_entry input";
        await contains(input).edit("@Jane", {confirm: false});
        expect(priceIn(".o_crm_twitter_show")).toBe("$0.01");
        await contains(".o_crm_twitter_show").click();
        await animationFrame();
        expect(priceIn(".o_crm_twitter_show")).toBe("");
        await contains(input).edit("@joe", {confirm: false});
        expect(priceIn(".o_crm_twitter_show")).toBe("$0.01");
    });

    test("what was free until midnight in UTC is so no longer", async () => {
        const kept = {followers: true, following: true, reposts: true};
        const post = postData({quoted_id: "9", quoted_url: "", quoted_kept: true});
        const posts = postsData([post], {next_token: "t", next_kept: true});
        const {model} = await mountPanel(
            associatedData({posts, kept, search: searchData([candidateData()])})
        );
        expect(model.searchPrice("Jacques Dunagan")).toBe(0);
        mockDate("2019-03-12 00:30:00", 0);
        model.status = "It is drawn anew.";
        model.panel.kept = {...kept};
        model.panel.posts = {...posts};
        await animationFrame();
        expect(priceIn("[data-kind=followers]")).toBe("$0.20");
        expect(priceIn(".o_crm_twitter_reposts")).toBe("$0.35");
        expect(priceIn(".o_crm_twitter_more")).toBe("$0.05");
        expect(priceIn(".o_crm_twitter_show_quoted")).toBe("$0.015");
        expect(model.searchPrice("Jacques Dunagan")).toBe(0.1);
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
                onTryNow: () => expect.step("try_now"),
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
        await mountFeed({problem: CREDITS});
        await contains(STEP).click();
        await animationFrame();
        expect.verifySteps(["try_now", "read"]);
    });
});
