import {Component, onMounted, onWillUnmount, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {formatAge} from "../age/age";
import {formatPrice, Price} from "../price/price";
import {Problem} from "../problem/problem";
import {named} from "./isolated";
import {useKeptFocus} from "./kept_focus";

const {DateTime} = luxon;
const HALF_A_MINUTE = 30 * 1000;

/** How the reading of what is said to one company stands, and what to do about it. */
export class FeedLine extends Component {
    static template = "crm_twitter.FeedLine";
    static components = {Price, Problem};
    static props = {
        /** FEED */
        feed: Object,
        /** what X refused to the last click, or false */
        problem: {type: [Object, Boolean], optional: true},
        can: Object,
        /** whether it says which company it is about */
        hasName: Boolean,
        isBusy: Boolean,
        onStart: Function,
        onRead: Function,
        onOpenSettings: Function,
        onTryNow: Function,
    };

    setup() {
        this.tick = useState({count: 0});
        useKeptFocus(useRef("root"), "button");
        onMounted(() => {
            this.timer = browser.setInterval(() => this.tick.count++, HALF_A_MINUTE);
        });
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    get feed() {
        return this.props.feed;
    }

    /** Why it pauses; that X wants a new login is said anyway. */
    get problem() {
        const {state, problem} = this.feed;
        return this.props.problem || (state === "reading" && problem);
    }

    get handle() {
        return named(this.feed.handle);
    }

    get rejected() {
        return _t(
            "X no longer accepts the connection of %(handle)s, so nothing new is read.",
            {handle: this.handle}
        );
    }

    get unstarted() {
        return _t("What people say to %(handle)s is not read from X yet.", {
            handle: this.handle,
        });
    }

    get firstPrice() {
        if (!this.feed.first_price) {
            return _t("Read the newest 100");
        }
        return _t("Read the newest 100: at most %(price)s", {
            price: formatPrice(this.feed.first_price),
        });
    }

    get firstHint() {
        return _t("The most that X charges your company for this");
    }

    get lastRead() {
        // Read, so that the component is rendered anew at each tick.
        const isTicking = this.tick.count >= 0;
        const {last_read_at} = this.feed;
        return isTicking && last_read_at
            ? _t("Read %(age)s", {age: formatAge(last_read_at)})
            : _t("Not read yet");
    }

    get nextRead() {
        const next = DateTime.fromISO(this.feed.next_read_at);
        return next.isValid
            ? _t("Read next at %(time)s", {
                  time: next.toLocaleString(DateTime.DATETIME_MED),
              })
            : "";
    }

    get unverified() {
        const {unverified: count} = this.feed;
        return count === 1
            ? _t("1 card waits for X to confirm it, and shows no words until then.")
            : _t(
                  "%(count)s cards wait for X to confirm them, and show no words until then.",
                  {count}
              );
    }

    onStep(action) {
        if (action === "retry") {
            return this.props.onRead();
        }
        return this.props.onOpenSettings();
    }
}
