/**
 * What a username on X looks like. The rules are those of `x_api/handle.py`, so that the
 * form refuses what the server would not link; `static/tests/handle.test.js` and
 * `x_api/tests` hold the same cases.
 */

const HANDLE = /^[A-Za-z0-9_]{1,15}$/;
const WIDE = /[\uFF01-\uFF5E]/g;
const LINK =
    /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/i;
const ON_X = /^(?:[a-z0-9.-]*\.)?(?:x|twitter)\.com\.?(?::(?:80|443)?)?$/i;
const INTENTS_TO_PEOPLE = /^(?:user|follow)\/*$/i;

/** First parts of x.com addresses that are pages of X, not people. */
const RESERVED = new Set(
    `about account accounts ads analytics api articles blog bookmarks business
    careers cards communities compose connect_people contact creators dashboard
    developer developers download explore favorites followers following
    followers_you_follow hashtag help home i intent invitations jobs legal lists
    login logout lookup mentions messages moments notifications oauth personalization
    privacy rules search search-advanced session sessions settings share signup
    status statuses tos trends welcome who_to_follow widgets`.split(/\s+/)
);

/** Without what cannot be seen, and with East Asian keyboards' wide ASCII narrowed. */
function tidy(text) {
    return text
        .replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
        .replace(/\uFE6B/g, "@")
        .replace(/\p{Cf}/gu, "")
        .trim();
}

function validOrNull(name) {
    return HANDLE.test(name) && !RESERVED.has(name.toLowerCase()) ? name : null;
}

function unquote(path) {
    try {
        return decodeURIComponent(path);
    } catch {
        // A stray percent sign: as it stands.
        return path;
    }
}

function fromLink(link) {
    const [, site, path, query, fragment = ""] = LINK.exec(link) || [];
    if (!ON_X.test(site)) {
        return null;
    }
    // Until 2012 profiles were at twitter.com/#!/name.
    const place = fragment.startsWith("!/") ? fragment.slice(1) : path;
    const [first, ...rest] = unquote(place).replace(/^\/+/, "").split("/");
    if (first.toLowerCase() === "intent" && INTENTS_TO_PEOPLE.test(rest.join("/"))) {
        const names = new URLSearchParams(query).getAll("screen_name");
        return validOrNull((names.find(Boolean) || "").replace(/^@/, ""));
    }
    return validOrNull(first.replace(/^@/, ""));
}

/**
 * @param {string} text `@name`, `name`, or the address of a profile, post or intent
 * @returns {string|null} the username without @, case kept; null when `text` is none
 */
export function parseHandle(text) {
    const written = tidy(text || "");

    if (!written || /[\s\\\x00-\x1f\x7f]/.test(written)) {
        return null;
    }
    return validOrNull(written.replace(/^@/, "")) || fromLink(written);
}
