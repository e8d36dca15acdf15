import {describe, expect, test} from "@odoo/hoot";
import {segmentsOf, weigh} from "@crm_twitter/composer/x_weight";
import {withText, writingPage} from "@crm_twitter/composer/intent";
import {TEXT_CASES} from "./text_cases";

describe.current.tags("headless");

const SITE = "https://x.com";

for (const {name, text, ...expected} of TEXT_CASES) {
    test(`as X counts: ${name}`, () => {
        expect(weigh(text)).toEqual(expected);
    });

    test(`nothing is lost in the preview: ${name}`, () => {
        const shown = segmentsOf(text, SITE).map((segment) => segment.text);
        expect(shown.join("")).toBe(text);
    });
}

test("X makes links of mentions, tags and addresses", () => {
    const text = "Hi @odoo, #crm $ACME at odoo.com or http://example.com/a";
    const links = segmentsOf(text, SITE).filter(({href}) => href);
    expect(links.map(({kind, href}) => [kind, href])).toEqual([
        ["mention", "https://x.com/odoo"],
        ["hashtag", "https://x.com/hashtag/crm"],
        ["cashtag", "https://x.com/search?q=%24ACME"],
        ["link", "https://odoo.com"],
        ["link", "http://example.com/a"],
    ]);
});

test("what looks like a script is no link", () => {
    const segments = segmentsOf("javascript:alert(1) data:text/html,x", SITE);
    expect(segments.filter(({href}) => href)).toEqual([]);
});

test("X's own page gets the text, exactly", () => {
    const text = "Grüße & 100 % #crm\n+1 😀";
    const address = new URL(withText(`${SITE}/intent/tweet?in_reply_to=5`, text));
    expect(address.searchParams.get("text")).toBe(text);
    expect(address.searchParams.get("in_reply_to")).toBe("5");
    expect(withText(`${SITE}/intent/tweet`, "")).toBe("https://x.com/intent/tweet");
});

test("the page to write on, for each kind", () => {
    const post = {id: "501", url: "https://x.com/jane/status/501"};
    expect(writingPage(SITE, "post", false)).toBe("https://x.com/intent/tweet");
    expect(writingPage(SITE, "reply", post)).toBe(
        "https://x.com/intent/tweet?in_reply_to=501"
    );
    expect(writingPage(SITE, "quote", post)).toBe(
        "https://x.com/intent/tweet?url=https%3A%2F%2Fx.com%2Fjane%2Fstatus%2F501"
    );
});
