import {Component} from "@odoo/owl";
import {Age} from "../age/age";
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
}
