import {
    Component,
    onMounted,
    onWillUnmount,
    onWillUpdateProps,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ActingBar} from "../acting_bar/acting_bar";
import {ActingChooser} from "../acting_chooser/acting_chooser";
import {Post} from "../post_list/post";
import {askToAct} from "./act_question";
import {CardActions} from "./card_actions";
import {CardDeeds} from "./card_deeds";
import {hostOf, useCardFocus, useKeptFocus} from "./card_focus";
import {useCardKeys} from "./card_keys";
import {CardRecords} from "./card_records";
import {Cards} from "./cards";
import {Wordless} from "./wordless";

/** What a click on it is meant for, rather than for the whole card. */
const CONTROLS = "button, select, label, .o_crm_twitter_reason";
/** What of X's icons a key stands for. */
/** What a key needs a right for in the CRM. */
const NEEDED = {
    createLead: "create_lead",
    createContact: "create_contact",
    associate: "associate",
};
const SETTLES = ["handle", "ignore"];
const ICONS = {
    reply: ["reply"],
    repost: ["repost", "unrepost"],
    like: ["like", "unlike"],
};

/** One interaction: the post as X wants it shown and, apart, what we do with it. */
export class InteractionCard extends Component {
    static template = "crm_twitter.InteractionCard";
    static components = {
        ActingBar,
        ActingChooser,
        CardActions,
        CardRecords,
        Post,
        Wordless,
    };
    static props = {
        /** the server's CARD */
        card: Object,
        /** the server's BOARD; without it nothing can be done on X yet */
        board: {type: [Object, {value: null}], optional: true},
        /** those of the board, which outlive this one */
        cards: {type: Cards, optional: true},
        /** the account for which CARD was made, 0 for the default */
        wanted: {type: Number, optional: true},
        /** the account chosen for all cards, and whether another one is being chosen */
        above: {type: Number, optional: true},
        isChoosing: {type: Boolean, optional: true},
        /** on a form, rather than among others */
        isAlone: {type: Boolean, optional: true},
        hasRelation: {type: Boolean, optional: true},
        /** the interaction has changed: reads what shows it */
        onChanged: Function,
        /** something was done on X */
        onActed: {type: Function, optional: true},
        /** the user comes back from where one logs in */
        onConnected: {type: Function, optional: true},
    };
    static defaultProps = {board: null, wanted: 0, above: 0, isChoosing: false};

    setup() {
        const {card, board, wanted, onChanged, onConnected} = this.props;
        const {services} = this.env;
        this.cards = this.props.cards || new Cards(services.orm);
        const model = this.cards.of(card, board, wanted);
        this.model = useState(model);
        this.deeds = new CardDeeds({
            services,
            model,
            cards: this.cards,
            onChanged,
            onConnected: onConnected || onChanged,
        });
        this.take(this.props);
        this.root = useRef("root");
        useCardKeys(this.root, (deed) => this.onKey(deed));
        onWillUpdateProps((next) => this.take(next));
        useCardFocus(this.root, this.cards.focus);
        useKeptFocus(this.root);
        useEffect(
            (label) => hostOf(this.root.el).setAttribute("aria-label", label),
            () => [this.label]
        );
        onMounted(() => this.attach());
        onWillUnmount(() => this.cards.detach(model));
    }

    take({card, board, wanted, above, isChoosing}) {
        this.model.show(card, board, wanted);
        Object.assign(this.model, {above, isChoosing});
    }

    attach() {
        const {onActed, onChanged} = this.props;
        this.cards.attach(this.model, onActed || onChanged);
        // Its words may have gone while nobody looked.
        this.take(this.props);
    }

    get card() {
        return this.model.card;
    }

    /** What is said of the card as a whole: "Mention by Jane Doe, new". */
    get label() {
        const {kind_label: kind, author, state} = this.card;
        const said = {kind, name: author.name};
        return {
            new: _t("%(kind)s by %(name)s, new", said),
            handled: _t("%(kind)s by %(name)s, handled", said),
            ignored: _t("%(kind)s by %(name)s, ignored", said),
        }[state];
    }

    /** Among others it is said once for all; unless this card is acted on as another. */
    get saysAccount() {
        const {acting} = this.model.panel;
        const {board, wanted, isAlone} = this.props;
        const isOther = acting !== (wanted || board?.acting);
        return this.model.post && acting && (isAlone || isOther);
    }

    get hasChooser() {
        return this.saysAccount && this.model.panel.accounts.length > 1;
    }

    get account() {
        const {accounts, acting} = this.model.panel;
        return accounts.find(({id}) => id === acting);
    }

    /** X's id of the post it answers, or ""; a quoted one is within the post itself. */
    get answeredId() {
        const {answers, post} = this.card;
        const id = answers ? answers.url.split("/").at(-1) : "";
        return post && id !== post.quoted_id ? id : "";
    }

    get answered() {
        return this.model.quoted[this.answeredId];
    }

    /** Whether X can be asked for other posts, at prices that are known. */
    get canRead() {
        return Boolean(this.props.board) && this.model.isConnected;
    }

    get hasNews() {
        const {notice, problems, panel} = this.model;
        return Boolean(notice || problems.act || panel.pending.length);
    }

    focusHost() {
        hostOf(this.root.el).focus();
    }

    /** A click on a button does not open the record. */
    onClick(ev) {
        if (ev.target.closest(CONTROLS)) {
            ev.stopPropagation();
        }
    }

    onStep(step) {
        return this.deeds.step(step);
    }

    onKey(deed) {
        const {card, deeds} = this;
        if (deed in ICONS) {
            this.press(ICONS[deed]);
        } else if (deed in NEEDED) {
            return card.can[NEEDED[deed]] ? deeds[deed]() : deeds.sayMissing();
        } else if (deed === "showKeys" || deed === "undo") {
            return deeds[deed]();
        } else if (card.can.write) {
            const isClosed = card.state !== "new" && SETTLES.includes(deed);
            return isClosed ? false : deeds[deed]();
        }
    }

    /** One of X's icons, by a key: what would be on X at once is asked about first. */
    press(kinds) {
        const selector = kinds.map((kind) => `article [data-kind=${kind}]`).join();
        const {id} = this.model.post;
        const control = [...this.root.el.querySelectorAll(selector)].find(
            (one) => one.closest("article").dataset.post === id
        );
        if (!control) {
            return;
        }
        const {kind, route} = control.dataset;
        const isAtOnce = route === "api" && ["repost", "like"].includes(kind);
        if (isAtOnce) {
            const {focus} = this.cards;
            askToAct(this.env.services.dialog, this.model, kind, () =>
                focus.comeBack()
            );
        } else {
            control.click();
        }
    }
}
