"""A salesperson does something on X: what the browser is told of it, and what is so."""

from intentions import ME, PERMISSIONS, PERSON, Intention
from requests import ConnectionError as ConnectionLost

MODEL = "crm.lead"
FINAL = {"done", "not_done", "refused"}
ROWS = """
    SELECT state, result_id, deleted_at IS NOT NULL FROM twitter_engagement
     WHERE request_uid = ANY(%s) ORDER BY id
"""
#: The clock of the test: who waited for X has long given up.
LATER = """
    UPDATE twitter_engagement
       SET date = date - %s * interval '1 minute',
           check_at = check_at - interval '2 days'
     WHERE state IN ('sending', 'unknown')
"""
NOTES = "SELECT count(*) FROM mail_message WHERE model = 'crm.lead' AND res_id = %s"


class Scene:
    """One intention, and all that becomes of it.

    ``told`` is what the browser got for it: an UPDATE, or None where the connection
    was lost.
    """

    def __init__(self, stage, person, kind, plan="payg", me=ME, whom=PERSON):
        self.stage = stage
        self.person = person
        self.intention = Intention(kind, plan, me=me, whom=whom)
        self.uid = self.intention.new_uid()
        self.told = []
        self._knows_it_is_done = False
        self._prepare(plan)
        self._notes_before = stage.sql(NOTES, self.lead)[0][0]

    def _prepare(self, plan):
        self.stage.set_plan(plan)
        self.person.connect(self.intention.me, PERMISSIONS[plan])
        [self.lead] = self.stage.leads(twitter_handle=self.intention.whom)
        self.rpc("twitter_read")
        self.intention.prepare(self.stage.x)
        if self.intention.kind == "delete":
            self._prepare_post()

    def _prepare_post(self):
        """One may delete what was made from here."""
        first = Intention("post", self.intention.plan, me=self.intention.me)
        first.prepare(self.stage.x)
        update = self.rpc("twitter_act", first.new_uid(), **first.keywords)
        assert update["engagement"]["state"] == "done", update
        self.intention.post_id = update["engagement"]["result_id"]

    # ------------------------------------------------------------
    # THE BROWSER
    # ------------------------------------------------------------

    def rpc(self, method, *arguments, **keywords):
        """Call a method of the lead."""
        return self.person.call(MODEL, method, [self.lead], *arguments, **keywords)

    def act(self, uid=None, lost=(ConnectionLost,), method="twitter_act"):
        """Send a click's request; return what is told, None where nothing is."""
        try:
            update = self.rpc(method, uid or self.uid, **self.intention.keywords)
        except lost:
            update = None
        self.told.append(update)
        return update

    def act_in_a_race(self, uid=None, method="twitter_act"):
        """As `act`, in a request that Odoo replays, as it loses a race for a row."""
        answer = self._elsewhere("lose_a_race", uid or self.uid, method)
        assert answer["tries"] == 2
        self.told.append(answer["result"])
        return answer["result"]

    def act_with_stops(self, uid, lock, stops):
        """As `act`, in a process that stops on its way; return its statements."""
        answer = self._elsewhere("begin_with_stops", uid, lock=lock, stops=stops)
        self.told.append(answer["result"])
        return answer["statements"]

    def _elsewhere(self, deed, uid, method="twitter_act", **given):
        return self.stage.crowd.one(
            deed,
            login=self.person.login,
            model=MODEL,
            ids=[self.lead],
            method=method,
            arguments=[uid],
            keywords=self.intention.keywords,
            **given,
        )

    def ask(self, uid=None):
        """What the browser does about a lost connection: it may have no answer."""
        return self.rpc("twitter_engagement_state", uid or self.uid)

    def pending(self):
        """What the panel shows as waiting for an answer."""
        return self.rpc("twitter_panel")["pending"]

    def check_all(self):
        """Have X asked about what is not known."""
        for engagement in self.pending():
            if engagement["can_check"]:
                self.rpc("twitter_check", engagement["id"])

    def answer_truly(self):
        """Answer what is still asked, as somebody who looked at X."""
        is_done = self.is_done
        for engagement in self.pending():
            assert engagement["can_answer"], engagement
            self.rpc("twitter_answer", engagement["id"], is_done)

    # ------------------------------------------------------------
    # THE TRUTH
    # ------------------------------------------------------------

    @property
    def is_done(self):
        """Whether it is so on X."""
        return self.intention.is_done(self.stage.x)

    def states(self):
        """The states of its rows, oldest first."""
        return [row[0] for row in self._rows()]

    def _rows(self):
        return self.stage.sql(ROWS, self.intention.uids)

    def notes(self):
        """How many notes it has left on the lead."""
        return self.stage.sql(NOTES, self.lead)[0][0] - self._notes_before

    def settle(self, crons=1, minutes=10):
        """Let time pass, and the cron do what it does meanwhile."""
        self.stage.sql(LATER, minutes)
        self.stage.forget_limits()
        cron = {"model": "twitter.engagement", "ids": [], "method": "_cron_settle"}
        self.stage.crowd.all("call", [cron] * crons)

    def check_what_is_told(self):
        """The browser knows at once how it stands, or that it is asked for.

        What was told before is then settled, and is not looked at again.
        """
        answers = [update for update in self.told if update]
        self.told = []
        assert all(update["engagement"] or update["problem"] for update in answers)
        updates = answers or [self.ask()]
        states = _latest(updates)
        if "done" in states.values():
            self._knows_it_is_done = True
            assert self.is_done, f"told: {states}; {self.describe()}"
        elif open_ones := {row for row in states if states[row] not in FINAL}:
            pending = {waiting["id"] for waiting in self.pending()}
            assert open_ones <= pending, f"told: {states}; {self.describe()}"
        elif not any(_says_done(update) for update in updates):
            # What one click did is no news to whom another one is refused.
            if not self._knows_it_is_done:
                assert not self.is_done, f"told: {states}; {self.describe()}"
            assert all(_says_why(update) for update in updates), updates

    def conclude(self):
        """What the browser knows, what the cron does later, and how it has to end."""
        if self.told:
            self.check_what_is_told()
        self.settle()
        self.answer_truly()
        self.check_end()

    def check_end(self):
        """Never twice, never lost, and every row true."""
        x, rows = self.stage.x, self._rows()
        states = [state for state, _result, _deleted in rows]
        assert set(states) <= FINAL, self.describe()
        assert ("done" in states) == self.is_done, self.describe()
        # At most once for each click, and once in all unless X has refused it.
        assert self.intention.times_sent(x) <= len(rows), self.describe()
        assert self.intention.times_accepted(x) <= 1, self.describe()
        results = self.intention.results(x)
        assert len(results) <= 1, self.describe()
        assert states.count("done") <= 1, self.describe()
        self._check_results(rows, results)
        assert self.pending() == []
        assert self.notes() == states.count("done"), self.describe()

    def _check_results(self, rows, results):
        """What is said to be the result is it."""
        for state, result, _deleted in rows:
            if state == "done" and result:
                assert [result] == results, self.describe()

    def describe(self):
        """For whoever has to find out."""
        rows = self.stage.sql(
            "SELECT * FROM (SELECT id, kind, route, state, request_uid, result_id,"
            " reason FROM twitter_engagement) rows ORDER BY id"
        )
        calls = [(call.endpoint, call.status) for call in list(self.stage.x.calls)]
        sent = self.intention.times_sent(self.stage.x)
        return (
            f"{self.intention}: done on X: {self.is_done}, sent {sent} times;\n"
            f"rows: {rows}\ncalls: {calls}"
        )


def _latest(updates):
    """The state of each engagement that was told; of two at once, the final one."""
    states = {}
    for update in updates:
        engagement = update["engagement"]
        if engagement and states.get(engagement["id"]) not in FINAL:
            states[engagement["id"]] = engagement["state"]
    return states


def _says_done(update):
    """X has done it, and the database has not written it down."""
    problem = update["problem"]
    return problem and problem["code"] == "unwritten"


def _says_why(update):
    """An answer that nothing was done has a reason; that nothing arrived needs none."""
    engagement = update["engagement"] or {}
    return engagement.get("state") not in FINAL or engagement["reason"]
