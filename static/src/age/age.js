import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";

const {DateTime} = luxon;
const MINUTE = 60 * 1000;

/**
 * @param {string} iso
 * @returns {string} "5 minutes ago", in the user's language; "just now" at first
 */
export function formatAge(iso) {
    const then = DateTime.fromISO(iso);
    if (!then.isValid) {
        return "";
    }
    return DateTime.now() - then < MINUTE ? _t("just now") : then.toRelative();
}

/** "as of 5 minutes ago", growing older while one looks at it. */
export class Age extends Component {
    static template = "crm_twitter.Age";
    static props = {iso: String};

    setup() {
        this.tick = useState({count: 0});
        onMounted(() => {
            this.timer = browser.setInterval(() => this.tick.count++, MINUTE / 2);
        });
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    get label() {
        // Read, so that the component is rendered anew at each tick.
        const now = this.tick.count >= 0 && DateTime.now();
        const then = DateTime.fromISO(this.props.iso);
        return now - then < MINUTE
            ? _t("as of now")
            : _t("as of %(age)s", {age: then.toRelative()});
    }

    get exact() {
        return DateTime.fromISO(this.props.iso).toLocaleString(DateTime.DATETIME_MED);
    }
}
