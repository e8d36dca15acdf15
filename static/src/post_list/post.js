import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {formatAge} from "../age/age";
import {Avatar} from "../avatar/avatar";
import {useKeptFocus} from "../board/kept_focus";
import {Byline} from "../byline/byline";
import {PostActions} from "../post_actions/post_actions";
import {Price} from "../price/price";
import {Problem} from "../problem/problem";
import {isPictureOfX, SafeLink} from "../safe_link/safe_link";
import {XText} from "../x_text/x_text";

const {DateTime} = luxon;

/** One post, as X's display rules want it: unaltered, its author named, linked to X. */
export class Post extends Component {
    static template = "crm_twitter.Post";
    static components = {Avatar, Byline, PostActions, Price, Problem, SafeLink, XText};
    static props = {
        post: Object,
        quotedPrice: {type: [Number, Boolean], optional: true},
        model: Object,
        /** whether X can be asked for a quoted post, else it stays a link */
        canRead: {type: Boolean, optional: true},
        /** on a narrow card, which says by itself what the post answers */
        isOnCard: {type: Boolean, optional: true},
        onStep: Function,
    };

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({isReading: false, problem: false});
        // Where there was a button, there is a post.
        useKeptFocus(useRef("quoted"), ".o_crm_twitter_post a");
    }

    get post() {
        return this.props.post;
    }

    get quoted() {
        return this.model.quoted[this.post.quoted_id];
    }

    get age() {
        // Read, so that it is told anew where the model counts the minutes.
        return this.model.minutes !== -1 && formatAge(this.post.created_at);
    }

    get exactTime() {
        return DateTime.fromISO(this.post.created_at).toLocaleString(
            DateTime.DATETIME_MED
        );
    }

    get repostedBy() {
        return _t("Reposted by %(name)s", {name: this.post.reposted_by});
    }

    get media() {
        return this.post.media.filter(({url}) => isPictureOfX(url));
    }

    get counts() {
        const {replies, reposts, quotes, likes} = this.post;
        const shown = (count) => ({count: formatInteger(count || 0)});
        return [
            {name: "replies", label: _t("Replies: %(count)s", shown(replies))},
            {name: "reposts", label: _t("Reposts: %(count)s", shown(reposts))},
            {name: "quotes", label: _t("Quotes: %(count)s", shown(quotes))},
            {name: "likes", label: _t("Likes: %(count)s", shown(likes))},
        ];
    }

    async onShowQuoted() {
        if (this.state.isReading) {
            return;
        }
        this.state.isReading = true;
        this.state.problem = false;
        const answer = await this.model.readPost(this.post.quoted_id);
        this.state.isReading = false;
        this.state.problem = answer?.problem || false;
    }

    onQuotedStep(action) {
        return action === "retry" ? this.onShowQuoted() : this.props.onStep(action);
    }
}
Post.components.Post = Post;
