from odoo import models
from odoo.tools import SQL

from .twitter_person_words import ERASED

#: How a text names somebody: to be told from a mailbox, and by an address.
MENTION = r"(^|[^[:alnum:]_])@({names})\M"
ADDRESS = r"/({names})\M"


def rows_naming(rows, column, handles, patterns=(MENTION, ADDRESS)):
    """Rows of a model, whatever its rules, whose text may name one of these handles.

    An index finds them, where there is one; a redactor decides.

    :param handles: in lower case; maybe none
    """
    if not handles:
        return rows.browse()
    rows.flush_model([column])
    names = "|".join(handles)
    found = rows.env.execute_query(
        SQL(
            "SELECT id FROM %(table)s WHERE %(column)s ILIKE ANY(%(parts)s)"
            " AND %(column)s ~* %(words)s ORDER BY id",
            table=SQL.identifier(rows._table),
            column=SQL.identifier(column),
            parts=["%" + handle.replace("_", "\\_") + "%" for handle in handles],
            words="|".join(pattern.format(names=names) for pattern in patterns),
        )
    )
    return rows.browse(row[0] for row in found)


class TwitterInteraction(models.Model):
    """What somebody said to the company that named who is erased.

    It is somebody else's, and stays, without the person. X would tell it anew as it was
    said: so it is not read again, and its words go when X's word for them has ended.
    """

    _inherit = "twitter.interaction"

    def _redact(self, redact, handles):
        """
        :param redact: see `twitter_person_words`
        :param handles: in lower case
        """
        for row in self:
            row.write(
                {
                    "kept_text": redact(row.kept_text),
                    "content": redacted(row.content, redact, handles),
                    "absence": "erased",
                }
            )
        self.flush_recordset()


def redacted(value, redact, handles=()):
    """A text in what JSON can hold, without these people; a mention of X's becomes a
    text."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        return [redacted(each, redact, handles) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") == "mention" and value["text"][1:].lower() in handles:
        return {**value, "kind": "text", "text": f"@{ERASED}", "href": ""}
    return {key: redacted(part, redact, handles) for key, part in value.items()}
