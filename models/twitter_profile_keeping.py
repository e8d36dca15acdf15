import json
from functools import partial

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL


class TwitterProfile(models.Model):
    """Keeping X's answer for many profiles at once (parts of own transactions).

    As `_keep_if_linked` and `_keep_problem` do for one, with as many statements for a
    hundred: X's own limit is a hundred profiles a second, and we are never what one
    waits for.
    """

    _inherit = "twitter.profile"

    def _keep_answer(self, page, by_key, is_patient=True):
        """Keep what of X's answer is about these profiles.

        :param by_key: ``{key: id}``, see `_by_key`
        :param is_patient: whether to wait for rows that others hold; else they are
            left out
        :return: (profiles X told of, profiles left out)
        """
        # By what was asked for: a handle may consist of digits, as X's ids do.
        is_by_id = bool(self[:1].twitter_id)
        keys = [value.id if is_by_id else value.handle.lower() for value in page.items]
        told = {
            by_key[key]: value
            for key, value in zip(keys, page.items, strict=True)
            if key in by_key
        }
        mine = self._lock_identities({value.id for value in told.values()}, is_patient)
        known = self._ids_of(mine)
        locked = self._lock_ids({*self.ids, *known.values()}, is_patient)
        here = self.filtered(
            lambda profile: profile.id in locked
            and (
                profile.id not in told
                or told[profile.id].id in mine
                and known.get(told[profile.id].id, profile.id) in locked
            )
        )
        read = here.filtered(lambda profile: profile.id in told)
        self._keep_told({id_: told[id_] for id_ in read.ids}, known)
        (here - read)._keep_unanswered(page.problems, by_key)
        return read, self - here

    # ------------------------------------------------------------
    # LOCKS
    # ------------------------------------------------------------

    @api.model
    def _lock_identities(self, twitter_ids, is_patient=True):
        """As `_lock_identity`, in the order everybody locks them.

        :return: those that are locked now: all, where one waits for them
        """
        wait = SQL("(pg_advisory_xact_lock(hashtext('twitter ' || id)) IS NOT NULL)")
        try_ = SQL("pg_try_advisory_xact_lock(hashtext('twitter ' || id))")
        self.env.cr.execute(
            SQL(
                "SELECT id, %s FROM unnest(%s::text[]) id",
                wait if is_patient else try_,
                sorted(twitter_ids),
            ),
            log_exceptions=False,
        )
        return {id_ for id_, is_locked in self.env.cr.fetchall() if is_locked}

    @api.model
    def _lock_ids(self, ids, is_patient):
        """Lock rows, in the order everybody does; return those that are locked."""
        locked = self.env.execute_query(
            SQL(
                """
                SELECT id FROM twitter_profile
                 WHERE id = ANY(%s)
              ORDER BY id
                   FOR NO KEY UPDATE %s
                """,
                sorted(ids),
                SQL() if is_patient else SQL("SKIP LOCKED"),
            )
        )
        # What was read of them before is older than the lock.
        self.browse(sorted(ids)).invalidate_recordset(flush=False)
        return {row[0] for row in locked}

    @api.model
    def _ids_of(self, twitter_ids):
        """``{X id: id of its row}`` of those that have one."""
        self.flush_model(["twitter_id"])
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT twitter_id, id FROM twitter_profile"
                    " WHERE twitter_id = ANY(%s)",
                    list(twitter_ids),
                )
            )
        )

    # ------------------------------------------------------------
    # WHAT X TOLD OF
    # ------------------------------------------------------------

    @api.model
    def _keep_told(self, told, known):
        """
        :param told: ``{id: Profile}``; the rows are locked
        :param known: ``{X id: id}`` of the rows that stand for them, locked as well
        """
        rows = self.browse([*told, *(set(known.values()) - told.keys())])
        linked = set((rows - rows._unlinked()).ids)
        pairs, superseded, identified = [], [], []
        for row in rows:
            value = told.get(row.id)
            # Somebody else on X has got the handle, and the row is another's by now.
            if not value or row.twitter_id not in (False, value.id):
                continue
            stands = known.get(value.id, row.id)
            if stands != row.id:
                superseded.append((row.id, stands))
            if {row.id, stands} & linked:
                pairs.append((rows.browse(stands).with_prefetch(rows.ids), value))
            elif not row.twitter_id and stands == row.id:
                identified.append((row.id, value.id))
        self._write_each("superseded_by_id", superseded)
        self._write_each("twitter_id", identified)
        self._write_answers(pairs, is_superseding=bool(superseded))

    @api.model
    def _write_answers(self, pairs, is_superseding=False):
        """Write what X told, and have the records follow, as `_write_told`.

        :param pairs: (row, what X told of it); the rows are locked
        :param is_superseding: whether records are to be pointed to other rows
        """
        rows = self.browse(row.id for row, _value in pairs)
        values = [row._values_of(value) for row, value in pairs]
        self._write_columns(rows, values)
        is_to_follow = is_superseding or any("former_handles" in new for new in values)
        for taker in rows._may_have_taken_handles():
            if taker._untold_losers():
                taker.has_taken_handle = is_to_follow = True
        if is_to_follow:
            for cron in self._following_cron():
                cron._trigger()

    @api.model
    def _write_columns(self, rows, values):
        """Write other values into each row, in one statement.

        :param values: those of `_values_of`, in the order of the rows
        """
        if not rows:
            return
        told = [
            {
                "id": row.id,
                "former_handles": row.former_handles or None,
                **{
                    # Odoo's False is no value, but in a boolean.
                    name: value
                    if name == "is_protected" or value is not False
                    else None
                    for name, value in new.items()
                },
            }
            for row, new in zip(rows, values, strict=True)
        ]
        names = sorted(told[0].keys() - {"id"})
        types = [self._fields[name].column_type[0] for name in names]
        self.env.cr.execute(
            SQL(
                """
                UPDATE twitter_profile profile
                   SET %(set)s, write_date = now() AT TIME ZONE 'UTC',
                       write_uid = %(uid)s
                  FROM jsonb_to_recordset(%(told)s) AS told (id int4, %(columns)s)
                 WHERE profile.id = told.id
                """,
                set=SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), SQL.identifier("told", name))
                    for name in names
                ),
                columns=SQL(", ").join(
                    SQL("%s %s", SQL.identifier(name), SQL(type_))
                    for name, type_ in zip(names, types, strict=True)
                ),
                told=Json(told, dumps=partial(json.dumps, default=str)),
                uid=self.env.uid,
            ),
            log_exceptions=False,
        )
        rows.invalidate_recordset(flush=False)

    @api.model
    def _write_each(self, name, pairs):
        """Write one column of many rows: (row's id, value)."""
        if not pairs:
            return
        ids, values = zip(*pairs, strict=True)
        self.env.cr.execute(
            SQL(
                """
                UPDATE twitter_profile profile SET %(column)s = told.value
                  FROM unnest(%(ids)s, %(values)s) AS told (id, value)
                 WHERE profile.id = told.id
                """,
                column=SQL.identifier(name),
                ids=list(ids),
                values=list(values),
            ),
            log_exceptions=False,
        )
        self.browse(ids).invalidate_recordset([name], flush=False)

    # ------------------------------------------------------------
    # WHAT X DID NOT TELL OF
    # ------------------------------------------------------------

    def _keep_unanswered(self, problems, by_key):
        """Keep that X told nothing of these, and whom it has taken away."""
        now = fields.Datetime.now()
        # Asked and not answered: not to be asked again for the day's sake.
        self.write({"fetched_at": now})
        for state in ("suspended", "gone"):
            ids = {
                by_key.get((problem.value or "").lower())
                for problem in problems
                if problem.state == state
            }
            taken = self.filtered(lambda profile, ids=ids: profile.id in ids)
            if taken:
                taken._wipe()
                taken.write({"state": state, "fetched_at": now})
                taken._drop_words("gone")
