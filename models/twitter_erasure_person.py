from collections import Counter

from odoo import api, models
from odoo.tools import SQL

from .row_lock import lock_rows
from .twitter_audit_trail import PERSONAL
from .twitter_person_mentions import rows_naming
from .twitter_profile import ARCHIVED_TOO

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
        counts["websites"] = sum(map(self._clear_website, person.records.values()))
        counts += self._erase_words(person, redact)
        counts["engagements"] = self._erase_engagements(person)
        counts["answers"] = len(person.answers)
        person.answers._drop()
        self._erase_billed(person)
        counts["interactions"] = len(person.interactions)
        counts["mentions"] = self._erase_mentions(person)
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
        lock_rows(person.interactions | person.mentions)
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
    def _clear_website(self, records):
        """Clear websites that were taken over from X and are as they were then.

        A lead has its customer's, and a customer that of the lead it was made from.

        :return: how many
        """
        if records._name == "crm.lead":
            others = records.partner_id
        else:
            # sudo: crm.lead - of contacts whose X data is erased
            leads = self.env["crm.lead"].sudo().with_context(**ARCHIVED_TOO)
            others = leads.search([("partner_id", "in", records.ids)])
        urls = [*records.mapped("twitter_website"), *others.mapped("twitter_website")]
        bare = {bare_address(url) for url in urls if url}
        cleared = 0
        for rows in (records, others) if bare else ():
            same = rows.filtered(
                lambda record: record.website and bare_address(record.website) in bare
            )
            same.website = False
            rows.filtered("twitter_website").twitter_website = False
            cleared += len(same)
        return cleared

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
    def _erase_engagements(self, person):
        rows = person.engagements
        lock_rows(rows)
        rows._wipe_person()
        redact = person.redactor(person.named_as)
        for row in rows_naming(rows.browse(), "text", person.named_as):
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
        """Take them out of what others said to the company, which stays the others'.

        :return: how many posts named them
        """
        # sudo: twitter.interaction - all companies' posts: the caller works in them
        rows = self.env["twitter.interaction"].sudo()
        person.mentions._redact(person.redactor(person.named_as), person.named_as)
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
        return len(person.mentions)

    # ------------------------------------------------------------
    # THE ACCOUNT ITSELF
    # ------------------------------------------------------------

    @api.model
    def _erase_profiles(self, person):
        """The rows, and where other people's rows know of their handles."""
        for other in person.told:
            left = [
                name for name in other.told_handles if name not in person.their_handles
            ]
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


def bare_address(url):
    return url.strip().lower().partition("//")[2].rstrip("/")
