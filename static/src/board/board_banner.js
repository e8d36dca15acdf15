import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {ActingChooser} from "../acting_chooser/acting_chooser";
import {Connect} from "../connect/connect";
import {FeedLine} from "./feed_line";
import {named} from "./isolated";
import {useKeptFocus} from "./kept_focus";

const NOT_READ = ["none", "reconnect", "unstarted"];

/** Above the columns: what they come from, as whom one acts, and what is new. */
export class BoardBanner extends Component {
    static template = "crm_twitter.BoardBanner";
    static components = {ActingChooser, Connect, FeedLine};
    static props = {
        /** BoardData */
        data: Object,
        onSetActing: Function,
        /** shows what came while something was open */
        onShow: Function,
        /** reads what could not be read, or what may be done now */
        onReadAgain: Function,
    };

    setup() {
        this.data = useState(this.props.data);
        this.action = useService("action");
        this.state = useState({isConnecting: false});
        useKeptFocus(useRef("root"), ".o_crm_twitter_login", "button", "select");
    }

    get board() {
        return this.data.board;
    }

    get isCalm() {
        return this.board.feeds.every(
            ({state, problem}) => !NOT_READ.includes(state) && !problem
        );
    }

    /** Where one would act as nobody: the user's own account is one click away. */
    get canLogIn() {
        const {accounts, feeds, keys} = this.board;
        const hasBrand = feeds.some(({state}) => state !== "none");
        return keys.configured && hasBrand && !accounts.length;
    }

    get account() {
        return this.board.accounts.find(({id}) => id === this.data.acting);
    }

    get actingAs() {
        return _t("Acting as %(handle)s", {handle: named(this.account.handle)});
    }

    get news() {
        const count = this.data.unshown;
        return count === 1 ? _t("1 new") : _t("%(count)s new", {count});
    }

    openSettings() {
        return this.action.doAction("crm.crm_config_settings_action");
    }

    onConnected() {
        this.state.isConnecting = false;
        return this.props.onReadAgain();
    }
}
