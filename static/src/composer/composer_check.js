import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {formatPrice} from "../price/price";
import {weigh} from "./x_weight";

const CHECK_AFTER = 400;
const SHORT_LIMIT = 280;

/**
 * What is known of a text before it is sent: X's count at once, the price and the
 * server's warnings a moment after the last key.
 */
export class ComposerCheck {
    /** @param {Function} ask (what is checked) => the server's answer, or null */
    constructor(ask) {
        this.ask = ask;
        this.answer = false;
        this.answered = "";
        this.timer = 0;
        this.asks = 0;
        this.isStopped = false;
    }

    /** @param {object} asked text, pictures, described, and as whom */
    soon(asked) {
        browser.clearTimeout(this.timer);
        if (!this.isStopped) {
            this.timer = browser.setTimeout(() => this.now(asked), CHECK_AFTER);
        }
    }

    /** @returns {Promise<boolean>} whether the server answered */
    async now(asked) {
        browser.clearTimeout(this.timer);
        const turn = ++this.asks;
        const answer = await this.ask(asked);
        // A late answer is about what is not there any more.
        if (answer && turn === this.asks) {
            this.answer = answer;
            this.answered = JSON.stringify(asked);
        }
        return Boolean(answer);
    }

    /** Nobody looks at it any more. */
    stop() {
        this.isStopped = true;
        browser.clearTimeout(this.timer);
    }

    isAbout(asked) {
        return this.answered === JSON.stringify(asked);
    }
}

/** What stops a text whatever the server says; it says why a moment later. */
export function isImpossible(text, limit) {
    const {length, valid, cashtags} = weigh(text);
    return length > limit || cashtags > 1 || (length > 0 && !valid);
}

export function limitOf(account) {
    return account?.limit || SHORT_LIMIT;
}

/** What a link costs, in a sentence with both prices. */
export function sentenceOfLink(price, base) {
    return _t(
        "A link makes this post %(times)s times dearer: %(price)s instead of %(base)s.",
        {
            times: Math.floor(price / base),
            price: formatPrice(price),
            base: formatPrice(base),
        }
    );
}
