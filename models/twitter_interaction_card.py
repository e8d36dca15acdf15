from odoo import api, fields, models
from odoo.tools import format_date

from .twitter_action_route import Person
from .twitter_engagement_notes import NOTHING_DONE
from .twitter_interaction import SHOWN_FOR
from .x_values import iso, post_dict, post_url, profile_url


class TwitterInteraction(models.Model):
    """What the board shows of an interaction, made for a page of them at once."""

    _inherit = "twitter.interaction"

    card = fields.Json(
        compute="_compute_card",
        help="What the board shows; X's words only as long as X confirms them",
    )

    @api.depends("state", "user_id", "verified_at", "handled_at")
    @api.depends_context("uid", "lang", "allowed_company_ids", "twitter_account_id")
    def _compute_card(self):
        readable = self._records_of_authors()
        hidden = self._authors_with_hidden_records(readable)
        made = self._leads_made()
        can = self._card_rights()
        acting = self._card_acting()
        for row in self:
            # sudo: twitter.author - who said it, which whoever sees the row may know
            author = row.sudo().author_id
            row.card = {
                **row._card_base(),
                "author": row._card_author(author.profile_id),
                "records": [
                    row._card_record(record)
                    for record in readable[author.with_env(self.env)]
                ],
                "hidden_records": author in hidden,
                "leads": made.get(row.id, []),
                "answers": row._card_answers(),
                **acting[row.id],
                "can": can,
            }

    # ------------------------------------------------------------
    # PARTS
    # ------------------------------------------------------------

    def _card_base(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        relations = dict(self._fields["relation"]._description_selection(self.env))
        # sudo: res.users, twitter.account - names of colleagues, the company's handle
        mine = self.sudo()
        handler = mine.user_id
        return {
            "id": self.id,
            "kind": self.kind,
            "kind_label": kinds[self.kind],
            "state": self.state,
            "handled": self._card_handled(mine),
            "company": mine.company_id.name if len(self.env.companies) > 1 else "",
            "brand": mine.account_id.username,
            "relation": mine.relation,
            "relation_label": relations.get(mine.relation, ""),
            "user": bool(handler)
            and {
                "id": handler.id,
                "name": handler.name,
                "avatar_url": f"/web/image/res.users/{handler.id}/avatar_128",
            },
            "handled_at": iso(self.handled_at),
            "posted_at": iso(self.posted_at),
            "shown_until": self.is_shown and iso(self.verified_at + SHOWN_FOR) or "",
            "url": self.url,
            "note": "" if self.is_shown else self._card_note(),
            "can_load": self._card_can_load(),
            "load_price": 0 if self.is_shown else self._twitter_prices()["load"],
        }

    def _card_handled(self, mine):
        if self.state == "new" or not self.handled_at:
            return ""
        words = {
            "user": mine.handled_by_id.name or "",
            "date": format_date(self.env, self.handled_at),
        }
        if self.state == "handled":
            return self.env._("Handled by %(user)s on %(date)s", **words)
        return self.env._("Ignored by %(user)s on %(date)s", **words)

    def _card_can_load(self):
        """Whether X can be asked for its words once more."""
        return not self.is_shown and self.env["twitter.account"]._keys_configured()

    def _card_note(self):
        """Why there are no words to show."""
        return self.env._(
            "X has not confirmed this post within 24 hours, so what it says is not"
            " shown."
        )

    def _card_author(self, profile):
        value = profile._to_value()
        is_told = self.is_shown
        return {
            "id": self.author_id.id,
            "twitter_id": value.id,
            "profile_id": profile.id,
            "handle": value.handle,
            "name": (is_told and value.name) or value.handle,
            "avatar_url": value.image_url_of("normal") if is_told else "",
            "verified_type": value.verified_type if is_told else "",
            "url": profile_url(self.env["twitter.account"]._site_url(), value.handle),
        }

    def _card_record(self, record):
        return {
            "model": record._name,
            "id": record.id,
            "name": record.display_name,
            "kind": record._twitter_kind(),
        }

    def _card_answers(self):
        """``{url, label}`` of the post it answers or quotes, or False."""
        post_id = self.reply_to_id or self.quoted_id
        if not post_id:
            return False
        if self.kind == "reply":
            label = self.env._("In reply to your post")
        elif self.kind == "quote":
            label = self.env._("Quotes your post")
        elif self.reply_to_id:
            label = self.env._("In reply to a post")
        else:
            label = self.env._("Quotes a post")
        site_url = self.env["twitter.account"]._site_url()
        return {"url": post_url(site_url, post_id), "label": label}

    def _leads_made(self):
        """``{id: [{id, name}]}`` of the leads made from these, which the user reads."""
        leads = self.env["crm.lead"]
        if not leads.has_access("read"):
            return {}
        made = leads.with_context(active_test=False).search(
            [("twitter_interaction_id", "in", self.ids)]
        )
        return {
            row.id: [{"id": lead.id, "name": lead.display_name} for lead in theirs]
            for row, theirs in made.grouped("twitter_interaction_id").items()
        }

    @api.model
    def _card_rights(self):
        leads, partners = self.env["crm.lead"], self.env["res.partner"]
        return {
            "write": self.has_access("write"),
            "create_lead": leads.has_access("create"),
            "create_contact": partners.has_access("create"),
            "associate": leads.has_access("write") or partners.has_access("write"),
        }

    # ------------------------------------------------------------
    # ACTING
    # ------------------------------------------------------------

    def _card_acting(self):
        """``{id: {acting, post, touches, pending}}``, each asked once for all cards.

        ``acting`` is as whom: the account that ``post``'s actions are made for.
        """
        accounts = self.env["twitter.account"]
        brands, own = accounts._brands_of_user(), accounts._of_user()
        chosen = self.env.context.get("twitter_account_id")
        cards = {}
        # sudo: twitter.account - whose cards they are
        for brand, rows in self.sudo().grouped("account_id").items():
            may_act_as = (brands & brand) | own
            account = may_act_as.filtered(lambda one: one.id == chosen)
            rows = rows.with_env(self.env)
            cards |= rows._card_acting_as(account or may_act_as[:1], may_act_as)
        return cards

    def _card_acting_as(self, account, may_act_as):
        # sudo: twitter.engagement - the team's touches, and the user's own rows
        engagements = self.env["twitter.engagement"].sudo()
        done = engagements._of_posts(self.mapped("post_id"), account)
        pending = engagements._pending_on(self, may_act_as)
        own_posts = {row: row._twitter_own_post() for row in self}
        quoted = [pair[0].quoted_id for pair in own_posts.values() if pair]
        ours = self._twitter_ours(quoted, account)
        routes = self._twitter_routes(account)
        site_url = self.env["twitter.account"]._site_url()
        cards = {}
        for row, pair in own_posts.items():
            on_post = done.get(row.post_id, NOTHING_DONE)
            post = False
            if pair:
                person = Person(state=row._twitter_profile().state)
                facts = row._twitter_post_facts(*pair, account, ours)
                actions = routes.on_post(person, facts)
                post = {**post_dict(*pair, site_url), "actions": actions, **on_post}
            cards[row.id] = {
                "acting": bool(account) and self._twitter_account_dict(account),
                "post": post,
                "touches": on_post["touches"],
                "pending": pending.get(row.id, []),
            }
        return cards
