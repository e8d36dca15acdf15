import {Component, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {isSafeHref, SafeLink} from "../safe_link/safe_link";
import {LoginModel} from "./login_model";

function isTicked({needed, ticked, available}) {
    return needed || (ticked && available);
}

/** *Log in with X*: what to allow, the way through X's window, and how it ended. */
export class Connect extends Component {
    static template = "crm_twitter.Connect";
    static components = {SafeLink};
    static props = {
        permissions: Array,
        privacyUrl: {type: [String, Boolean], optional: true},
        isReconnect: {type: Boolean, optional: true},
        /** connected already, and about to allow more */
        isWidening: {type: Boolean, optional: true},
        canConfigure: {type: Boolean, optional: true},
        /** where logins come back to, when it is not where this page is open */
        otherOrigin: {type: String, optional: true},
        resModel: {type: String, optional: true},
        resId: {type: Number, optional: true},
        /** a login this tab left for and is back from */
        resumedLogin: {type: Number, optional: true},
        onConnected: Function,
        onOpenSettings: {type: Function, optional: true},
        /** the way back, where nothing needs to be allowed */
        onCancel: {type: Function, optional: true},
    };

    setup() {
        const {orm} = this.env.services;
        const {resModel, resId, onConnected} = this.props;
        this.login = useState(new LoginModel({orm, resModel, resId, onConnected}));
        this.ticks = useState(
            Object.fromEntries(this.props.permissions.map((p) => [p.code, isTicked(p)]))
        );
        if (this.props.resumedLogin) {
            this.login.resume(this.props.resumedLogin);
        }
        onWillUnmount(() => this.login.stopWaiting());
    }

    get isIdle() {
        return this.login.phase === "idle";
    }

    get intro() {
        if (this.props.isWidening) {
            return _t("To do more from here, log in again and allow it on X.");
        }
        return this.props.isReconnect
            ? _t(
                  "X no longer accepts your connection. Log in again to go on; what is associated stays as it is."
              )
            : _t("To find people on X and to read what they post, log in with X.");
    }

    get isPrivacyLink() {
        return isSafeHref(this.props.privacyUrl);
    }

    get codes() {
        return Object.keys(this.ticks).filter((code) => this.ticks[code]);
    }

    /** This very page under the address that logins come back to. */
    get otherUrl() {
        const {pathname, search} = browser.location;
        return this.props.otherOrigin + pathname + search;
    }

    onLogin() {
        return this.login.start(this.codes);
    }
}
