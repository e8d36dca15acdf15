import {Component, status, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useNews} from "../board/board_news";
import {useCards} from "./cards";
import {InteractionCard} from "./interaction_card";

/** The card of an interaction, in the board's kanban or on its own form. */
export class InteractionField extends Component {
    static template = "crm_twitter.InteractionField";
    static components = {InteractionCard};
    static props = {...standardFieldProps};

    setup() {
        const {shared, cards} = useCards();
        this.cards = cards;
        this.shared = useState(shared);
        if (!this.env.crmTwitterBoard) {
            // A board reads its cards itself.
            useNews({tell: () => this.onNews()});
        }
    }

    get card() {
        return this.props.record.data[this.props.name];
    }

    /** The account for which the server made the cards' routes, 0 for the default. */
    get wanted() {
        return this.props.record.context.twitter_account_id || 0;
    }

    get isAlone() {
        const {record} = this.props;
        return record.id === record.model.root.id;
    }

    /** The account that is chosen for all cards, which may be read for it only later. */
    get above() {
        return this.shared.chosen || 0;
    }

    /** Whether another one is being chosen for all cards. */
    get isChoosing() {
        return Boolean(this.shared.isChoosing);
    }

    /** Whether the column does not say it. */
    get hasRelation() {
        const {groupBy = []} = this.props.record.model.root;
        return groupBy[0] !== "relation";
    }

    /** What the card is about has changed: it may be in another column now. */
    async onChanged() {
        const {root} = this.props.record.model;
        const isGone = this.isAlone && status(this) === "destroyed";
        if (this.env.crmTwitterBoard) {
            await this.shared.reload();
        } else if (!isGone && !(this.isAlone && (await root.isDirty()))) {
            await root.load();
        }
    }

    /** Somebody has changed something on the server, maybe this. */
    async onNews() {
        if (this.isAlone) {
            await this.onActed();
        }
    }

    /** Something was done on X: the card stays where it is. */
    async onActed() {
        const {record} = this.props;
        if (status(this) === "destroyed") {
            return;
        }
        if (!this.isAlone || !(await record.isDirty())) {
            await record.load();
        }
    }

    async onConnected() {
        await this.shared.reload();
        if (!this.env.crmTwitterBoard) {
            await this.onChanged();
        }
    }
}

registry.category("fields").add("crm_twitter_interaction", {
    component: InteractionField,
    displayName: _t("X Interaction"),
    supportedTypes: ["json"],
});
