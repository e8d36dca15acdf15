import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Age} from "../age/age";
import {Avatar} from "../avatar/avatar";
import {Byline} from "../byline/byline";
import {SafeLink} from "../safe_link/safe_link";
import {XText} from "../x_text/x_text";
import {countFollowers, countFollowing, countPosts, isRead} from "./counts";

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
        return isRead(this.profile) && Boolean(this.profile.fetched_at);
    }

    /** Nothing is counted of whom X has suspended, or does not know any more. */
    get isThere() {
        return this.isRead && !["suspended", "gone"].includes(this.profile.state);
    }

    /** Before X has told the name, the username stands in for it. */
    get person() {
        return this.isRead ? this.profile : {...this.profile, name: ""};
    }

    /** Not asked about yet; whom X does not know has a note instead. */
    get isUnasked() {
        return !this.isRead && !this.profile.note;
    }

    get badge() {
        if (!this.isRead) {
            return false;
        }
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
        return [
            {name: "followers", label: countFollowers(this.profile)},
            {name: "following", label: countFollowing(this.profile)},
            {name: "posts", label: countPosts(this.profile)},
        ];
    }
}
