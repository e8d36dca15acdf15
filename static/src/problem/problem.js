import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {sentenceOf} from "../panel/server_error";
import {Price} from "../price/price";
import {SafeLink} from "../safe_link/safe_link";

const {DateTime} = luxon;
/** The next step that a refusal of X offers, by the `action` of the server's answer. */
const STEPS = {
    login: _t("Log in with X"),
    settings: _t("Open the settings"),
    retry: _t("Try again"),
    // It was asked again by itself, and in vain.
    wait: _t("Try again"),
    credits: _t("Try now"),
    handle: _t("Enter the handle"),
};
/** What has the focus when a problem that had it is gone: within what, and which. */
const PLACES = [
    [".o_crm_twitter_quoted", ".o_crm_twitter_show_quoted"],
    [".o_crm_twitter_people", "h4"],
    [".o_crm_twitter_panel", ".o_crm_twitter_refresh"],
    [".o_crm_twitter_panel", ".o_crm_twitter_title"],
];
const ONE_DAY = 24 * 60 * 60 * 1000;

/** Why X did not do it, in a sentence, and the way on. */
export class Problem extends Component {
    static template = "crm_twitter.Problem";
    static components = {Price, SafeLink};
    static props = {
        problem: Object,
        canConfigure: {type: Boolean, optional: true},
        /** what it costs at most to try again */
        price: {type: [Number, Boolean], optional: true},
        onStep: Function,
        /** lets the next call out to X, where there was no credit */
        onTryNow: Function,
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({isTrying: false, error: ""});
        onWillUnmount(() => this.passFocusOn());
        useEffect(
            () => {
                const timer = browser.setTimeout(() => this.render(), this.early);
                return () => browser.clearTimeout(timer);
            },
            () => [this.props.problem.until]
        );
    }

    passFocusOn() {
        const {el} = this.root;
        if (el.contains(document.activeElement)) {
            const places = PLACES.map(([within, what]) =>
                el.closest(within)?.querySelector(what)
            );
            places.find(Boolean)?.focus();
        }
    }

    /** In how many milliseconds it is of use to try again; at most as of tomorrow. */
    get early() {
        const until = DateTime.fromISO(this.props.problem.until || "");
        const ms = until.isValid ? until.toMillis() - DateTime.now().toMillis() : 0;
        return Math.min(Math.max(ms, 0), ONE_DAY);
    }

    get isHeld() {
        return this.state.isTrying || (this.isRetry && this.early > 0);
    }

    get step() {
        const {action} = this.props.problem;
        if (action === "settings" && !this.props.canConfigure) {
            return "";
        }
        return STEPS[action] || "";
    }

    get isRetry() {
        return ["retry", "wait", "credits"].includes(this.props.problem.action);
    }

    /** Whatever stood in the way, to try once more is one step to who shows this. */
    async onStep() {
        const {action} = this.props.problem;
        if (this.isHeld || (action === "credits" && !(await this.tryNow()))) {
            return;
        }
        return this.props.onStep(this.isRetry ? "retry" : action);
    }

    /** @returns {Promise<boolean>} whether X may be asked again */
    async tryNow() {
        Object.assign(this.state, {isTrying: true, error: ""});
        try {
            await this.props.onTryNow();
            return true;
        } catch (error) {
            this.state.error = sentenceOf(error);
            return false;
        } finally {
            this.state.isTrying = false;
        }
    }

    get needsCredits() {
        return this.props.problem.action === "credits";
    }

    get isOverBudget() {
        return this.props.problem.code.startsWith("over_");
    }
}
