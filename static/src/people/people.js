import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Age} from "../age/age";
import {useKeptFocus} from "../board/kept_focus";
import {Price} from "../price/price";
import {Problem} from "../problem/problem";
import {Person} from "./person";

const TITLES = {followers: _t("Followers"), following: _t("Following")};
const NOBODY = {
    followers: _t("Nobody follows this account."),
    following: _t("This account follows nobody."),
};

/** Who follows the person on X, or whom the person follows. */
export class People extends Component {
    static template = "crm_twitter.People";
    static components = {Age, Person, Price, Problem};
    static props = {model: Object, onStep: Function, onOpenRecord: Function};

    setup() {
        this.model = useState(this.props.model);
        this.root = useRef("root");
        this.heading = useRef("heading");
        useKeptFocus(this.root, "h4");
        useEffect(
            () => this.heading.el.focus(),
            () => [this.kind]
        );
    }

    get kind() {
        return this.model.shownPeople;
    }

    get title() {
        return TITLES[this.kind];
    }

    get list() {
        return this.model.people[this.kind];
    }

    get nobody() {
        return NOBODY[this.kind];
    }

    get morePrice() {
        return this.model.peoplePrice(this.kind);
    }

    /** Back to the button that had opened it. */
    onBack() {
        const panel = this.root.el.closest(".o_crm_twitter_panel");
        panel.querySelector(`.o_crm_twitter_action[data-kind="${this.kind}"]`)?.focus();
        this.model.hidePeople();
    }

    onStep(action) {
        return action === "retry"
            ? this.model.readPeople(this.kind)
            : this.props.onStep(action);
    }
}
