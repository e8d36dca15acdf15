import {onMounted, onWillUnmount, useExternalListener} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

export const NEWS = "crm_twitter/interactions";
/** Several messages in a row are one; in milliseconds. */
const GATHERED_FOR = 1000;
/** Many pages hear a message at once, and ask the server one after another. */
const SPREAD_OVER = 2000;
/** So long after one has written something, the message about it comes. */
const OWN_WITHIN = 2000;

/** Calls `tell` some time after the first of several messages, one call at a time. */
class Gathering {
    /**
     * @param {object} about
     * @param {Function} about.tell called some time after a message; waited for
     * @param {Function} [about.tellOwn] called for the message of what was noted as one's
     *     own; `tell` is not
     * @param {number} [about.delay] in milliseconds
     */
    constructor({tell, tellOwn = () => false, delay = GATHERED_FOR}) {
        Object.assign(this, {tell, tellOwn, delay, timer: 0, ownUntil: 0});
        Object.assign(this, {isTelling: false, isMissed: false, isAsleep: false});
    }

    /** The page has written something, and reads now what has changed. */
    noteOwn() {
        if (this.timer) {
            // It was told of that already.
            browser.clearTimeout(this.timer);
            this.timer = 0;
        } else {
            this.ownUntil = Date.now() + OWN_WITHIN;
        }
    }

    hear() {
        if (Date.now() < this.ownUntil) {
            this.ownUntil = 0;
            this.tellOwn();
        } else {
            this.note();
        }
    }

    note() {
        if (this.isTelling) {
            this.isMissed = true;
        } else if (!this.timer) {
            const wait = this.delay + Math.random() * SPREAD_OVER;
            this.timer = browser.setTimeout(() => this.onTime(), wait);
        }
    }

    async onTime() {
        this.timer = 0;
        if (document.hidden) {
            this.isAsleep = true;
            return;
        }
        this.isTelling = true;
        try {
            await this.tell();
        } finally {
            this.isTelling = false;
        }
        if (this.isMissed) {
            this.isMissed = false;
            this.note();
        }
    }

    /** Nobody looked; maybe somebody does now. */
    wake() {
        if (this.isAsleep && !document.hidden) {
            this.isAsleep = false;
            this.onTime();
        }
    }

    stop() {
        browser.clearTimeout(this.timer);
        this.note = () => false;
        this.wake = () => false;
    }
}

/**
 * Have a component told that something has changed on the boards of the active companies,
 * while somebody looks at it.
 *
 * @param {object} about see Gathering
 * @returns {Gathering}
 */
export function useNews(about) {
    const bus = useService("bus_service");
    const gathering = new Gathering(about);
    const onMessage = ({company_id}) => {
        if (user.activeCompanies.some(({id}) => id === company_id)) {
            gathering.hear();
        }
    };
    useExternalListener(document, "visibilitychange", () => gathering.wake());
    onMounted(() => bus.subscribe(NEWS, onMessage));
    onWillUnmount(() => {
        bus.unsubscribe(NEWS, onMessage);
        gathering.stop();
    });
    return gathering;
}
