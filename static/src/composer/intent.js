/**
 * X's own page for writing, with what is written already in it.
 *
 * https://docs.x.com/x-for-websites/web-intents/overview
 *
 * @param {string} url of the page, without the text
 * @param {string} text
 * @returns {string}
 */
export function withText(url, text) {
    const address = new URL(url);
    if (text) {
        address.searchParams.set("text", text);
    }
    return address.href;
}

/**
 * @param {string} siteUrl X's own site
 * @param {string} kind
 * @param {object|false} post what is answered or quoted
 * @returns {string} the page where anybody may do by hand what the API does for money
 */
export function writingPage(siteUrl, kind, post) {
    const address = new URL("/intent/tweet", siteUrl);
    if (kind === "reply") {
        address.searchParams.set("in_reply_to", post.id);
    } else if (kind === "quote") {
        address.searchParams.set("url", post.url);
    }
    return address.href;
}
