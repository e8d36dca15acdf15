import {Component, onPatched, onWillPatch, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {formatPrice, Price} from "../price/price";
import {isSafeHref, SafeLink} from "../safe_link/safe_link";

const REMEDIES = {
    login: _t("Allow it on X"),
    settings: _t("Open the settings"),
};

let nextId = 1;

/**
 * Something one can do on X, by its route: a button (by the API), a link that opens
 * X's own window, or a button that says why not. It is made for a row that wraps.
 */
export class ActionButton extends Component {
    static template = "crm_twitter.ActionButton";
    static components = {Price, SafeLink};
    static props = {
        /** the server's ROUTE */
        route: Object,
        kind: String,
        label: String,
        /** an icon alone says it; the label is read out */
        icon: {type: String, optional: true},
        isIconOnly: {type: Boolean, optional: true},
        /** no room for the price: it is read out, and said where one points at it */
        isTight: {type: Boolean, optional: true},
        count: {type: [Number, Boolean], optional: true},
        /** whether it is done already, where the same button undoes it */
        isPressed: {type: Boolean, optional: true},
        isBusy: {type: Boolean, optional: true},
        /** whether words come first: then both routes begin in a dialog */
        composes: {type: Boolean, optional: true},
        /** what a click costs, where that is not the route's price */
        price: {type: [Number, Boolean], optional: true},
        class: {type: String, optional: true},
        siteUrl: {type: String, optional: true},
        canConfigure: {type: Boolean, optional: true},
        onAct: {type: Function, optional: true},
        onOpen: {type: Function, optional: true},
        /** the way to where it becomes available: ("login" | "settings") */
        onStep: {type: Function, optional: true},
    };
    static defaultProps = {class: "btn-secondary", siteUrl: ""};

    setup() {
        this.reasonId = `o_crm_twitter_reason_${nextId++}`;
        this.control = useRef("control");
        /** why the reason is shown: "", "focus" or "click" */
        this.state = useState({shown: ""});
        this.keepFocus();
    }

    /** Where a button becomes a link, it is still what the user was at. */
    keepFocus() {
        let focused = null;
        onWillPatch(() => {
            const {el} = this.control;
            focused = el === document.activeElement ? el : null;
        });
        onPatched(() => {
            if (focused && focused !== this.control.el) {
                this.control.el?.focus();
            }
        });
    }

    get route() {
        return this.props.route;
    }

    get isUnavailable() {
        const {route, url} = this.route;
        const isBroken = route === "intent" && !this.props.composes && !isSafeHref(url);
        return route === "unavailable" || isBroken;
    }

    get isIntent() {
        return this.route.route === "intent" && !this.isUnavailable;
    }

    get isLink() {
        return this.isIntent && !this.props.composes;
    }

    get classes() {
        const state = this.isUnavailable ? "o_crm_twitter_unavailable" : "";
        return `o_crm_twitter_action btn btn-sm ${this.props.class} ${state}`;
    }

    get count() {
        const {count, isTight} = this.props;
        // As X itself says it where there is little room: 1.2k.
        const isShort = isTight && count >= 1000;
        const options = isShort ? {humanReadable: true, decimals: 1} : {};
        return count ? formatInteger(count, options) : "";
    }

    get price() {
        return this.props.price ?? (this.isIntent ? 0 : this.route.price);
    }

    get hiddenPrice() {
        return this.props.isTight && this.price ? formatPrice(this.price) : "";
    }

    get pressed() {
        const {isPressed} = this.props;
        return isPressed === undefined ? false : String(isPressed);
    }

    /** The route in words, before the click. */
    get hint() {
        const {label, composes} = this.props;
        if (this.isUnavailable) {
            return `${label}: ${this.reason}`;
        }
        if (!this.isIntent) {
            return this.hiddenPrice
                ? _t("%(label)s: at most %(price)s", {label, price: this.hiddenPrice})
                : label;
        }
        const how = composes
            ? _t("%(label)s: written here, sent on x.com.", {label})
            : _t("%(label)s: opens x.com.", {label});
        return [how, this.route.note, this.route.reason].filter(Boolean).join(" ");
    }

    get reason() {
        return this.route.reason || _t("This cannot be done now.");
    }

    get remedy() {
        const {remedy} = this.route;
        return remedy === "settings" && !this.props.canConfigure ? "" : remedy;
    }

    get remedyLabel() {
        return REMEDIES[this.remedy];
    }

    onClick(ev) {
        if (this.isUnavailable) {
            this.state.shown = this.state.shown === "click" ? "" : "click";
            return;
        }
        // A double click is one.
        if (ev.detail < 2 && !this.props.isBusy) {
            this.state.shown = "";
            return this.props.onAct();
        }
    }

    onClickLink(ev) {
        if (ev.detail > 1 || this.props.isBusy) {
            ev.preventDefault();
        } else {
            this.props.onOpen();
        }
    }

    /** The middle button opens a link, too. */
    onAuxClick(ev) {
        if (ev.button !== 1) {
            return;
        }
        if (this.props.isBusy) {
            ev.preventDefault();
        } else {
            this.props.onOpen();
        }
    }

    onFocus() {
        if (this.isUnavailable && this.control.el.matches(":focus-visible")) {
            this.state.shown ||= "focus";
        }
    }

    onBlur({relatedTarget}) {
        const isInReason = relatedTarget?.closest(`#${this.reasonId}`);
        if (this.state.shown === "focus" && !isInReason) {
            this.state.shown = "";
        }
    }

    onKeydown(ev) {
        if (ev.key === "Escape" && this.isUnavailable && this.state.shown) {
            // The dialog stays.
            ev.stopPropagation();
            this.state.shown = "";
        }
    }
}
