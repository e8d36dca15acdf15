import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

/**
 * Whether X ever told who this is. Somebody who is only known by a username, or whom X
 * does not know by it, has no counts, no picture and no state.
 *
 * @param {object} profile or a candidate
 * @param {string} profile.twitter_id X's id
 * @param {string} profile.state as the server has it
 * @returns {boolean}
 */
export function isRead({twitter_id, state}) {
    return Boolean(twitter_id) && state !== "unresolved";
}

const shown = (count) => ({count: formatInteger(count || 0)});

/** @returns {string} "1 follower", "1,234 followers" */
export function countFollowers({followers}) {
    return followers === 1
        ? _t("1 follower")
        : _t("%(count)s followers", shown(followers));
}

/** @returns {string} "56 following" */
export function countFollowing({following}) {
    return _t("%(count)s following", shown(following));
}

/** @returns {string} "1 post", "789 posts" */
export function countPosts({posts}) {
    return posts === 1 ? _t("1 post") : _t("%(count)s posts", shown(posts));
}
