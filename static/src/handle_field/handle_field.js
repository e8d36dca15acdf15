import {Component, onWillStart} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {user} from "@web/core/user";
import {useInputField} from "@web/views/fields/input_field_hook";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {SafeLink} from "../safe_link/safe_link";
import {parseHandle} from "./handle";

const PERMISSION = "crm_twitter.group_social_integration";
// Where a stand-in takes X's place, the server says so.
const SITE = session.twitter_site_url || "https://x.com";

/** A username on X: a link to the profile for who may use X here, text for others. */
export class HandleField extends Component {
    static template = "crm_twitter.HandleField";
    static components = {SafeLink};
    static props = {
        ...standardFieldProps,
        placeholder: {type: String, optional: true},
    };

    setup() {
        useInputField({getValue: () => this.value, parse: (text) => this.parse(text)});
        onWillStart(async () => {
            this.isAllowed = await user.hasGroup(PERMISSION);
        });
    }

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    /** The username that is stored; null for text that came in and is none. */
    get handle() {
        return parseHandle(this.value);
    }

    get href() {
        return `${SITE}/${this.handle}`;
    }

    /** @throws {Error} on text that is no username; the field is then marked invalid */
    parse(text) {
        if (!text.trim()) {
            return "";
        }
        const handle = parseHandle(text);
        if (!handle) {
            throw new Error("not a username on X");
        }
        return handle;
    }
}

export const handleField = {
    component: HandleField,
    displayName: _t("X (Twitter) handle"),
    supportedTypes: ["char"],
    extractProps: ({placeholder}) => ({placeholder}),
};

registry.category("fields").add("twitter_handle", handleField);
