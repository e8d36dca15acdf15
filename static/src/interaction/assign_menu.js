import {Component, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {COLLEAGUES} from "./cards";

/** Who looks after an interaction, and somebody else. */
export class AssignMenu extends Component {
    static template = "crm_twitter.AssignMenu";
    static components = {Dropdown, DropdownItem};
    static props = {
        /** the server's CARD */
        card: Object,
        deeds: Object,
    };

    setup() {
        this.state = useState({people: [], hasMore: false, domain: []});
    }

    get handler() {
        return this.props.card.user;
    }

    get isMine() {
        return this.handler && this.handler.id === user.userId;
    }

    get label() {
        return this.handler
            ? _t("Handler: %(name)s", {name: this.handler.name})
            : _t("Assign to somebody");
    }

    /** The nearest colleagues; oneself and who has it already are said elsewhere. */
    async load() {
        const {domain, people} = await this.props.deeds.cards.colleagues();
        const isOther = ({id}) => id !== user.userId && id !== this.handler?.id;
        this.state.people = people.slice(0, COLLEAGUES).filter(isOther);
        this.state.hasMore = people.length > COLLEAGUES;
        this.state.domain = domain;
    }
}
