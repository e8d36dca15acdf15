import threading

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.twitter_login import CALLBACK_ROUTE
from ..models.x_problem import XProblem


class CrmTwitter(http.Controller):
    @http.route(
        CALLBACK_ROUTE, type="http", auth="public", methods=["GET"], readonly=False
    )
    def callback(self, state="", code="", error="", **kwargs):
        """Where X sends the browser after a login was allowed or refused.

        Who is not logged in to Odoo is sent to its login page from here: Odoo itself
        would take the code and the state along, which no other session may use.
        """
        # Odoo writes the address of a request that takes too long.
        threading.current_thread().url = request.httprequest.base_url
        if request.env.user._is_public():
            query = {"redirect": CALLBACK_ROUTE}
            return _unkept(request.redirect_query("/web/login", query))
        logins = request.env["twitter.login"]
        logins._check_may_log_in()
        try:
            login, outcome = logins._complete(state, code, error)
        except UserError as problem:
            # The login was not used up: opening the address again tries again.
            login, outcome = logins, logins._unknown_outcome(problem.args[0])
        if login and not login.is_popup and outcome["state"] == "connected":
            return _unkept(request.redirect(login.return_path))
        return _unkept(
            request.render(
                "crm_twitter.login_result",
                {
                    **outcome,
                    "close": bool(login) and login.is_popup,
                    "login_id": login.id,
                    "return_url": login.return_path if login else "/odoo",
                },
            )
        )

    @http.route(
        "/crm_twitter/profile/<int:profile_id>/photo",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
    )
    def photo(self, profile_id, **kwargs):
        """Download the largest picture of a profile, through this server."""
        try:
            name, data, mimetype = request.env["twitter.profile"]._photo(profile_id)
        except XProblem as problem:
            raise NotFound(problem.args[0]) from problem
        return request.make_response(
            data,
            headers=[
                ("Content-Type", mimetype),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", "default-src 'none'"),
            ],
        )


def _unkept(response):
    """The address asked for holds a code: it must not be kept, nor be a referrer."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
