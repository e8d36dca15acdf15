import {Component, useRef} from "@odoo/owl";
import {Age} from "../age/age";
import {useKeptFocus} from "../board/kept_focus";
import {isToday} from "../panel/today";
import {Price} from "../price/price";
import {Post} from "./post";

/** What somebody posted, newest first. */
export class PostList extends Component {
    static template = "crm_twitter.PostList";
    static components = {Age, Post, Price};
    static props = {
        model: Object,
        posts: Object,
        /** what a click costs at most: {quoted, reposts, more} */
        prices: Object,
        /** whether X can be asked for more */
        canRead: Boolean,
        isBusy: Boolean,
        onMore: Function,
        onReposts: Function,
        onStep: Function,
    };

    setup() {
        useKeptFocus(useRef("root"), ".o_crm_twitter_reposts");
    }

    quotedPrice({quoted_kept}) {
        const {posts, prices} = this.props;
        return quoted_kept && isToday(posts.read_at) ? 0 : prices.quoted;
    }

    onReposts() {
        const {isBusy, onReposts, posts} = this.props;
        return !isBusy && onReposts(!posts.reposts);
    }

    onMore() {
        return !this.props.isBusy && this.props.onMore();
    }
}
