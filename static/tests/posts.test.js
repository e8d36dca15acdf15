import {expect, test} from "@odoo/hoot";
import {queryAllAttributes, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {contains, onRpc} from "@web/../tests/web_test_helpers";
import {formatPrice} from "@crm_twitter/price/price";
import {isSafeHref} from "@crm_twitter/safe_link/safe_link";
import {
    associatedData,
    defineTwitterModels,
    mountPanel,
    ownKwargs,
    postData,
    postsData,
    profileData,
    text,
} from "./crm_twitter_test_helpers";

defineTwitterModels();

test("a post as X wants it shown", async () => {
    const segments = [
        text("Hello "),
        {kind: "mention", text: "@ourcompany", href: "https://x.com/ourcompany"},
        text("\n"),
        {kind: "link", text: "leclub.example", href: "https://t.co/abc"},
    ];
    const post = postData({segments, reposted_by: "Le Club", edited: true});
    await mountPanel(associatedData({posts: postsData([post])}));
    const own = ".o_crm_twitter_post ";
    expect(`${own}.o_crm_twitter_name`).toHaveAttribute(
        "href",
        "https://x.com/jacquesdunagan"
    );
    expect(queryOne(`${own}.o_crm_twitter_text`).textContent).toBe(
        "Hello @ourcompany\nleclub.example"
    );
    expect(queryAllAttributes(`${own}.o_crm_twitter_text a`, "href")).toEqual([
        "https://x.com/ourcompany",
        "https://t.co/abc",
    ]);
    expect(`${own}.o_crm_twitter_permalink`).toHaveAttribute("href", post.url);
    expect(`${own}.o_crm_twitter_permalink`).toHaveText("1 hour ago");
    expect(`${own}.o_crm_twitter_view`).toHaveAttribute("href", post.url);
    expect(`${own}.o_crm_twitter_reposted`).toHaveText("Reposted by Le Club");
    expect(queryAllTexts(`${own}[data-count]`)).toEqual([
        "Replies: 2",
        "Reposts: 3",
        "Quotes: 1",
        "Likes: 5",
    ]);
    expect(own).toHaveText(/Edited/);
    expect(".o_crm_twitter_posts header .oi-x").toHaveCount(1);
});

test("words of X are never HTML, and unsafe addresses are no links", async () => {
    const hostile = "<img src=x onerror=alert(1)><b>bold</b>";
    const segments = [
        text(hostile),
        {kind: "link", text: "click", href: "javascript:alert(1)"},
    ];
    await mountPanel(
        associatedData({
            record: {person: hostile},
            profile: profileData({
                name: hostile,
                location: hostile,
                description_segments: segments,
                url: "javascript:alert(2)",
                display_url: "site",
                note: hostile,
                avatar_url: "javascript:alert(3)",
            }),
            posts: postsData([
                postData({
                    segments,
                    url: "javascript:alert(4)",
                    media: [{type: "photo", url: "data:text/html,x", alt: ""}],
                }),
            ]),
            also_linked: [{model: "crm.lead", id: 3, name: hostile}],
        })
    );
    const panel = ".o_crm_twitter_panel ";
    expect(`${panel}b:contains(bold)`).toHaveCount(0);
    expect(`${panel}img`).toHaveCount(0);
    expect(`${panel}[href^="javascript:"]`).toHaveCount(0);
    expect(".o_crm_twitter_bio").toHaveText(`${hostile}click`);
    expect(".o_crm_twitter_body").toHaveText(`${hostile}click`);
});

test("which addresses may become links", () => {
    for (const href of ["https://x.com/jack", "http://127.0.0.1:8070/jack"]) {
        expect(isSafeHref(href)).toBe(true, {message: href});
    }
    for (const href of [
        "http://x.com/jack",
        "http://127.0.0.1.evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.com/jack",
        "/jack",
        "",
        false,
        undefined,
    ]) {
        expect(isSafeHref(href)).toBe(false, {message: String(href)});
    }
});

test("pictures come straight from X, without a referrer", async () => {
    const media = [
        {type: "photo", url: "https://pbs.twimg.com/chair.jpg", alt: "A chair"},
    ];
    await mountPanel(associatedData({posts: postsData([postData({media})])}));
    expect(".o_crm_twitter_media img").toHaveAttribute("alt", "A chair");
    expect(".o_crm_twitter_media img").toHaveAttribute("referrerpolicy", "no-referrer");
    expect(".o_crm_twitter_media img").toHaveAttribute("loading", "lazy");
});

test("a picture from anywhere else is not loaded", async () => {
    const elsewhere = [
        "https://evil.example/a.jpg",
        "https://pbs.twimg.com.evil.example/a.jpg",
        "https://pbs.twimg.com@evil.example/a.jpg",
        "https://pbs.twimg.com:8443/a.jpg",
        "http://127.0.0.1:8069/web/session/logout",
        "data:image/svg+xml,<svg/>",
    ];
    const media = elsewhere.map((url) => ({type: "photo", url, alt: ""}));
    const [avatar_url] = elsewhere;
    await mountPanel(
        associatedData({
            profile: profileData({avatar_url, avatar_large_url: avatar_url}),
            posts: postsData([postData({media})]),
        })
    );
    expect(".o_crm_twitter_panel .o_crm_twitter_body").toHaveCount(1);
    expect(".o_crm_twitter_panel img").toHaveCount(0);
});

test("more posts are added, each once, with the price on the button", async () => {
    onRpc("crm.lead", "twitter_posts", (call) => {
        expect.step(ownKwargs(call));
        const items = [postData(), postData({id: "400"})];
        return {posts: postsData(items), problem: false};
    });
    const posts = postsData([postData()], {next_token: "abc"});
    await mountPanel(associatedData({posts}));
    expect(".o_crm_twitter_more .o_crm_twitter_price").toHaveText("$0.05");
    await contains(".o_crm_twitter_more").click();
    expect.verifySteps([{next_token: "abc", reposts: false, account_id: 11}]);
    expect(queryAllAttributes(".o_crm_twitter_post", "data-post")).toEqual([
        "501",
        "400",
    ]);
    expect(".o_crm_twitter_more").toHaveCount(0);
});

test("reposts are shown on demand, and hidden again without asking X", async () => {
    onRpc("crm.lead", "twitter_posts", (call) => {
        expect.step(ownKwargs(call));
        const items = [postData(), postData({id: "300", reposted_by: "Jacques"})];
        return {posts: postsData(items, {reposts: true}), problem: false};
    });
    await mountPanel(associatedData());
    expect(".o_crm_twitter_reposts .o_crm_twitter_price").toHaveText("$0.35");
    await contains(".o_crm_twitter_reposts").click();
    expect(".o_crm_twitter_post").toHaveCount(2);
    await contains(".o_crm_twitter_reposts:contains(Hide reposts)").click();
    expect(".o_crm_twitter_post").toHaveCount(1);
    expect.verifySteps([{reposts: true, account_id: 11}]);
});

test("posts that X refuses leave the old ones and a sentence", async () => {
    const problem = {code: "too_many", message: "Later.", action: "retry"};
    onRpc("crm.lead", "twitter_posts", (call) => {
        expect.step(ownKwargs(call));
        return {posts: false, problem};
    });
    await mountPanel(associatedData());
    await contains(".o_crm_twitter_reposts").click();
    expect(".o_crm_twitter_problem").toHaveText(/Later\./);
    expect(".o_crm_twitter_post").toHaveCount(1);
    await contains(".o_crm_twitter_problem .o_crm_twitter_step").click();
    expect.verifySteps([
        {reposts: true, account_id: 11},
        {reposts: true, account_id: 11},
    ]);
});

test("of what X refused one after another, only the last is shown", async () => {
    const problem = {code: "unreachable", message: "No answer.", action: "retry"};
    const posts = postsData([postData()]);
    onRpc("crm.lead", "twitter_read", () => ({profile: false, posts, problem}));
    onRpc("crm.lead", "twitter_posts", () => {
        expect.step("posts");
        return {posts: false, problem};
    });
    await mountPanel(associatedData());
    await contains(".o_crm_twitter_refresh").click();
    expect(".o_crm_twitter_problem").toHaveCount(1);
    await contains(".o_crm_twitter_reposts").click();
    expect(".o_crm_twitter_problem").toHaveCount(1);
    expect.verifySteps(["posts"]);
    await contains(".o_crm_twitter_problem .o_crm_twitter_step").click();
    expect.verifySteps(["posts"]);
});

test("one more post is announced as one", async () => {
    onRpc("crm.lead", "twitter_posts", () => ({
        posts: postsData([postData({id: "400"})]),
        problem: false,
    }));
    await mountPanel(
        associatedData({posts: postsData([postData()], {next_token: "abc"})})
    );
    await contains(".o_crm_twitter_more").click();
    expect(".o_crm_twitter_status").toHaveText("1 more post is shown.");
});

test("a quoted post is a link until it is asked for", async () => {
    onRpc("crm.lead", "twitter_post", ({args}) => {
        expect.step(args);
        return {post: postData({id: "77", segments: [text("Quoted")]}), problem: false};
    });
    const post = postData({quoted_id: "77", quoted_url: "https://x.com/a/status/77"});
    await mountPanel(associatedData({posts: postsData([post])}));
    expect(".o_crm_twitter_quoted a").toHaveAttribute(
        "href",
        "https://x.com/a/status/77"
    );
    expect(".o_crm_twitter_quoted .o_crm_twitter_price").toHaveText("$0.015");
    await contains(".o_crm_twitter_show_quoted").click();
    expect.verifySteps([[[1], "77"]]);
    expect(".o_crm_twitter_quoted .o_crm_twitter_body").toHaveText("Quoted");
});

test("a quoted post that is gone says so", async () => {
    const problem = {code: "gone", message: "It was deleted.", action: ""};
    onRpc("crm.lead", "twitter_post", () => ({post: false, problem}));
    const post = postData({quoted_id: "77", quoted_url: "https://x.com/a/status/77"});
    await mountPanel(associatedData({posts: postsData([post])}));
    await contains(".o_crm_twitter_show_quoted").click();
    expect(".o_crm_twitter_quoted").toHaveText(/It was deleted\./);
});

test("prices as X prints them", () => {
    expect([0.1, 0.05, 0.005, 1, 0.065].map(formatPrice)).toEqual([
        "$0.10",
        "$0.05",
        "$0.005",
        "$1.00",
        "$0.065",
    ]);
});
