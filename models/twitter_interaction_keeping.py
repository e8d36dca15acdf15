import json

from odoo import api, fields, models
from odoo.tools import SQL

from .row_lock import lock_rows
from .twitter_interaction import SHOWN_FOR
from .twitter_interaction_told import first_version, kind_of, newest_versions


class TwitterInteraction(models.Model):
    """Keeping what X tells, as parts of own transactions.

    X may give a post again, in an older or a newer version: the row is the post's, with
    all its versions, and what users did with it stays. Posts of protected accounts X
    shows to the company alone, because it follows them: of those the row is kept, so
    that nobody is overlooked, and not what they say.

    Rows are locked in one order by all: authors, then interactions by their ids.
    """

    _inherit = "twitter.interaction"

    original_id = fields.Char(
        readonly=True, help="X's id of the first version, where it was edited"
    )

    _original_index = models.Index(
        "(account_id, original_id) WHERE original_id IS NOT NULL"
    )

    # ------------------------------------------------------------
    # WHAT X TOLD
    # ------------------------------------------------------------

    @api.model
    def _keep(self, account, page):
        """Keep an answer of X to the question who spoke to an account.

        What the account said itself, and what X names no author of (see `unnamed`), is
        left out.

        :param account: the company's official one, whose feed the caller has locked
        :param page: posts, and who wrote them
        :return: (how many interactions are new, companies on whose boards something
            has changed)
        """
        theirs = [value for value in page.authors if value.id != account.twitter_id]
        by_id = {value.id for value in theirs}
        posts = [
            post
            for post in page.items
            if post.author_id in by_id and not post.repost_of_id
        ]
        if not posts:
            return 0, self.env["res.company"]
        profiles = self.env["twitter.profile"]._of_values(theirs)
        people = self.env["twitter.profile"].concat(*profiles.values())
        authors = self.env["twitter.author"]._of(account.company_id, people)
        now = fields.Datetime.now()
        nobody = self.env["twitter.author"]
        followed = nobody.concat(
            *(
                authors[profiles[value.id]]
                for value in theirs
                if "following" in value.connection
            )
        )
        nobody.concat(*authors.values())._see(now, followed)
        told = []
        for post in posts:
            profile = profiles[post.author_id]
            about = self._told(post, account, profile, now)
            told.append({**about, "author_id": authors[profile].id})
        rows, hidden = self._rows_of(account, told), self._said_in_public(people)
        lock_rows(hidden.union(*rows.values()))
        new, changed = self._upsert(account, told, rows, now)
        hidden._wipe("protected")
        companies = (changed | hidden).company_id
        return new, (companies | account.company_id if new else companies)

    @api.model
    def _told(self, post, account, profile, now):
        """What is kept of a post, for the row.

        :param Post post: as X told it
        :param profile: the row of who wrote it
        """
        created = post.created_at and post.created_at.replace(tzinfo=None)
        first = first_version(post)
        told = {
            "post_id": post.id,
            "first_id": first,
            "original_id": first if first != post.id else None,
            "kind": kind_of(post, account),
            "posted_at": fields.Datetime.to_string(created or now),
            "conversation_id": post.conversation_id or None,
            "reply_to_id": post.reply_to_id or None,
            "quoted_id": post.quoted_id or None,
            "kept_text": post.text,
            "content": post.to_dict(),
            "absence": None,
        }
        if profile.is_protected:
            told |= {"kept_text": None, "content": None, "absence": "protected"}
        return told

    @api.model
    def _upsert(self, account, told, rows, now):
        """Make rows of what is not there; bring up to date what is.

        :param told: see `_told`, with ``author_id``
        :param rows: see `_rows_of`; locked
        :return: (how many were made, rows on whose cards something has changed)
        """
        known, fresh = [], []
        # Of two versions in one answer, the later.
        for each in newest_versions(told):
            row = rows.get(each["post_id"]) or rows.get(each["first_id"])
            if not row:
                fresh.append(each)
            elif int(each["post_id"]) >= int(row.post_id):
                known.append({**each, "id": row.id})
        changed = self._refresh(known, now)
        return self._insert(account, fresh, now), changed

    @api.model
    def _rows_of(self, account, told):
        """``{X's id of the first version: row}`` of what is here already."""
        ids = list({each[key] for each in told for key in ("post_id", "first_id")})
        rows = self.search(
            [
                ("account_id", "=", account.id),
                "|",
                ("post_id", "in", ids),
                ("original_id", "in", ids),
            ]
        )
        return {row.original_id or row.post_id: row for row in rows}

    @api.model
    def _insert(self, account, told, now):
        query = SQL(
            """
            INSERT INTO twitter_interaction (
                        account_id, company_id, state, verified_at, post_id,
                        original_id, author_id, kind, posted_at, conversation_id,
                        reply_to_id, quoted_id, kept_text, content, absence,
                        create_date, write_date, create_uid, write_uid)
                 SELECT %(account)s, %(company)s, 'new', %(now)s, post_id,
                        original_id, author_id, kind, posted_at, conversation_id,
                        reply_to_id, quoted_id, kept_text, nullif(content, 'null'),
                        absence, %(now)s, %(now)s, %(uid)s, %(uid)s
                   FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
                        post_id varchar, original_id varchar, author_id integer,
                        kind varchar, posted_at timestamp, conversation_id varchar,
                        reply_to_id varchar, quoted_id varchar, kept_text text,
                        content jsonb, absence varchar)
            ON CONFLICT (account_id, post_id) DO NOTHING
              RETURNING id
            """,
            account=account.id,
            company=account.company_id.id,
            now=now,
            uid=self.env.uid,
            told=json.dumps(told),
        )
        return len(self.env.execute_query(query)) if told else 0

    @api.model
    def _refresh(self, told, now):
        """Write what X told of rows that are here, and that the caller has locked.

        Those that named somebody who was erased since stay without them.

        :param told: see `_told`, with the row's ``id``
        :return: rows whose cards show something else, or show something again
        """
        if not told:
            return self
        self.flush_model()
        query = SQL(
            """
            UPDATE twitter_interaction row
               SET post_id = told.post_id,
                   original_id = told.original_id,
                   kept_text = told.kept_text,
                   content = nullif(told.content, 'null'),
                   absence = told.absence,
                   verified_at = %(now)s,
                   write_date = %(now)s
              FROM jsonb_to_recordset(%(told)s::jsonb) AS told (
                   id integer, post_id varchar, original_id varchar, kept_text text,
                   content jsonb, absence varchar)
              JOIN twitter_interaction before USING (id)
             WHERE row.id = told.id AND row.absence IS DISTINCT FROM 'erased'
         RETURNING row.id,
                   (before.post_id, before.kept_text, before.absence)
                       IS DISTINCT FROM (row.post_id, row.kept_text, row.absence)
                   OR before.verified_at <= %(unshown)s
            """,
            now=now,
            unshown=now - SHOWN_FOR,
            told=json.dumps(told),
        )
        rows = self.env.execute_query(query)
        self.browse(each["id"] for each in told).invalidate_recordset(flush=False)
        return self.browse(id_ for id_, is_changed in rows if is_changed)
