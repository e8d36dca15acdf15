import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, Deferred, mockDate} from "@odoo/hoot-mock";
import {
    contains,
    makeServerError,
    MockServer,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {mockBus, tell} from "./board_test_helpers";
import {actionablePostData, text, updateData} from "./crm_twitter_test_helpers";
import {
    answerActing,
    boardData,
    CARD,
    cardData,
    changeStates,
    deed,
    defineInteractionModels,
    mountCard,
    onPost,
    TwitterInteraction,
    wordlessData,
} from "./interaction_test_helpers";

defineInteractionModels();
beforeEach(() => {
    mockDate("2019-03-11 09:30:00", +0);
    mockBus();
});

const MINUTE = 60 * 1000;
const WORDS = "Is @acme any good?";
const FORM = `<form><field name="card" widget="crm_twitter_interaction"/>
    <field name="relation"/></form>`;

async function mountForm(card = cardData()) {
    TwitterInteraction._records = [{id: 1, relation: "known", card}];
    return mountView({
        type: "form",
        resModel: "twitter.interaction",
        resId: 1,
        arch: FORM,
    });
}

/** The server has another card; and says so. */
async function hearOf(card) {
    MockServer.env["twitter.interaction"].write([1], {card});
    tell();
    await advanceTime(4000);
    await animationFrame();
}

describe("what X has not confirmed within a day", () => {
    const shown_until = "2019-03-11T09:35:30+00:00";

    test("goes from an open page at that moment, without a call", async () => {
        onRpc("twitter.interaction", "*", ({method}) => expect.step(method));
        const author = {
            avatar_url: "https://pbs.twimg.com/jd.jpg",
        };
        await mountCard(cardData({shown_until, author}));
        await advanceTime(5 * MINUTE);
        expect(`${CARD} article .o_crm_twitter_text`).toHaveText(WORDS);
        await advanceTime(MINUTE / 2);
        await animationFrame();
        expect(`${CARD} article`).toHaveCount(0);
        expect(`${CARD} img`).toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_note`).toHaveText(/not confirmed/);
        // At most: who wrote it may have to be read along.
        expect(deed("load")).toHaveText(/Load again\s*\$0\.015/);
        expect(CARD).toHaveAttribute("aria-label", "Mention by jacquesdunagan, new");
        expect.verifySteps([]);
    });

    test("is not shown by a card that comes late", async () => {
        await mountCard(cardData({shown_until: "2019-03-11T09:29:59+00:00"}));
        expect(`${CARD} article`).toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_note`).toHaveCount(1);
    });

    test("goes from a form as well", async () => {
        onRpc("twitter.interaction", "board", () => boardData());
        await mountForm(cardData({shown_until}));
        await animationFrame();
        expect(`${CARD} article`).toHaveCount(1);
        await advanceTime(6 * MINUTE);
        await animationFrame();
        expect(`${CARD} article`).toHaveCount(0);
    });
});

test("ages grow, on cards with words and without", async () => {
    const posted_at = "2019-03-11T09:25:00+00:00";
    const post = actionablePostData({created_at: posted_at});
    const touches = [{user: "Anna", label: "Anna liked it", date: posted_at}];
    const {model, props} = await mountCard(cardData({post: {...post, touches}}));
    const age = `${CARD} .o_crm_twitter_permalink`;
    expect(age).toHaveText("5 minutes ago");
    await advanceTime(MINUTE);
    await animationFrame();
    expect(age).toHaveText("6 minutes ago");
    expect(`${CARD} .o_crm_twitter_touches time`).toHaveText("6 minutes ago");
    model.show(wordlessData({posted_at}), props.board);
    await animationFrame();
    await advanceTime(MINUTE);
    await animationFrame();
    expect(age).toHaveText("7 minutes ago");
});

