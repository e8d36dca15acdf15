import {onMounted, onWillUnmount} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

export const NEWS = "crm_twitter/interactions";
/** Several messages in a row are one; in milliseconds. */
const GATHERED_FOR = 1000;

/** Calls `tell` some time after the first of several messages, one call at a time. */
class Gathering {
    constructor(tell, delay) {
        Object.assign(this, {tell, delay, timer: 0, isTelling: false, isMissed: false});
    }

    note() {
        if (this.isTelling) {
            this.isMissed = true;
        } else if (!this.timer) {
            this.timer = browser.setTimeout(() => this.onTime(), this.delay);
        }
    }

    async onTime() {
        this.timer = 0;
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

    stop() {
        browser.clearTimeout(this.timer);
        this.note = () => false;
    }
}

/**
 * Have a component told that something has changed on the boards of the active companies.
 *
 * @param {Function} tell called some time after a message; its promise is waited for
 * @param {number} [delay] in milliseconds
 */
export function useNews(tell, delay = GATHERED_FOR) {
    const bus = useService("bus_service");
    const gathering = new Gathering(tell, delay);
    const onMessage = ({company_id}) => {
        if (user.activeCompanies.some(({id}) => id === company_id)) {
            gathering.note();
        }
    };
    onMounted(() => bus.subscribe(NEWS, onMessage));
    onWillUnmount(() => {
        bus.unsubscribe(NEWS, onMessage);
        gathering.stop();
    });
}
