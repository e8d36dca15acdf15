from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from .twitter_action_words import DONE, NOTES, QUESTIONS
from .twitter_engagement import TOUCH_DOMAIN
from .x_values import iso, post_url

REACHED_OUT = 10  # shown in the panel
PENDING = 20
NOTHING_DONE = {"mine": {"reposted": False, "liked": False}, "touches": []}
OPEN_STATES = ("opened", "sending", "unknown")


class TwitterEngagement(models.Model):
    """How engagements are told: in the panel, and once in the record's chatter."""

    _inherit = "twitter.engagement"

    note_id = fields.Many2one(
        "mail.message",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups=fields.NO_ACCESS,
        help="The note in the chatter, which goes where the person is erased",
    )

    # ------------------------------------------------------------
    # THE CHATTER
    # ------------------------------------------------------------

    def _note(self):
        """An internal note on the lead or contact, which notifies nobody."""
        record = self.lead_id or self.partner_id
        if not record or self.refusal == "already":
            return  # nothing was done that was not so before
        self.note_id = record._message_log(
            body=self._note_body(), author_id=self.user_id.partner_id.id
        )

    def _note_body(self):
        language = self.with_context(lang=self.user_id.lang)
        template = language.env._(NOTES[self._word()])
        sentence = template % {"handle": self.handle or ""}
        if self.account_handle:
            sentence = language.env._(
                "%(done)s as @%(as)s",
                **{"done": sentence, "as": self.account_handle},
            )
        body = Markup("<p>%s</p>") % sentence
        if self.text:
            lines = Markup("<br/>").join(self.text.splitlines())
            # Not a quotation to Odoo, which would fold it away.
            body += Markup('<p dir="auto">%s</p>') % lines
        url = self._url()
        if url:
            body += Markup(
                '<p><a href="%s" target="_blank" rel="noopener noreferrer">%s</a></p>'
            ) % (url, language.env._("View on X"))
        return body

    def _by(self):
        return self.user_id.name or self.env._("Somebody who has left")

    def _word(self):
        return "request" if self.is_request else self.kind

    def _url(self):
        """Where it can be seen on X, or ''."""
        site_url = self.env["twitter.account"]._site_url()
        if self.kind in ("delete", "follow", "unfollow"):
            return ""
        if self.result_id and self.kind not in ("repost", "unrepost"):
            return post_url(site_url, self.result_id, self.account_handle or "")
        return post_url(site_url, self.post_id) if self.post_id else ""

    # ------------------------------------------------------------
    # THE PANEL
    # ------------------------------------------------------------

    def _to_dict(self, accounts):
        """One engagement, as the panel takes it.

        :param accounts: as which the calling user may act
        """
        self.ensure_one()
        question = self.env._(QUESTIONS[self.kind])
        is_mine = self.user_id == self.env.user
        return {
            "id": self.id,
            "request_uid": self.request_uid,
            "kind": self.kind,
            "route": self.route,
            "state": self.state,
            "label": self.display_name,
            "text": self.text or "",
            "post_id": self.post_id or "",
            "result_id": self.result_id or "",
            "result_url": self._url(),
            "as_handle": self.account_handle or "",
            "user": self._by(),
            "is_mine": is_mine,
            "date": iso(self.date),
            "reason": self.reason or "",
            "question": question % {"handle": self.handle or ""},
            "can_answer": self._can_answer() and self._is_of_user(accounts),
            "can_check": self._can_check(),
        }

    def _can_check(self):
        if self.route == "intent":
            return self.state == "opened" and self.kind in ("follow", "unfollow")
        return self.state in ("sending", "unknown")

    @api.model
    def _pending_on(self, records, accounts):
        """What waits for an answer of the calling user's, newest first.

        :return: ``{record's id: [engagement]}`` for those with any
        """
        column = records._twitter_column()
        rows = self.search(
            Domain(column, "in", records.ids)
            & Domain("state", "in", OPEN_STATES)
            & (
                Domain("user_id", "=", self.env.uid)
                | Domain("state", "=", "unknown")
                & Domain("account_id", "in", accounts.ids)
            ),
            limit=PENDING * len(records),
        )
        return {
            record.id: [row._to_dict(accounts) for row in theirs[:PENDING]]
            for record, theirs in rows.grouped(column).items()
        }

    @api.model
    def _in_my_companies(self):
        # In superuser mode nobody has checked what the context says.
        companies = self.env.companies & self.env.user.company_ids
        return Domain("company_id", "in", [False, *companies.ids])

    @api.model
    def _reached_out(self, profile, accounts):
        """Who of us has reached out to a person, newest first.

        :param accounts: as which the calling user may act
        """
        if not profile:
            return []
        rows = self.search(
            (
                Domain("profile_id", "=", profile.id)
                | Domain("profile_id.superseded_by_id", "=", profile.id)
            )
            & TOUCH_DOMAIN
            & self._in_my_companies(),
            limit=REACHED_OUT,
        )
        return [row._reached_out_dict(accounts) for row in rows]

    def _reached_out_dict(self, accounts):
        return {
            "user": self._by(),
            "kind": self.kind,
            "label": self._done_label(),
            "date": iso(self.done_at),
            "url": self._url(),
            "is_mine": self.user_id == self.env.user,
            "engagement_id": self.id,
            "post_id": self.result_id or "",
            "can_delete": bool(
                self.kind in ("mention", "reply", "quote")
                and self.result_id
                and self.account_id in accounts
            ),
        }

    def _done_label(self):
        on_site, as_somebody = DONE[self._word()]
        words = as_somebody if self.account_handle else on_site
        template = self.env._(words)
        return template % {"user": self._by(), "as": self.account_handle or ""}

    @api.model
    def _last_follow(self, profile, account):
        """The last that was done about following, as an account or on x.com by the
        calling user; maybe none."""
        mine = Domain("account_id", "=", False) & Domain("user_id", "=", self.env.uid)
        if account:
            mine = Domain("account_id", "=", account.id)
        return self.search(
            mine
            & Domain("profile_id", "=", profile.id)
            & Domain("kind", "in", ("follow", "unfollow"))
            & Domain("state", "=", "done"),
            order="done_at desc, id desc",
            limit=1,
        )

    @api.model
    def _of_posts(self, post_ids, account):
        """What we did to posts.

        :param account: as which the panel acts; maybe none
        :return: ``{post id: {"mine": {reposted, liked}, "touches": [{user, label,
            date}]}}`` for those with anything
        """
        rows = self.search(
            Domain("post_id", "in", list(post_ids))
            & Domain("state", "=", "done")
            & self._in_my_companies()
        )
        return {
            post_id: {"mine": done._mine(account), "touches": done._touches()}
            for post_id, done in rows.grouped("post_id").items()
        }

    def _mine(self, account):
        """Whether the last word on a repost or like of the account was to do it."""

        def is_on(do, undo):
            rows = self.filtered(
                lambda row: row.kind in (do, undo)
                and (
                    row.account_id == account
                    if row.account_id
                    else row.user_id == self.env.user and not account.company_id
                )
            )
            last = rows.sorted(lambda row: (row.done_at, row.id))[-1:]
            return last.kind == do

        return {
            "reposted": is_on("repost", "unrepost"),
            "liked": is_on("like", "unlike"),
        }

    def _touches(self):
        rows = self.filtered_domain(TOUCH_DOMAIN).sorted("done_at", reverse=True)
        return [
            {
                "user": row._by(),
                "label": row._done_label(),
                "date": iso(row.done_at),
            }
            for row in rows
        ]
