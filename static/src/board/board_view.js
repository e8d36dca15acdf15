import {registry} from "@web/core/registry";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {BoardCards} from "./board_cards";
import {BoardController} from "./board_controller";
import {BoardRenderer} from "./board_renderer";

/** What people say to the company on X, in columns by who they are to it. */
export const boardView = {
    ...kanbanView,
    Controller: BoardController,
    Model: BoardCards,
    Renderer: BoardRenderer,
};

registry.category("views").add("crm_twitter_board", boardView);
