import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** As on X: from here on the number matters. */
const NEAR = 20;

/** How much may still be written, as X counts. */
export class Count extends Component {
    static template = "crm_twitter.Count";
    static props = {length: Number, limit: Number};

    get left() {
        return this.props.limit - this.props.length;
    }

    get state() {
        if (this.left < 0) {
            return "over";
        }
        return this.left <= NEAR ? "near" : "far";
    }

    get color() {
        return {over: "text-danger", near: "text-warning-emphasis", far: "text-muted"}[
            this.state
        ];
    }

    get share() {
        return Math.min(100, Math.round((100 * this.props.length) / this.props.limit));
    }

    get title() {
        return _t("%(length)s of %(limit)s characters, as X counts", this.props);
    }

    /** Read out where it changes: not at each character. */
    get announcement() {
        return {
            over: _t("The text is too long for X."),
            near: _t("No more than %(count)s characters left.", {count: NEAR}),
            far: "",
        }[this.state];
    }
}
