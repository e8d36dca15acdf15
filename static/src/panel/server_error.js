import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";

/**
 * @param {Error} error what a call to our own server was rejected with
 * @returns {string} a sentence for the user
 * @throws {Error} `error` itself, when it is a mistake in the browser's code
 */
export function sentenceOf(error) {
    if (error instanceof RPCError) {
        return error.data?.message || error.message;
    }
    if (error instanceof ConnectionLostError) {
        return _t("Odoo cannot be reached. Check your connection and try again.");
    }
    throw error;
}
