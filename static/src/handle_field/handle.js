/**
 * What a handle of X looks like, as in `x_api/handle.py`: the two must agree, and
 * `static/tests/handle.test.js` holds the table of both.
 */

const NAME = /^[A-Za-z0-9_]{1,15}$/;
const INVISIBLE = /[\p{Cf}\u2800\u3164\s]/gu;
const SITES = /^(?:[a-z0-9-]+\.)*(?:x|twitter)\.com\.?$/i;

/** First segments of x.com addresses that are pages of X, not people. */
const RESERVED = new Set(
    `about account compose download explore following followers hashtag help home i
    intent jobs login logout messages notifications oauth privacy search settings
    share signup tos widgets who_to_follow`.split(/\s+/)
);

/** Where `/intent/…` and `/share` carry the handle, by name of the parameter. */
const NAMING_PARAMETERS = ["screen_name", "user"];

function nameOrNull(text) {
    const name = text.replace(/^[@＠]/, "");
    return NAME.test(name) && !RESERVED.has(name.toLowerCase()) ? name : null;
}

function urlOrNull(text) {
    const address = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
    const url = URL.canParse(address) ? new URL(address) : null;
    return url && /^https?:$/.test(url.protocol) ? url : null;
}

function handleOfUrl(url) {
    const [first = "", second = ""] = url.pathname.split("/").filter(Boolean);
    if (first.toLowerCase() === "intent") {
        for (const parameter of NAMING_PARAMETERS) {
            const value = url.searchParams.get(parameter);
            if (value) {
                return nameOrNull(value);
            }
        }
        return null;
    }
    if (first === "" && url.hash.startsWith("#!/")) {
        return nameOrNull(url.hash.slice(3).split(/[/?]/)[0]);
    }
    if (first.toLowerCase() === "i" && second.toLowerCase() === "user") {
        return null;
    }
    return nameOrNull(safeDecode(first));
}

function safeDecode(text) {
    return /%(?![0-9A-Fa-f]{2})/.test(text) ? text : decodeURIComponent(text);
}

/**
 * @param {string} text what a person typed or pasted
 * @returns {string|null} the handle without @, case kept; null when `text` is none
 */
export function parseHandle(text) {
    const cleaned = (text || "").replace(INVISIBLE, "");
    if (!/[./:]/.test(cleaned)) {
        return cleaned ? nameOrNull(cleaned) : null;
    }
    const url = urlOrNull(cleaned);
    return url && SITES.test(url.hostname) ? handleOfUrl(url) : null;
}
