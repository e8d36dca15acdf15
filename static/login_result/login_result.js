/* The page X sends a login's popup to: tells the CRM's window, then closes. Loaded by a
   plain script tag, outside Odoo's bundles: there is no module system here. */
(function () {
    "use strict";
    const page = document.getElementById("crm_twitter_login_result");
    const {login, state} = page.dataset;
    const channel = new BroadcastChannel("crm_twitter.login");
    channel.postMessage({login: Number(login), state});
    channel.close();
    window.close();
})();
