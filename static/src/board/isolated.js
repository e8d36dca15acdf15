/**
 * Words of somebody else within a sentence of ours, whose direction they do not change:
 * https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
 */
export function isolated(words) {
    return `\u2068${words}\u2069`;
}

/** A handle on X within a sentence. */
export function named(handle) {
    return isolated(`@${handle}`);
}
