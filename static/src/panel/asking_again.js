import {browser} from "@web/core/browser/browser";

/** Between one question and the next, in milliseconds: about six seconds in all. */
const PAUSES = [400, 800, 1200, 1600, 2000];
/** By what part a pause is shorter or longer, lest all who wait ask at once. */
const JITTER = 0.25;
/** After as long nothing is asked again, however long each answer took. */
const AT_MOST = 6500;

function pause(ms) {
    const jittered = ms * (1 + JITTER * (2 * Math.random() - 1));
    return new Promise((resolve) => browser.setTimeout(resolve, jittered));
}

/**
 * Ask our server something of X, and again where too many wait for X at the moment:
 * then nothing was sent. Only ever what is read.
 *
 * @param {Function} ask
 * @param {Function} isWanted whether somebody still waits for the answer
 * @returns {Promise<object>} the last answer
 */
export async function askAgain(ask, isWanted) {
    const latest = luxon.DateTime.now().toMillis() + AT_MOST;
    let answer = await ask();
    for (const ms of PAUSES) {
        const isOver = luxon.DateTime.now().toMillis() + ms > latest;
        if (answer?.problem?.action !== "wait" || isOver) {
            break;
        }
        await pause(ms);
        if (!isWanted()) {
            break;
        }
        answer = await ask();
    }
    return answer;
}
