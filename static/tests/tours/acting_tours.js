/**
 * Tours about acting on X, one per kind of user. Each starts on the form of a lead that
 * is associated with jacquesdunagan, as its salesperson, with the simulator as X:
 * `start_tour(f"/odoo/crm.lead/{lead.id}", NAME, login="salesperson")`.
 *
 * What X's own pages do is not a tour's business: it sees that the link leads there,
 * that the click is noted, and that the answer counts. The new tab needs Chromium
 * started with `--disable-popup-blocking`.
 */

import {registry} from "@web/core/registry";
import {closePanel, openPanel, postsAreShown, profileIsShown} from "./panel_steps";

const tours = registry.category("web_tour.tours");

const onPerson = (kind) => `.modal .o_crm_twitter_profile_actions [data-kind=${kind}]`;
const onPost = (kind) =>
    `.modal .o_crm_twitter_post:first .o_crm_twitter_post_actions [data-kind=${kind}]`;
const onRoute = (trigger, route) => `${trigger}[data-route=${route}]`;

/** A click that is done by the API at once; `after` is what the panel shows then. */
const act = (trigger, after) => [
    {
        content: "It is done from here",
        trigger: onRoute(trigger, "api"),
        run: "click",
    },
    {content: "The button shows it", trigger: after},
];

/** Write `text` in the composer, and send it by the API. */
const compose = (trigger, text) => [
    {trigger: onRoute(trigger, "api"), run: "click"},
    {
        content: "As whom it is published",
        trigger: ".o_crm_twitter_composer .o_crm_twitter_as:contains(@marcdemo)",
    },
    {
        trigger: ".o_crm_twitter_composer .o_crm_twitter_words",
        run: `edit ${text}`,
    },
    {
        content: "Exactly what is published",
        trigger: `.o_crm_twitter_composer .o_crm_twitter_preview:contains(${text})`,
    },
    {trigger: ".o_crm_twitter_composer .o_crm_twitter_send:enabled", run: "click"},
    {trigger: "body:not(:has(.o_crm_twitter_composer))"},
    {trigger: ".modal .o_crm_twitter_bar .o_crm_twitter_notice:contains(done)"},
];

const comeBack = {
    content: "Back from X's window",
    trigger: "body",
    run: () => window.dispatchEvent(new Event("focus")),
};

const lineOf = (kind) =>
    `.modal [role=status] .o_crm_twitter_pending[data-kind=${kind}]`;

const answer = (kind, isDone, denial = []) => [
    comeBack,
    {
        content: "A line asks what became of it",
        trigger: `${lineOf(kind)} ${
            isDone ? ".o_crm_twitter_done" : ".o_crm_twitter_not_done"
        }`,
        run: "click",
    },
    ...denial,
    {
        content: "It asks no more",
        trigger: `.modal .o_crm_twitter_panel:not(:has(.o_crm_twitter_pending[data-kind=${kind}]))`,
    },
];

/** X, which is asked, does not show what is said to be done; the user insists. */
const insist = (kind, denial) => [
    {
        content: "X denies it",
        trigger: `${lineOf(kind)}:contains(${denial})`,
    },
    {
        trigger: `${lineOf(kind)} .o_crm_twitter_done:contains(Done anyway)`,
        // Not the second half of a double click, which so soon a click would be.
        run: ({anchor}) => anchor.click(),
    },
];

/** A link to X's own page at `path`; the click is noted, and answered afterwards. */
const visit = (trigger, kind, path, isDone = true, denial = []) => [
    {
        content: "The link leads to X's own page",
        trigger: onRoute(trigger, "intent"),
        run: ({anchor}) => {
            const {href, target, rel, tagName} = anchor;
            const isRight = tagName === "A" && href.includes(path);
            if (!isRight || target !== "_blank" || rel !== "noopener noreferrer") {
                throw new Error(`${kind} leads to ${href}, in ${target}, ${rel}`);
            }
            anchor.click();
        },
    },
    ...answer(kind, isDone, denial),
];

/** Write `text` in the composer, which hands it over to X's own page. */
const handOver = (trigger, kind, text, path) => [
    {trigger: onRoute(trigger, "intent"), run: "click"},
    {
        trigger: ".o_crm_twitter_composer .o_crm_twitter_words",
        run: `edit ${text}`,
    },
    {trigger: `.o_crm_twitter_composer .o_crm_twitter_preview:contains(${text})`},
    {
        content: "X's page gets the text along",
        trigger: ".o_crm_twitter_composer a.o_crm_twitter_open",
        run: ({anchor}) => {
            const url = new URL(anchor.href);
            if (
                !url.href.includes(path) ||
                url.searchParams.get("text") !== text ||
                anchor.target !== "_blank"
            ) {
                throw new Error(`${kind} leads to ${anchor.href}`);
            }
            anchor.click();
        },
    },
    {trigger: "body:not(:has(.o_crm_twitter_composer))"},
    ...answer(kind, true),
];

const isOn = (trigger, route) => ({
    content: `It goes this way: ${route}`,
    trigger: onRoute(trigger, route),
});

const begin = () => [...openPanel(), profileIsShown(), postsAreShown()];

const deleteNewest = () => [
    {
        content: "Who of us reached out, and one's own can be deleted",
        trigger: ".modal .o_crm_twitter_reached_out li .o_crm_twitter_delete:first",
        run: "click",
    },
    {
        content: "It asks first",
        trigger: ".modal:contains(Delete this post on X) .modal-footer .btn-primary",
        run: "click",
    },
    {trigger: ".modal .o_crm_twitter_notice:contains(Delete)"},
];

