import {onMounted, onWillUnmount, useExternalListener} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";

/** What X has not confirmed within a day leaves a page as well that is left open. */
const OLD_AFTER = 10 * 60 * 1000;

/** Have what has long been on the page read again, as soon as somebody looks at it. */
export function useRereading(read) {
    let isOld = false;
    let timer = 0;
    const look = () => {
        if (isOld && !document.hidden) {
            isOld = false;
            read();
        }
    };
    const grow = () => {
        isOld = true;
        look();
    };
    onMounted(() => {
        timer = browser.setInterval(grow, OLD_AFTER);
    });
    onWillUnmount(() => browser.clearInterval(timer));
    useExternalListener(document, "visibilitychange", look);
}
