import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, onRpc} from "@web/../tests/web_test_helpers";
import {askToAct} from "@crm_twitter/interaction/act_question";
import {settled} from "./composer_test_helpers";
import {
    actionablePostData,
    intentData,
    postActionsData,
    updateData,
} from "./crm_twitter_test_helpers";
import {
    answerActing,
    boardData,
    CARD,
    cardData,
    changeStates,
    defineInteractionModels,
    HANDLED_AT,
    mountCard,
    onPost,
    OTHER_BRAND,
    OWN,
    wordlessData,
} from "./interaction_test_helpers";

defineInteractionModels();

const SAYS = `${CARD} .o_crm_twitter_acting_as`;
const PUBLISHED = ".o_crm_twitter_composer .o_crm_twitter_published";

beforeEach(() => {
    onRpc("twitter.interaction", "twitter_check_text", () => ({
        length: 6,
        limit: 280,
        valid: true,
        has_link: false,
        price: 0.015,
        warnings: [],
    }));
});

async function focusCard() {
    await contains(CARD).focus();
}

describe("without the board", () => {
    const props = {board: null, isAlone: true};

    test("it is done and said as the account of the card", async () => {
        answerActing("twitter_act", updateData());
        await mountCard(cardData(), props);
        expect(SAYS).toHaveText(/Acting as\s*@acme/);
        await contains(onPost("like")).click();
        expect.verifySteps([["twitter_act", 1, "like", "501", 12]]);
        await contains(onPost("reply")).click();
        await settled();
        expect(PUBLISHED).toHaveText(/Published as\s*@acme\s*the company's account/);
        expect(".o_crm_twitter_published_on_site").toHaveCount(0);
    });

    test("a key asks with the name of the account", async () => {
        await mountCard(cardData(), props);
        await focusCard();
        await press("t");
        await animationFrame();
        expect(".o_dialog .modal-body").toHaveText(/Repost this as @acme\?/);
    });

    test("as nobody nothing is sent, and a key says why", async () => {
        answerActing("twitter_act", updateData());
        await mountCard(cardData({acting: false}), props);
        await focusCard();
        await press("t");
        await animationFrame();
        expect(".o_dialog").toHaveCount(0);
        expect(`${CARD} .o_crm_twitter_reason`).toHaveText(/not known yet/);
        expect(onPost("reply")).toHaveAttribute("data-route", "unavailable");
        await contains(onPost("reply")).click();
        await settled();
        expect(".o_crm_twitter_composer").toHaveCount(0);
        expect.verifySteps([]);
    });

    test("nobody is asked about as nobody", async () => {
        const {model} = await mountCard(cardData({acting: false}), props);
        askToAct({add: () => expect.step("asked")}, model, "like", () => true);
        expect.verifySteps([]);
    });

    test("as nobody x.com is open all the same, and that is said", async () => {
        const actions = postActionsData({reply: intentData("post?in_reply_to=501")});
        const post = actionablePostData({actions});
        await mountCard(cardData({acting: false, post}), props);
        await contains(onPost("reply")).click();
        await settled();
        expect(PUBLISHED).toHaveText(/whoever is logged in on x\.com/);
    });
});

describe("another account than the one above", () => {
    test("nothing is done until the card is that one's", async () => {
        answerActing("twitter_act", updateData());
        const {model, props} = await mountCard(cardData(), {above: 11, isAlone: true});
        expect(onPost("like")).toHaveAttribute("aria-disabled", "true");
        await contains(onPost("like")).click();
        await focusCard();
        await press("l");
        await animationFrame();
        expect(".o_dialog").toHaveCount(0);
        expect.verifySteps([]);
        model.show(cardData({acting: OWN}), props.board, 11);
        await animationFrame();
        await contains(onPost("like")).click();
        expect.verifySteps([["twitter_act", 1, "like", "501", 11]]);
    });

    test("nor while it is being chosen; not even on x.com", async () => {
        onRpc("twitter.interaction", "twitter_open_intent", () => expect.step("open"));
        const actions = postActionsData({like: intentData("like?tweet_id=501")});
        const post = actionablePostData({actions});
        await mountCard(cardData({post}), {isChoosing: true});
        expect(onPost("like")).toHaveAttribute("aria-disabled", "true");
        await contains(onPost("like")).click();
        expect(onPost("reply")).toHaveAttribute("aria-busy", "true");
        expect.verifySteps([]);
    });

    test("an account that is not this card's to choose holds up nothing", async () => {
        answerActing("twitter_act", updateData());
        await mountCard(cardData(), {above: OTHER_BRAND.id});
        await contains(onPost("like")).click();
        expect.verifySteps([["twitter_act", 1, "like", "501", 12]]);
    });

    test("a card of another company says as whom it acts", async () => {
        const board = boardData({accounts: [OTHER_BRAND], acting: OTHER_BRAND.id});
        await mountCard(cardData(), {board});
        expect(SAYS).toHaveText(/@acme/);
    });

    test("where all act as one, it is not said on each", async () => {
        await mountCard(cardData(), {
            board: boardData({accounts: [cardData().acting]}),
        });
        expect(SAYS).toHaveCount(0);
    });

    test("what changes the card gives it back for its own account", async () => {
        changeStates((id, state, {context}) =>
            expect.step([state, context.twitter_account_id])
        );
        const {model} = await mountCard(cardData({acting: OWN}), {wanted: 11});
        await model.changeState("handled");
        expect.verifySteps([
            [1, "new", "handled"],
            ["handled", 11],
        ]);
        expect(model.card.handled_at).toBe(HANDLED_AT);
    });

    test("so does what is loaded again", async () => {
        onRpc("twitter.interaction", "twitter_load_again", ({kwargs}) => {
            expect.step(kwargs.context.twitter_account_id);
            return {card: cardData({acting: OWN}), problem: false};
        });
        const {model} = await mountCard(wordlessData({acting: OWN}), {wanted: 11});
        await model.loadAgain();
        expect.verifySteps([11]);
        expect(model.panel.acting).toBe(11);
    });
});