describe("the board of a form", () => {
    test("is asked for again after a failure, which is said and throws nothing", async () => {
        let isIll = true;
        onRpc("twitter.interaction", "board", () => {
            expect.step("board");
            if (isIll) {
                throw makeServerError({message: "The server is ill."});
            }
            return boardData();
        });
        await mountForm();
        await animationFrame();
        expect(".o_crm_twitter_board_error").toHaveText("The server is ill.");
        expect(onPost("like")).toHaveAttribute("data-route", "api");
        isIll = false;
        await mountForm();
        await animationFrame();
        expect.verifySteps(["board", "board"]);
        expect(".o_crm_twitter_board_error").toHaveCount(0);
    });

    test("is read again where it is older than a minute", async () => {
        onRpc("twitter.interaction", "board", () => {
            expect.step("board");
            return boardData();
        });
        await mountForm();
        await animationFrame();
        await mountForm();
        await animationFrame();
        expect.verifySteps(["board"]);
        await advanceTime(MINUTE + 1000);
        await mountForm();
        await animationFrame();
        expect.verifySteps(["board"]);
    });
});

describe("news", () => {
    beforeEach(() => onRpc("twitter.interaction", "board", () => boardData()));

    test("are shown on an open form", async () => {
        await mountForm();
        const post = actionablePostData({segments: [text("Edited")]});
        await hearOf(cardData({post}));
        expect(`${CARD} .o_crm_twitter_text`).toHaveText("Edited");
    });

    test("wait where somebody has changed the form", async () => {
        await mountForm();
        await contains(
            ".o_field_widget[name=relation] select, .o_field_widget[name=relation] input"
        ).click();
        await contains(
            ".o-dropdown-item:contains(Customers), .o_select_menu_item:contains(Customers)"
        ).click();
        await hearOf(cardData({post: false, note: "Gone."}));
        expect(`${CARD} .o_crm_twitter_text`).toHaveText(WORDS);
    });
});

describe("what was done", () => {
    test("is said for a minute, and not when the card is read later", async () => {
        answerActing("twitter_act", updateData());
        const {model, props} = await mountCard();
        await contains(onPost("like")).click();
        await animationFrame();
        expect.verifySteps([["twitter_act", 1, "like", "501", 12]]);
        model.show(cardData(), props.board);
        await animationFrame();
        expect(`${CARD} .o_crm_twitter_notice`).toHaveCount(1);
        await advanceTime(MINUTE + 1000);
        model.show(cardData(), props.board);
        await animationFrame();
        expect(`${CARD} .o_crm_twitter_notice`).toHaveCount(0);
    });

    test("nothing of X stays of a card that has gone", async () => {
        const {cards, model} = await mountCard();
        const {models} = cards;
        expect(models.size).toBe(1);
        model.attach();
        cards.detach(model);
        await advanceTime(1);
        expect(models.size).toBe(1);
        cards.detach(model);
        await advanceTime(1);
        expect(models.size).toBe(0);
        cards.attach(model);
    });

    test("but what is being done ends, and then goes as well", async () => {
        const said = new Deferred();
        answerActing("twitter_act", () => said);
        const {cards, model} = await mountCard();
        await contains(onPost("like")).click();
        expect.verifySteps([["twitter_act", 1, "like", "501", 12]]);
        cards.detach(model);
        await advanceTime(1);
        expect(cards.models.size).toBe(1);
        said.resolve(updateData());
        await animationFrame();
        await advanceTime(MINUTE);
        expect(cards.models.size).toBe(0);
        cards.attach(model);
    });

    test("what can be undone is kept, without words", async () => {
        changeStates();
        const {cards, model} = await mountCard();
        await contains(deed("handle")).click();
        expect.verifySteps([[1, "new", "handled"]]);
        cards.detach(model);
        await advanceTime(1);
        expect(cards.models.size).toBe(1);
        expect(JSON.stringify([model.card, model.panel, model.given])).not.toInclude(
            "any good"
        );
        await advanceTime(21 * 1000);
        await animationFrame();
        await advanceTime(1);
        expect(cards.models.size).toBe(0);
        cards.attach(model);
    });
});
