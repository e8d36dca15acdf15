import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryAllTexts, queryOne, waitFor} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {allowTranslations, contains} from "@web/../tests/web_test_helpers";
import {Pictures} from "@crm_twitter/composer/pictures";
import {Draft} from "@crm_twitter/composer/draft";
import {
    answeredPost,
    FakePanel,
    INTENT,
    NOTICE,
    openComposer,
    SEND,
    settled,
    update,
    WORDS,
} from "./composer_test_helpers";
import {defineTwitterModels} from "./crm_twitter_test_helpers";

defineTwitterModels();

const MEGABYTE = 1024 * 1024;
const BEGINNINGS = {
    jpg: [0xff, 0xd8, 0xff, 0xe0],
    png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    gif: [0x47, 0x49, 0x46, 0x38, 0x39, 0x61],
    webp: [0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50],
    bmp: [0x42, 0x4d, 0, 0],
};
const PICTURE = ".o_crm_twitter_picture";

/** A file that begins as its kind does, and is as large as said. */
function picture(name, size = 100) {
    const bytes = new Uint8Array(size);
    bytes.set(BEGINNINGS[name.split(".").pop()]);
    return new File([bytes], name);
}

async function taken(...files) {
    const pictures = new Pictures();
    await pictures.add(files);
    return [pictures.items.map(({name}) => name), pictures.refusals.map(String)];
}

function transfer(...files) {
    const data = new DataTransfer();
    for (const file of files) {
        data.items.add(file);
    }
    return data;
}

async function drop(...files) {
    const event = new DragEvent("drop", {
        bubbles: true,
        cancelable: true,
        dataTransfer: transfer(...files),
    });
    queryOne(WORDS).dispatchEvent(event);
    await waitFor(PICTURE);
    await settled();
}

describe("what X takes", () => {
    beforeEach(allowTranslations);

    test("four pictures of its kinds", async () => {
        const names = ["a.jpg", "b.png", "c.webp", "d.png"];
        expect(await taken(...names.map((name) => picture(name)))).toEqual([names, []]);
    });

    test("not a fifth", async () => {
        const names = ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"];
        const [items, refusals] = await taken(...names.map((name) => picture(name)));
        expect(items).toEqual(names.slice(0, 4));
        expect(refusals).toEqual([
            "“e.jpg” was not added: X takes up to four pictures in a post, or one GIF.",
        ]);
    });

    for (const names of [
        ["a.gif", "b.png"],
        ["a.png", "b.gif"],
        ["a.gif", "b.gif"],
    ]) {
        test(`a GIF stands alone: ${names.join(" and ")}`, async () => {
            const [items, refusals] = await taken(
                ...names.map((name) => picture(name))
            );
            expect(items).toEqual([names[0]]);
            expect(refusals.length).toBe(1);
        });
    }

    test("5 MB, of a GIF 15 MB", async () => {
        expect((await taken(picture("a.png", 5 * MEGABYTE)))[0]).toEqual(["a.png"]);
        expect((await taken(picture("a.gif", 15 * MEGABYTE)))[0]).toEqual(["a.gif"]);
        for (const file of [
            picture("a.png", 5 * MEGABYTE + 1),
            picture("a.gif", 15 * MEGABYTE + 1),
        ]) {
            expect(await taken(file)).toEqual([
                [],
                [`“${file.name}” is too large: X takes up to 5 MB, a GIF up to 15 MB.`],
            ]);
        }
    });

    test("no other kinds, whatever they are called", async () => {
        const no = (name) => [
            [],
            [`“${name}” is no picture that X takes: JPG, PNG, GIF or WEBP.`],
        ];
        expect(await taken(picture("a.bmp"))).toEqual(no("a.bmp"));
        const script = new File(["<svg onload=alert(1)>"], "a.png", {
            type: "image/png",
        });
        expect(await taken(script)).toEqual(no("a.png"));
        expect(await taken(new File([], "empty.png"))).toEqual(no("empty.png"));
    });
});

