import {
    configs,
    extractCashtagsWithIndices,
    extractEntitiesWithIndices,
    extractUrlsWithIndices,
    parseTweet,
} from "../../lib/twitter_text/twitter_text";

/** What X refuses in a text does not depend on how long it lets somebody write. */
const WITHOUT_LIMIT = {...configs.defaults, maxWeightedTweetLength: Infinity};

/**
 * @param {string} text
 * @returns {{length: number, valid: boolean, has_link: boolean, cashtags: number}}
 *     as X counts
 */
export function weigh(text) {
    const {weightedLength, valid} = parseTweet(text, WITHOUT_LIMIT);
    return {
        length: weightedLength,
        valid,
        has_link: extractUrlsWithIndices(text).length > 0,
        cashtags: extractCashtagsWithIndices(text).length,
    };
}

/** Whether X will take a text for a mention of `handle`. */
export function mentions(text, handle) {
    const wanted = handle.toLowerCase();
    return extractEntitiesWithIndices(text).some(
        ({screenName}) => screenName?.toLowerCase() === wanted
    );
}

function kindAndHref({url, screenName, listSlug, hashtag, cashtag}, siteUrl) {
    if (url) {
        return ["link", /^https?:/i.test(url) ? url : `https://${url}`];
    }
    if (screenName) {
        return ["mention", `${siteUrl}/${screenName}${listSlug || ""}`];
    }
    if (hashtag) {
        return ["hashtag", `${siteUrl}/hashtag/${encodeURIComponent(hashtag)}`];
    }
    return ["cashtag", `${siteUrl}/search?q=${encodeURIComponent(`$${cashtag}`)}`];
}

/**
 * @param {string} text
 * @param {string} siteUrl X's own site
 * @returns {{kind: string, text: string, href: string}[]} what X will make links of,
 *     and what is between; together they are the text
 */
export function segmentsOf(text, siteUrl) {
    const segments = [];
    let at = 0;
    const addWords = (until) => {
        if (until > at) {
            segments.push({kind: "text", text: text.slice(at, until), href: ""});
        }
    };
    for (const entity of extractEntitiesWithIndices(text)) {
        const [start, end] = entity.indices;
        const [kind, href] = kindAndHref(entity, siteUrl);
        addWords(start);
        segments.push({kind, text: text.slice(start, end), href});
        at = end;
    }
    addWords(text.length);
    return segments;
}
