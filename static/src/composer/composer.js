import {
    Component,
    onMounted,
    onWillDestroy,
    onWillStart,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {_t} from "@web/core/l10n/translation";
import {formatAge} from "../age/age";
import {Avatar} from "../avatar/avatar";
import {Byline} from "../byline/byline";
import {Price} from "../price/price";
import {SafeLink} from "../safe_link/safe_link";
import {XText} from "../x_text/x_text";
import {PublishedAs} from "./published_as";
import {AttachedPictures} from "./attached_pictures";
import {ComposerModel} from "./composer_model";
import {QUOTE_OR_PICTURES} from "./composer_writing";
import {Count} from "./count";
import {directionOf} from "./direction";
import {segmentsOf} from "./x_weight";

/** One dialog for a post, a mention, a reply and a quote. */
export class Composer extends Component {
    static template = "crm_twitter.Composer";
    static components = {
        PublishedAs,
        AttachedPictures,
        Avatar,
        Byline,
        Count,
        Dialog,
        Price,
        SafeLink,
        XText,
    };
    static props = {
        /** the panel's model */
        model: Object,
        kind: String,
        post: {type: [Object, Boolean], optional: true},
        close: Function,
    };

    setup() {
        // Not the component's own: told when the dialog is gone.
        this.notification = this.env.services.notification;
        const {model, kind, post} = this.props;
        this.composer = useState(new ComposerModel({panel: model, kind, post}));
        this.state = useState({isDragged: false});
        this.words = useRef("words");
        this.primary = useRef("primary");
        onWillStart(() => this.composer.start());
        onMounted(() => this.focusWords());
        const stopListening = model.listen((news) => this.composer.hear(news));
        onWillDestroy(stopListening);
        onWillDestroy(() => this.leave());
        useExternalListener(window, "storage", this.onStorage);
        useHotkey("control+enter", () => this.primary.el?.click(), {
            bypassEditableProtection: true,
        });
        useEffect(
            (isDone) => {
                if (isDone) {
                    this.props.close();
                }
            },
            () => [this.composer.isDone]
        );
    }

    focusWords() {
        const {el} = this.words;
        el.focus();
        el.setSelectionRange(el.value.length, el.value.length);
    }

    leave() {
        const {composer} = this;
        composer.check.stop();
        if (composer.isSending) {
            this.notification.add(_t("It is still being sent. The draft is kept."), {
                type: "info",
            });
        } else if (composer.draft.isKept) {
            this.notification.add(_t("Draft kept."), {type: "info"});
        }
    }

    // What is shown

    get route() {
        return this.composer.route;
    }

    get title() {
        const {kind, handle, post} = this.composer;
        const of = post ? post.author.handle : handle;
        return {
            post: _t("Post on X"),
            mention: _t("Mention @%(handle)s on X", {handle: of}),
            reply: _t("Reply to @%(handle)s on X", {handle: of}),
            quote: _t("Quote @%(handle)s on X", {handle: of}),
        }[kind];
    }

    get label() {
        if (this.route.route === "intent") {
            return this.isReply ? _t("Reply on x.com") : _t("Post on x.com");
        }
        return this.isReply ? _t("Reply") : _t("Post");
    }

    get isReply() {
        return this.props.kind === "reply";
    }

    get answeredLabel() {
        return this.isReply ? _t("The post you reply to") : _t("The post you quote");
    }

    get age() {
        return formatAge(this.composer.post.created_at);
    }

    /** On X's own page one may still change it, and publishes it as somebody else. */
    get previewLabel() {
        return {
            api: _t("Exactly what is published"),
            intent: _t("What x.com opens with"),
            unavailable: _t("What you have written"),
        }[this.route.route];
    }

    /** Why there is nothing to click yet. */
    get nothing() {
        return _t("There is nothing to post yet.");
    }

    get direction() {
        return directionOf(this.composer.text);
    }

    get segments() {
        return segmentsOf(this.composer.text, this.props.model.panel.site_url);
    }

    /** Why there is nowhere to add pictures, on the way that else takes them. */
    get noPictures() {
        const {takesPictures} = this.composer;
        return this.route.route === "api" && !takesPictures ? QUOTE_OR_PICTURES : "";
    }

    get losesPictures() {
        return this.route.route === "intent" && this.composer.pictures.items.length;
    }

    // What is done

    onDrop(ev) {
        this.state.isDragged = false;
        this.takeFiles(ev, ev.dataTransfer);
    }

    onDrag(ev) {
        if (ev.dataTransfer.types.includes("Files")) {
            ev.preventDefault();
            this.state.isDragged = this.composer.takesPictures;
        }
    }

    onPaste(ev) {
        this.takeFiles(ev, ev.clipboardData);
    }

    /** Files are pictures to take; words are the text area's own business. */
    takeFiles(ev, transfer) {
        if (transfer?.files.length) {
            ev.preventDefault();
            this.addPictures(transfer.files);
        }
    }

    addPictures(files) {
        if (this.route.route === "api" && !this.composer.isLocked) {
            return this.composer.addPictures([...files]);
        }
    }

    /** The link itself opens X's page; where that is noted, this is done. */
    async onOpen() {
        if (await this.composer.open()) {
            this.props.close();
        }
    }

    /** A click with the wheel opens a link, too. */
    onAuxClick(ev) {
        if (ev.button === 1) {
            this.onOpen();
        }
    }

    onDiscard() {
        this.composer.discard();
        this.props.close();
    }

    onStorage({key, newValue}) {
        if (key === this.composer.draft.key) {
            this.composer.onOtherTab(newValue === null);
        }
    }
}
