import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {ActionButton} from "../action_button/action_button";
import {formatAge} from "../age/age";
import {Composer} from "../composer/composer";
import {askToDelete} from "./delete_question";

/** What one can do with a post on X, as X shows it: an icon each, and its count. */
export class PostActions extends Component {
    static template = "crm_twitter.PostActions";
    static components = {ActionButton};
    static props = {
        model: Object,
        post: Object,
        /** where there is no room for prices beside the icons */
        isTight: {type: Boolean, optional: true},
        onStep: Function,
    };

    setup() {
        this.dialog = useService("dialog");
        this.model = useState(this.props.model);
    }

    get panel() {
        return this.model.panel;
    }

    get mine() {
        return this.props.post.mine || {};
    }

    get items() {
        const {replies, reposts, quotes, likes, actions} = this.props.post;
        const {liked = false, reposted = false} = this.mine;
        const items = [
            {
                kind: "reply",
                name: "replies",
                label: _t("Reply"),
                icon: "fa-comment-o",
                count: replies,
                composes: true,
            },
            {
                kind: reposted ? "unrepost" : "repost",
                name: "reposts",
                label: reposted ? _t("Undo repost") : _t("Repost"),
                icon: "fa-retweet",
                count: reposts,
                isPressed: reposted,
            },
            {
                kind: "quote",
                name: "quotes",
                label: _t("Quote"),
                icon: "fa-quote-right",
                count: quotes,
                composes: true,
            },
            {
                kind: liked ? "unlike" : "like",
                name: "likes",
                label: liked ? _t("Unlike") : _t("Like"),
                icon: liked ? "fa-heart" : "fa-heart-o",
                count: likes,
                isPressed: liked,
            },
        ];
        if (actions.delete) {
            items.push({
                kind: "delete",
                name: "delete",
                label: _t("Delete"),
                icon: "fa-trash-o",
            });
        }
        return items.map((item) => ({
            ...item,
            isBusy: this.model.isActing(item.kind, this.props.post.id),
            route: this.model.routeOf(item.kind, this.props.post),
        }));
    }

    get touches() {
        return (this.props.post.touches || []).map((touch) => ({
            ...touch,
            age: this.model.minutes !== -1 && formatAge(touch.date),
        }));
    }

    onAct({kind, composes}) {
        const {post} = this.props;
        if (composes) {
            this.dialog.add(Composer, {model: this.model, kind, post});
        } else if (kind === "delete") {
            this.onDelete();
        } else {
            this.model.actAtOnce(kind, post.id);
        }
    }

    onDelete() {
        const {id, actions} = this.props.post;
        askToDelete(this.dialog, actions.delete.price, () =>
            this.model.actAtOnce("delete", id)
        );
    }
}
