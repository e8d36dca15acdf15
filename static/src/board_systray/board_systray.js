import {Component, onMounted, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {session} from "@web/session";
import {useNews} from "../board/board_news";

/** At most once in as long the server is asked how many there are. */
const COUNTED_EVERY = 3000;
const AT_MOST = 99;

/** How many interactions on X nobody has looked after yet; a click leads to them. */
export class BoardSystray extends Component {
    static template = "crm_twitter.BoardSystray";
    static props = {};

    setup() {
        // A count that comes when nobody looks any more harms nobody.
        this.orm = this.env.services.orm.silent;
        this.action = useService("action");
        this.state = useState({count: 0});
        useNews({tell: () => this.count(), delay: COUNTED_EVERY});
        onMounted(() => this.count());
    }

    get label() {
        const {count} = this.state;
        if (!count) {
            return _t("Social: nothing new on X");
        }
        return count === 1
            ? _t("Social: 1 new interaction on X")
            : _t("Social: %(count)s new interactions on X", {count});
    }

    get badge() {
        const {count} = this.state;
        return count > AT_MOST ? `${AT_MOST}+` : String(count);
    }

    async count() {
        this.state.count = await this.orm.call("twitter.interaction", "new_count");
    }

    openBoard() {
        return this.action.doAction("crm_twitter.twitter_interaction_action", {
            clearBreadcrumbs: true,
            additionalContext: {search_default_new: 1},
        });
    }
}

registry.category("systray").add(
    "crm_twitter.board",
    {
        Component: BoardSystray,
        // Told to whoever has the permission: see `ir.http` `session_info`.
        isDisplayed: () => Boolean(session.twitter_site_url),
    },
    {sequence: 22}
);
