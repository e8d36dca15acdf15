"""scripts/bench board: what one does on the board, beside Odoo's own lead kanban."""

from odoo import api

from ..people import FIRST_SALESPERSON, MANAGER
from ..rows import ABSENT, FREQUENT, RARE
from . import changes, ingestion, relations
from .kanban import Kanban
from .timing import Bench, plan

#: Of an operation's queries, those that are explained take at least this much of it.
SHARE = 0.1
#: How often is measured what takes seconds.
LONG_RUNS = 2
NEW = [("state", "=", "new")]
PIPELINE = [("type", "=", "opportunity")]
#: As crm's search view has it.
LEAD_TEXTS = ("partner_name", "email_from", "contact_name", "name")
ROLES = {"salesperson": FIRST_SALESPERSON, "manager": MANAGER}


def run(env, runs):
    """``{rows, plans}``: see `Session._add` and `Session._explain_slow`."""
    relations.check(env, 500)
    env.cr.rollback()
    session = Session(env, runs)
    for measure in (
        session.opening,
        session.scrolling,
        session.searching,
        session.associating,
        session.winning,
        session.making_leads,
        session.ingesting,
    ):
        measure()
    return {"rows": session.rows, "plans": session.plans}


class Session:
    """The measurements of one run, in the order of the table."""

    def __init__(self, env, runs):
        self._env = env
        self._roles = {name: Bench(env, login, runs) for name, login in ROLES.items()}
        self._board, self._leads = self._kanbans()
        self.rows, self.plans = [], []

    def _kanbans(self):
        with self._roles["manager"].request() as env:
            board = Kanban(env, "twitter.interaction")
            # As many cards per column as the board has, where Odoo's own shows more.
            leads = Kanban(
                env, "crm.lead", "crm.crm_case_kanban_view_leads", board.limit
            )
        return board, leads

    # ------------------------------------------------------------
    # READING
    # ------------------------------------------------------------

    def opening(self):
        """As it opens by itself, and with the default filter taken away."""
        for role, bench in self._roles.items():
            mine = [*PIPELINE, ("user_id", "=", bench.user_id)]
            self._compare(
                f"Open the board, new ones ({role})",
                (bench, self._opening_of_board(NEW)),
                "lead kanban, one's own",
                (bench, self._leads.opening(mine)),
            )
            self._compare(
                f"Open the board, all ({role})",
                (bench, self._opening_of_board([])),
                "lead kanban, all one may see",
                (bench, self._leads.opening(PIPELINE)),
            )

    def _opening_of_board(self, domain):
        return [
            *self._board.opening(domain),
            lambda env: env[self._board.model].board(),
        ]

    def scrolling(self):
        """Twenty more cards in the longest column, near its top and deep in it."""
        stage = self._env["crm.stage"].search([], limit=1).id
        bench = self._roles["manager"]
        for shown in (20, 1000):
            self._compare(
                f"20 more cards in a column that shows {shown}",
                (bench, [self._board.more([], "other", shown)]),
                "the same in the lead kanban",
                (bench, [self._leads.more(PIPELINE, stage, shown)]),
            )

    def searching(self):
        """A word in the texts, the result in columns."""
        bench = self._roles["manager"]
        for word, told in (
            (FREQUENT, "in every tenth text"),
            (RARE, "in every ten-thousandth"),
            (ABSENT, "in none"),
        ):
            texts = [(name, "ilike", word) for name in LEAD_TEXTS]
            self._compare(
                f"Search a word that is {told}",
                (bench, self._board.opening([("text", "ilike", word)])),
                "search leads for it, in columns",
                (bench, self._leads.opening([*PIPELINE, "|", "|", "|", *texts])),
            )

    # ------------------------------------------------------------
    # CHANGING
    # ------------------------------------------------------------

    def associating(self):
        """One row moves all that its author has said."""
        bench = self._roles["manager"]
        author, cards = changes.busiest_stranger(self._env)
        few = changes.stranger_with(self._env, 3)
        lead = changes.lead_without_contact(self._env)
        deed = changes.associate(lead, author)
        stage = self._env["crm.stage"].search([("is_won", "=", False)])[1]
        many = changes.move(changes.open_deals(self._env, cards), stage)
        one = changes.move(changes.open_deals(self._env, 1), stage)
        self._compare(
            "Associate an author with 3 cards",
            (bench, [changes.associate(lead, few)]),
            "move one lead to another stage",
            (bench, [one]),
            written=True,
        )
        self._compare(
            f"Associate an author with {cards:,} cards, which moves them all",
            (bench, [deed]),
            f"move {cards:,} leads to another stage",
            (bench, [many]),
            written=True,
            is_long=True,
        )

    def winning(self):
        """A deal that decides the column of one author, and of a whole company's."""
        bench = self._roles["manager"]
        unrelated = changes.win(changes.deal_of_nobody(self._env))
        contact = changes.deal_of_an_author(self._env)
        company, contacts = changes.deal_of_the_biggest_company(self._env)
        for told, deal in (
            ("an author's contact", contact),
            (f"a company with {contacts:,} associated contacts", company),
        ):
            self._compare(
                f"Win a deal of {told}",
                (bench, [changes.win(deal)]),
                "win a deal without a contact",
                (bench, [unrelated]),
                written=True,
            )

    def making_leads(self):
        """What the columns' following the CRM costs those who do not look at them."""
        bench = self._roles["manager"]
        partners = changes.contacts(self._env, 1000)
        deals = changes.open_deals(self._env, 1000)
        for told, deed in (
            ("Make 1,000 leads of contacts", changes.make_leads(partners)),
            ("Reassign 1,000 leads", changes.reassign(deals)),
            ("Archive 1,000 leads", changes.archive(deals)),
        ):
            with_them, without = bench.measure_both(
                deed, lambda: changes.no_relations(self._env), LONG_RUNS
            )
            self._add(told, with_them, "without the columns", without)

    def ingesting(self):
        """10,000 interactions in pages of 100; X allows 30,000 in 15 minutes."""
        found = ingestion.measure(self._env, pages=100)
        self._add(
            f"Keep {found['count']:,} interactions, 100 at a time",
            found["ours"],
            "what X lets one read of them takes",
            {"median": found["allowed"], "worst": found["allowed"], "runs": 0},
        )

    # ------------------------------------------------------------
    # THE TABLE
    # ------------------------------------------------------------

    def _compare(self, name, ours, host_name, host, written=False, is_long=False):
        """
        :param written: whether to count what is written
        :param is_long: Odoo's own takes so long that it is measured once
        """
        bench, calls = ours
        host_bench, host_calls = host
        self._add(
            name,
            bench.measure(*calls),
            host_name,
            host_bench.measure(*host_calls, runs=is_long or None, is_warm=is_long),
            bench.written(*calls) if written else None,
        )
        self._explain(name, bench, calls)

    def _add(self, name, ours, host_name, host, written=None):
        row = {"name": name, "ours": ours, "host_name": host_name, "host": host}
        self.rows.append({**row, "written": written})
        told = f"  {name}: {_told(ours)}; {host_name}: {_told(host)}"
        print(f"{told}; writes {written}" if written else told, flush=True)

    def _explain(self, name, bench, calls):
        queries = bench.queries(*calls)
        total = sum(seconds for seconds, _query in queries)
        with bench.request() as env:
            self._explain_slow(name, env, queries, total)

    def _explain_slow(self, name, env: api.Environment, queries, total):
        for seconds, query in queries:
            reads = query.lstrip().startswith(("SELECT", "WITH"))
            if reads and seconds >= SHARE * total and seconds > 0.002:
                self.plans.append(
                    {
                        "name": name,
                        "seconds": seconds,
                        "of": total,
                        "queries": len(queries),
                        "query": query.strip(),
                        "plan": plan(env, query),
                    }
                )


def _told(times):
    return f"{1000 * times['median']:.0f} ms (worst {1000 * times['worst']:.0f})"
