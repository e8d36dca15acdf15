"""What stands in the way of a transaction: a stop between two statements, a trigger."""

import time
from contextlib import contextmanager

PATIENCE = 3  # seconds, for what need not come
#: Half of the advisory locks that `begin_with_stops` of deeds.py waits for; the other
#: half is the statement's number.
STOPS = 7001
WAITING = """
    SELECT 1 FROM pg_locks
     WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND NOT granted
"""
#: The chatter takes nothing.
NO_NOTES = """
    CREATE FUNCTION no_notes() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'no notes today'; END $$;
    CREATE TRIGGER no_notes BEFORE INSERT ON mail_message
       FOR EACH ROW WHEN (NEW.model = 'crm.lead') EXECUTE FUNCTION no_notes();
"""
NOTES_AGAIN = "DROP FUNCTION no_notes CASCADE"


def comes_true(condition, patience=PATIENCE):
    """Whether it comes true within so many seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


class Stops:
    """Statements before which a request waits until it may go on."""

    def __init__(self, stage, numbers):
        self._stage = stage
        self.numbers = numbers

    @contextmanager
    def standing(self):
        """All of them hold whoever comes; in the end nobody."""
        with self._stage.databases.cursor(self._stage.database) as cursor:
            self._cursor = cursor
            for number in self.numbers:
                cursor.execute("SELECT pg_advisory_lock(%s, %s)", [STOPS, number])
            yield self
            # The connection's end lets go of what is left.

    def reached(self, number, patience=PATIENCE):
        """Whether somebody comes to wait there."""
        stage = self._stage
        return comes_true(lambda: stage.sql(WAITING, STOPS, number), patience)

    def go_on(self, number):
        """Let go."""
        self._cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [STOPS, number])


@contextmanager
def no_notes(scene):
    """Nothing can be written in a lead's chatter."""
    scene.stage.sql(NO_NOTES)
    try:
        yield
    finally:
        scene.stage.sql(NOTES_AGAIN)
