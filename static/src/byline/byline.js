import {Component} from "@odoo/owl";
import {SafeLink} from "../safe_link/safe_link";
import {Verified} from "./verified";

/** Who it is, as X wants it shown: name, verified mark, and @username with its link. */
export class Byline extends Component {
    static template = "crm_twitter.Byline";
    static components = {SafeLink, Verified};
    static props = {
        /** anything with handle, name and verified_type */
        person: Object,
        href: String,
        nameClass: {type: String, optional: true},
        slots: {type: Object, optional: true},
    };
    static defaultProps = {nameClass: "fw-bold"};

    get nameClass() {
        return `o_crm_twitter_name text-truncate text-reset ${this.props.nameClass}`;
    }
}
