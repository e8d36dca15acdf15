import {beforeEach, expect, test} from "@odoo/hoot";
import {edit, press, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {browser} from "@web/core/browser/browser";
import {
    clickSave,
    contains,
    getMockEnv,
    getService,
    mountView,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import {
    associatedData,
    candidateData,
    defineTwitterModels,
    mockPanel,
    panelData,
} from "./crm_twitter_test_helpers";

const FORM = /* xml */ `
    <form>
        <field name="name"/>
        <field name="twitter_handle" widget="twitter_handle"/>
    </form>`;
const INPUT = "[name=twitter_handle] input";

defineTwitterModels();
beforeEach(() => {
    onRpc("web_save", ({args}) => {
        expect.step(`save ${JSON.stringify(args[1])}`);
    });
});

const mountForm = (resId = 1, values = {}) =>
    mountView({type: "form", resModel: "crm.lead", resId, arch: FORM, ...values});

async function type(text) {
    await contains(INPUT).click();
    await edit(text);
    await press("Tab");
    await animationFrame();
}

test("a username links to the profile on X", async () => {
    await mountForm();
    expect(INPUT).toHaveValue("jacquesdunagan");
    expect("a.o_crm_twitter_link").toHaveAttribute(
        "href",
        "https://x.com/jacquesdunagan"
    );
    expect("a.o_crm_twitter_link").toHaveAttribute("target", "_blank");
    expect("a.o_crm_twitter_link").toHaveAttribute("rel", "noopener noreferrer");
});

test("a readonly form shows the username as a link, and the X", async () => {
    await mountForm(1, {readonly: true});
    expect("[name=twitter_handle] a").toHaveText("@jacquesdunagan");
    expect("[name=twitter_handle] a").toHaveAttribute(
        "href",
        "https://x.com/jacquesdunagan"
    );
    expect("button.o_crm_twitter_open").toHaveCount(1);
});

test("an address on X becomes the bare username", async () => {
    await mountForm();
    await type("https://twitter.com/Marc_Demo/status/20?s=1");
    expect(INPUT).toHaveValue("Marc_Demo");
    await clickSave();
    expect.verifySteps([`save {"twitter_handle":"Marc_Demo"}`]);
});

test("clearing the field saves it empty", async () => {
    await mountForm();
    await type("");
    await clickSave();
    expect.verifySteps([`save {"twitter_handle":false}`]);
});

test("what is no username is refused with a sentence, and not saved", async () => {
    await mountForm();
    await type("Jacques Dunagan");
    expect("[name=twitter_handle].o_field_invalid").toHaveCount(1);
    expect(".o_crm_twitter_invalid").toHaveText(
        /up to 15 letters, digits or underscores/
    );
    expect(INPUT).toHaveAttribute("aria-invalid", "true");
    expect(".o_form_button_save").not.toBeEnabled();
    await type("@jack");
    expect(".o_crm_twitter_invalid").toHaveCount(0);
    await clickSave();
    expect.verifySteps([`save {"twitter_handle":"jack"}`]);
});

test("text that came by import is shown as invalid, without a link", async () => {
    await mountForm(2);
    expect(INPUT).toHaveValue("not a username");
    expect(".o_crm_twitter_invalid").toHaveCount(1);
    expect("a.o_crm_twitter_link").toHaveCount(0);
});

test("the X opens the panel of the record", async () => {
    mockPanel(associatedData());
    await mountForm();
    await contains("button.o_crm_twitter_open").click();
    expect(".modal .o_crm_twitter_profile").toHaveCount(1);
    expect.verifySteps([]);
});

test("the dialog is about the person, and gives the focus back to the X", async () => {
    mockPanel(panelData({search: {query: "", candidates: [candidateData()]}}));
    onRpc("crm.lead", "twitter_associate", () => associatedData());
    await mountForm();
    await contains("button.o_crm_twitter_open").click();
    await animationFrame();
    expect(".modal-title").toHaveText("Jacques Dunagan on X");
    expect(".modal-lg").toHaveCount(1);
    await contains(".modal .o_crm_twitter_associate").click();
    await animationFrame();
    await contains(".modal .btn-close").click();
    await animationFrame();
    expect(".modal").toHaveCount(0);
    expect("button.o_crm_twitter_open").toBeFocused();
});

test("what the stat button's panel wrote is read, whenever that ends", async () => {
    mockPanel(panelData({search: {query: "", candidates: [candidateData()]}}));
    const answer = new Deferred();
    onRpc("crm.lead", "twitter_associate", () => answer);
    onRpc("web_read", ({args}) => expect.step(`read ${args[0]}`));
    await mountForm();
    expect.verifySteps(["read 1"]);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "crm_twitter.panel",
        target: "new",
        params: {res_model: "crm.lead", res_id: 1},
    });
    await contains(".modal .o_crm_twitter_associate").click();
    await contains(".modal .btn-close").click();
    expect(".modal").toHaveCount(0);
    expect.verifySteps([]);
    answer.resolve(associatedData());
    await animationFrame();
    expect.verifySteps(["read 1"]);
    const detail = {resModel: "crm.lead", resId: 2};
    getMockEnv().bus.trigger("CRM_TWITTER:WRITTEN", detail);
    await animationFrame();
    expect.verifySteps([]);
});

