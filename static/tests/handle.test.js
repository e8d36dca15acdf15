import {describe, expect, test} from "@odoo/hoot";
import {parseHandle} from "@crm_twitter/handle_field/handle";

describe.current.tags("headless");

const HANDLES = [
    ["jack", "jack"],
    ["@Jack", "Jack"],
    ["  @jack\u200B ", "jack"],
    ["\uFF20jack", "jack"],
    ["\uFF4A\uFF41ck", "jack"],
    ["a", "a"],
    ["abcdefghijklmno", "abcdefghijklmno"],
    ["x.com/jack", "jack"],
    ["X.COM/jack", "jack"],
    ["https://x.com/jack/", "jack"],
    ["HTTPS://Mobile.Twitter.com/Jack?lang=en#top", "Jack"],
    ["//twitter.com/jack", "jack"],
    ["https://x.com:443/jack", "jack"],
    ["https://x.com/@jack", "jack"],
    ["https://x.com/jack/status/20", "jack"],
    ["https://x.com/intent/user?screen_name=jack", "jack"],
    ["https://twitter.com/intent/follow?screen_name=%40jack&x=1", "jack"],
    ["https://twitter.com/#!/jack", "jack"],
];

const NO_HANDLES = [
    "",
    "   ",
    "@",
    "@@jack",
    "jack dorsey",
    "jack.dorsey",
    "jack-dorsey",
    "abcdefghijklmnop",
    "jäck",
    "home",
    "@Search",
    "x.com",
    "https://x.com/",
    "https://x.com/home",
    "https://x.com/i/user/12",
    "https://x.com/hashtag/chairs",
    "https://x.com/intent/post?text=jack",
    "https://x.com/intent/user?user_id=12",
    "https://x.com:8443/jack",
    "https://nox.com/jack",
    "https://x.com.evil.example/jack",
    "https://jack@x.com/jack",
    "https://example.com/jack",
    "mailto:jack@x.com",
    "jack@x.com",
    "https://x.com\\jack",
    "https://x.com/%zz",
    "javascript:alert(1)",
];

test("what is a username, however it is written", () => {
    for (const [written, handle] of HANDLES) {
        expect(parseHandle(written)).toBe(handle, {message: written});
    }
});

test("what is no username", () => {
    for (const written of NO_HANDLES) {
        expect(parseHandle(written)).toBe(null, {message: written});
    }
});
