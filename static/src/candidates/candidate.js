import {Component, useState} from "@odoo/owl";
import {Avatar} from "../avatar/avatar";
import {Byline} from "../byline/byline";
import {countFollowers, isRead} from "../profile_card/counts";
import {SafeLink} from "../safe_link/safe_link";
import {XText} from "../x_text/x_text";

let nextId = 1;

/** Somebody on X who may be this person, and the two answers to that. */
export class Candidate extends Component {
    static template = "crm_twitter.Candidate";
    static components = {Avatar, Byline, SafeLink, XText};
    static props = {
        candidate: Object,
        profileUrl: String,
        bases: Array,
        lastBasis: String,
        isBusy: Boolean,
        onAssociate: Function,
        onReject: {type: Function, optional: true},
    };

    setup() {
        this.name = `o_crm_twitter_basis_${nextId++}`;
        this.state = useState({basis: this.props.lastBasis});
    }

    get isUnseen() {
        return !isRead(this.props.candidate);
    }

    get evidence() {
        return this.props.candidate.evidence.map(({favours, text}) => ({
            text,
            icon: favours ? "fa-check text-success" : "fa-times text-danger",
        }));
    }

    get followers() {
        return countFollowers(this.props.candidate);
    }
}
