import {Component, useState} from "@odoo/owl";
import {formatAge} from "../age/age";
import {Price} from "../price/price";
import {Problem} from "../problem/problem";
import {SafeLink} from "../safe_link/safe_link";

const {DateTime} = luxon;

/** A post whose words may not be shown: who, when, why, and what we did. */
export class Wordless extends Component {
    static template = "crm_twitter.Wordless";
    static components = {Price, Problem, SafeLink};
    static props = {model: Object, onStep: Function};

    setup() {
        this.model = useState(this.props.model);
    }

    get card() {
        return this.model.card;
    }

    get age() {
        return this.ageOf(this.card.posted_at);
    }

    get exactTime() {
        return DateTime.fromISO(this.card.posted_at).toLocaleString(
            DateTime.DATETIME_MED
        );
    }

    get touches() {
        return this.card.touches.map((touch) => ({
            ...touch,
            age: this.ageOf(touch.date),
        }));
    }

    /** Told anew whenever a minute has gone. */
    ageOf(iso) {
        return this.model.minutes >= 0 && formatAge(iso);
    }
}
