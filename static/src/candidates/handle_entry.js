import {Component, onMounted, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {parseHandle} from "../handle_field/handle";
import {Price} from "../price/price";

export const HANDLE_HELP = _t(
    "A handle on X has up to 15 letters, digits or underscores, such as @jane_doe. The address of a profile or a post on x.com will do as well."
);

/** Where a username that is known is typed in. */
export class HandleEntry extends Component {
    static template = "crm_twitter.HandleEntry";
    static components = {Price};
    static props = {
        value: {type: String, optional: true},
        /** what it costs at most to look up a username, "" for any */
        priceOf: Function,
        isBusy: Boolean,
        onEnter: Function,
        /** what was entered is no username */
        onRefuse: Function,
    };

    setup() {
        this.input = useRef("input");
        this.state = useState({text: this.props.value || "", problem: ""});
        onMounted(() => this.input.el.focus());
    }

    get price() {
        return this.props.priceOf(parseHandle(this.state.text) || "");
    }

    onSubmit() {
        const handle = parseHandle(this.state.text);
        this.state.problem = handle ? "" : HANDLE_HELP;
        if (handle) {
            this.props.onEnter(handle);
        } else {
            this.props.onRefuse();
            this.input.el.focus();
        }
    }
}