/** @param {string} price on the button, in terms of a selector */
const followersAreShown = (price) => [
    {
        content: "What it costs is on the button",
        trigger: onRoute(onPerson("followers"), "api") + price,
        run: "click",
    },
    {
        content: "Who follows the person, and who of them is in the CRM",
        trigger:
            ".modal .o_crm_twitter_person[data-handle=mitchelladmin] .o_crm_twitter_linked a:contains(Mitchell)",
    },
    {trigger: ".modal .o_crm_twitter_back", run: "click"},
    postsAreShown(),
];

/** Before: X's plan is enterprise, all is permitted, and they do not follow Jacques. */
tours.add("crm_twitter_act_enterprise", {
    steps: () => [
        ...begin(),
        ...act(onPerson("follow"), ".modal [data-relation=following]"),
        ...act(onPost("like"), onPost("unlike") + "[aria-pressed=true]"),
        ...act(onPost("repost"), onPost("unrepost") + "[aria-pressed=true]"),
        ...act(onPerson("unfollow"), onPerson("follow")),
        ...act(onPost("unlike"), onPost("like") + "[aria-pressed=false]"),
        ...act(onPost("unrepost"), onPost("repost") + "[aria-pressed=false]"),
        ...compose(onPost("reply"), "A reply by tour"),
        {
            content: "Who of us answered this post",
            trigger: ".modal .o_crm_twitter_post:first .o_crm_twitter_touches",
        },
        ...compose(onPost("quote"), "A quote by tour"),
        ...compose(onPerson("post"), "A post by tour"),
        ...compose(onPerson("mention"), "@jacquesdunagan, a mention by tour"),
        ...deleteNewest(),
        // On this contract X charges nothing for it.
        ...followersAreShown(":not(:has(.o_crm_twitter_price))"),
        ...closePanel(),
    ],
});

/** Before: X's plan is pay-per-use, all is permitted, and they follow Jacques. */
tours.add("crm_twitter_act_payg", {
    steps: () => [
        ...begin(),
        isOn(onPost("quote"), "intent"),
        // The tour does nothing on X's page.
        ...visit(
            onPerson("unfollow"),
            "unfollow",
            "/jacquesdunagan",
            true,
            insist("unfollow", "X still shows that @marcdemo follows @jacquesdunagan")
        ),
        ...visit(onPost("like"), "like", "/intent/like?tweet_id="),
        ...handOver(onPost("reply"), "reply", "A reply", "/intent/tweet?in_reply_to="),
        ...act(onPost("repost"), onPost("unrepost") + "[aria-pressed=true]"),
        ...compose(onPerson("post"), "A post by tour"),
        ...act(onPost("unrepost"), onPost("repost") + "[aria-pressed=false]"),
        ...compose(onPerson("mention"), "@jacquesdunagan, a mention by tour"),
        ...deleteNewest(),
        ...followersAreShown(":contains($0.20)"),
        ...closePanel(),
    ],
});

/** Before: the database has no keys, and the posts were read earlier today. */
tours.add("crm_twitter_act_no_keys", {
    steps: () => [
        ...begin(),
        ...visit(onPerson("follow"), "follow", "/intent/follow?"),
        ...visit(onPost("like"), "like", "/intent/like?tweet_id="),
        ...visit(onPost("repost"), "repost", "/intent/retweet?tweet_id="),
        ...visit(onPost("unlike"), "unlike", "/status/", false),
        ...visit(onPost("unrepost"), "unrepost", "/status/"),
        ...handOver(onPost("reply"), "reply", "A reply", "/intent/tweet?in_reply_to="),
        ...handOver(onPost("quote"), "quote", "A quote", "/intent/tweet?url="),
        ...handOver(onPerson("post"), "post", "A post", "/intent/tweet"),
        ...handOver(
            onPerson("mention"),
            "mention",
            "@jacquesdunagan, hello",
            "/intent/tweet"
        ),
        {
            content: "What X's pages do not do is not available, and says why",
            trigger: onRoute(onPerson("followers"), "unavailable"),
            run: "click",
        },
        {
            trigger:
                ".modal .o_crm_twitter_reason:contains(This database is not connected)",
        },
        ...closePanel(),
    ],
});

/** Before: the user acts as the company, which may only read on X. */
tours.add("crm_twitter_act_unavailable", {
    steps: () => [
        ...begin(),
        ...["follow", "post", "mention", "followers", "following"].map((kind) =>
            isOn(onPerson(kind), "unavailable")
        ),
        ...["reply", "repost", "quote", "like"].map((kind) =>
            isOn(onPost(kind), "unavailable")
        ),
        {trigger: onPerson("follow"), run: "click"},
        {
            content: "Why, and where it is done instead",
            trigger:
                ".modal .o_crm_twitter_reason:contains(log in on x.com as @ourcompany) a.o_crm_twitter_remedy",
        },
        {trigger: onPost("like"), run: "click"},
        {trigger: ".modal .o_crm_twitter_post .o_crm_twitter_reason"},
        {trigger: onPerson("followers"), run: "click"},
        {
            content: "Who can change that",
            trigger:
                ".modal .o_crm_twitter_reason:contains(an administrator does that in the settings)",
        },
        ...closePanel(),
    ],
});