test("what is being typed is not lost to what a panel wrote", async () => {
    await mountForm();
    onRpc("web_read", () => expect.step("read"));
    await contains("[name=name] input").edit("Sofas");
    getMockEnv().bus.trigger("CRM_TWITTER:WRITTEN", {resModel: "crm.lead", resId: 1});
    await animationFrame();
    expect.verifySteps([]);
    expect("[name=name] input").toHaveValue("Sofas");
});

test("the X saves what was changed before it opens the panel", async () => {
    onRpc("crm.lead", "twitter_panel", () => {
        expect.step("panel");
        return panelData();
    });
    await mountForm();
    await contains(INPUT).edit("marc_demo", {confirm: false});
    await contains("button.o_crm_twitter_open").click();
    expect(".modal .o_crm_twitter_panel").toHaveCount(1);
    expect.verifySteps([`save {"twitter_handle":"marc_demo"}`, "panel"]);
});

test("a new record is saved before the panel opens", async () => {
    mockPanel(panelData());
    await mountForm(undefined);
    await contains("[name=name] input").edit("New");
    await contains("button.o_crm_twitter_open").click();
    expect(".modal .o_crm_twitter_panel").toHaveCount(1);
    expect.verifySteps([`save {"name":"New"}`]);
});

test("the X does not open the panel of a record that cannot be saved", async () => {
    await mountForm();
    await contains(INPUT).edit("no username", {confirm: false});
    await contains("button.o_crm_twitter_open").click();
    await animationFrame();
    expect(".modal").toHaveCount(0);
    expect.verifySteps([]);
});

test("back from X in the same tab, the panel of the record opens again, once", async () => {
    mockPanel(panelData());
    const entry = {resModel: "crm.lead", resId: 1, at: Date.now()};
    browser.sessionStorage.setItem("crm_twitter.reopen", JSON.stringify(entry));
    await mountForm();
    await animationFrame();
    expect(".modal .o_crm_twitter_panel").toHaveCount(1);
    expect(browser.sessionStorage.getItem("crm_twitter.reopen")).toBe(null);
});

test("the panel of another record is not opened", async () => {
    const entry = {resModel: "crm.lead", resId: 2, at: Date.now()};
    browser.sessionStorage.setItem("crm_twitter.reopen", JSON.stringify(entry));
    await mountForm();
    await animationFrame();
    expect(".modal").toHaveCount(0);
    browser.sessionStorage.removeItem("crm_twitter.reopen");
});

test("without the permission the username is plain text", async () => {
    serverState.userId = 99;
    onRpc("has_group", () => false);
    await mountForm();
    expect("[name=twitter_handle]").toHaveText("jacquesdunagan");
    expect("[name=twitter_handle] :is(a, button, input)").toHaveCount(0);
});

test("in a list the username is a link", async () => {
    await mountView({
        type: "list",
        resModel: "crm.lead",
        arch: `<list><field name="twitter_handle" widget="twitter_handle"/></list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual([
        "@jacquesdunagan",
        "not a username",
        "",
    ]);
    expect(".o_data_cell a").toHaveCount(1);
    expect(".o_data_cell a").toHaveAttribute("href", "https://x.com/jacquesdunagan");
    expect(".o_data_cell button").toHaveCount(0);
});
