import {Component} from "@odoo/owl";

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
    static props = {usd: {type: [Number, Boolean], optional: true}};

    get label() {
        return formatPrice(this.props.usd);
    }
}
