import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {useReadingPlace} from "./board_place";

/** What a card is moved by: who somebody is to the company, nobody drags. */
const DRAGGED_BY = ["user_id", "state"];

export class BoardRenderer extends KanbanRenderer {
    static template = "crm_twitter.BoardRenderer";

    setup() {
        super.setup();
        useReadingPlace(this.rootRef);
    }

    get canResequenceRecords() {
        const {isGrouped, groupByField} = this.props.list;
        return (
            super.canResequenceRecords &&
            isGrouped &&
            DRAGGED_BY.includes(groupByField.name)
        );
    }
}
