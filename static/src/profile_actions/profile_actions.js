import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {ActingChooser} from "../acting_chooser/acting_chooser";
import {ActionButton} from "../action_button/action_button";
import {Composer} from "../composer/composer";

const LISTS = [
    {kind: "followers", label: _t("Followers")},
    {kind: "following", label: _t("Following")},
];

/** What one can do about the person on X, and how the two stand there. */
export class ProfileActions extends Component {
    static template = "crm_twitter.ProfileActions";
    static components = {ActingChooser, ActionButton};
    static props = {model: Object, onStep: Function};

    setup() {
        this.dialog = useService("dialog");
        this.model = useState(this.props.model);
    }

    get panel() {
        return this.model.panel;
    }

    get relation() {
        return this.panel.relation || {};
    }

    /** How the account in use and the person stand to each other, as X told. */
    get marks() {
        const {following, pending, followed_by, blocking} = this.relation;
        return [
            following && {name: "following", label: _t("You follow them")},
            pending && {name: "pending", label: _t("Requested to follow")},
            followed_by && {name: "followed_by", label: _t("Follows you")},
            blocking && {name: "blocking", label: _t("Blocked by you")},
        ].filter(Boolean);
    }

    get follow() {
        const {following, pending} = this.relation;
        if (following || pending) {
            const label = following ? _t("Unfollow") : _t("Withdraw the request");
            return {
                kind: "unfollow",
                label,
                icon: "fa-user-times",
                class: "btn-secondary active",
                isPressed: true,
            };
        }
        return {
            kind: "follow",
            label: _t("Follow"),
            icon: "fa-user-plus",
            class: "btn-primary",
            isPressed: false,
        };
    }

    /** All ways that the panel shows: to the person, and to the posts. */
    get routes() {
        const posts = this.model.posts ? this.model.posts.items : [];
        return [this.panel.actions, ...posts.map(({actions}) => actions || {})]
            .flatMap((actions) => Object.values(actions))
            .filter(Boolean);
    }

    /** Whether a new login on X would let more be done from here. */
    get canWiden() {
        const {permissions} = this.panel;
        const isWanted = this.routes.some(({remedy}) => remedy === "login");
        // What is needed is granted already.
        const isOffered = permissions.some((one) => one.available && !one.needed);
        return this.model.isConnected && isWanted && isOffered;
    }

    get opensSite() {
        return this.routes.some(({route}) => route === "intent");
    }

    /** What nobody can do with this person is not offered. */
    isPossible(kind) {
        return !this.model.isAbsent || this.routeOf(kind).route !== "unavailable";
    }

    get lists() {
        return LISTS.filter(({kind}) => this.isPossible(kind));
    }

    routeOf(kind) {
        return this.model.routeOf(kind);
    }

    /** A list that is shown already costs nothing any more. */
    priceOf(kind) {
        return this.model.people[kind] ? 0 : this.model.peoplePrice(kind);
    }

    isShown(kind) {
        return this.model.shownPeople === kind;
    }

    compose(kind) {
        this.dialog.add(Composer, {model: this.model, kind, post: false});
    }

    toggle(kind) {
        return this.isShown(kind)
            ? this.model.hidePeople()
            : this.model.showPeople(kind);
    }
}
