"""A case of the fault table: a door, a fault, and what is so afterwards."""

import socket
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from odoo.tools import SQL, mute_logger

from ..models import own_transaction
from ..simulator import certificate, lines
from ..x_api import transport
from .common import CrmTwitterCase
from .fault_doors import DOORS
from .fault_kinds import FAULTS, ON_THE_WAY
from .fault_sentences import check_sentence, sentences_in
from .feeds import Feeds
from .test_twitter_compliance_job import TOKEN as BEARER
from .test_twitter_engagement import EVERYTHING

# Seconds. What hangs is given a fifth of one here, and tried three times.
PATIENCE = 10
# What may not change, whatever X says: the records, and who they are on X.
KEPT = {
    "crm_lead": "*",
    "res_partner": "id, name, email, website, twitter_handle, twitter_profile_id",
    "twitter_association": "*",
    # Jill is met here for the first time.
    "twitter_profile": "id, handle, CASE WHEN handle != 'jill' THEN twitter_id END",
    "twitter_author": "id, profile_id, relation",
    "ir_attachment": "id, checksum",
}
# What may change only where nothing went wrong: what was said to the company, and up to
# where it was read.
KEPT_UNREAD = {
    "twitter_interaction": "id, post_id, author_id, kind, state, user_id, handled_at",
    "twitter_feed": "id, known_id, walk_top_id, walk_bottom_id, walk_held_id,"
    " oldest_id, started_at",
}


