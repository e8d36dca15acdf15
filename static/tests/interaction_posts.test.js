import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryAll, queryAllTexts, queryRect} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, mountView, onRpc} from "@web/../tests/web_test_helpers";
import {settled} from "./composer_test_helpers";
import {
    actionablePostData,
    intentData,
    postActionsData,
    text,
} from "./crm_twitter_test_helpers";
import {
    answer,
    boardData,
    CARD,
    cardData,
    defineInteractionModels,
    mountCard,
    onPost,
    TwitterInteraction,
} from "./interaction_test_helpers";

defineInteractionModels();

const OTHER = actionablePostData({id: "400", segments: [text("We make chairs")]});
const ANSWERS = {url: "https://x.com/i/web/status/400", label: "In reply to your post"};
const SHOW = `${CARD} .o_crm_twitter_show_answered`;

describe("by X's rules", () => {
    test("the picture leads to the profile, as the name does", async () => {
        await mountCard();
        const link = `${CARD} a.o_crm_twitter_avatar_link`;
        expect(link).toHaveAttribute("href", "https://x.com/jacquesdunagan");
        expect(link).toHaveAttribute("tabindex", "-1");
        expect(`${link} .o_crm_twitter_avatar`).toHaveCount(1);
    });

    test("what it answers is shown on a click, whose price is named", async () => {
        answer({twitter_post: {post: OTHER, problem: false}});
        await mountCard(cardData({kind: "reply", answers: ANSWERS}));
        expect(SHOW).toHaveText(/Show it here\s*\$0\.015/);
        await contains(SHOW).click();
        expect.verifySteps([["twitter_post", [1], "400", {account_id: 12}]]);
        await animationFrame();
        expect(SHOW).toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_answered_post .o_crm_twitter_text`).toHaveText(
            "We make chairs"
        );
    });

    test("where X does not give it, that is said", async () => {
        const problem = {code: "gone", message: "It is not there.", action: ""};
        answer({twitter_post: {post: false, problem}});
        await mountCard(cardData({answers: ANSWERS}));
        await contains(SHOW).click();
        await animationFrame();
        expect(`${CARD} .o_crm_twitter_card_records [role=alert]`).toHaveText(
            "It is not there."
        );
        expect.verifySteps([["twitter_post", [1], "400", {account_id: 12}]]);
    });

    test("a quoted post is shown within the post, and offered once", async () => {
        answer({twitter_post: {post: OTHER, problem: false}});
        const post = actionablePostData({
            quoted_id: "400",
            quoted_url: "https://x.com/i/web/status/400",
        });
        await mountCard(cardData({kind: "quote", post, answers: ANSWERS}));
        expect(SHOW).toHaveCount(0);
        const show = `${CARD} .o_crm_twitter_show_quoted`;
        expect(show).toHaveText(/\$0\.015/);
        await contains(show).click();
        await animationFrame();
        expect.verifySteps([["twitter_post", [1], "400", {account_id: 12}]]);
        expect(`${CARD} .o_crm_twitter_quoted article`).toHaveCount(1);
        // Keys are for the post of the card, not for the quoted one within.
        onRpc("twitter.interaction", "twitter_check_text", () => false);
        document.querySelector(CARD).tabIndex = 0;
        await contains(CARD).focus();
        await press("r");
        await settled();
        expect(".o_crm_twitter_answered .o_crm_twitter_text").toHaveText(
            "Our new chair"
        );
    });

    test("nothing is offered whose price is not known", async () => {
        await mountCard(cardData({answers: ANSWERS}), {board: null});
        expect(SHOW).toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_answers`).toHaveCount(1);
    });
});

test("that it is a reply is said once", async () => {
    const post = actionablePostData({is_reply: true});
    await mountCard(
        cardData({kind: "reply", kind_label: "Reply", answers: ANSWERS, post})
    );
    expect(`${CARD} .o_crm_twitter_answers`).toHaveText("In reply to your post");
    expect(`${CARD} .o_crm_twitter_kind`).toHaveCount(0);
    expect(`${CARD} .o_crm_twitter_counts li:contains(Reply)`).toHaveCount(0);
});

describe("on a narrow card", () => {
    beforeEach(() => onRpc("twitter.interaction", "board", () => boardData()));

    test("X's four icons are in one row; prices are read out, and pointed at", async () => {
        const counts = {replies: 1234, reposts: 120, quotes: 15, likes: 1500};
        const like = intentData("like?tweet_id=501");
        const actions = postActionsData({like});
        const post = actionablePostData({...counts, actions});
        const {root} = await mountCard(cardData({post}));
        root.el.parentElement.style.width = "284px";
        const icons = queryAll(`${CARD} article .o_crm_twitter_action`);
        const boxes = icons.map((icon) => queryRect(icon));
        const lowestTop = Math.max(...boxes.map(({top}) => top));
        const highestBottom = Math.min(...boxes.map(({bottom}) => bottom));
        expect(icons).toHaveLength(4);
        expect(lowestTop).toBeLessThan(highestBottom);
        expect(queryAllTexts(`${CARD} article .o_crm_twitter_count`)).toEqual([
            "1.2k",
            "120",
            "15",
            "1.5k",
        ]);
        expect(`${CARD} article .o_crm_twitter_price`).toHaveCount(0);
        expect(onPost("repost")).toHaveAttribute("title", "Repost: at most $0.015");
        expect(`${onPost("repost")} .visually-hidden:contains($0.015)`).toHaveCount(1);
    });

    test("all that the CRM does is in one row as well", async () => {
        const {root} = await mountCard();
        root.el.parentElement.style.width = "284px";
        const buttons = queryAll(`${CARD} .o_crm_twitter_card_actions .btn`);
        expect(queryAllTexts(buttons)).toEqual([
            "Mark as handled",
            "Ignore",
            "Add",
            "",
            "?",
        ]);
        const boxes = buttons.map((button) => queryRect(button));
        const lowestTop = Math.max(...boxes.map(({top}) => top));
        const highestBottom = Math.min(...boxes.map(({bottom}) => bottom));
        expect(lowestTop).toBeLessThan(highestBottom);
    });

    test("a card in the kanban has a short name", async () => {
        const card = cardData({author: {name: "Jane Doe"}});
        TwitterInteraction._records = [{id: 1, relation: "known", card}];
        await mountView({
            type: "kanban",
            resModel: "twitter.interaction",
            arch: `<kanban><templates><t t-name="card">
                <field name="card" widget="crm_twitter_interaction"/>
            </t></templates></kanban>`,
        });
        await animationFrame();
        expect("article.o_kanban_record:first").toHaveAttribute(
            "aria-label",
            "Mention by Jane Doe, new"
        );
    });
});
