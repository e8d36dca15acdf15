import {Component, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {formatAge} from "../age/age";
import {askToDelete} from "../post_actions/delete_question";
import {Price} from "../price/price";
import {SafeLink} from "../safe_link/safe_link";

/** Who of us reached out to the person on X, newest first. */
export class ReachedOut extends Component {
    static template = "crm_twitter.ReachedOut";
    static components = {Price, SafeLink};
    static props = {model: Object};

    setup() {
        this.dialog = useService("dialog");
        this.model = useState(this.props.model);
    }

    get touches() {
        return this.model.panel.reached_out.map((touch) => ({
            ...touch,
            age: formatAge(touch.date),
            isBusy: this.model.isActing("delete", touch.post_id),
        }));
    }

    get deletePrice() {
        return this.model.panel.prices.delete;
    }

    onDelete({post_id}) {
        askToDelete(this.dialog, this.deletePrice, () =>
            this.model.actAtOnce("delete", post_id)
        );
    }
}
