import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {Age} from "../age/age";
import {Avatar} from "../avatar/avatar";
import {Byline} from "../byline/byline";
import {SafeLink} from "../safe_link/safe_link";
import {XText} from "../x_text/x_text";

const {DateTime} = luxon;

const STATES = {
    protected: {
        label: _t("Protected"),
        help: _t("Only people this account approved can read its posts."),
    },
    suspended: {label: _t("Suspended"), help: _t("X has suspended this account.")},
    gone: {label: _t("No longer on X"), help: _t("This account no longer exists.")},
};

/** Who somebody is on X. */
export class ProfileCard extends Component {
    static template = "crm_twitter.ProfileCard";
    static components = {Age, Avatar, Byline, SafeLink, XText};
    static props = {
        profile: Object,
        siteUrl: String,
        slots: {type: Object, optional: true},
    };

    get profile() {
        return this.props.profile;
    }

    get href() {
        return `${this.props.siteUrl}/${this.profile.handle}`;
    }

    get isRead() {
        return Boolean(this.profile.fetched_at);
    }

    get badge() {
        return (
            STATES[this.profile.state] || (this.profile.protected && STATES.protected)
        );
    }

    get joined() {
        const date = DateTime.fromISO(this.profile.created_at);
        return _t("Joined %(month)s", {
            month: date.toLocaleString({month: "long", year: "numeric"}),
        });
    }

    get counts() {
        const {followers, following, posts} = this.profile;
        const shown = (count) => ({count: formatInteger(count || 0)});
        return [
            {name: "followers", label: _t("%(count)s followers", shown(followers))},
            {name: "following", label: _t("%(count)s following", shown(following))},
            {name: "posts", label: _t("%(count)s posts", shown(posts))},
        ];
    }
}
