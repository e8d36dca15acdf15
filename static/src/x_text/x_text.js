import {Component} from "@odoo/owl";
import {SafeLink} from "../safe_link/safe_link";

/**
 * Text of X by its segments: mentions, tags and links become links, everything is
 * text, nothing is HTML.
 */
export class XText extends Component {
    static template = "crm_twitter.XText";
    static components = {SafeLink};
    static props = {segments: Array, dir: {type: String, optional: true}};
    static defaultProps = {dir: "auto"};

    /** Names and addresses keep their own direction within right-to-left text. */
    direction({kind}) {
        return kind === "hashtag" ? "auto" : "ltr";
    }
}
