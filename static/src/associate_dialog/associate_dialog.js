import {
    Component,
    onMounted,
    onWillStart,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {isolated, named} from "../board/isolated";
import {Latest} from "../panel/latest";
import {sentenceOf} from "../panel/server_error";
import {Suggestion} from "./suggestion";

const SEARCHED_AFTER = 300;
/** Why a profile may be tied to a person, as the panel has it. */
const BASES = [
    {value: "given", label: _t("Given by the person")},
    {value: "consent", label: _t("Consent")},
    {value: "public", label: _t("Public information")},
];

/** Which lead or contact somebody on X is: suggested, or searched for, and chosen. */
export class AssociateDialog extends Component {
    static template = "crm_twitter.AssociateDialog";
    static components = {Dialog, Suggestion};
    static props = {
        /** {id, author: {handle, twitter_id, name}} of the card */
        interaction: Object,
        /** told which record it is, {model, id, name, kind} */
        onAssociated: {type: Function, optional: true},
        close: Function,
    };

    setup() {
        // Not the component's own: what was chosen is told when the dialog is closed, too.
        this.orm = this.env.services.orm;
        this.notification = useService("notification");
        this.latest = new Latest();
        this.bases = BASES;
        this.root = useRef("root");
        this.input = useRef("input");
        this.state = useState({
            query: "",
            /** what was searched for, of which the suggestions are the answer */
            asked: "",
            suggestions: null,
            // They said it to the company, for everybody to read.
            basis: "public",
            /** whom another handle would be taken from, once it is asked about */
            replaced: null,
            isBusy: false,
            error: "",
        });
        this.searchSoon = useDebounced(() => this.search(), SEARCHED_AFTER);
        onWillStart(() => this.search());
        onMounted(() => this.input.el.focus());
        useEffect(
            (isAsked) => {
                if (isAsked) {
                    this.root.el.querySelector(".o_crm_twitter_keep").focus();
                }
            },
            () => [Boolean(this.state.replaced)]
        );
    }

    get author() {
        return this.props.interaction.author;
    }

    get title() {
        return _t("Who is @%(handle)s?", {handle: this.author.handle});
    }

    get whichOne() {
        const {name} = this.author;
        return _t("Which lead or contact is %(name)s?", {name: isolated(name)});
    }

    get keepLabel() {
        const {handle} = this.state.replaced;
        return _t("Keep %(handle)s", {handle: named(handle)});
    }

    get replaceLabel() {
        return _t("Associate %(handle)s", {handle: named(this.author.handle)});
    }

    get question() {
        const {name, handle} = this.state.replaced;
        return _t("%(name)s has @%(old)s now. Associate @%(new)s instead?", {
            name,
            old: handle,
            new: this.author.handle,
        });
    }

    /** For who listens rather than looks. */
    get found() {
        const {suggestions} = this.state;
        if (!suggestions) {
            return "";
        }
        return suggestions.length === 1
            ? _t("1 record found.")
            : _t("%(count)s records found.", {count: suggestions.length});
    }

    async search() {
        const query = this.state.query.trim();
        const {id} = this.props.interaction;
        this.state.error = "";
        try {
            const call = this.orm.call(
                "twitter.interaction",
                "suggestions",
                [[id]],
                query ? {query} : {}
            );
            this.state.suggestions = await this.latest.add("suggestions", call);
            this.state.asked = query;
            this.state.replaced = null;
        } catch (error) {
            this.state.error = sentenceOf(error);
        }
    }

    /** Another handle is taken from nobody unasked. */
    choose(suggestion) {
        const {handle} = suggestion;
        if (handle && handle.toLowerCase() !== this.author.handle.toLowerCase()) {
            this.state.replaced = suggestion;
            return;
        }
        return this.associate(suggestion);
    }

    keep() {
        this.state.replaced = null;
        this.input.el.focus();
    }

    async associate({model, id, name, kind}) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        this.state.error = "";
        const {handle, twitter_id} = this.author;
        const interactionId = this.props.interaction.id;
        try {
            await this.orm.call(
                model,
                "twitter_associate",
                [[id], handle, this.state.basis],
                {twitter_id, origin: "board", interaction_id: interactionId}
            );
        } catch (error) {
            this.state.error = sentenceOf(error);
            this.state.isBusy = false;
            return;
        }
        this.props.close();
        this.notification.add(
            _t("%(handle)s is associated with %(name)s.", {
                handle: named(handle),
                name: isolated(name),
            }),
            {type: "success"}
        );
        this.props.onAssociated?.({model, id, name, kind});
    }

    /** Up and down go through the search box and those who are found. */
    onKeydown(ev) {
        const step = {ArrowDown: 1, ArrowUp: -1}[ev.key];
        const stops = [
            this.input.el,
            ...this.root.el.querySelectorAll(".o_crm_twitter_choose"),
        ];
        const at = stops.indexOf(document.activeElement);
        const next = step && at >= 0 && stops[at + step];
        if (next) {
            ev.preventDefault();
            next.focus();
        }
    }

    /** Enter in the search box is a search, and never a choice. */
    onSubmit() {
        this.searchSoon.cancel();
        return this.search();
    }
}
