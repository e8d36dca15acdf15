from odoo import api, models
from odoo.tools import SQL

from .row_lock import lock_rows


class TwitterCache(models.Model):
    """Whatever in X's stored answers is of certain people."""

    _inherit = "twitter.cache"

    @api.model
    def _with(self, profiles, handles):
        """Answers that are about these people, name them, or were asked for by X's id
        of theirs: wider than `_forget`, which is asked often, and looks at no answer.

        :param profiles: all rows of each person
        :param handles: theirs, in lower case
        """
        self.flush_model()
        ids = [id_ for id_ in profiles.mapped("twitter_id") if id_]
        words = [rf'"{id_}"' for id_ in ids]
        words += [rf"[@/]{handle}\M" for handle in handles]
        words += [rf'"(handle|username)": ?"{handle}"' for handle in handles]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM twitter_cache
                 WHERE profile_id = ANY(%(profiles)s) OR people ?| %(ids)s
                    OR string_to_array(key, ':') && %(ids)s
                    OR lower(key) = ANY(%(keys)s)
                    OR value::text ~* %(words)s
                """,
                profiles=profiles.ids,
                ids=ids,
                keys=[f"handle:{handle}" for handle in handles],
                # Nothing is known by no word at all.
                words="|".join(words) or "^$",
            )
        )
        return self.browse(row[0] for row in rows)

    def _drop(self):
        """Delete these, as `_forget` does."""
        lock_rows(self)
        self.unlink()
