import re
from pathlib import Path

from odoo.tests import tagged

from .. import x_api
from .fault_case import FaultCase
from .fault_doors import DOORS
from .fault_kinds import FAULTS

# Of so many cases one is tried every day; all of them with --long.
PART = 12


@tagged("post_install", "-at_install")
class TestFaultTable(FaultCase):
    """Whatever X does wrong: a sentence, an unharmed record, nothing sent twice."""

    def test_a_part_of_all_cases(self):
        self.try_cases(cases_of(lambda number: number % PART == 0))

    def test_every_door_without_a_fault(self):
        for name, door in DOORS.items():
            with self.subTest(door=name), self.undone():
                found = door.prepare(self)
                self.env.flush_all()
                self.env.invalidate_all()
                asked = len(self.x.calls)
                self.check_told(door.go(self, found), FAULTS["500"])
                calls = [call.endpoint for call in self.x.calls[asked:]]
                if door.endpoint != "GET /pbs":
                    self.assertIn(door.endpoint, calls)

    def test_every_endpoint_has_a_door(self):
        """An endpoint that the client learns to call is covered, or this fails."""
        doors = {door.endpoint.partition(" ")[2] for door in DOORS.values()}
        named = set()
        for path in Path(x_api.__file__).parent.glob("*.py"):
            named.update(re.findall(r"[\"' ](/2/[\w/:]+)", path.read_text()))
        self.assertTrue(named)
        # Some are beginnings, whose ends are put to them.
        without = [
            path for path in named if not any(door.startswith(path) for door in doors)
        ]
        self.assertEqual(without, [])


@tagged("post_install", "-at_install", "long")
class TestWholeFaultTable(FaultCase):
    """All of it."""

    def test_all_cases(self):
        self.try_cases(cases_of(lambda number: number % PART))


def cases_of(is_chosen):
    """``[(door, fault)]``; every day each of both is among them."""
    return [
        (door, fault)
        for row, door in enumerate(DOORS)
        for column, fault in enumerate(FAULTS)
        if is_chosen(row + column)
    ]
