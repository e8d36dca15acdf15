import {Component} from "@odoo/owl";
import {Avatar} from "../avatar/avatar";

/** As whom it is done; a choice where the user may act as several. */
export class PublishedAs extends Component {
    static template = "crm_twitter.PublishedAs";
    static components = {Avatar};
    static props = {
        accounts: Array,
        acting: Number,
        /** whether it is done on x.com, as whoever is logged in there */
        isOnSite: Boolean,
        isDisabled: Boolean,
        onChange: Function,
    };

    get current() {
        return this.props.accounts.find(({id}) => id === this.props.acting);
    }
}
