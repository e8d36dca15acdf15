import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {listView} from "@web/views/list/list_view";
import {sentenceOf} from "../panel/server_error";
import {useRereading} from "./board_age";

/** Interactions as a list, which is read again where it stays open. */
export class InteractionList extends listView.Controller {
    setup() {
        super.setup();
        this.notification = useService("notification");
        useRereading(() => this.readAgain());
    }

    get isInUse() {
        const {editedRecord, selection} = this.model.root;
        return Boolean(editedRecord || selection?.length);
    }

    /** What is edited or chosen stays. */
    async readAgain() {
        if (this.isInUse) {
            return;
        }
        try {
            await this.model.load();
        } catch (error) {
            this.notification.add(sentenceOf(error), {type: "danger"});
        }
    }
}

registry.category("views").add("crm_twitter_interactions", {
    ...listView,
    Controller: InteractionList,
});
