import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Avatar} from "../avatar/avatar";
import {SafeLink} from "../safe_link/safe_link";
import {parseHandle} from "../handle_field/handle";

const SITE = session.twitter_site_url || "https://x.com";

/**
 * Who a record is on X, on a card or in a list: picture, X's sign, and a link to the
 * profile there. Nothing of it asks X's API.
 */
export class AvatarField extends Component {
    static template = "crm_twitter.AvatarField";
    static components = {Avatar, SafeLink};
    static props = {...standardFieldProps, showHandle: {type: Boolean, optional: true}};

    get url() {
        return this.props.record.data[this.props.name] || false;
    }

    /** The username; null where the record has none, or text that is none. */
    get handle() {
        return parseHandle(this.props.record.data.twitter_handle);
    }

    get href() {
        return `${SITE}/${this.handle}`;
    }

    get title() {
        return _t("@%s on X", this.handle);
    }
}

export const avatarField = {
    component: AvatarField,
    displayName: _t("X (Twitter) avatar"),
    supportedTypes: ["char"],
    fieldDependencies: [{name: "twitter_handle", type: "char"}],
    supportedOptions: [
        {label: _t("Show the handle"), name: "show_handle", type: "boolean"},
    ],
    extractProps: ({options}) => ({showHandle: Boolean(options.show_handle)}),
    listViewWidth: 56,
};

registry.category("fields").add("twitter_avatar", avatarField);
