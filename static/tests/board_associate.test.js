import {expect, test} from "@odoo/hoot";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, Deferred} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {AssociateDialog} from "@crm_twitter/associate_dialog/associate_dialog";
import {defineBoardModels} from "./board_test_helpers";
import {ownKwargs} from "./crm_twitter_test_helpers";

defineBoardModels();

const INTERACTION = {
    id: 1,
    author: {handle: "jane_doe", twitter_id: "1001", name: "Jane Doe"},
};
const LEAD = {
    model: "crm.lead",
    id: 1,
    name: "Office chairs",
    kind: "lead",
    reason: "Same name.",
    handle: "",
};
const TAKEN = {...LEAD, id: 2, name: "Desks", handle: "other_jane"};
const CHOICES = ".o_crm_twitter_choose";

async function openDialog(suggestions = [LEAD, TAKEN]) {
    onRpc("twitter.interaction", "suggestions", (call) => {
        expect.step(["suggestions", ...call.args, ownKwargs(call)]);
        return typeof suggestions === "function" ? suggestions(call) : suggestions;
    });
    onRpc("crm.lead", "twitter_associate", (call) => {
        expect.step(["associate", ...call.args, ownKwargs(call)]);
        return {};
    });
    await mountWithCleanup(MainComponentsContainer);
    getService("dialog").add(AssociateDialog, {
        interaction: INTERACTION,
        onAssociated: ({model, id}) => expect.step(`associated ${model} ${id}`),
    });
    await animationFrame();
    expect.verifySteps([["suggestions", [1], {}]]);
}

const associated = (id, basis = "public") => [
    [
        "associate",
        [id],
        "jane_doe",
        basis,
        {twitter_id: "1001", origin: "board", interaction_id: 1},
    ],
    `associated crm.lead ${id}`,
];

test("those with the same name are offered, and why; one click associates", async () => {
    await openDialog();
    expect(".modal-title").toHaveText("Who is @jane_doe?");
    expect("label[for=o_crm_twitter_record_search]").toHaveText(
        "Which lead or contact is \u2068Jane Doe\u2069?"
    );
    expect(queryAllTexts(CHOICES)).toEqual([
        "Office chairs\nSame name.",
        "Desks\nSame name.",
    ]);
    expect("input[type=radio]:checked").toHaveValue("public");
    await contains(`${CHOICES}:first`).click();
    expect.verifySteps(associated(1));
    expect(".modal").toHaveCount(0);
    expect(".o_notification").toHaveText(
        "\u2068@jane_doe\u2069 is associated with \u2068Office chairs\u2069."
    );
});

test("another basis may be chosen", async () => {
    await openDialog();
    await contains("input[type=radio][value=consent]").click();
    await contains(`${CHOICES}:first`).click();
    expect.verifySteps(associated(1, "consent"));
});

test("another handle is taken from nobody unasked", async () => {
    await openDialog();
    await contains(`${CHOICES}:last`).click();
    expect.verifySteps([]);
    expect(".o_crm_twitter_replace p").toHaveText(
        "Desks has @other_jane now. Associate @jane_doe instead?"
    );
    expect(".o_crm_twitter_keep").toBeFocused();
    expect(".o_crm_twitter_keep").toHaveText("Keep \u2068@other_jane\u2069");
    await contains(".o_crm_twitter_keep").click();
    expect(".o_crm_twitter_replace").toHaveCount(0);
    await contains(`${CHOICES}:last`).click();
    await contains(".o_crm_twitter_replace_it").click();
    expect.verifySteps(associated(2));
});

test("the same handle, as somebody typed it, is not asked about", async () => {
    await openDialog([{...LEAD, handle: "Jane_Doe"}]);
    await contains(CHOICES).click();
    expect.verifySteps(associated(1));
});

test("a search waits until nothing is typed any more; late answers are dropped", async () => {
    const slow = new Deferred();
    await openDialog(({kwargs: {query}}) => {
        if (query === "Of") {
            return slow;
        }
        return query ? [TAKEN] : [LEAD];
    });
    await contains("input[type=search]").edit("Of", {confirm: false});
    await advanceTime(300);
    expect.verifySteps([["suggestions", [1], {query: "Of"}]]);
    await contains("input[type=search]").edit("Office", {confirm: false});
    await advanceTime(300);
    await animationFrame();
    expect.verifySteps([["suggestions", [1], {query: "Office"}]]);
    slow.resolve([LEAD]);
    await animationFrame();
    expect(queryAllTexts(`${CHOICES} bdi.fw-bold`)).toEqual(["Desks"]);
});

test("by the keyboard alone", async () => {
    await openDialog();
    expect("input[type=search]").toBeFocused();
    await press("ArrowDown");
    await press("ArrowDown");
    expect(`${CHOICES}:last`).toBeFocused();
    await press("ArrowUp");
    expect(`${CHOICES}:first`).toBeFocused();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(associated(1));
});

test("nobody found is said, and a refusal of the server keeps the dialog", async () => {
    await openDialog(({kwargs: {query}}) => (query ? [LEAD] : []));
    expect(".o_crm_twitter_nobody").toHaveText(/Nobody here has this name/);
    onRpc("crm.lead", "twitter_associate", () => {
        throw makeServerError({message: "You may not."});
    });
    await contains("input[type=search]").edit("Of", {confirm: false});
    await press("Enter");
    await animationFrame();
    expect.verifySteps([["suggestions", [1], {query: "Of"}]]);
    await contains(CHOICES).click();
    await animationFrame();
    expect(".o_crm_twitter_associate_dialog .o_crm_twitter_error").toHaveText(
        "You may not."
    );
    expect(CHOICES).toBeEnabled();
});
