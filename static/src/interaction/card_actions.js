import {Component, useRef, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {AssignMenu} from "./assign_menu";
import {useKeptFocus} from "./card_focus";
import {keyOf} from "./keys";

/** What the CRM does with an interaction; X wants that outside of the post's card. */
export class CardActions extends Component {
    static template = "crm_twitter.CardActions";
    static components = {AssignMenu, Dropdown, DropdownItem};
    static props = {
        model: Object,
        /** CardDeeds */
        deeds: Object,
        /** on a form, which says and changes the state and the handler itself */
        isAlone: {type: Boolean, optional: true},
    };

    setup() {
        this.model = useState(this.props.model);
        this.keyOf = keyOf;
        this.root = useRef("root");
        useKeptFocus(this.root);
    }

    get card() {
        return this.model.card;
    }

    get isStranger() {
        return this.card.relation === "other";
    }

    get isBusy() {
        return Boolean(this.model.busy.write);
    }

    get hasState() {
        return !this.props.isAlone && this.card.can.write;
    }

    /** Where there is room, one click makes the first lead of theirs. */
    get offersLead() {
        const {can, leads} = this.card;
        const isFirst = !this.isStranger && !leads.length;
        return this.props.isAlone && can.create_lead && isFirst;
    }

    get addLabel() {
        return this.offersLead ? _t("More") : _t("Add");
    }

    get additions() {
        const {can} = this.card;
        const {deeds} = this.props;
        return [
            {
                name: "lead",
                label: _t("New lead"),
                isShown: can.create_lead && !this.offersLead,
                run: () => deeds.createLead(),
            },
            {
                name: "contact",
                label: _t("New contact"),
                isShown: can.create_contact,
                run: () => deeds.createContact(),
            },
            {
                name: "existing",
                label: _t("Existing record"),
                isShown: can.associate,
                run: () => deeds.associate(),
            },
            {
                name: "activity",
                label: _t("Activity"),
                isShown: can.write && !this.props.isAlone,
                run: () => deeds.schedule(),
            },
        ].filter(({isShown}) => isShown);
    }

    /** A double click is one. */
    onDeed(ev, deed) {
        if (ev.detail < 2) {
            return this.props.deeds[deed]();
        }
    }
}
