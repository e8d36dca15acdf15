import {Component} from "@odoo/owl";
import {session} from "@web/session";

const IMAGE_HOSTS = ["pbs.twimg.com", "abs.twimg.com"];
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Whether an address that came from outside may become a link or an image's source:
 * https anywhere, http only on this very machine (where a stand-in of X may answer).
 *
 * @param {string} href
 * @returns {boolean}
 */
export function isSafeHref(href) {
    if (typeof href !== "string" || !URL.canParse(href)) {
        return false;
    }
    const {protocol, hostname} = new URL(href);
    return (
        protocol === "https:" || (protocol === "http:" && LOOPBACK.includes(hostname))
    );
}

/**
 * Whether a picture that X told of may be loaded: from X's own image hosts only, or from
 * what takes X's place here. Any other host would learn who looks at whom.
 *
 * @param {string} url
 * @returns {boolean}
 */
export function isPictureOfX(url) {
    const hosts = session.twitter_image_hosts || IMAGE_HOSTS;
    return isSafeHref(url) && hosts.includes(new URL(url).host);
}

/** A link out of Odoo; an unsafe address leaves its text, without a link. */
export class SafeLink extends Component {
    static template = "crm_twitter.SafeLink";
    static props = {
        href: {type: [String, Boolean], optional: true},
        class: {type: String, optional: true},
        title: {type: String, optional: true},
        label: {type: String, optional: true},
        dir: {type: String, optional: true},
        slots: {type: Object, optional: true},
    };

    get isSafe() {
        return isSafeHref(this.props.href);
    }
}
