import {Component} from "@odoo/owl";
import {Avatar} from "../avatar/avatar";
import {Byline} from "../byline/byline";
import {XText} from "../x_text/x_text";

/** Somebody in a list of followers, and the records of theirs that are here. */
export class Person extends Component {
    static template = "crm_twitter.Person";
    static components = {Avatar, Byline, XText};
    static props = {person: Object, onOpenRecord: Function};

    recordUrl({model, id}) {
        return `/odoo/${model}/${id}`;
    }
}