describe("in the composer", () => {
    test("dropped, described, and sent", async () => {
        const model = new FakePanel();
        await openComposer(model);
        await drop(picture("a.png"));
        expect(`${PICTURE} img`).toHaveAttribute(
            "src",
            /^data:image\/png;base64,iVBORw/
        );
        expect(`${PICTURE} label`).toHaveText(/Description of a\.png/);
        expect(SEND).toBeEnabled();
        await contains(".o_crm_twitter_alt").edit(" A chair ", {confirm: false});
        await settled();
        expect(`${SEND} .o_crm_twitter_price`).toHaveText("$0.02");
        expect(model.asked("checkText").at(-1).described).toBe(1);
        await contains(SEND).click();
        await settled();
        const [{text, pictures}] = model.asked("act");
        expect(text).toBe("");
        expect(pictures.map(({name, alt}) => [name, alt])).toEqual([
            ["a.png", "A chair"],
        ]);
        expect(atob(pictures[0].data).length).toBe(100);
    });

    test("in the preview with what describes them; free means without", async () => {
        await openComposer(new FakePanel());
        await drop(picture("a.png"));
        await contains(".o_crm_twitter_alt").edit("A chair", {confirm: false});
        await settled();
        const shown = ".o_crm_twitter_preview img.o_crm_twitter_preview_picture";
        expect(shown).toHaveAttribute("alt", "A chair");
        expect(queryOne(shown).src).toMatch(/^data:image\/png;base64,/);
        expect(".o_crm_twitter_free_without").toHaveCount(0);
        await contains(WORDS).edit("odoo.com", {confirm: false});
        await settled();
        expect(".o_crm_twitter_free + .o_crm_twitter_free_without").toHaveText(
            "(The pictures cannot go along.)"
        );
        await contains(".o_crm_twitter_remove").click();
        await settled();
        expect(`.o_crm_twitter_free_without, ${shown}`).toHaveCount(0);
        expect(".o_crm_twitter_free").toHaveCount(1);
    });

    test("pasted", async () => {
        await openComposer(new FakePanel());
        const event = new ClipboardEvent("paste", {
            bubbles: true,
            cancelable: true,
            clipboardData: transfer(picture("a.png")),
        });
        queryOne(WORDS).dispatchEvent(event);
        await waitFor(PICTURE);
        expect(event.defaultPrevented).toBe(true);
    });

    test("words that are pasted are words", async () => {
        await openComposer(new FakePanel());
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", "Hello");
        const event = new ClipboardEvent("paste", {
            bubbles: true,
            cancelable: true,
            clipboardData,
        });
        queryOne(WORDS).dispatchEvent(event);
        expect(event.defaultPrevented).toBe(false);
    });

    test("removed; and why another was not taken is read out", async () => {
        await openComposer(new FakePanel());
        await drop(picture("a.png"), picture("b.bmp"));
        expect(".o_crm_twitter_refusals[role=alert] li").toHaveText(/“b\.bmp”/);
        await contains(".o_crm_twitter_remove").click();
        expect(PICTURE).toHaveCount(0);
        expect(".o_crm_twitter_refusals").toHaveCount(0);
    });

    test("with four of them there is no room", async () => {
        await openComposer(new FakePanel());
        const files = ["a.png", "b.png", "c.png", "d.png"].map((name) => picture(name));
        await drop(...files);
        await animationFrame();
        expect(PICTURE).toHaveCount(4);
        expect(".o_crm_twitter_add_pictures").not.toBeEnabled();
    });

    test("they are not kept with the draft: said, and their words are", async () => {
        const model = new FakePanel();
        await openComposer(model);
        await drop(picture("a.png"));
        await contains(".o_crm_twitter_alt").edit("A chair", {confirm: false});
        await press("Escape");
        await settled();
        await openComposer(model);
        expect(".o_crm_twitter_missed").toHaveText(/Choose them again: a\.png/);
        await drop(picture("a.png"));
        expect(".o_crm_twitter_alt").toHaveValue("A chair");
        expect(".o_crm_twitter_missed").toHaveCount(0);
    });

    test("X's own page takes none: said, and they stay", async () => {
        const model = new FakePanel({
            act: (_asked, panel) => {
                panel.panel.actions = {post: INTENT};
                return update("refused", {engagement: {reason: "No."}});
            },
        });
        await openComposer(model);
        await contains(WORDS).edit("Look", {confirm: false});
        await drop(picture("a.png"));
        await contains(SEND).click();
        await settled();
        expect(".o_crm_twitter_pictures_stay").toHaveText(/cannot go along to x\.com/);
        expect(queryAllTexts(PICTURE).length).toBe(1);
        expect(".o_crm_twitter_add_pictures").toHaveCount(0);
    });
});

