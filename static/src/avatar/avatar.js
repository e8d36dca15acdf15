import {Component, onWillUpdateProps, useState} from "@odoo/owl";
import {isPictureOfX, isSafeHref} from "../safe_link/safe_link";

/** The picture of somebody on X, straight from X's image host. */
export class Avatar extends Component {
    static template = "crm_twitter.Avatar";
    static props = {
        url: {type: [String, Boolean], optional: true},
        /** of the profile on X, for who points at the picture; beside it is a name */
        href: {type: String, optional: true},
        size: {type: Number, optional: true},
    };
    static defaultProps = {size: 48};

    setup() {
        this.state = useState({failed: false});
        onWillUpdateProps((nextProps) => {
            if (nextProps.url !== this.props.url) {
                this.state.failed = false;
            }
        });
    }

    get isLink() {
        return isSafeHref(this.props.href);
    }

    get isShown() {
        return !this.state.failed && isPictureOfX(this.props.url);
    }
}
