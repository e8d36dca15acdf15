const {DateTime} = luxon;

/**
 * X bills what it tells once per UTC day, and what it told is kept as long.
 *
 * @param {string} iso
 * @returns {boolean} whether it was in the UTC day that is now
 */
export function isToday(iso) {
    return DateTime.fromISO(iso, {zone: "utc"}).hasSame(DateTime.utc(), "day");
}