describe("with a quote", () => {
    const SENTENCE =
        "X takes a quote or pictures from Odoo, not both: a quote goes without.";
    const NONE = ".o_crm_twitter_no_pictures";

    test("none can be chosen, and why is said", async () => {
        await openComposer(new FakePanel(), "quote", answeredPost());
        expect(NONE).toHaveText(SENTENCE);
        expect(".o_crm_twitter_add_pictures, input[type=file]").toHaveCount(0);
    });

    test("nothing is said of it where they can, or on x.com", async () => {
        await openComposer(new FakePanel(), "reply", answeredPost());
        expect(NONE).toHaveCount(0);
        expect(".o_crm_twitter_add_pictures").toHaveCount(1);
        await press("Escape");
        await settled();
        const post = answeredPost({actions: {quote: INTENT}});
        await openComposer(new FakePanel(), "quote", post);
        expect(NONE).toHaveCount(0);
    });

    for (const [name, event] of [
        [
            "dropped",
            (files) => new DragEvent("drop", {...files, dataTransfer: files.data}),
        ],
        [
            "pasted",
            (files) =>
                new ClipboardEvent("paste", {...files, clipboardData: files.data}),
        ],
    ]) {
        test(`none can be ${name}: said then, and the page stays`, async () => {
            const model = new FakePanel();
            await openComposer(model, "quote", answeredPost());
            await contains(WORDS).edit("Look", {confirm: false});
            const data = transfer(picture("a.png"));
            const sent = event({bubbles: true, cancelable: true, data});
            queryOne(WORDS).dispatchEvent(sent);
            await settled();
            expect(sent.defaultPrevented).toBe(true);
            expect(NOTICE).toHaveText(SENTENCE);
            expect(PICTURE).toHaveCount(0);
            await contains(SEND).click();
            await settled();
            expect(model.asked("act")[0].pictures).toEqual([]);
        });
    }

    test("files over it are not invited", async () => {
        await openComposer(new FakePanel(), "quote", answeredPost());
        const dataTransfer = transfer(picture("a.png"));
        const event = new DragEvent("dragover", {
            bubbles: true,
            cancelable: true,
            dataTransfer,
        });
        queryOne(WORDS).dispatchEvent(event);
        await animationFrame();
        expect(event.defaultPrevented).toBe(true);
        expect(".o_crm_twitter_dragged").toHaveCount(0);
    });

    test("a draft's are not asked for again", async () => {
        const about = {model: "crm.lead", id: 1, kind: "quote", postId: "501"};
        const draft = new Draft(about);
        draft.write({text: "Look", pictures: [{name: "a.png", alt: "A chair"}]});
        await openComposer(new FakePanel(), "quote", answeredPost());
        expect(WORDS).toHaveValue("Look");
        expect(".o_crm_twitter_missed").toHaveCount(0);
        const kept = new Draft(about);
        expect(kept.pictures).toEqual([]);
        expect(kept.requestUid).toBe(draft.requestUid);
    });
});
