/**
 * The name of one intention, by which the server knows it again. Like
 * `crypto.randomUUID`, which browsers keep from pages that come by plain http.
 *
 * @returns {string} a random UUID
 */
export function newRequestUid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] % 16) + 64;
    bytes[8] = (bytes[8] % 64) + 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const cuts = [0, 8, 12, 16, 20, 32];
    return cuts
        .slice(1)
        .map((end, index) => hex.slice(cuts[index], end))
        .join("-");
}