class FaultCase(Feeds, CrmTwitterCase):
    """A lead of Jane's, read today; a company that is spoken to; all of X at hand."""

    def setUp(self):
        super().setUp()
        self.x.plan = "enterprise"
        self.env["ir.config_parameter"].set_param("crm_twitter.plan", "enterprise")
        self.x.set_app(bearer_token=BEARER)
        self.env["twitter.account"]._set_bearer_token(BEARER)
        self.x.people.add("jill", "Jill Doe")
        self.account = self.connect(scopes=EVERYTHING)
        self.say(number=2)
        self.start()
        lead = self.make_lead("Jane Doe", twitter_handle="jane_doe")
        self.lead_id, self.jane_id = lead.id, self._contact().id
        self.fresh_id = self.make_lead("Jill Doe", twitter_handle="jill").id
        self.lead.twitter_read()
        self.env.flush_all()

    def _contact(self):
        values = {"name": "Jane Doe", "twitter_handle": "jane_doe"}
        return self.env["res.partner"].create(values)

    # ------------------------------------------------------------
    # WHAT THE DOORS USE
    # ------------------------------------------------------------

    def seen(self, model, record_id):
        """A record as a new request of the salesperson's finds it."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env[model].with_user(self.salesperson).browse(record_id)

    @property
    def lead(self):
        return self.seen("crm.lead", self.lead_id)

    @property
    def fresh(self):
        return self.seen("crm.lead", self.fresh_id)

    @property
    def jane(self):
        return self.seen("res.partner", self.jane_id)

    def of(self, user):
        return self.env["twitter.account"].with_user(user)

    def card(self, row_id):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["twitter.interaction"].with_user(self.poster).browse(row_id)

    def posted(self):
        """X's id of a new post of Jane's that speaks to Marc."""
        return self.x.posts.add("jane_doe", "What does @marcdemo say?").id

    def done(self, kind, about=posted):
        """X's id of what it was done to, from here."""
        post_id = about(self) if about else ""
        answer = self.lead.twitter_act(f"{time.time_ns():032}", kind, post_id)
        self.assertEqual(answer["engagement"]["state"], "done", answer)
        return post_id

    def written(self):
        uid = f"{time.time_ns():032}"
        answer = self.lead.twitter_act(uid, "post", "", f"Mine {uid}")
        return answer["engagement"]["result_id"]

    def age_engagement(self, row_id):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE twitter_engagement SET date = date - interval '6 minutes',"
            " check_at = now() - interval '1 minute' WHERE id = %s",
            [row_id],
        )
        self.lift_pauses()

    def forgotten(self):
        """The row of a card without its words."""
        row = self.rows()[0]
        self.age(row, hours=30)
        return row.id

    def code(self):
        """A code of X's for the colleague's login, and its verifier."""
        oauth = self.env["twitter.account"]._oauth2_client()
        url, verifier = oauth.authorize(self._callback_url(), EVERYTHING, "s" * 32)
        asked = dict(parse_qsl(urlsplit(url).query))
        person = self.x.people.named("mitchelladmin")
        return self.x.authorizations.consent(person.id, asked), verifier

    def go_on(self):
        self.age(self.rows(), hours=17)
        self.run_cron("check_compliance", due=False)

    def lift_pauses(self):
        """Let so much time have passed that nothing is left alone any longer."""
        self.env["twitter.limit"].search([]).unlink()
        self.env.flush_all()
        self.env.invalidate_all()

    # ------------------------------------------------------------
    # A CASE
    # ------------------------------------------------------------

    def try_cases(self, cases):
        for door, fault in cases:
            with self.subTest(door=door, fault=fault), self.undone():
                self.try_case(DOORS[door], fault)

    @contextmanager
    def undone(self):
        """What is done within never was, but on X."""
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT a_case")
        try:
            self.x.compliance.reset()
            self.x.limits.reset()
            # X has used up tokens that are stored once more.
            for account in (self.account, self.brand):
                answer = self.x.login(account.username, scopes=EVERYTHING)
                account._store_tokens(self._tokens(answer))
            self.lift_pauses()
            yield
        finally:
            self.x.faults.clear()
            self.env.cr.execute("ROLLBACK TO SAVEPOINT a_case")
            self.env.invalidate_all(flush=False)
            self.env.registry.clear_all_caches()

    def try_case(self, door, name):
        fault = FAULTS[name]
        found = door.prepare(self)
        self.env.flush_all()
        self.env.invalidate_all()
        before, asked = self.dump(fault), len(self.x.calls)
        begun = time.monotonic()
        with ExitStack() as stack:
            self.spoil(stack, door, name, fault)
            told = door.go(self, found)
        took = time.monotonic() - begun
        self.x.faults.clear()
        self.env.flush_all()
        self.env.invalidate_all()
        self.counted["faults injected"] += 1
        self.assertLess(took, PATIENCE)
        self.check_told(told, fault)
        self.check_is_told(told, door, fault)
        self.assertEqual(self.dump(fault), before, "a record is harmed")
        self.check_connections(door, fault)
        self.check_nobody_waits()
        self.check_once(door, fault, asked)

    def spoil(self, stack, door, name, fault):
        stack.enter_context(mute_logger("odoo.http"))
        if fault.is_slow:
            stack.enter_context(patch.object(transport.Door, "__init__", _impatient))
        if not fault.wire:
            url = stack.enter_context(ways(self.simulator.url)[name])
            self.env["ir.config_parameter"].set_param("crm_twitter.api_url", url)
            return
        self.x.faults.add(door.endpoint, **{"count": 20, **fault.wire})

    # ------------------------------------------------------------
    # WHAT IS SO AFTERWARDS
    # ------------------------------------------------------------

    def dump(self, fault):
        """``{table: rows}`` of what may not change."""
        rows, kept = {}, KEPT if fault.is_harmless else {**KEPT, **KEPT_UNREAD}
        for table, columns in kept.items():
            query = SQL("SELECT %s FROM %s ORDER BY id", SQL(columns), SQL(table))
            rows[table] = self.env.execute_query(query)
        return rows

    def check_told(self, told, fault):
        for sentence in sentences_in(told):
            check_sentence(self, sentence, fault.says)

    def check_is_told(self, told, door, fault):
        """Who waits at a door learns that something went wrong."""
        if door.answers_user and not fault.is_harmless:
            self.assertTrue(sentences_in(told), f"nobody is told: {told}")

    def check_connections(self, door, fault):
        """A connection ends where X has said so, and nowhere else."""
        states = {account.state for account in self.account | self.brand}
        is_left = door.endpoint == "POST /2/oauth2/revoke"
        if not is_left and not (door.is_of_account and fault.ends_connection):
            self.assertEqual(states, {"connected"})
        for account in self.account | self.brand:
            stored = account._stored_tokens()
            self.assertEqual(
                bool(stored["refresh_token"]), stored["state"] == "connected"
            )

    def check_nobody_waits(self):
        """No money is held back, and no transaction of ours is open."""
        self.assertFalse(self.env["twitter.reservation"].search([]))
        self.assertFalse(getattr(own_transaction._opened, "here", False))

    def check_once(self, door, fault, asked):
        """What changes X is asked for once; again only after a token was refused."""
        if not door.is_write or door.endpoint.startswith("PUT"):
            return
        calls = [call.endpoint for call in self.x.calls[asked:]]
        at_most = 2 if fault.wire.get("status") == 401 else 1
        self.assertLessEqual(calls.count(door.endpoint), at_most)


def ways(url):
    """Context managers that give an address of X, by what is wrong with it."""
    found = {
        "refused connection": lines.dead(),
        "unknown name": _unknown_name(url),
        "unknown certificate": _unknown_certificate(),
        "no TLS": lines.speaking_no_tls(),
        "hung up at once": lines.hanging_up(),
    }
    assert tuple(found) == ON_THE_WAY
    return found


@contextmanager
def _unknown_name(url):
    def unknown(*_arguments, **_options):
        raise socket.gaierror(-2, "Name or service not known")

    with patch.object(socket, "getaddrinfo", unknown):
        # By a name to which no connection was kept.
        yield url.replace(lines.HOST, "localhost")


@contextmanager
def _unknown_certificate():
    with TemporaryDirectory() as folder:
        path = Path(folder) / "certificate.pem"
        certificate.write(path, lines.HOST)
        with lines.unknown_to_all(path) as url:
            yield url


_init = transport.Door.__init__


def _impatient(door, site, timeout, *arguments, **options):
    _init(door, site, (timeout[0], 0.2), *arguments, **options)
