import json

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from ..models.twitter_person_actions import PERSON_ROUTE
from ..models.twitter_person_page import told_time

RECORDS = ("crm.lead", "res.partner", "twitter.profile")


class CrmTwitterExport(http.Controller):
    """All that is held of a person on X, to be printed or handed over."""

    @http.route(
        f"{PERSON_ROUTE}/<string:model>/<int:record_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def page(self, model, record_id, **kwargs):
        """A page to read and to print; it fetches nothing from elsewhere."""
        data = self._export(model, record_id)
        sections = request.env["twitter.erasure"]._export_page(data)
        response = request.render(
            "crm_twitter.person_page",
            {
                "exported_at": told_time(data["exported_at"]),
                "sections": sections,
                "json_url": f"{record_id}/json",
                "language": (request.env.lang or "en_US").replace("_", "-"),
            },
        )
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self';"
            " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return self._private(response)

    @http.route(
        f"{PERSON_ROUTE}/<string:model>/<int:record_id>/json",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def file(self, model, record_id, **kwargs):
        """The same as a file."""
        data = self._export(model, record_id)
        text = json.dumps(data, indent=2, ensure_ascii=False)
        name = f"x-data-{data['exported_at'][:10]}.json"
        response = request.make_response(
            text,
            headers=[
                ("Content-Type", "application/json; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
        return self._private(response)

    def _export(self, model, record_id):
        """
        :raise NotFound: there is no such record
        :raise AccessError: the user may not
        """
        erasures = request.env["twitter.erasure"]
        erasures._check_may_answer()
        if model not in RECORDS:
            raise NotFound()
        record = request.env[model].browse(record_id).exists()
        if not record:
            raise NotFound()
        return erasures._export(erasures._check_may_see(record))

    def _private(self, response):
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
