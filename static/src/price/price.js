import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

const DOLLARS = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
});

/**
 * @param {number} usd
 * @returns {string} as X prints its prices: "$0.10", "$0.005"
 */
export function formatPrice(usd) {
    return DOLLARS.format(usd);
}

/** What a click costs at most, beside what is clicked. */
export class Price extends Component {
    static template = "crm_twitter.Price";
    static props = {
        usd: {type: [Number, Boolean], optional: true},
        /** whether it is for each of the posts that the click brings */
        isPerPost: {type: Boolean, optional: true},
    };

    get label() {
        const price = formatPrice(this.props.usd);
        return this.props.isPerPost ? _t("%(price)s a post", {price}) : price;
    }

    get hint() {
        return this.props.isPerPost
            ? _t("The most that X charges your company for each new post")
            : _t("The most that X charges your company for this");
    }
}
