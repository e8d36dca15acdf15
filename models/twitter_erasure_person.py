from collections import Counter

from odoo import api, models
from odoo.tools import SQL

from .row_lock import lock_rows
from .twitter_audit_trail import PERSONAL

# What names the records an engagement was about.
ABOUT = ("lead_id", "partner_id", "interaction_id")


class TwitterErasure(models.Model):
    """Erasing all that is held of a person on X.

    The lead or contact stays, with its own name and addresses; what was about their X
    account goes, including the ledger of matches: a row that still named record and
    profile would be the very data that is to be erased, and one that names neither
    proves nothing about anybody. What was lawful about it is in the report: how many
    rows there were.

    Of engagements, who of us did what, when and at what cost stays, as it does when a
    record is deleted; of whom and on which record does not.

    Not touched: connections (whoever is erased may be a colleague, who disconnects),
    and where in the feed reading goes on, which is the number of somebody's post.
    """

    _inherit = "twitter.erasure"

    @api.model
    def _erase_person(self, person):
        """Erase what is held of a person, in the request's transaction.

        :param Person person: see there; the caller has checked the user
        :return: the report
        """
        self._lock_person(person)
        counts = Counter()
        # What the words are redacted by is known only as long as the rows are there.
        redact = person.redactor()
        counts["images"] = self._erase_photos(person)
        counts["websites"] = self._erase_websites(person)
        counts += self._erase_words(person, redact)
        counts["engagements"] = self._erase_engagements(person, redact)
        counts["answers"] = len(person.answers)
        person.answers._drop()
        self._erase_billed(person)
        counts["interactions"] = len(person.interactions)
        self._erase_mentions(person)
        person.interactions.unlink()
        counts["associations"] = len(person.associations)
        person.associations.unlink()
        counts["records"] = self._erase_links(person)
        person.authors.unlink()
        counts["profiles"] = len(person.profiles)
        self._erase_profiles(person)
        return self._report(counts)

    @api.model
    def _lock_person(self, person):
        """Let nobody add anything of this person meanwhile.

        In the order of who keeps what X tells: the account, authors, interactions.
        """
        self.env["twitter.profile"]._lock_identities(person.twitter_ids)
        lock_rows(person.authors)
        lock_rows(person.interactions)
        lock_rows(person.profiles)

    # ------------------------------------------------------------
    # ON THE RECORDS
    # ------------------------------------------------------------

    @api.model
    def _erase_photos(self, person):
        count = len(person.photos._still_set())
        person.photos._take_back()
        return count

    @api.model
    def _erase_websites(self, person):
        """Clear websites that are the profile's: the panel fills them in from there."""
        return sum(
            self._clear_website(records, person.profiles)
            for records in person.records.values()
        )

    @api.model
    def _clear_website(self, records, profiles):
        urls = {_bare(url) for url in profiles.mapped("url") if url}
        same = records.filtered(
            lambda record: record.website and _bare(record.website) in urls
        )
        same.website = False
        return len(same)

    @api.model
    def _erase_links(self, person):
        linked = 0
        for records in person.records.values():
            linked += len(records.filtered("twitter_handle"))
            records._twitter_drop_link()
        return linked

    # ------------------------------------------------------------
    # WHAT WAS DONE
    # ------------------------------------------------------------

    @api.model
    def _erase_engagements(self, person, redact):
        rows = person.engagements
        lock_rows(rows)
        rows._wipe_person()
        named = self._naming("twitter_engagement", "text", person)
        for row in self.env["twitter.engagement"].sudo().browse(named):
            row.text = redact(row.text)
        return len(rows)

    @api.model
    def _erase_billed(self, person):
        """The numbers by which X's bill of the day knows them and their posts."""
        self.env.execute_query(
            SQL(
                "DELETE FROM twitter_billed_resource WHERE resource_id = ANY(%s)"
                " RETURNING id",
                [*person.twitter_ids, *person.post_ids],
            )
        )

    # ------------------------------------------------------------
    # WHAT OTHERS SAID OF THEM
    # ------------------------------------------------------------

    @api.model
    def _erase_mentions(self, person):
        """What others said to the company that names them, or answers them."""
        rows = self.env["twitter.interaction"].sudo()
        named = rows.browse(self._naming("twitter_interaction", "kept_text", person))
        (named - person.interactions)._wipe()
        ids = person.post_ids
        for column in ("reply_to_id", "quoted_id", "conversation_id"):
            self.env.execute_query(
                SQL(
                    "UPDATE twitter_interaction SET %(column)s = NULL"
                    " WHERE %(column)s = ANY(%(ids)s) RETURNING id",
                    column=SQL.identifier(column),
                    ids=ids,
                )
            )
        rows.invalidate_model(flush=False)

    @api.model
    def _naming(self, table, column, person):
        """Ids of the rows whose text mentions one of the person's handles."""
        if not person.handles:
            return []
        words = rf"\y@({'|'.join(person.handles)})\M"
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %(table)s WHERE %(column)s ILIKE ANY(%(parts)s)"
                " AND %(column)s ~* %(words)s ORDER BY id",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                parts=[f"%@{_literal(handle)}%" for handle in person.handles],
                words=words.removeprefix(r"\y"),
            )
        )
        return [row[0] for row in rows]

    # ------------------------------------------------------------
    # THE ACCOUNT ITSELF
    # ------------------------------------------------------------

    @api.model
    def _erase_profiles(self, person):
        """The rows, and where other people's rows know of their handles."""
        profiles = self.env["twitter.profile"].sudo()
        told = [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT id FROM twitter_profile WHERE told_handles ?| %s",
                    person.handles,
                )
            )
        ]
        for other in profiles.browse(told) - person.profiles:
            left = [name for name in other.told_handles if name not in person.handles]
            other.told_handles = left
        rows = person.profiles.with_context(twitter_erasing=True)
        # First the rows another one stands for: alone, they would be of a handle anew.
        rows.filtered("superseded_by_id").unlink()
        rows.exists().unlink()


class TwitterEngagement(models.Model):
    _inherit = "twitter.engagement"

    def _wipe_person(self):
        """Wipe what is about a person, and on which records it was done.

        Also where it is not known yet what became of it: X is not asked any more.
        """
        self.write(
            {**dict.fromkeys((*PERSONAL, *ABOUT, "note_id"), False), "check_at": False}
        )
        self.flush_recordset()
        self._forget_intention()


def _literal(handle):
    return handle.replace("_", "\\_")


def _bare(url):
    return url.strip().lower().partition("//")[2].rstrip("/")
